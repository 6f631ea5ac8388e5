"""Tables as lines: rows of data keep their header, a table used for layout becomes plain lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.parsing.lines import Line, has_words
from knowledge.parsing.markers import marked

Cell = Sequence[Line]
_MOST_WORDS_IN_HEADER = 8
_LONG_CELL = 60


def table_lines(rows: Sequence[Sequence[Cell]], headers: int = 0) -> list[Line]:
    """`headers` is the number of header rows that the format marks as such."""
    written = [row for row in rows if any(_text(cell) for cell in row)]
    if not written:
        return []
    if _is_layout(written):
        return [line for row in written for line in _flowing(row)]
    header = _header(written, headers)
    return list(_data_rows(written, header))


def _data_rows(rows: Sequence[Sequence[Cell]], header: tuple[str, ...]) -> Iterator[Line]:
    """The header row itself has its own cells as header, so that its labels are no items."""
    for row in rows:
        cells = tuple(_text(cell) for cell in row)
        first = next(line for cell in row for line in cell if line.printed)
        yield replace(first, text=" ".join(cells), label="", cells=cells, header=header, heading=0)


def _header(rows: Sequence[Sequence[Cell]], headers: int) -> tuple[str, ...]:
    """The cells of the header row; empty where the first row is a row like the others."""
    first = tuple(_text(cell) for cell in rows[0])
    if headers and any(first):
        return first
    bold = all(line.bold for cell in rows[0] for line in cell if line.text)
    return first if len(rows) > 1 and all(first) and bold and _could_be_header(first) else ()


def _could_be_header(cells: tuple[str, ...]) -> bool:
    return all(len(cell.split()) <= _MOST_WORDS_IN_HEADER for cell in cells)


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """A frame round paragraphs or a grid that only places them: one column, labels in a column
    of their own, or cells that hold several paragraphs."""
    if max(sum(bool(_text(cell)) for cell in row) for row in rows) <= 1:
        return True
    return any(_is_long(cell) for row in rows for cell in row)


def _is_long(cell: Cell) -> bool:
    lines = [line for line in cell if line.text]
    listed = any(line.label or line.heading or marked(line.text) for line in lines[1:])
    return len(lines) > 1 and (listed or sum(len(line.text) for line in lines) > 4 * _LONG_CELL)


def _flowing(row: Sequence[Cell]) -> Iterator[Line]:
    """The cells one after the other; a label alone in a cell goes before the next cell."""
    label = ""
    for cell in row:
        lines = [line for line in cell if line.text or line.label]
        alone = marked(lines[0].printed) if len(lines) == 1 else None
        if alone and not alone.rest:
            label = lines[0].printed
            continue
        for line in lines:
            yield replace(line, label=label or line.label, joins=False)
            label = ""
        if lines:
            yield Line(lines[-1].number, 0, "", page=lines[-1].page)
    if label:
        yield Line(_number(row), 0, "", label=label)


def _number(row: Sequence[Cell]) -> int:
    return next((line.number for cell in row for line in cell), 1)


def _text(cell: Cell) -> str:
    return " ".join(line.printed for line in cell if has_words(line.printed) or line.text).strip()
