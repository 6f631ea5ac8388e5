"""How binding a sentence is: by its own modal words, else by those of its lead-in, else by a
bare command, else by a permission."""

import re

from knowledge.parsing.imperatives import announces, commands, is_negative
from knowledge.parsing.modals import MAY, MUST, MUST_NOT, NOT_REQUIRED, SHOULD, SHOULD_NOT
from knowledge.policy import Obligation, Sentence

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|^[^“”]*”|[“][^”]*$")
_SIDE_REMARK = re.compile(r"\([^()]*\)")
_CONDITION = re.compile(
    r"(?:(?:and|but|so|however),? )?(?:if|when|whenever|where|before|after|unless|once|while|whilst"
    r"|although|though)\b[^,]*,\s",
    re.IGNORECASE,
)
_QUESTION_WITHIN = re.compile(r"\b(?:what|how|whether)\b[^,.;:–]*", re.IGNORECASE)
_LONGEST = 3000
_FORBIDDEN = {
    Obligation.MUST: Obligation.MUST_NOT,
    Obligation.SHOULD: Obligation.SHOULD_NOT,
    Obligation.MAY: Obligation.SHOULD_NOT,
}


def obligation(text: str, lead: Sentence | None = None) -> Obligation:
    spoken = _QUOTED.sub(" ", text[:_LONGEST].replace("*", "").replace("__", ""))
    main = _main_part(spoken)
    return (
        _by_modal_words(main)
        or _by_lead_in(spoken, lead)
        or _by_command(spoken)
        or _by_permission(main)
    )


def _by_permission(text: str) -> Obligation:
    allowed = MAY.search(text) and not announces(text)
    return Obligation.MAY if allowed else Obligation.INFORMATION


def _main_part(text: str) -> str:
    """Without the condition it begins with and without the questions inside it ("what is
    required"), whose modal words bind nobody."""
    text = _SIDE_REMARK.sub(" ", text).lstrip()
    rest = _CONDITION.sub("", text, count=1) if _CONDITION.match(text) else text
    return _QUESTION_WITHIN.sub(" ", rest) if rest.strip() else text


def _by_modal_words(text: str) -> Obligation | None:
    if NOT_REQUIRED.search(text):
        return Obligation.MAY
    return _first(text, (Obligation.MUST_NOT, MUST_NOT), (Obligation.MUST, MUST)) or _first(
        text, (Obligation.SHOULD_NOT, SHOULD_NOT), (Obligation.SHOULD, SHOULD)
    )


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
