"""The dates of the last review and of the next one, as the policy prints them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge.parsing.dates import DATE, last_day

_BETWEEN = r"[^.\n|;]{0,60}?\b"
# A "review date" beside a date of approval is that of the next review, and so comes last.
_KINDS = (
    r"(?<!be )(?<!next )(?:reviewed|date (?:of )?last review(?:ed)?|last review)",
    r"(?:updated|revised|amended|last modified)(?: date)?",
    r"(?:approved|adopted|agreed|ratified|issued?|published|effective|version)",
    r"(?<!next )(?:review date|date of review)",
)
_DATED = tuple(re.compile(rf"\b{kind}\b{_BETWEEN}({DATE})", re.IGNORECASE) for kind in _KINDS)
_POLICY = (
    r"(?:this|the) (?:policy|guidance|guide|code|procedure|protocol|scheme|strategy|document"
    r"|standard|framework|guidelines)"
)
_OF_ANOTHER = rf"(?! of (?!{_POLICY}))"
_NEXT = (
    rf"(?:\b(?:next[ -]review{_OF_ANOTHER}|review (?:due|by|before)|(?:due|date) for review"
    r"|next reviewed)|(?:^|[|;(]\s*)(?:to|will|due to) be (?:next )?reviewed)"
)
_SEPARATED = rf"\b(?:\s*\|\s*|{_BETWEEN})({DATE})"
_NEXT_DATED = re.compile(_NEXT + r"(?: date)?" + _SEPARATED, re.IGNORECASE)
_EITHER_DATED = re.compile(
    r"\b(?<!last )(?:review[ -]date|date of review)" + _SEPARATED, re.IGNORECASE
)
_FALLS_DUE = r"(?:(?:next )?be (?:next )?reviewed|is due (?:to be reviewed|for review))"
_NEXT_OF_POLICY = re.compile(
    rf"\b(?:{_POLICY}\b[^.\n|;]{{0,80}}?\b{_FALLS_DUE}"
    rf"|next review (?:date )?of {_POLICY}|{_POLICY}[’']s next review)\b{_BETWEEN}({DATE})",
    re.IGNORECASE,
)
_REVIEW_LINE = re.compile(
    rf"\b(?:review(?:ed)?|updated|revised|approved|adopted|issued?|version|effective)\b"
    rf"[^\n]{{0,80}}?\b{DATE}",
    re.IGNORECASE,
)
_LAST_REVIEWED = re.compile(
    rf"\blast (?:reviewed|updated|revised){_BETWEEN}({DATE})", re.IGNORECASE
)
_PIECE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_OF_REVIEWS = re.compile(r"review|version|updat|revis|approv|adopt|issue|effective", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:must|should|shall|may not|before|after|if|any|all|every)\b", re.IGNORECASE
)
_LONGEST_LINE = 160
_LONGEST_SENTENCE = 500
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


def next_review(texts: Iterable[str]) -> date | None:
    """The last day by which the policy says that it will be reviewed; None where it does not say.

    `texts` are lines and sentences. Where they do more than date a review, only a review of the
    policy itself counts. A "review date" is that of the next review where another line dates the
    approval or the last review before it.
    """
    texts = tuple(texts)
    lines = tuple(text.replace("_", " ") for text in texts if is_review_line(text))
    return (
        _first(_NEXT_DATED, lines)
        or _review_after_another(lines)
        or _first(_NEXT_OF_POLICY, (text[:_LONGEST_SENTENCE] for text in texts))
    )


def _review_after_another(lines: Sequence[str]) -> date | None:
    due = _first(_EITHER_DATED, lines)
    before = next((day for dated in _DATED[:-1] if (day := _first(dated, lines))), None)
    return due if due and before and before < due else None


def _first(dated: re.Pattern[str], texts: Iterable[str]) -> date | None:
    found = (last_day(match[1]) for text in texts for match in dated.finditer(text))
    return next((day for day in found if day), None)
