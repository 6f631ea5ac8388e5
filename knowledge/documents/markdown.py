"""Markdown as lines, by the tokens of markdown-it: they keep the number that each list item is
written with, and no emphasis, link or escape reaches a quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.documents.frontmatter import front_matter
from knowledge.documents.html import read_fragment
from knowledge.documents.tables import table_lines
from knowledge.documents.text import read_text, text_lines
from knowledge.parsing.document import Document
from knowledge.parsing.lines import INVISIBLE, TAB, Line

_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)[^*_\n]+(?<=\S)\1")
_ESCAPE = re.compile(r"\\[().\[\]#*_-]")
_DELIMITER_ROW = re.compile(r"^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t|:-]*$", re.MULTILINE)
_LONGEST_LINE = 20_000
_FOOTNOTE = re.compile(r"\[\^\w{1,20}\]:?")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{[#.][^{}]{0,200}\}\s*$")
_TEMPLATE = re.compile(r"\{%.{0,200}?%\}|\{\{.{0,200}?\}\}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def looks_like_markdown(text: str) -> bool:
    """Whether a text file is written in Markdown: it has its headings, bold text, tables or
    escapes."""
    return any(mark.search(text) for mark in (_ATX, _STRONG, _DELIMITER_ROW, _ESCAPE))


def read_markdown(text: str) -> Document:
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        return read_text(text)  # no Markdown that a person wrote, and minutes of work
    front = front_matter(text_lines(text))
    source = [line.text if line.text else "" for line in front.lines]
    raw = text.split("\n")
    # Lines of the front matter that are blank now must be blank for markdown-it as well.
    rows = [_TEMPLATE.sub("", row) if kept else "" for row, kept in zip(raw, source, strict=True)]
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    walker = _Walker(rows)
    walker.read(parser.parse("\n".join(rows)))
    return Document(tuple(walker.lines), front.title)


@dataclass(slots=True)
class _Item:
    """A list item whose first line is still to come."""

    label: str
    line: int


@dataclass(slots=True)
class _Walker:
    rows: Sequence[str]
    lines: list[Line] = field(default_factory=list)
    pending: _Item | None = None

    def read(self, tokens: Sequence[Token]) -> None:
        labels = _item_labels(tokens)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "list_item_open":
                self._open_item(token, labels[id(token)])
            elif token.type == "inline":
                self._add_inline(token, tokens[index - 1])
            elif token.type in ("fence", "code_block"):
                self._add_rows(token)
            elif token.type == "html_block":
                self._add_html(token)
            elif token.type == "table_open":
                index = self._add_table(tokens, index)
            index += 1

    def _open_item(self, token: Token, label: str) -> None:
        if self.pending:  # "1. a. text" opens two items on one line
            self._emit(Line(self.pending.line + 1, 0, "", label=self.pending.label))
        self.pending = _Item(label, _first_row(token))

    def _add_inline(self, token: Token, opening: Token) -> None:
        heading = int(opening.tag[1]) if opening.type == "heading_open" else 0
        first = _first_row(token)
        for offset, piece in enumerate(_pieces(token)):
            number = min(first + offset, len(self.rows) - 1)
            text = _ATTRIBUTES.sub("", piece.text) if heading else piece.text
            line = Line(
                number + 1,
                self._indent(number),
                text.strip(INVISIBLE),
                heading=heading,
                bold=piece.is_all("strong"),
                linked=piece.is_all("link"),
            )
            self._emit(line)

    def _emit(self, line: Line) -> None:
        """Adds the line, with the list item's label if it is the first of an item."""
        row = line.number - 1
        if self.pending:
            row = self.pending.line
            item = self.pending
            indent = self._indent(row)
            line = replace(line, label=item.label, bullet=not item.label, indent=indent)
            self.pending = None
        if row and not self.rows[row - 1].strip(INVISIBLE + ">"):
            self.lines.append(Line(row, 0, ""))
        self.lines.append(line)

    def _add_rows(self, token: Token) -> None:
        first = _first_row(token) + (token.type == "fence")
        for offset, text in enumerate(token.content.splitlines()):
            self._emit(Line(first + offset + 1, 0, text.strip(INVISIBLE), joins=False))

    def _add_html(self, token: Token) -> None:
        first = _first_row(token)
        for line in read_fragment(token.content):
            self.lines.append(replace(line, number=first + 1))

    def _add_table(self, tokens: Sequence[Token], start: int) -> int:
        """Adds the table that opens at `start`; returns the index of the token that closes it."""
        end = next(i for i in range(start, len(tokens)) if tokens[i].type == "table_close")
        rows: list[list[list[Line]]] = []
        for token in tokens[start:end]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                text = " ".join(piece.text for piece in _pieces(token)).strip(INVISIBLE)
                rows[-1].append([Line(_first_row(tokens[start]) + len(rows), 0, text)])
        self.pending = None
        self.lines.append(Line(_first_row(tokens[start]) + 1, 0, ""))
        self.lines.extend(table_lines(rows, headers=1))
        self.lines.append(Line(_first_row(tokens[start]) + len(rows) + 1, 0, ""))
        return end

    def _indent(self, row: int) -> int:
        text = self.rows[row].expandtabs(TAB)
        return len(text) - len(text.lstrip())


def _first_row(token: Token) -> int:
    return token.map[0] if token.map else 0


def _item_labels(tokens: Sequence[Token]) -> dict[int, str]:
    """The label of each list item by its token: as written, or counted where an author wrote
    "1." before every item. Bullets have none."""
    labels: dict[int, str] = {}
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            labels.update(_labels_of(lists.pop()))
    return labels


def _labels_of(items: Sequence[Token]) -> Iterator[tuple[int, str]]:
    counted = len(items) > 1 and len({item.info for item in items}) == 1
    for offset, item in enumerate(items):
        number = str(int(item.info) + offset) if counted and item.info else item.info
        yield id(item), f"{number}{item.markup}" if item.info else ""


@dataclass(slots=True)
class _Piece:
    """The text of one printed line; `inside` counts the characters within each kind of mark."""

    text: str = ""
    inside: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, marks: Sequence[str]) -> None:
        self.text += text
        for mark in set(marks):
            self.inside[mark] = self.inside.get(mark, 0) + len(text.strip())

    def is_all(self, mark: str) -> bool:
        written = sum(len(word) for word in self.text.split())
        return written > 0 and self.inside.get(mark, 0) >= written


def _pieces(token: Token) -> list[_Piece]:
    pieces = [_Piece()]
    marks: list[str] = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(child.content):
            pieces.append(_Piece())
        elif child.type in ("text", "code_inline", "text_special"):
            pieces[-1].add(_FOOTNOTE.sub("", child.content), marks)
        elif child.type == "link_open":
            marks.append("link" if str(child.attrGet("href") or "").startswith("#") else "away")
        elif child.type == "strong_open":
            marks.append("strong")
        elif child.type in ("link_close", "strong_close") and marks:
            marks.pop()
    return pieces
