"""OpenDocument texts as lines. odfpy gives no printed list labels, so the XML is walked here."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from knowledge.documents.odt_styles import TEXT, Counter, ParagraphStyle, Styles
from knowledge.documents.odt_text import DRAW, OFFICE, SKIPPED, heading_level, texts
from knowledge.documents.package import Package
from knowledge.documents.tables import table_lines
from knowledge.errors import UnreadableContent
from knowledge.parsing.document import Document, LeftOut
from knowledge.parsing.lines import INVISIBLE, Line, has_words

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CONTENTS = frozenset(
    f"{TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index")
)
_PARAGRAPHS = frozenset((f"{TEXT}p", f"{TEXT}h"))
_DEEPEST = 60
_INDENT = 4


def read_odt(content: bytes) -> Document:
    package = Package(content)
    if b"manifest:encryption-data" in _manifest(package):
        raise UnreadableContent("is protected by a password: save it without one.")
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise UnreadableContent("is no text document: save the text as .odt, .docx or PDF.")
    styles = Styles()
    printed = package.xml("styles.xml")
    styles.read(printed)
    styles.read(root)
    reader = _Reader(styles)
    reader.read(body, 0)
    reader.add_notes()
    return Document(
        tuple(reader.lines), _stored_title(package), (*reader.left_out, *_running_text(printed))
    )


def _manifest(package: Package) -> bytes:
    root = package.xml("META-INF/manifest.xml")
    return etree.tostring(root) if root is not None else b""


def _stored_title(package: Package) -> str:
    root = package.xml("meta.xml")
    found = root.find(".//{http://purl.org/dc/elements/1.1/}title") if root is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


def _running_text(root: etree._Element | None) -> Iterator[LeftOut]:
    """What the page styles print at the top and at the foot of every page."""
    for element in root.iter(*_PARAGRAPHS) if root is not None else ():
        text = " ".join("".join(texts(element, 0)).split())
        if has_words(text):
            yield LeftOut(0, 0, text, "page header or footer")


@dataclass(slots=True)
class _Item:
    """The first paragraph of a list item takes its label, or is a bullet where that is None."""

    label: str | None
    level: int


@dataclass(slots=True)
class _Reader:
    styles: Styles
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _notes: list[etree._Element] = field(default_factory=list)
    _counters: dict[str, Counter] = field(default_factory=dict)
    _last_of_style: dict[str, Counter] = field(default_factory=dict)
    _outline: Counter | None = None
    _item: _Item | None = None
    _level: int = 0
    _number: int = 0

    def read(self, parent: etree._Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for element in parent:
            if element.tag in _PARAGRAPHS:
                self._paragraph(element)
            elif element.tag == f"{TEXT}list":
                self._list(element, None, 1, depth)
            elif element.tag == f"{TABLE}table":
                self._table(element, depth)
            elif element.tag in _CONTENTS:
                self._leave_out(element)
            elif element.tag not in SKIPPED and isinstance(element.tag, str):
                self.read(element, depth + 1)

    def add_notes(self) -> None:
        if self._notes:
            self._blank()
            self.lines.append(Line(self._next(), 0, "Footnotes", heading=2))
        for note in list(self._notes):
            self.read(note, 0)

    def _list(
        self, element: etree._Element, counter: Counter | None, level: int, depth: int
    ) -> None:
        if depth > _DEEPEST:
            return
        if level == 1:
            self._blank()
        counter = counter or self._counter(element)
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            if item.tag == f"{TEXT}list-item" and _begins_with_paragraph(item):
                start = item.get(f"{TEXT}start-value")
                self._item = _Item(counter.next_label(level, int(start) if start else None), level)
            self._list_item(item, counter, level, depth)
        self._level = level - 1
        if level == 1:
            self._blank()

    def _list_item(self, item: etree._Element, counter: Counter, level: int, depth: int) -> None:
        for part in item:
            self._level = level
            if part.tag == f"{TEXT}list":
                self._list(part, counter, level + 1, depth + 1)
            elif part.tag in _PARAGRAPHS:
                self._paragraph(part)
            else:
                self.read(part, depth + 1)
        self._item = None

    def _counter(self, element: etree._Element) -> Counter:
        style = element.get(f"{TEXT}style-name") or self._style_of_first(element)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        earlier = element.get(f"{TEXT}continue-list") or ""
        counter = self._counters.get(earlier) if earlier else None
        if counter is None and goes_on:
            counter = self._last_of_style.get(style)
        counter = counter or Counter(self.styles.lists.get(style, {}))
        own = element.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        self._counters[own] = self._last_of_style[style] = counter
        return counter

    def _style_of_first(self, element: etree._Element) -> str:
        first = next(element.iter(*_PARAGRAPHS), None)
        name = first.get(f"{TEXT}style-name") or "" if first is not None else ""
        return self.styles.style(name).list_style

    def _paragraph(self, element: etree._Element) -> None:
        text = "".join(texts(element, 0))
        style = self.styles.style(element.get(f"{TEXT}style-name") or "")
        heading = heading_level(element, style)
        if not has_words(text):
            self._boxes(element)
            return
        item, self._item = self._item, None
        label = item.label if item else self._outline_label(element)
        if not self._level or heading:
            self._blank()
        bold = self._is_bold(element, style)
        for index, piece in enumerate(text.split("\n")):
            line = Line(
                self._next(),
                self._indent(item is not None),
                " ".join(piece.split()).strip(INVISIBLE),
                label=(label or "") if not index else "",
                bullet=item is not None and label is None and not index,
                heading=heading,
                bold=bold,
                joins=None if index else False,
            )
            if has_words(line.printed):
                self.lines.append(line)
        if not self._level:
            self._blank()
        self._boxes(element)

    def _outline_label(self, element: etree._Element) -> str | None:
        """Headings outside lists are numbered by the outline of the document."""
        level = element.get(f"{TEXT}outline-level")
        if element.tag != f"{TEXT}h" or not level or not self.styles.outline:
            return ""
        if element.get(f"{TEXT}is-list-header") == "true":
            return ""
        self._outline = self._outline or Counter(self.styles.outline)
        return self._outline.next_label(int(level)) or ""

    def _indent(self, first: bool) -> int:
        level = max(self._level - 1, 0)
        return _INDENT * level + (2 if self._level and not first else 0)

    def _is_bold(self, element: etree._Element, style: ParagraphStyle) -> bool:
        if has_words(element.text or "") or any(has_words(child.tail or "") for child in element):
            return style.bold
        spans = [child for child in element if has_words("".join(texts(child, 0)))]
        return bool(spans) and all(
            self.styles.style(span.get(f"{TEXT}style-name") or "").bold for span in spans
        )

    def _table(self, element: etree._Element, depth: int) -> None:
        headers = len(element.findall(f"{TABLE}table-header-rows/{TABLE}table-row"))
        rows = [
            [self._cell(cell, depth) for cell in row if cell.tag == f"{TABLE}table-cell"]
            for row in element.iter(f"{TABLE}table-row")
            if next(row.iterancestors(f"{TABLE}table")) is element
        ]
        self._blank()
        self.lines.extend(table_lines(rows, headers))
        self._blank()

    def _cell(self, element: etree._Element, depth: int) -> list[Line]:
        inner = _Reader(self.styles, _number=self._number)
        inner.read(element, depth + 1)
        self._number = inner._number
        self.left_out.extend(inner.left_out)
        self._notes.extend(inner._notes)
        return [line for line in inner.lines if line.printed]

    def _boxes(self, element: etree._Element) -> None:
        for box in element.iter(f"{DRAW}text-box"):
            self.read(box, 0)
        self._notes.extend(element.iter(f"{TEXT}note-body"))

    def _leave_out(self, element: etree._Element) -> None:
        for paragraph in element.iter(f"{TEXT}p"):
            text = " ".join("".join(texts(paragraph, 0)).split())
            if has_words(text):
                self.left_out.append(LeftOut(self._number, 0, text, "contents list"))

    def _blank(self) -> None:
        if self.lines and self.lines[-1].printed:
            self.lines.append(Line(self._number, 0, ""))

    def _next(self) -> int:
        self._number += 1
        return self._number


def _begins_with_paragraph(item: etree._Element) -> bool:
    """An item that begins with a list of its own prints no label: LibreOffice indents so."""
    return any(True for part in item[:1] if part.tag != f"{TEXT}list")
