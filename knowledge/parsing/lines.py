"""A file's lines, numbered as an editor numbers them and freed of what surrounds their text."""

import re
from dataclasses import dataclass

INVISIBLE = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
SPECKS = "·•▪◦∙●■"
TAB = 4

_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTE_MARK = re.compile(r"(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1, `indent` is in columns; a blank line's text is empty."""

    number: int
    indent: int
    text: str


def lines_of(text: str) -> list[Line]:
    return [_line(number, raw) for number, raw in enumerate(_LINE_END.split(text), start=1)]


def _line(number: int, raw: str) -> Line:
    text = raw.lstrip(INVISIBLE)
    indent = len(raw[: len(raw) - len(text)].expandtabs(TAB))
    if quoted := _QUOTE_MARK.match(text):
        text = text[quoted.end() :].lstrip(INVISIBLE)
    return Line(number, indent, text.rstrip(INVISIBLE))


def without_specks(text: str) -> str:
    return text.strip(INVISIBLE + SPECKS)


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def plain(text: str) -> str:
    """One line with single blanks and without Markdown emphasis, as a title is shown."""
    return " ".join(text.replace("**", " ").replace("__", " ").strip("#*_ ").split())
