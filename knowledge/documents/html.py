"""Web pages as lines: the main content, with lists numbered as a browser prints them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import html
from lxml.html import HtmlElement

from knowledge.documents.numbering import counted
from knowledge.documents.tables import table_lines
from knowledge.parsing.lines import INVISIBLE, Line, has_words
from knowledge.reading import Document, LeftOut

_NOT_SHOWN = frozenset(
    "script style template noscript head svg canvas iframe object audio video map select option"
    " input button textarea datalist math".split()
)
_OUTSIDE = frozenset("nav footer aside form dialog menu".split())
_OUTSIDE_ROLES = frozenset("navigation banner contentinfo search complementary dialog".split())
_OUTSIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|site-?header"
    r"|site-?footer|footer|skip|share|sharing|social-share|related|pagination|pager|comments?"
    r"|toc-toggle|masthead|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset(("b", "strong", "dt", "th"))
_STYLES = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "1": "decimal",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w -]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST = 250
_INDENT = 4
_LEAST_MAIN = 0.3


def read_html(text: str) -> Document:
    root = _root(text)
    walker = _Walker()
    if root is not None:
        main = _main_content(root)
        walker.walk(main, 0)
        walker.end_line()
    title = _title(root) if root is not None else ""
    return Document(tuple(walker.lines), title, tuple(walker.left_out))


def read_fragment(text: str) -> list[Line]:
    root = _root(text)
    if root is None:
        return []
    walker = _Walker()
    walker.walk(root, 0)
    walker.end_line()
    return walker.lines


def _root(text: str) -> HtmlElement | None:
    if not text.strip():
        return None
    # An encoding declared in text that is already decoded would be refused.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return html.document_fromstring(text, parser=parser)
    except (ValueError, html.etree.ParserError):
        return None


def _title(root: HtmlElement) -> str:
    found = root.find(".//title")
    return " ".join((found.text_content() if found is not None else "").split())


def _main_content(root: HtmlElement) -> HtmlElement:
    """The element that holds the page's own text: <main>, else a sole <article>, else all."""
    body = root.find("body")
    whole = body if body is not None else root
    length = len(whole.text_content())
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content()) >= _LEAST_MAIN * length:
            return found[0]
    return whole


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    number: int
    step: int = 1


@dataclass(slots=True)
class _Walker:
    """Walks the tree and collects its lines."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
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
        if not tag or tag in _NOT_SHOWN or depth > _DEEPEST or _is_hidden(element):
            return
        if depth and _is_outside(element):
            self._leave_out(element)
            return
        _OPENERS.get(tag, _Walker._any)(self, element, depth)

    def _any(self, element: HtmlElement, depth: int) -> None:
        tag = str(element.tag)
        block = tag in _BLOCKS
        if block:
            self.end_line()
            self._blank()
        mark = _mark(element)
        if mark:
            self._marks.append(mark)
        self._inside(element, depth)
        if mark:
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
        self.lists.append(_list_of(element))
        self._inside(element, depth)
        self.end_line()
        self.lists.pop()
        if not self.lists:
            self._blank()

    def _item(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        if not self.lists:
            self.lists.append(_List(ordered=False, style="disc", number=0))
        listed = self.lists[-1]
        if str(element.get("value") or "").isdigit():
            listed.number = int(element.get("value"))
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
        inner = _Walker(_number=self._number)
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
        for text in _texts(element):
            self.left_out.append(LeftOut(self._number, 0, text, "outside the page's own text"))


def _mark(element: HtmlElement) -> str:
    if element.tag in _BOLD:
        return "bold"
    linked = element.tag == "a" and str(element.get("href") or "").startswith("#")
    return "linked" if linked else ""


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return _HIDDEN.search(element.get("style") or "") is not None


def _is_outside(element: HtmlElement) -> bool:
    if element.tag in _OUTSIDE or element.get("role") in _OUTSIDE_ROLES:
        return True
    if element.tag == "header" and element.getparent() is not None:
        return element.getparent().tag == "body" and not element.xpath(".//h1")
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("html", "body", "main", "article") or not _OUTSIDE_NAMES.search(names):
        return False
    return element.tag in ("div", "ul", "ol", "section", "p", "header", "span", "a")


def _list_of(element: HtmlElement) -> _List:
    if element.tag != "ol":
        return _List(ordered=False, style="disc", number=0)
    styled = _LIST_STYLE.search(element.get("style") or "")
    style = styled[1].split()[0].lower() if styled else ""
    style = style or _STYLES.get(element.get("type") or "1", "decimal")
    start = element.get("start") or ""
    down = element.get("reversed") is not None
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    if down and not start:
        number = len(element.xpath("./li"))
    return _List(style != "none", style, number, -1 if down else 1)


def _texts(element: HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        if has_words(text):
            yield " ".join(text.split())


_OPENERS: dict[str, Callable[[_Walker, HtmlElement, int], None]] = {
    "br": _Walker._break,
    "ol": _Walker._list,
    "ul": _Walker._list,
    "li": _Walker._item,
    "table": _Walker._table,
    **{f"h{level}": _Walker._titled for level in range(1, 7)},
}
