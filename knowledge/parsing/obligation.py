"""How binding a sentence is: by its own modal words, else by those of its lead-in, else by a
bare command, else by a permission."""

import re

from knowledge.parsing.imperatives import announces, commands, is_negative
from knowledge.parsing.lines import CELL_EDGE
from knowledge.parsing.modals import (
    DENIED_SUBJECT,
    MAY,
    MAYBE_DENIED,
    MUST,
    MUST_NOT,
    NOT_FORBIDDEN,
    NOT_REQUIRED,
    SHOULD,
    SHOULD_NOT,
)
from knowledge.policy import Obligation, Sentence

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|^[^“”]*”|[“][^”]*$")
_SIDE_REMARK = re.compile(r"\([^()]*\)")
_CONDITION = re.compile(
    r"(?:(?:and|but|so|however),? )?(?:if|when|whenever|where|before|after|unless|once|while|whilst"
    r"|although|though)\b[^,]*,\s",
    re.IGNORECASE,
)
_QUESTION_WITHIN = re.compile(r"\b(?:what|how|whether)\b[^,.;:–]*", re.IGNORECASE)
_MODAL = r"(?:must|shall|should|may|can|cannot|will|ought|need|needs|are|is)\b"
_EARLIER_MODAL = re.compile(r"\b(?:must|shall|should|may|can|cannot)\b", re.IGNORECASE)
_WHETHER_OR = re.compile(
    # "Guests whether young or old must not": no question, unless a verb of asking stands before.
    r"(?<!decide )(?<!decides )(?<!determine )(?<!determines )(?<!consider )(?<!considers )"
    r"(?<!ask )(?<!asks )(?<!check )(?<!checks )(?<!know )(?<!say )(?<!says )(?<!see )(?<!tell )"
    r"(?<!assess )(?<!confirm )(?<!judge )(?<!about )(?<!on )(?<!of )(?<!to )(?<!us )(?<!you )"
    r"(?<!them )(?<!clear )(?<!sure )(?<!state )(?<!states )(?<!agree )(?<!question )"
    rf"\bwhether\b[^.;:–]{{0,120}}?(?=,? ?\b{_MODAL})",
    re.IGNORECASE,
)
_RELATIVE_CLAUSE = re.compile(
    rf"\b(?:who|which) {_MODAL}[^,.;]{{0,120}}?(?=\b(?:must|shall|should|may|can|cannot)\b)",
    re.IGNORECASE,
)
_LONGEST = 3000
_FORBIDDEN = {
    Obligation.MUST: Obligation.MUST_NOT,
    Obligation.SHOULD: Obligation.SHOULD_NOT,
    Obligation.MAY: Obligation.SHOULD_NOT,
}


def obligation(text: str, lead: Sentence | None = None, *, commands: bool = True) -> Obligation:
    """Without `commands`, a sentence such as "Lock the door" is not read as a command."""
    spoken = _QUOTED.sub(" ", text[:_LONGEST].replace("*", "").replace("__", ""))
    main = _main_part(spoken)
    bound = _by_modal_words(main) or _by_lead_in(spoken, lead)
    if bound is None and commands:
        bound = _by_command(spoken)
    return bound or _by_permission(main)


def row_obligation(text: str) -> Obligation:
    """A table row binds by its modal words, and only where its cells agree."""
    found = {_by_modal_words(_main_part(cell)) for cell in text[:_LONGEST].split(CELL_EDGE)}
    found.discard(None)
    return found.pop() or Obligation.INFORMATION if len(found) == 1 else Obligation.INFORMATION


def _by_permission(text: str) -> Obligation:
    allowed = MAY.search(text) and not announces(text) and not MAYBE_DENIED.search(text)
    return Obligation.MAY if allowed else Obligation.INFORMATION


def _main_part(text: str) -> str:
    """Without the condition it begins with and without the questions inside it ("what is
    required"), whose modal words bind nobody."""
    text = _SIDE_REMARK.sub(" ", text).lstrip()
    rest = _CONDITION.sub("", text, count=1) if _CONDITION.match(text) else text
    rest = _WHETHER_OR.sub(" ", rest)
    rest = _RELATIVE_CLAUSE.sub(" ", rest)
    return _QUESTION_WITHIN.sub(" ", rest) if rest.strip() else text


def _by_modal_words(text: str) -> Obligation | None:
    denied = DENIED_SUBJECT.search(text)
    if denied and not _EARLIER_MODAL.search(text, 0, denied.start()):
        return _of_denied_subject(denied)
    if denied:  # the first part of the sentence binds, not "and no dog may" after it
        text = text[: denied.start()]
    if NOT_REQUIRED.search(text):
        return Obligation.MAY
    return _first(text, (Obligation.MUST_NOT, MUST_NOT), (Obligation.MUST, MUST)) or _first(
        text, (Obligation.SHOULD_NOT, SHOULD_NOT), (Obligation.SHOULD, SHOULD)
    )


def _of_denied_subject(found: re.Match[str]) -> Obligation:
    """ "No member may", "nobody shall", "none of them should", "neither of us can"."""
    if NOT_FORBIDDEN.match(found.string, found.start("modal")):
        return Obligation.INFORMATION
    return Obligation.SHOULD_NOT if "should" in found["modal"].lower() else Obligation.MUST_NOT


def _first(text: str, *kinds: tuple[Obligation, re.Pattern[str]]) -> Obligation | None:
    """The kind whose words come first; where two begin at one word, the kind named first."""
    found = [(match.start(), kind) for kind, words in kinds if (match := words.search(text))]
    return min(found, key=lambda each: each[0])[1] if found else None


def _by_lead_in(text: str, lead: Sentence | None) -> Obligation | None:
    if lead is None or lead.obligation is Obligation.INFORMATION:
        return None
    if is_negative(text):
        return _FORBIDDEN.get(lead.obligation, lead.obligation)
    return lead.obligation


def _by_command(text: str) -> Obligation | None:
    found = commands(text)
    if not found:
        return None
    return Obligation.SHOULD_NOT if is_negative(found[0]) else Obligation.SHOULD
