"""Paragraph styles of a Word document, with what each inherits."""

import re
from dataclasses import dataclass

from lxml import etree

from knowledge.documents.word_numbering import columns
from knowledge.documents.word_xml import W, child, is_on, value

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_TITLE = "title"
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)$|table of (?:figures|authorities)", re.IGNORECASE)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1 for the title, from 2 for headings, 0 for text. `number` and `level` name
    the list that the style belongs to; `indent` is in columns."""

    heading: int = 0
    contents: bool = False
    bold: bool = False
    number: str = ""
    level: int | None = None
    indent: int = 0
    numbered_by: str = ""


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._known: dict[str, Style] = {}
        for element in root.iterchildren(f"{W}style") if root is not None else ():
            name = element.get(f"{W}styleId") or ""
            self._elements[name] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") == "1":
                self._default = name

    def paragraph(self, name: str) -> Style:
        name = name or self._default
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def numbering_styles(self) -> dict[str, str]:
        """The list (numId) of each numbering style."""
        return {
            name: value(element.find(f"{W}pPr/{W}numPr"), "numId")
            for name, element in self._elements.items()
            if element.get(f"{W}type") == "numbering"
        }

    def _resolve(self, name: str) -> Style:
        style = Style()
        for inherited in reversed(self._chain(name)):
            style = self._with(style, inherited)
        return style

    def _chain(self, name: str) -> list[str]:
        chain: list[str] = []
        while name in self._elements and name not in chain and len(chain) < _DEEPEST:
            chain.append(name)
            name = value(self._elements[name], "basedOn")
        return chain

    def _with(self, style: Style, name: str) -> Style:
        element = self._elements[name]
        properties, shown = child(element, "pPr"), value(element, "name").lower()
        bold = is_on(child(element, "rPr"), "b")
        listed = child(properties, "numPr") if properties is not None else None
        indent = child(properties, "ind") if properties is not None else None
        number = value(listed, "numId") or style.number
        return Style(
            heading=_heading(shown, value(properties, "outlineLvl")) or style.heading,
            contents=style.contents or _CONTENTS.match(shown) is not None,
            bold=style.bold if bold is None else bold,
            number="" if number == "0" else number,
            level=_level(listed, style.level),
            indent=columns(indent) if indent is not None else style.indent,
            numbered_by=name if value(listed, "numId") else style.numbered_by,
        )


def _heading(shown: str, outline: str) -> int:
    if shown == _TITLE:
        return 1
    if found := _HEADING.match(shown):
        return int(found[1]) + 1
    return int(outline) + 2 if outline.isdigit() and int(outline) < 9 else 0


def _level(listed: etree._Element | None, inherited: int | None) -> int | None:
    own = value(listed, "ilvl")
    return int(own) if own.isdigit() else inherited
