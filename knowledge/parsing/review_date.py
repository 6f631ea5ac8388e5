"""The date of the last review, as the policy prints it."""

import re
from collections.abc import Iterable

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_DAY}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} {_DAY},? \d{{4}}|{_MONTH},? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:spring|summer|autumn|winter) \d{4}|(?:19|20)\d{2})\b"
)
_BETWEEN = r"[^.\n|;]{0,60}?\b"
# A "review date" beside a date of approval is that of the next review, and so comes last.
_KINDS = (
    r"(?<!be )(?<!next )(?:reviewed|date (?:of )?last review(?:ed)?|last review)",
    r"(?:updated|revised|amended|last modified)(?: date)?",
    r"(?:approved|adopted|agreed|ratified|issued?|published|effective|version)",
    r"(?<!next )(?:review date|date of review)",
)
_DATED = tuple(re.compile(rf"\b{kind}\b{_BETWEEN}({_DATE})", re.IGNORECASE) for kind in _KINDS)
_REVIEW_LINE = re.compile(
    rf"\b(?:review(?:ed)?|updated|revised|approved|adopted|issued?|version|effective)\b"
    rf"[^\n]{{0,80}}?\b{_DATE}",
    re.IGNORECASE,
)
_LAST_REVIEWED = re.compile(
    rf"\blast (?:reviewed|updated|revised){_BETWEEN}({_DATE})", re.IGNORECASE
)
_PIECE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_OF_REVIEWS = re.compile(r"review|version|updat|revis|approv|adopt|issue|effective", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:must|should|shall|may not|before|after|if|any|all|every)\b", re.IGNORECASE
)
_LONGEST_LINE = 160
_MOST_WORDS = 18


def is_review_line(text: str) -> bool:
    """A line that does nothing but say when the policy was or will be reviewed."""
    text = text.replace("_", " ")
    if len(text) > _LONGEST_LINE or len(text.split()) > _MOST_WORDS or _RULE.search(text):
        return False
    if not all(_OF_REVIEWS.search(piece) for piece in _PIECE_END.split(text)):
        return False
    return _REVIEW_LINE.search(text) is not None


def review_date(texts: Iterable[str]) -> str:
    """The date as printed, of a review rather than of an approval, or empty."""
    spoken = [text[:_LONGEST_LINE].replace("_", " ") for text in texts]
    for dated in _DATED:
        for text in spoken:
            if found := dated.search(text):
                return found[1]
    return ""


def last_reviewed(texts: Iterable[str]) -> str:
    """The date of a review that the policy mentions in a sentence, or empty."""
    return next((found[1] for text in texts if (found := _LAST_REVIEWED.search(text))), "")
