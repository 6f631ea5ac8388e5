"""What a choice under a clarifying question leads to: the sentences of that section, or one
narrower question. The label of a choice is never looked up like a question."""

from collections.abc import Sequence

from answer.citations import MOST, citation
from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from index.passages import Passage, passages_of
from knowledge.policy import Policy, clause_ref
from knowledge.reason import Reason

MOST_CHOICES = 5
SAYS = "{place} says:"
BEGINS = "{place} begins like this:"
CLOSEST = "In {place}, this is closest to what you asked:"
NARROWER = "{place} has several parts. Which one do you mean?"


def section_chosen(text: str, policies: Sequence[Policy]) -> tuple[Passage, ...]:
    """The sentences of the section that this label names: a heading, a part's title or a place
    such as "Section 2(a), Employees". Empty where `text` is something else."""
    label = _label(text)
    if not label:
        return ()
    return tuple(
        passage
        for passage in passages_of(policies)
        if label in map(_label, (_place(passage), passage.clause.heading, *passage.clause.path))
        if passage.sentence.lead_in not in {other.text for other in passage.clause.sentences}
    )


def section_reply(section: Sequence[Passage], before: Reply | None) -> Reply:
    """`before` is the reply to the message that the clarifying question was about: what it found
    in this section comes first. Raises QuoteMismatch."""
    places = tuple(dict.fromkeys(map(_place, section)))
    label = places[0] if len(places) == 1 else section[0].clause.path[0]
    if len(section) <= MOST:
        return _quoted(section, SAYS, label)
    found = _found_in(section, before)
    if found:
        return Answer(found, 1.0, Reason.PLACE_NAMED, CLOSEST.format(place=label))
    if len(places) > 1:
        lead = NARROWER.format(place=label)
        return Clarify(places[:MOST_CHOICES], (), 0.0, Reason.VAGUE, lead)
    return _quoted(section[:MOST], BEGINS, label)


def _quoted(section: Sequence[Passage], lead: str, label: str) -> Answer:
    quotes = tuple(citation(passage) for passage in section)
    return Answer(quotes, 1.0, Reason.PLACE_NAMED, lead.format(place=label))


def _found_in(section: Sequence[Passage], before: Reply | None) -> tuple[Citation, ...]:
    here = {clause_ref(passage.policy, passage.clause) for passage in section}
    match before:
        case Answer(citations=found) | HandOver(closest=found) | Clarify(closest=found):
            return tuple(each for each in found if each.clause_ref in here)[:MOST]
        case _:
            return ()


def _place(passage: Passage) -> str:
    """ "Section 2(a), Employees"."""
    place = clause_ref(passage.policy, passage.clause).place
    return place[:1].upper() + place[1:]


def _label(text: str) -> str:
    return " ".join(text.casefold().split()).strip(".?!:")
