"""The labels that Word prints before paragraphs: "1.1", "(a)", "Article II", counted as Word does
(ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from knowledge.documents.numbering import numeral
from knowledge.documents.word_xml import W, child, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_TWIPS_PER_COLUMN = 120
"""A twip is a twentieth of a point; a character of 12 points is about 6 points wide."""
_LEVELS = 9


@dataclass(slots=True)
class Level:
    """`text` is the pattern of the label, with "%1" for the number of the first level."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    restarts: bool = True
    plain_numbers: bool = False
    indent: int | None = None


@dataclass(slots=True)
class _Number:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """`text` is empty for a bullet; `indent` is in columns, None where the list sets none."""

    text: str
    bullet: bool
    level: int
    indent: int | None


class Numbering:
    """Counts the paragraphs in the order in which they are asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._numbers: dict[str, _Number] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def link_styles(self, numbers: dict[str, str]) -> None:
        """`numbers` has the list of each numbering style, for lists that refer to a style."""
        for abstract, style in self._linked.items():
            number = self._numbers.get(numbers.get(style, ""))
            if number and number.abstract in self._abstract:
                self._abstract[abstract] = self._abstract[number.abstract]

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list gives to paragraphs of a style."""
        levels = self._levels(number)
        return next((index for index, level in levels.items() if level.style == style), None)

    def label(self, number: str, level: int) -> Label | None:
        """Counts a paragraph of the list `number`; None where the list does not exist."""
        levels = self._levels(number)
        found = levels.get(level)
        if found is None:
            return None
        counts = self._count(number, level, levels)
        if found.format == "bullet":
            return Label("", True, level, found.indent)
        if found.format == "none" and "%" not in found.text:
            return Label(found.text.strip(), False, level, found.indent)
        text = _PLACEHOLDER.sub(
            lambda match: _shown(levels, counts, int(match[1]) - 1, found.plain_numbers),
            found.text,
        )
        return Label(text.strip(), False, level, found.indent)

    def _count(self, number: str, level: int, levels: dict[int, Level]) -> list[int | None]:
        known = self._numbers[number]
        counts = self._counts.setdefault(known.abstract, [None] * _LEVELS)
        if level in known.starts and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counts[level] = None
            start = known.starts[level]
        else:
            start = levels[level].start
        current = counts[level]
        counts[level] = start if current is None else current + 1
        for above in range(level):
            if counts[above] is None and above in levels:
                counts[above] = levels[above].start
        for below in range(level + 1, _LEVELS):
            if below not in levels or levels[below].restarts:
                counts[below] = None
        return counts

    def _levels(self, number: str) -> dict[int, Level]:
        known = self._numbers.get(number)
        if known is None:
            return {}
        return {**self._abstract.get(known.abstract, {}), **known.levels}

    def _read(self, root: etree._Element) -> None:
        for element in root.iterchildren(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId") or ""
            levels = (_level(each) for each in element.iterchildren(f"{W}lvl"))
            self._abstract[name] = dict(levels)
            if link := value(element, "numStyleLink"):
                self._linked[name] = link
        for element in root.iterchildren(f"{W}num"):
            number = _Number(value(element, "abstractNumId"))
            for override in element.iterchildren(f"{W}lvlOverride"):
                index = int(override.get(f"{W}ilvl") or 0)
                if start := value(override, "startOverride"):
                    number.starts[index] = int(start)
                own = child(override, "lvl")
                if own is not None:
                    number.levels[index] = _level(own)[1]
            self._numbers[element.get(f"{W}numId") or ""] = number


def _level(element: etree._Element) -> tuple[int, Level]:
    indent = element.find(f"{W}pPr/{W}ind")
    level = Level(
        start=int(value(element, "start") or 1),
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        style=value(element, "pStyle"),
        restarts=value(element, "lvlRestart") != "0",
        plain_numbers=child(element, "isLgl") is not None,
        indent=columns(indent) if indent is not None else None,
    )
    return int(element.get(f"{W}ilvl") or 0), level


def columns(indent: etree._Element) -> int:
    """Where the first line of a paragraph with this `w:ind` begins, in columns."""
    left = indent.get(f"{W}left") or indent.get(f"{W}start") or "0"
    twips = (
        _number(left) - _number(indent.get(f"{W}hanging")) + _number(indent.get(f"{W}firstLine"))
    )
    return max(0, round(twips / _TWIPS_PER_COLUMN))


def _number(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"-?\d+(?:\.\d+)?", text) else 0.0


def _shown(levels: dict[int, Level], counts: list[int | None], index: int, plain: bool) -> str:
    level = levels.get(index)
    count = counts[index]
    if level is None or count is None:
        return ""
    return numeral("decimal" if plain else level.format, count)
