"""Printed lines as lines of a document: what is a heading, and which lines go on with which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.documents.pdf_lines import PrintedLine, body_size
from knowledge.parsing.lines import Line
from knowledge.parsing.markers import marked

_LARGER = 1.1
"""Print this much larger than most of the text is a heading."""
_SAME_SIZE = 0.06
_COLUMN = 0.5
"""Width of a character as a part of the size of the print."""
_LONGEST_HEADING = 160
_EXTRA_GAP = 0.35
"""Part of the print's size by which the gap before a new paragraph exceeds the usual one."""


@dataclass(frozen=True, slots=True)
class Print:
    """What is usual in a document; sizes, gaps and the edges of each column in points."""

    size: float
    gap: float
    left: dict[int, float]
    right: dict[int, float]
    sizes: tuple[float, ...]

    def level(self, line: PrintedLine) -> int:
        """1 for the largest print, 0 for the size of the text and below."""
        if line.size < _LARGER * self.size or len(line.text) > _LONGEST_HEADING:
            return 0
        return 1 + sum(size > line.size * (1 + _SAME_SIZE) for size in self.sizes)


def usual_print(lines: Sequence[PrintedLine]) -> Print:
    size = body_size(lines)
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    gaps = [
        below.top - line.bottom
        for line, below in pairwise(body)
        if line.page == below.page and -size / 2 < below.top - line.bottom < size
    ]
    columns = {line.column for line in lines}
    large = sorted({line.size for line in lines if line.size >= _LARGER * size}, reverse=True)
    return Print(
        size,
        median(gaps) if gaps else size / 4,
        {
            column: _edge([line.x0 for line in body if line.column == column], 2)
            for column in columns
        },
        {
            column: _edge([line.x1 for line in body if line.column == column], 95)
            for column in columns
        },
        tuple(_distinct(large)),
    )


def _edge(positions: Sequence[float], percent: int) -> float:
    ordered = sorted(positions)
    return ordered[len(ordered) * percent // 100] if ordered else 0.0


def _distinct(sizes: Sequence[float]) -> list[float]:
    found: list[float] = []
    for size in sizes:
        if not found or size < found[-1] * (1 - _SAME_SIZE):
            found.append(size)
    return found


def document_lines(lines: Sequence[PrintedLine], usual: Print, first: int) -> list[Line]:
    """`first` is the number of the first line. Blank lines stand between paragraphs."""
    read: list[Line] = []
    above: PrintedLine | None = None
    for number, line in enumerate(lines, start=first):
        level = usual.level(line)
        if above is not None and _same_heading(above, line, usual) and read:
            read[-1] = _longer(read[-1], line.text)
            above = line
            continue
        if above is None or _is_apart(above, line, usual):
            read.append(Line(number, 0, "", page=line.page))
        indent = max(0, round((line.x0 - usual.left[line.column]) / (_COLUMN * usual.size)))
        joins = above is not None and _goes_on(above, line, usual)
        read.append(
            Line(
                number,
                indent,
                line.text,
                heading=level,
                bold=line.bold and not level,
                joins=joins,
                page=line.page,
            )
        )
        above = line
    return read


def _same_heading(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    """A heading that takes two lines."""
    if not _looks_alike(above, line) or marked(line.text) or not _is_near(above, line, usual):
        return False
    if usual.level(above) and usual.level(line):
        return True
    short = len(above.text) + len(line.text) <= _LONGEST_HEADING
    return (
        above.bold
        and line.bold
        and short
        and (line.text[0].islower() or _is_full(above, line, usual))
    )


def _longer(line: Line, text: str) -> Line:
    return Line(
        line.number,
        line.indent,
        f"{line.text} {text}",
        heading=line.heading,
        bold=line.bold,
        joins=line.joins,
        page=line.page,
    )


def _looks_alike(above: PrintedLine, line: PrintedLine) -> bool:
    return abs(above.size - line.size) <= _SAME_SIZE * line.size and above.bold == line.bold


def _is_near(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    if above.page != line.page or line.top < above.top:
        return False
    return line.top - above.bottom <= usual.gap + _EXTRA_GAP * max(line.size, usual.size)


def _is_apart(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    """White space, a new page or a new column stands between, and the sentence does not go on."""
    if abs(above.size - line.size) > _SAME_SIZE * line.size and usual.level(above) != usual.level(
        line
    ):
        return True
    return not _is_near(above, line, usual) and not _goes_on(above, line, usual)


def _goes_on(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    if usual.level(above) or usual.level(line):
        return False
    if above.bold != line.bold and not _is_full(above, line, usual):
        return False
    lower = line.text[0].islower()
    if _is_near(above, line, usual):
        if lower and not _could_be_item(line):
            return True
        return _is_full(above, line, usual) and not _starts_paragraph(above, line, usual)
    moved = above.page != line.page or line.top < above.top
    cut = above.text[-1] not in ".:;?!" and not _could_be_item(line)
    return moved and cut and (lower or (_is_full(above, line, usual) and not line.bold))


def _could_be_item(line: PrintedLine) -> bool:
    label = marked(line.text)
    return label is not None and bool(label.readings[0].brackets or label.apart)


def _is_full(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    """The first word of `line` did not fit on the line above."""
    right = max(usual.right[above.column], above.x1)
    return above.x1 + line.first_width + _COLUMN * usual.size >= right - usual.size


def _starts_paragraph(above: PrintedLine, line: PrintedLine, usual: Print) -> bool:
    """The first line of a paragraph is set in, after the end of a sentence."""
    return above.text[-1] in ".?!:" and line.x0 > above.x0 + usual.size and line.text[0].isupper()
