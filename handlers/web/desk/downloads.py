"""Files to save, for a spreadsheet or another program."""

import csv
import io
from collections.abc import Iterable, Sequence

from aiohttp import web

# A spreadsheet would run what begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """What a spreadsheet would run as a formula is only text in it."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return lines.getvalue()


def download(text: str, name: str) -> web.Response:
    """`name` ends in .csv or .json."""
    content_type = "text/csv" if name.endswith(".csv") else "application/json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=text, content_type=content_type, headers=headers)


def _cell(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
