"""Styles and list labels of an OpenDocument text (OASIS ODF 1.3, parts 16 and 19)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from knowledge.documents.numbering import numeral

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMATS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_PLACEHOLDER = re.compile(r"%(\d{1,2})%")
_DEEPEST = 12
_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list style. `shown` is how many levels the label prints; `pattern` is the
    whole label with "%1%" for the number of the first level, where the file has it."""

    bullet: bool = False
    format: str = "1"
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """`names` are the names that the style goes by, its own and those it inherits from."""

    names: tuple[str, ...] = ()
    bold: bool = False
    list_style: str = ""


@dataclass(slots=True)
class Styles:
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    _elements: dict[str, etree._Element] = field(default_factory=dict)

    def read(self, root: etree._Element | None) -> None:
        if root is None:
            return
        for element in root.iter(f"{TEXT}list-style"):
            self.lists[element.get(f"{STYLE}name") or ""] = dict(_levels(element))
        for element in root.iter(f"{TEXT}outline-style"):
            self.outline = dict(_levels(element))
        for element in root.iter(f"{STYLE}style"):
            if element.get(f"{STYLE}family") in ("paragraph", "text"):
                self._elements[element.get(f"{STYLE}name") or ""] = element

    def style(self, name: str) -> ParagraphStyle:
        names: list[str] = []
        bold: bool | None = None
        list_style = ""
        while name in self._elements and len(names) < _DEEPEST:
            element = self._elements[name]
            names += [name, element.get(f"{STYLE}display-name") or name]
            bold = _is_bold(element) if bold is None else bold
            list_style = list_style or element.get(f"{STYLE}list-style-name") or ""
            name = element.get(f"{STYLE}parent-style-name") or ""
        return ParagraphStyle((*names, name), bool(bold), list_style)


def _is_bold(element: etree._Element) -> bool | None:
    properties = element.find(f"{STYLE}text-properties")
    weight = properties.get(f"{FO}font-weight") if properties is not None else None
    if weight is None:
        return None
    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def _levels(element: etree._Element) -> Iterable[tuple[int, Level]]:
    for level in element:
        if not isinstance(level.tag, str) or "level-style" not in level.tag:
            continue
        number = int(level.get(f"{TEXT}level") or 1)
        yield (
            number,
            Level(
                bullet=level.tag.endswith(("bullet", "image")),
                format=level.get(f"{STYLE}num-format") or "",
                before=level.get(f"{STYLE}num-prefix") or "",
                after=level.get(f"{STYLE}num-suffix") or "",
                start=int(level.get(f"{TEXT}start-value") or 1),
                shown=int(level.get(f"{TEXT}display-levels") or 1),
                pattern=level.get(f"{LOEXT}num-list-format")
                or level.get(f"{STYLE}num-list-format")
                or "",
            ),
        )


@dataclass(slots=True)
class Counter:
    """The numbers of one list, by level from 1."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * (_LEVELS + 1))

    def next_label(self, level: int, start: int | None = None) -> str | None:
        """Counts an item; its label, empty without a number format, None for a bullet."""
        level = min(level, _LEVELS)
        style = self.levels.get(level)
        if style is None or style.bullet:
            return None
        current = self.counts[level]
        first = start if start is not None else style.start
        self.counts[level] = first if current is None or start is not None else current + 1
        for below in range(level + 1, _LEVELS + 1):
            self.counts[below] = None
        if not style.format:
            return ""
        return self._label(style, level)

    def _label(self, style: Level, level: int) -> str:
        if style.pattern:
            return _PLACEHOLDER.sub(lambda match: self._shown(int(match[1])), style.pattern).strip()
        shown = range(max(1, level - style.shown + 1), level + 1)
        numbers = ".".join(filter(None, map(self._shown, shown)))
        return f"{style.before}{numbers}{style.after}".strip()

    def _shown(self, level: int) -> str:
        style = self.levels.get(level)
        if style is None or not style.format:
            return ""
        count = self.counts[level] if level <= _LEVELS else None
        return numeral(
            _FORMATS.get(style.format, "decimal"), style.start if count is None else count
        )
