"""Invented words of policies, so that every sentence of the corpus is one of a kind."""

import random

LEADS = ("must not", "must", "should", "should not", "may", "may not", "shall")
_SUBJECTS = "Staff Members Officers Drivers Wardens Volunteers Clerks Stewards Visitors Tenants"
_NOUNS = (
    "bins keys lorries parks bridges ledgers boats lamps gates hedges kettles pianos ladders maps"
    " cabins lockers rooms tents benches fields vans coats badges radios pumps fences drains signs"
)
_VERBS = (
    "keep lend store clean move count paint check lock record share carry book order repair label"
)
_PLACES = (
    "in the depot; at the north gate; by the harbour; near the old mill; on the upper floor;"
    " behind the hall; under the long bridge; beside the well-kept garden"
)
_TITLES = (
    "Lorries Harbour Bridges Allotments Market Boating Archive Lighting Ferry Orchard Bandstand"
)


def title(chance: random.Random) -> str:
    first, second = chance.sample(_TITLES.split(), 2)
    return f"{first} and {second.lower()} {chance.choice(('rules', 'matters', 'duties', 'checks'))}"


def sentence(chance: random.Random, length: int) -> str:
    """One sentence of at least `length` words, without a modal word."""
    words = [chance.choice(_SUBJECTS.split()), chance.choice(_VERBS.split())]
    while len(words) < length:
        words += [chance.choice(("the", "all", "some")), chance.choice(_NOUNS.split())]
        words += chance.choice(_PLACES.split("; ")).split()
        words += [chance.choice(("and", "with", "for")), "number", str(chance.randint(100, 999))]
    return " ".join(words[: max(length, 3)]).rstrip(" ,") + f" {chance.choice(_NOUNS.split())}."
