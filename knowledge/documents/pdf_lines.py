"""Words of a PDF page as printed lines, in reading order, with what their print says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

Word = dict[str, Any]
"""A word of pdfplumber: its text, its box ("x0", "x1", "top", "bottom") and its characters."""
_UNKNOWN_GLYPH = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SAME_LINE = 0.45
"""Part of a line's height by which the words of one line may stand higher or lower."""
_WIDE_GAP = 1.2
"""Gap between words, in heights of the print, that sets a label apart from its text."""
_COLUMN_LINES = 4
_LEAST_NUMBERS = 3
_WORDS_IN_COLUMN_LINE = 3.5
_MOST_CROSSING = 0.03


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Positions in points from the left and the top of the page; `size` of the print likewise.

    `first_width` is the width of the first word, which decides whether it would have fitted on
    the line above. `column` is 1 or 2 in a text of two columns, else 0."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    first_width: float
    page: int
    column: int = 0


def printed_lines(words: Sequence[Word], page: int, width: float) -> list[PrintedLine]:
    """The lines of a page from top to bottom, those of a left column before a right one's."""
    rows = _without_line_numbers(_rows(words))
    gutter = _gutter(rows, width)
    if gutter is None:
        return [_line(row, page) for row in rows]
    return [_line(row, page, column) for column, row in _in_columns(rows, gutter)]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each["bottom"], each["x0"])):
        if rows and _stands_in(word, rows[-1][0]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: float(each["x0"])) for row in rows]


def _without_line_numbers(rows: list[list[Word]]) -> list[list[Word]]:
    """Without the numbers in the margin that count the lines of a page, as bills print them."""
    texts = [row for row in rows if len(row) > 1]
    left = min((row[1]["x0"] for row in texts), default=0.0)
    numbered = [row for row in rows if row[0]["text"].isdigit() and row[0]["x1"] < left]
    numbers = [int(row[0]["text"]) for row in numbered]
    steps = {after - before for before, after in pairwise(numbers)}
    if len(numbers) < _LEAST_NUMBERS or len(steps) != 1 or steps.pop() not in (1, 5):
        return rows
    if numbers[1] - numbers[0] == 1 and 2 * len(numbered) < len(rows):
        return rows
    ids = {id(row[0]) for row in numbered}
    kept = [[word for word in row if id(word) not in ids] for row in rows]
    return [row for row in kept if row]


def _stands_in(word: Word, first: Word) -> bool:
    """On the line that `first` begins, or a little above or below it, as the letters of "1st"."""
    height = word["bottom"] - word["top"]
    overlap = min(first["bottom"], word["bottom"]) - max(first["top"], word["top"])
    on_line = abs(first["bottom"] - word["bottom"]) <= _SAME_LINE * height
    return bool(on_line or overlap > 0.6 * height)


def _gutter(rows: Sequence[Sequence[Word]], width: float) -> float | None:
    """The middle of the white strip between two columns of text, None on a plain page."""
    words = [word for row in rows for word in row]
    if len(words) < 2 * _COLUMN_LINES * _WORDS_IN_COLUMN_LINE:
        return None
    candidates = [width * step / 100 for step in range(38, 63)]
    crossing = {x: sum(word["x0"] < x < word["x1"] for word in words) for x in candidates}
    least = min(crossing.values())
    if least > _MOST_CROSSING * len(words):
        return None
    best = median(x for x in candidates if crossing[x] == least)
    left, right = _rows(_left(words, best)), _rows(_right(words, best))
    return best if _is_column(left) and _is_column(right) and _side_by_side(left, right) else None


def _is_column(rows: Sequence[Sequence[Word]]) -> bool:
    """Running text, unlike the labels or the terms beside another column."""
    return len(rows) >= _COLUMN_LINES and median(map(len, rows)) >= _WORDS_IN_COLUMN_LINE


def _side_by_side(left: Sequence[Sequence[Word]], right: Sequence[Sequence[Word]]) -> bool:
    top = max(left[0][0]["top"], right[0][0]["top"])
    bottom = min(left[-1][0]["bottom"], right[-1][0]["bottom"])
    least = min(rows[-1][0]["bottom"] - rows[0][0]["top"] for rows in (left, right))
    return bool(bottom - top > least / 2)


def _left(row: Sequence[Word], gutter: float) -> list[Word]:
    return [word for word in row if word["x1"] <= gutter]


def _right(row: Sequence[Word], gutter: float) -> list[Word]:
    return [word for word in row if word["x0"] >= gutter]


def _crosses(row: Sequence[Word], gutter: float) -> bool:
    """A word, or a gap no wider than that between words, stands on the gutter."""
    left, right = _left(row, gutter), _right(row, gutter)
    if len(left) + len(right) < len(row):
        return True
    if not left or not right:
        return False
    return bool(right[0]["x0"] - left[-1]["x1"] < left[-1]["bottom"] - left[-1]["top"])


def _in_columns(rows: Sequence[list[Word]], gutter: float) -> Iterator[tuple[int, list[Word]]]:
    """The rows with their columns; one across both ends what stands above it in either."""
    left: list[tuple[int, list[Word]]] = []
    right: list[tuple[int, list[Word]]] = []
    for row in rows:
        if _crosses(row, gutter):
            yield from (*left, *right, (0, row))
            left, right = [], []
            continue
        if first := _left(row, gutter):
            left.append((1, first))
        if second := _right(row, gutter):
            right.append((2, second))
    yield from (*left, *right)


def _line(row: Sequence[Word], page: int, column: int = 0) -> PrintedLine:
    characters = [char for word in row for char in word["chars"] if char["text"].strip()]
    sizes = Counter(round(char["size"] * 2) / 2 for char in characters)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    letters = [char for char in characters if char["text"].isalnum()]
    bold = bool(letters) and all(_BOLD.search(str(char["fontname"])) for char in letters)
    return PrintedLine(
        _text(row, size),
        row[0]["x0"],
        row[-1]["x1"],
        min(word["top"] for word in row),
        max(word["bottom"] for word in row),
        size,
        bold,
        row[0]["x1"] - row[0]["x0"],
        page,
        column,
    )


def _text(row: Sequence[Word], size: float) -> str:
    """The words with single blanks, but three after a first word that stands apart. A glyph that
    the font gives no letter for becomes one of Unicode's private ones: it is mostly a bullet."""
    texts = [_UNKNOWN_GLYPH.sub("\ue000", str(word["text"])) for word in row]
    if len(row) > 1 and row[1]["x0"] - row[0]["x1"] > _WIDE_GAP * size:
        return f"{texts[0]}   {' '.join(texts[1:])}"
    return " ".join(texts)


def body_size(lines: Iterable[PrintedLine]) -> float:
    """The size of most of the print, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0
