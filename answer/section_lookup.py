"""Questions that name a place in a policy: "what does 6.3 say?", "the bit about councillors"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.policy import Clause, Policy

LABEL = re.compile(
    r"""(?:\b(?:section|clause|paragraph|para|part|article|sec|s)\b\.?\s*|§\s*)
        (?P<named>\d+(?:\.\d+)*(?:\s*\(?[a-z]\)?(?![a-z]))?(?:\s*\([ivx]+\))?|[ivx]+\b)
      | (?<![\w£$€.,:/-])
        (?P<bare>\d+(?:\.\d+)+(?:\s*\([a-z]+\))*|\d+(?:\s*\([a-z]+\))+)(?![\w%])""",
    re.VERBOSE,
)
PART = re.compile(r"\b(?:bit|part|section|rules?|guidance)\s+(?:about|on|for)\s+(?P<topic>.+)$")
# What may stand around a place in a question that asks for nothing but the place.
LOOKING_UP = frozenset(
    "a about again and are can could do does for get give got guidance have i in is it let like me "
    "mean means of on one please pls policy quote read remind s say said saying says see show tell "
    "text that the there this to under up us want what whats which word wording would you your "
    "document bit part section clause full whole".split()
)
REMEMBERED = 2**16  # labels and headings; to take one apart takes ten times as long as to remember


@dataclass(frozen=True, slots=True)
class Place:
    """`label` as the asker wrote it; `clauses` the ones meant, none if the policy has no such."""

    label: str
    clauses: tuple[tuple[Policy, Clause], ...]


def place_named(text: str, policies: Sequence[Policy]) -> Place | None:
    """None when the text asks more than what stands in one place."""
    plain = " ".join(re.sub(r"[?!,;\"“”'’]", " ", text.lower()).split())
    return _by_label(plain, policies) or _by_heading(plain, policies)


def _by_label(plain: str, policies: Sequence[Policy]) -> Place | None:
    found = LABEL.search(plain)
    if found is None or not _only_looks_up(plain[: found.start()] + " " + plain[found.end() :]):
        return None
    label = (found["named"] or found["bare"]).strip()
    return Place(label, tuple(_labelled(label, policies)))


def _by_heading(plain: str, policies: Sequence[Policy]) -> Place | None:
    found = PART.search(plain)
    if found is None or not _only_looks_up(plain[: found.start()]):
        return None
    topic = {_stem(word) for word in found["topic"].split()} - LOOKING_UP
    clauses = [
        (policy, clause)
        for policy in policies
        for clause in policy.clauses
        if topic and topic <= _stems(clause.path)
    ]
    return Place(found["topic"], tuple(clauses)) if clauses else None


def _labelled(label: str, policies: Sequence[Policy]) -> list[tuple[Policy, Clause]]:
    """The clauses of that label and those inside it, in the order of the policy."""
    wanted = _parts(label)
    return [
        (policy, clause)
        for policy in policies
        for clause in policy.clauses
        if _parts(clause.section)[: len(wanted)] == wanted
    ]


@lru_cache(REMEMBERED)
def _parts(label: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+|[a-z]+", label.lower()))


@lru_cache(REMEMBERED)
def _stems(path: tuple[str, ...]) -> frozenset[str]:
    """Of the words in the headings of a clause."""
    return frozenset(_stem(word) for word in re.findall(r"\w+", " ".join(path).lower()))


def _only_looks_up(rest: str) -> bool:
    return set(re.findall(r"[a-z]+", rest)) <= LOOKING_UP


def _stem(word: str) -> str:
    return word.removesuffix("s").removesuffix("'")
