"""Word files as lines: text as the reader of the printed document sees it, with its labels.

python-docx reads neither list numbers nor content controls and refuses files with macros, so the
XML is walked here. Macros are never run; deleted and hidden text is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.documents.package import Package
from knowledge.documents.tables import table_lines
from knowledge.documents.word_numbering import Label, Numbering, columns
from knowledge.documents.word_styles import Style, Styles
from knowledge.documents.word_text import LEFT_OUT, bold_runs, boxes, texts, tidy
from knowledge.documents.word_xml import W, child, transitional, value
from knowledge.errors import UnreadableContent
from knowledge.parsing.document import Document, LeftOut
from knowledge.parsing.lines import Line, has_words
from knowledge.policy import Defect

_DEEPEST = 60
_INDENT = 4


def read_docx(content: bytes) -> Document:
    package = Package(content)
    root = package.xml("word/document.xml")
    body = child(transitional(root), "body") if root is not None else None
    if body is None:
        raise UnreadableContent("is damaged: open it in Word and save it again.")
    styles = Styles(_part(package, "word/styles.xml"))
    numbering = Numbering(_part(package, "word/numbering.xml"))
    numbering.link_styles(styles.numbering_styles())
    reader = _Reader(styles, numbering)
    reader.read(body, 0)
    reader.add_footnotes(_part(package, "word/footnotes.xml"))
    left_out = (*reader.left_out, *_running_text(package))
    macros = (Defect(1, "the file contains macros", "they are ignored"),)
    defects = macros if _has_macros(package) else ()
    return Document(tuple(reader.lines), _stored_title(package), left_out, defects)


def _part(package: Package, name: str) -> etree._Element | None:
    root = package.xml(name)
    return transitional(root) if root is not None else None


def _has_macros(package: Package) -> bool:
    return any(name.lower().endswith("vbaproject.bin") for name in package.names)


def _running_text(package: Package) -> Iterator[LeftOut]:
    """What is printed at the top and at the foot of every page."""
    for name in package.names:
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = _part(package, name)
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                text = " ".join("".join(texts(paragraph, 0)).split())
                if has_words(text):
                    yield LeftOut(0, 0, text, "page header or footer")


def _stored_title(package: Package) -> str:
    root = package.xml("docProps/core.xml")
    title = root.findtext("{http://purl.org/dc/elements/1.1/}title") if root is not None else ""
    return " ".join((title or "").removeprefix("Microsoft Word - ").split())


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _number: int = 0
    _last_listed: bool = False

    def read(self, parent: etree._Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for element in parent:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element, depth)
            elif element.tag == f"{W}sdt" and _is_contents(element):
                self._leave_out(element)
            elif element.tag not in LEFT_OUT:
                self.read(element, depth + 1)

    def add_footnotes(self, root: etree._Element | None) -> None:
        notes = [
            note
            for note in (root.iterchildren(f"{W}footnote") if root is not None else ())
            if note.get(f"{W}type") not in ("separator", "continuationSeparator")
            and has_words("".join(texts(note, 0)))
        ]
        if notes:
            self._add(Line(self._next(), 0, "Footnotes", heading=2, joins=False), listed=False)
        for note in notes:
            self.read(note, 0)

    def _paragraph(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        style = self.styles.paragraph(value(properties, "pStyle"))
        if style.contents:
            self._leave_out(element)
            return
        text = "".join(texts(element, 0))
        label = self._label(properties, style) if has_words(text) else None
        bold = has_words(text) and all(bold_runs(element, style.bold))
        for index, piece in enumerate(text.split("\n")):
            line = Line(
                self._next(),
                _indent(properties, style, label),
                tidy(piece),
                label=label.text if label and not index else "",
                bullet=bool(label and label.bullet and not index),
                heading=style.heading,
                bold=bold,
                joins=None if index else False,
            )
            if has_words(line.printed):
                self._add(line, listed=label is not None or bool(index))
        for box in boxes(element):
            self.read(box, 0)

    def _add(self, line: Line, *, listed: bool) -> None:
        if not (listed and self._last_listed) or line.heading:
            self.lines.append(Line(line.number, 0, ""))
        self.lines.append(line)
        self._last_listed = listed

    def _label(self, properties: etree._Element | None, style: Style) -> Label | None:
        listed = child(properties, "numPr") if properties is not None else None
        number = value(listed, "numId") or style.number
        if not number or number == "0":
            return None
        level = value(listed, "ilvl")
        if level.isdigit():
            return self.numbering.label(number, int(level))
        of_style = self.numbering.level_of_style(number, style.numbered_by)
        return self.numbering.label(number, of_style if of_style is not None else style.level or 0)

    def _table(self, element: etree._Element, depth: int) -> None:
        rows = list(element.iterchildren(f"{W}tr"))
        headers = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:1])
        cells = [[self._cell(cell, depth) for cell in _cells(row)] for row in rows]
        self.lines.append(Line(self._number, 0, ""))
        self.lines.extend(table_lines(cells, headers))
        self.lines.append(Line(self._number, 0, ""))
        self._last_listed = False

    def _cell(self, element: etree._Element, depth: int) -> list[Line]:
        merged = element.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return []
        inner = _Reader(self.styles, self.numbering, _number=self._number)
        inner.read(element, depth + 1)
        self._number = inner._number
        self.left_out.extend(inner.left_out)
        return [line for line in inner.lines if line.printed]

    def _leave_out(self, element: etree._Element) -> None:
        text = " ".join("".join(texts(element, 0)).split())
        if has_words(text):
            self.left_out.append(LeftOut(self._number, 0, text, "contents list"))

    def _next(self) -> int:
        self._number += 1
        return self._number


def _is_contents(element: etree._Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(element)


def _indent(properties: etree._Element | None, style: Style, label: Label | None) -> int:
    own = child(properties, "ind") if properties is not None else None
    if label:
        return label.indent if label.indent is not None else _INDENT * label.level
    return columns(own) if own is not None else style.indent
