"""The label a line begins with: "3.", "(b)", "iv)", "2.1.3", "Appendix B", "POL.ABC.001", "§ 4".

A label may be read in more than one way: "(i)" is a letter after "(h)" and a numeral after
"3.". Every reading is kept here; the list it stands in decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.parsing.label_patterns import (
    AFTER_LABEL,
    BARE_LETTER,
    CLAUSE_CODE,
    CODE,
    COMPOUND,
    DECIMAL,
    FULL_WORDS,
    LAST_STEP,
    LETTER,
    MAY_BEGIN,
    NAMED,
    NUMBER,
    ONLY_NUMBER,
    SECTION_CODE,
    STANDS_ALONE,
)
from knowledge.parsing.lines import INVISIBLE
from knowledge.parsing.numerals import letter_value, roman_value, word_value


class Style(Enum):
    NUMBER = auto()
    LETTER = auto()
    ROMAN = auto()
    DECIMAL = auto()
    NAMED = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Marker:
    """`label` is the citable part ("3", "b", "Appendix B"), `brackets` what is printed round it."""

    style: Style
    ordinal: int
    label: str
    brackets: str
    word: str = ""

    @property
    def stem(self) -> str:
        """The label one step up: "3.2" for "3.2.1" and for "3.2(b)"."""
        return LAST_STEP.sub("", self.label) if self.style is Style.DECIMAL else ""

    @property
    def covers(self) -> str:
        """The label its parts begin with: "1" for "1" and for "1.0", a common way to head 1.1."""
        return self.label.removesuffix(".0") if self.style is Style.DECIMAL else self.label


@dataclass(frozen=True, slots=True)
class Marked:
    """`glued` says that no blank stands between the label and the text, `apart` that several do."""

    readings: tuple[Marker, ...]
    printed: str
    rest: str
    glued: bool
    apart: bool = False


def marked(text: str) -> Marked | None:
    """The label at the start of a line that carries one, with the text after it."""
    if MAY_BEGIN.match(text) is None:
        return None
    for read in _READERS:
        if found := read(text):
            return found
    return None


def labelled(label: str, text: str) -> Marked | None:
    """The label that a format prints before a paragraph ("1.", "a)"), with the paragraph's text;
    None where the label is of no known kind."""
    found = marked(label)
    return Marked(found.readings, label, text, glued=False) if found and not found.rest else None


def _split(text: str, end: int, *readings: Marker) -> Marked:
    rest = text[end:].lstrip(INVISIBLE)
    between = text[end : len(text) - len(rest)]
    glued = rest[:1].isalnum() and not between
    if dash := AFTER_LABEL.match(rest):
        rest = rest[dash.end() :].lstrip(INVISIBLE)
    apart = len(between) > 1 or "\t" in between
    return Marked(readings, text[:end].strip(), rest, glued, apart)


def _named(text: str) -> Marked | None:
    found = NAMED.match(text)
    if found is None:
        return None
    word, number, separator = found[1].lower().rstrip("."), found[2] or "", found[3]
    rest = text[found.end() :].strip()
    if not number and (word not in STANDS_ALONE or (rest and not separator.strip())):
        return None
    if rest and not separator.strip() and not _could_be_title(rest):
        return None
    shown = number.capitalize() if word_value(number) else _upper(number)
    label = shown if word in ONLY_NUMBER else f"{found[1].capitalize()} {shown}".strip()
    word = FULL_WORDS.get(word, word)
    return _split(text, found.end(), Marker(Style.NAMED, _value(number), label, "", word))


def _could_be_title(rest: str) -> bool:
    """Tells "Section 3 Duties" from "Section 3 of the Act applies."."""
    return rest[0].isupper() and rest[-1] not in ".;," and len(rest.split()) <= 12


def _upper(label: str) -> str:
    return label.upper() if len(label) == 1 or roman_value(label) else label


def _value(number: str) -> int:
    if not number.isalpha():
        return int((re.findall(r"\d+", number) or ["0"])[-1])
    return word_value(number) or roman_value(number) or letter_value(number[0])


def _code(text: str) -> Marked | None:
    found = CODE.match(text)
    if found is None or not ("." in found[1] or re.search(r"[./-].*[./-]", found[1])):
        return None
    ordinal = int(re.split(r"[./-]", found[1])[-1])
    return _split(text, found.end(), Marker(Style.CODE, ordinal, found[1], ""))


def _clause_code(text: str) -> Marked | None:
    """ "DW1.2" and "M3.1", and "DW1" where a heading bears it."""
    found = CLAUSE_CODE.match(text) or SECTION_CODE.match(text)
    if found is None:
        return None
    ordinal = int(re.findall(r"\d+", found[1])[-1])
    return _split(text, found.end(), Marker(Style.DECIMAL, ordinal, found[1], "."))


def _decimal(text: str) -> Marked | None:
    found = COMPOUND.match(text) or DECIMAL.match(text)
    if found is None:
        return None
    last = re.findall(r"\d+|[a-z]+|[A-Z]$", found[1])[-1]
    ordinal = int(last) if last.isdigit() else roman_value(last) or letter_value(last[0])
    if last.isalpha() and len(last) == 1:
        ordinal = letter_value(last)
    return _split(text, found.end(), Marker(Style.DECIMAL, ordinal, found[1], ""))


def _number(text: str) -> Marked | None:
    found = NUMBER.match(text)
    if found is None:
        return None
    opening, closing = (found[1] or "").strip()[:1], found[3].strip()
    if (opening == "(" and closing != ")") or (opening == "[") != (closing == "]"):
        return None
    marker = Marker(Style.NUMBER, int(found[2]), str(int(found[2])), opening + closing)
    return _split(text, found.end(), marker)


def _letter(text: str) -> Marked | None:
    found = LETTER.match(text)
    if found is None:
        return None
    opening, closing = found[1] or "", found[3].strip()
    if opening and opening + closing not in ("()", "[]"):
        return None
    return _lettered(text, found.end(), found[2], opening + closing)


def _bare_letter(text: str) -> Marked | None:
    """ "A   Speak once": accepted only where the next letter or numeral is printed as well."""
    found = BARE_LETTER.match(text)
    return _lettered(text, found.end(), found[1], "") if found else None


def _lettered(text: str, end: int, label: str, brackets: str) -> Marked | None:
    readings: list[Marker] = []
    if len(label) == 1:
        readings.append(Marker(Style.LETTER, letter_value(label), label, brackets))
    if value := roman_value(label):
        readings.append(Marker(Style.ROMAN, value, label, brackets))
    return _split(text, end, *readings) if readings else None


_READERS: tuple[Callable[[str], Marked | None], ...] = (
    _named,
    _code,
    _clause_code,
    _decimal,
    _number,
    _letter,
    _bare_letter,
)
