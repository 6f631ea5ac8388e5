"""Walks a web page and collects its lines, with lists numbered as a browser prints them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from knowledge.documents.html_elements import (
    NOT_SHOWN,
    HtmlList,
    is_hidden,
    is_outside,
    list_of,
    mark,
    texts,
)
from knowledge.documents.numbering import counted
from knowledge.documents.tables import table_lines
from knowledge.parsing.document import LeftOut
from knowledge.parsing.lines import INVISIBLE, Line, has_words

_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_DEEPEST = 250
_INDENT = 4


@dataclass(slots=True)
class Walker:
    """Walks the tree and collects its lines."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lists: list[HtmlList] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _bold: int = 0
    _linked: int = 0
    _marks: list[str] = field(default_factory=list)
    _heading: int = 0
    _pending: str | None = None
    _in_item: bool = False
    _number: int = 0

    def walk(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in NOT_SHOWN or depth > _DEEPEST or is_hidden(element):
            return
        if depth and is_outside(element):
            self._leave_out(element)
            return
        _OPENERS.get(tag, Walker._any)(self, element, depth)

    def _any(self, element: HtmlElement, depth: int) -> None:
        tag = str(element.tag)
        block = tag in _BLOCKS
        if block:
            self.end_line()
            self._blank()
        marked_as = mark(element)
        if marked_as:
            self._marks.append(marked_as)
        self._inside(element, depth)
        if marked_as:
            self._marks.pop()
        if block:
            self.end_line()
            self._blank()

    def _inside(self, element: HtmlElement, depth: int) -> None:
        self._text(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self._text(child.tail)

    def _break(self, element: HtmlElement, depth: int) -> None:
        del element, depth
        self.end_line()

    def _titled(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        self._blank()
        self._heading = int(str(element.tag)[1])
        self._inside(element, depth)
        self.end_line()
        self._heading = 0
        self._blank()

    def _list(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        if not self.lists:
            self._blank()
        self.lists.append(list_of(element))
        self._inside(element, depth)
        self.end_line()
        self.lists.pop()
        if not self.lists:
            self._blank()

    def _item(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        if not self.lists:
            self.lists.append(HtmlList(ordered=False, style="disc", number=0))
        listed = self.lists[-1]
        value = element.get("value") or ""
        if value.isdigit():
            listed.number = int(value)
        self._lone_label()
        self._pending = counted(listed.style, listed.number) if listed.ordered else ""
        listed.number += listed.step
        paragraphs = [child for child in element if child.tag == "p"]
        if paragraphs and not (element.text or "").strip():
            self._blank()
        self._inside(element, depth)
        self.end_line()

    def _lone_label(self) -> None:
        if self._pending:
            self._number += 1
            self.lines.append(Line(self._number, self._indent(), "", label=self._pending))
        self._pending = None

    def _table(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        self._blank()
        rows = [
            [self._cell(cell, depth) for cell in row.xpath("./td|./th")]
            for row in element.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")
        ]
        headed = bool(
            element.xpath("./thead/tr|./tr[1][th and not(td)]|./tbody/tr[1][th and not(td)]")
        )
        for caption in element.xpath("./caption"):
            self._any(caption, depth)
        self.lines.extend(table_lines(rows, headers=int(headed)))
        self._blank()

    def _cell(self, element: HtmlElement, depth: int) -> list[Line]:
        inner = Walker(_number=self._number)
        if element.tag == "th":
            inner._marks.append("bold")
        inner._inside(element, depth)
        inner.end_line()
        self._number = inner._number
        return [line for line in inner.lines if line.text or line.label]

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if has_words(text):
            letters = sum(character.isalnum() for character in text)
            self._bold += letters * ("bold" in self._marks)
            self._linked += letters * ("linked" in self._marks)
        self._parts.append(text)

    def end_line(self) -> None:
        text = " ".join("".join(self._parts).split()).strip(INVISIBLE)
        letters = sum(character.isalnum() for character in text)
        if letters or text:
            self._number += 1
            line = Line(
                self._number,
                self._indent(),
                text,
                label=self._pending or "",
                bullet=self._pending == "",
                heading=self._heading,
                bold=0 < letters <= self._bold,
                linked=0 < letters <= self._linked,
            )
            self.lines.append(line)
            self._pending = None
        self._parts.clear()
        self._bold = self._linked = 0

    def _indent(self) -> int:
        """A paragraph within an item stands deeper than the item's first line."""
        depth = max(len(self.lists) - 1, 0)
        deeper = bool(self.lists) and self._pending is None
        return _INDENT * depth + 2 * deeper

    def _blank(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(self._number, 0, ""))

    def _leave_out(self, element: HtmlElement) -> None:
        for text in texts(element):
            self.left_out.append(LeftOut(self._number, 0, text, "outside the page's own text"))


_OPENERS: dict[str, Callable[[Walker, HtmlElement, int], None]] = {
    "br": Walker._break,
    "ol": Walker._list,
    "ul": Walker._list,
    "li": Walker._item,
    "table": Walker._table,
    **{f"h{level}": Walker._titled for level in range(1, 7)},
}
