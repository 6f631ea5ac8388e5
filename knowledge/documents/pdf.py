"""PDF files as lines, by pdfplumber: positions and fonts tell headings, paragraphs and tables.

The file is read by a process of its own (see pdf_process), so that none can exhaust the bot.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.documents.pdf_lines import PrintedLine, Word, printed_lines
from knowledge.documents.pdf_paragraphs import Print, document_lines, usual_print
from knowledge.documents.pdf_running import running_lines
from knowledge.documents.tables import table_lines
from knowledge.errors import UnreadableContent
from knowledge.parsing.document import Document, LeftOut
from knowledge.parsing.lines import Line
from knowledge.policy import Defect

MOST_PAGES = 1500
MOST_CHARACTERS = 2_000_000
_LARGEST_PAGE = 4 * 1024 * 1024
"""Bytes of drawing commands on one page: beyond it is a map or a plan, not text."""
_LEAST_TEXT = 10
_LEAST_RULES = 4
_JUNK_TITLE = re.compile(r"microsoft word|untitled|\.docx?$|\.pdf$|^document\d*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    """`top` and `bottom` in points from the top of the page; `rows` of cells of printed lines."""

    top: float
    bottom: float
    rows: list[list[list[PrintedLine]]]


@dataclass(frozen=True, slots=True)
class _PageText:
    lines: list[PrintedLine]
    tables: list[_Table]
    height: float
    picture: bool


def read_pdf_here(content: bytes) -> Document:
    """Reads in this process. Raises UnreadableContent for a scan or a protected file."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages = list(_pages(document))
            title = _stored_title(document.metadata)
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise UnreadableContent("is protected by a password: save it without one.") from None
        raise
    if not any(page.lines or page.tables for page in pages):
        raise UnreadableContent(
            "is a scan: run it through text recognition first (ocrmypdf), or send the Word file."
        )
    return _document(pages, title)


def _pages(document: PDF) -> Iterator[_PageText]:
    if len(document.pages) > MOST_PAGES:
        raise UnreadableContent(f"has more than {MOST_PAGES} pages: split it.")
    characters = 0
    for number, page in enumerate(document.pages, start=1):
        found = _page(page, number)
        characters += sum(len(line.text) for line in found.lines)
        if characters > MOST_CHARACTERS:
            raise UnreadableContent(f"holds more than {MOST_CHARACTERS:,} characters: split it.")
        yield found
        page.close()


def _page(page: Page, number: int) -> _PageText:
    drawing = (resolve1(stream) for stream in page.page_obj.contents)
    if sum(len(stream.get_data()) for stream in drawing if stream) > _LARGEST_PAGE:
        return _PageText([], [], float(page.height), picture=True)
    words = page.extract_words(return_chars=True, x_tolerance_ratio=0.15, use_text_flow=False)
    upright = [word for word in words if word.get("upright", True)]
    tables = list(_tables(page, upright, number)) if _may_have_tables(page) else []
    free = [word for word in upright if not any(_within(word, table) for table in tables)]
    picture = bool(page.images) and len(words) < _LEAST_TEXT
    lines = printed_lines(free, number, float(page.width))
    return _PageText(lines, tables, float(page.height), picture)


def _may_have_tables(page: Page) -> bool:
    return len(page.lines) + len(page.rects) >= _LEAST_RULES


def _within(word: Word, table: _Table) -> bool:
    return bool(table.top <= (word["top"] + word["bottom"]) / 2 <= table.bottom)


def _tables(page: Page, words: Sequence[Word], number: int) -> Iterator[_Table]:
    """Tables drawn with rules; a frame round one paragraph is no table."""
    for table in page.find_tables():
        rows = [
            [_cell(cell, words, number, float(page.width)) for cell in row.cells]
            for row in table.rows
        ]
        filled = [row for row in rows if any(row)]
        if len(filled) > 1 and max(sum(bool(cell) for cell in row) for row in filled) > 1:
            yield _Table(table.bbox[1], table.bbox[3], filled)


def _cell(
    box: tuple[float, float, float, float] | None, words: Sequence[Word], page: int, width: float
) -> list[PrintedLine]:
    if box is None:
        return []
    x0, top, x1, bottom = box
    inside = [
        word
        for word in words
        if x0 <= (word["x0"] + word["x1"]) / 2 <= x1
        and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]
    return printed_lines(inside, page, width)


def _stored_title(metadata: dict[str, Any]) -> str:
    title = " ".join(str(metadata.get("Title") or "").split())
    return "" if _JUNK_TITLE.search(title) or len(title) > 200 else title


def _document(pages: Sequence[_PageText], title: str) -> Document:
    running = running_lines([page.lines for page in pages], [page.height for page in pages])
    kept = [[line for line in page.lines if id(line) not in running] for page in pages]
    usual = usual_print([line for lines in kept for line in lines])
    left_out = [
        LeftOut(0, line.page, line.text, "page header or footer")
        for page in pages
        for line in page.lines
        if id(line) in running
    ]
    lines = _flow(pages, kept, usual)
    defects = tuple(_pictures(pages))
    return Document(tuple(lines), title, tuple(left_out), defects)


def _pictures(pages: Sequence[_PageText]) -> Iterator[Defect]:
    for number, page in enumerate(pages, start=1):
        if page.picture:
            yield Defect(1, f"page {number} is a picture without text", "left out")


def _flow(
    pages: Sequence[_PageText], kept: Sequence[Sequence[PrintedLine]], usual: Print
) -> list[Line]:
    """The lines of all pages with the rows of tables in their places."""
    flow: list[Line] = []
    pending: list[PrintedLine] = []
    header: tuple[str, ...] = ()
    for page, lines in zip(pages, kept, strict=True):
        rest = list(lines)
        for table in page.tables:
            above = [line for line in rest if line.top < table.top]
            pending += above
            rest = [line for line in rest if line.top >= table.top]
            flow += document_lines(pending, usual, len(flow) + 1)
            header = () if pending else header
            pending = []
            rows = _table(table, usual, len(flow) + 1, header)
            header = rows[-1].header if rows else ()
            flow += [Line(len(flow) + 1, 0, ""), *rows, Line(len(flow) + 1, 0, "")]
        pending += rest
    flow += document_lines(pending, usual, len(flow) + 1)
    return [replace(line, number=number) for number, line in enumerate(flow, start=1)]


def _table(table: _Table, usual: Print, first: int, header: tuple[str, ...]) -> list[Line]:
    """Rows that go on with a table of the page before keep its header."""
    rows = [[_cell_lines(cell, usual, first) for cell in row] for row in table.rows]
    lines = table_lines(rows)
    top = lines[0] if lines else None
    if top and top.cells and not top.header and len(top.cells) == len(header):
        return [replace(line, header=header) for line in lines]
    return lines


def _cell_lines(cell: Sequence[PrintedLine], usual: Print, first: int) -> list[Line]:
    """The paragraphs of a cell; a line that does not begin an item goes on with the one above."""
    joined: list[Line] = []
    for line in document_lines(cell, usual, first):
        if joined and line.text and not _begins_item(line):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        elif line.text:
            joined.append(replace(line, heading=0))
    return joined


def _begins_item(line: Line) -> bool:
    return re.match(r"[•●▪■◦\-–]\s|\(?\w{1,4}[.)]\s", line.text) is not None
