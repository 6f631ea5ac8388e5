"""Splits a paragraph into its sentences, each verbatim. sentencex finds the ends; this module
adds councils' abbreviations and quotations of several sentences."""

import re
from collections.abc import Iterable

from sentencex import segment  # type: ignore[import-untyped] # it ships no types

from knowledge.parsing.lines import INVISIBLE, has_words

_LANGUAGE = "en"
_LONGEST_PIECE = 50_000
_HIDDEN = '“”„«»"*'
_HIDE = str.maketrans(_HIDDEN, " " * len(_HIDDEN))
_NAME = re.compile(r"(?:^|[\s(])cllrs?\.$", re.IGNORECASE)
# "para. 4" goes on; "install the app. Then" does not.
_REFERENCE = re.compile(
    r"(?:^|[\s(])(?:paras?|regs?|sch|app|sec|sect|arts?|ext|tel|approx|dept|incl|max|min"
    r"|ref|est|misc|hrs?|mins?|fig|cf|viz|sub-?paras?|cl)\.$",
    re.IGNORECASE,
)
_OPENING_MARKS = re.compile(r"\s[\"“‘*(\[]+$")

# A closed parenthesis, and the verb "may", which is taken for the month's abbreviation.
_MISSED_END = re.compile(r"(?:(?<=[.!?]\)\s)|(?<=\smay\.\s))(?=[A-Z“])")


def sentences(text: str) -> list[str]:
    joined: list[str] = []
    for piece in _pieces(text):
        if joined and _belongs_to(joined[-1], piece):
            joined[-1] += piece
        elif joined and (marks := _OPENING_MARKS.search(joined[-1])):
            joined[-1] = joined[-1][: marks.start()]
            joined.append(marks[0] + piece)
        else:
            joined.append(piece)
    return [sentence.strip(INVISIBLE) for sentence in joined if has_words(sentence)]


def _pieces(text: str) -> Iterable[str]:
    # The library never ends a sentence inside a quotation, so it does not see the marks;
    # nor the stars of Markdown, which would hide the full stop before them.
    bare = text.translate(_HIDE)
    position = 0
    for start in range(0, len(text), _LONGEST_PIECE):
        for sentence in segment(_LANGUAGE, bare[start : start + _LONGEST_PIECE]):
            yield from _MISSED_END.split(text[position : position + len(sentence)])
            position += len(sentence)


def _belongs_to(before: str, piece: str) -> bool:
    if not has_words(piece) or not has_words(before):
        return True
    end, start = before[-24:].rstrip(), piece.lstrip("( ")[:1]
    if start.islower() or _NAME.search(end):
        return True
    return start.isdigit() and _REFERENCE.search(end) is not None
