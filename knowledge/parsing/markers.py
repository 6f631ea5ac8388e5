"""The label a line begins with: "3.", "(b)", "iv)", "2.1.3", "Appendix B", "POL.ABC.001", "§ 4".

A label may be read in more than one way: "(i)" is a letter after "(h)" and a numeral after
"3.". Every reading is kept here; the run it stands in decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.parsing.lines import INVISIBLE
from knowledge.parsing.numerals import letter_value, roman_value


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
        return _LAST_STEP.sub("", self.label) if self.style is Style.DECIMAL else ""

    @property
    def covers(self) -> str:
        """The label its parts begin with: "1" for "1" and for "1.0", a common way to head 1.1."""
        return self.label.removesuffix(".0") if self.style is Style.DECIMAL else self.label


@dataclass(frozen=True, slots=True)
class Marked:
    """`glued` says that no blank stands between the label and the text."""

    readings: tuple[Marker, ...]
    printed: str
    rest: str
    glued: bool


_LAST_STEP = re.compile(r"(?:\.?\d+|\([a-z0-9]+\))$")
_NAMED = re.compile(
    r"((?i:section|article|part|chapter|clause|rule|principle|stage|appendix|annexe?|schedule))"
    r"(?:\s{1,4}(\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,6}|[A-Za-z]))?(?![\w’'.]*\w)"
    r"(\s{0,4}[:.)–—-]{1,2}(?=\s|$)|(?=\s|$))"
)
_CODE = re.compile(r"([A-Z]{2,8}(?:[./-][A-Z0-9]{1,8}){0,4}[./-]\d{1,5})(?:[:.](?=\s)|(?=\s|$))")
_DECIMAL = re.compile(
    r"(?:§{1,2}\s?)?((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3}){1,7}|[A-Z]\.?\d{1,2})"
    r"\\?[.):]?(?=\s|$|[A-Z“\"‘(])"
)
_COMPOUND = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,7}(?:\((?:[a-z]{1,4}|\d{1,2})\)){1,4})(?=\s|$)")
_NUMBER = re.compile(r"(§{1,2}\s?|\()?(\d{1,3})(\\?[.):](?=\s|$|[A-Z“\"‘])|\s[-–—:](?=\s)|(?=\s))")
_LETTER = re.compile(r"(\()?([A-Za-z]|[ivxIVX]{2,6})(\)|\\?\.(?=\s|$))")
_MAY_BEGIN = re.compile(
    r"[\d(§]|[A-Za-z]\\?[.)\d]|[ivxIVX]{2,6}\\?[.)]|[A-Z]{2,8}[./-]|(?i:[sacrp][a-z]{3,8})\b"
)
_UNNAMED_LABEL = {"section", "article", "clause"}
_STANDS_ALONE = {"appendix", "annex", "annexe", "schedule"}
_EMPHASIS = re.compile(r"(?:\*\*|__)(?=\S)")
_BOLD_LABEL = re.compile(r"(\*\*|__)([^*_\s]{1,20}(?: [^*_\s]{1,12})?)\1(?=\s)")


def marked(text: str) -> Marked | None:
    """The label at the start of a line that carries one, with the text after it."""
    body = _EMPHASIS.sub("", text, count=1) if _EMPHASIS.match(text) else text
    if bold := _BOLD_LABEL.match(text):
        body = bold[2] + text[bold.end() :]
    if _MAY_BEGIN.match(body) is None:
        return None
    for read in _READERS:
        if found := read(body):
            return found
    return None


def _split(text: str, end: int, *readings: Marker) -> Marked:
    rest = text[end:]
    glued = rest[:1].isalnum()
    return Marked(readings, text[:end].strip(), rest.lstrip(INVISIBLE), glued)


def _named(text: str) -> Marked | None:
    found = _NAMED.match(text)
    if found is None:
        return None
    word, number, separator = found[1].lower(), found[2] or "", found[3]
    rest = text[found.end() :].strip()
    if not number and (word not in _STANDS_ALONE or (rest and not separator.strip())):
        return None
    if rest and not separator.strip() and not _could_be_title(rest):
        return None
    label = number if word in _UNNAMED_LABEL else f"{word.capitalize()} {_upper(number)}".strip()
    return _split(text, found.end(), Marker(Style.NAMED, _value(number), _upper(label), "", word))


def _could_be_title(rest: str) -> bool:
    """Tells "Section 3 Duties" from "Section 3 of the Act applies."."""
    return rest[0].isupper() and rest[-1] not in ".;," and len(rest.split()) <= 12


def _upper(label: str) -> str:
    return label.upper() if len(label) == 1 or roman_value(label) else label


def _value(number: str) -> int:
    if not number.isalpha():
        return int(number.rpartition(".")[2] or 0)
    return roman_value(number) or letter_value(number[0])


def _code(text: str) -> Marked | None:
    found = _CODE.match(text)
    if found is None or not ("." in found[1] or re.search(r"[./-].*[./-]", found[1])):
        return None
    ordinal = int(re.split(r"[./-]", found[1])[-1])
    return _split(text, found.end(), Marker(Style.CODE, ordinal, found[1], ""))


def _decimal(text: str) -> Marked | None:
    found = _COMPOUND.match(text) or _DECIMAL.match(text)
    if found is None:
        return None
    last = re.findall(r"\d+|[a-z]+", found[1])[-1]
    ordinal = int(last) if last.isdigit() else roman_value(last) or letter_value(last[0])
    return _split(text, found.end(), Marker(Style.DECIMAL, ordinal, found[1], ""))


def _number(text: str) -> Marked | None:
    found = _NUMBER.match(text)
    if found is None or (found[1] == "(") > (found[3] == ")"):
        return None
    brackets = (found[1] or "").strip()[:1] + found[3].strip(" \\")
    marker = Marker(Style.NUMBER, int(found[2]), str(int(found[2])), brackets)
    return _split(text, found.end(), marker)


def _letter(text: str) -> Marked | None:
    found = _LETTER.match(text)
    if found is None or (found[1] and found[3] != ")"):
        return None
    brackets = (found[1] or "") + found[3].strip("\\")
    readings: list[Marker] = []
    if len(found[2]) == 1:
        readings.append(Marker(Style.LETTER, letter_value(found[2]), found[2], brackets))
    if value := roman_value(found[2]):
        readings.append(Marker(Style.ROMAN, value, found[2], brackets))
    return _split(text, found.end(), *readings) if readings else None


_READERS: tuple[Callable[[str], Marked | None], ...] = (_named, _code, _decimal, _number, _letter)
