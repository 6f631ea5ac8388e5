"""Headers, footers and page numbers of a PDF: lines that come again on page after page."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.documents.pdf_lines import PrintedLine, body_size

_ZONE = 0.13
"""Part of a page's height at its top and at its foot in which running lines stand."""
_MARGIN = 0.065
"""The outer part of it, where print smaller than the text is no text."""
_MANY_PAGES = 6
_SMALLER = 0.92
_SAME_HEIGHT = 12
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.?)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def running_lines(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> set[int]:
    """The ids (`id`) of the lines that belong to the paper and not to the text."""
    zones = [
        [line for line in lines if _in_zone(line, height)]
        for lines, height in zip(pages, heights, strict=True)
    ]
    repeated = _repeated(zones)
    repeated |= _slots(
        zones, Counter(key for zone in zones for key in {_key(line) for line in zone})
    )
    size = body_size([line for lines in pages for line in lines])
    running: set[int] = set()
    for lines, zone, height in zip(pages, zones, heights, strict=True):
        for line in zone:
            small = line.size < _SMALLER * size and _in_zone(line, height, _MARGIN)
            if small or _key(line) in repeated or _is_page_number(line, lines):
                running.add(id(line))
    return running


def _in_zone(line: PrintedLine, height: float, zone: float = _ZONE) -> bool:
    return line.bottom < zone * height or line.top > (1 - zone) * height


def _repeated(zones: Sequence[Sequence[PrintedLine]]) -> set[tuple[str, int]]:
    """Text and height of the lines on at least half of the pages, digits set aside. Left and
    right pages may differ, so a third is enough where there are many pages."""
    count = Counter(key for zone in zones for key in {_key(line) for line in zone})
    needed = max(2, len(zones) / (2 if len(zones) < 6 else 3))
    return {key for key, found in count.items() if found >= needed}


def _slots(
    zones: Sequence[Sequence[PrintedLine]], count: Counter[tuple[str, int]]
) -> set[tuple[str, int]]:
    """Headers that name the chapter at hand: at one height, most lines come again on the pages
    of their chapter."""
    if len(zones) < _MANY_PAGES:
        return set()
    slots: dict[int, list[tuple[str, int]]] = {}
    for zone in zones:
        for key in {_key(line) for line in zone}:
            slots.setdefault(key[1], []).append(key)
    return {
        key
        for keys in slots.values()
        if len(keys) >= len(zones) / 2 and sum(count[key] > 1 for key in keys) > 0.6 * len(keys)
        for key in keys
    }


def _key(line: PrintedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.top / _SAME_HEIGHT)


def _is_page_number(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """The first or the last line of a page, with nothing but a number."""
    if not _PAGE_NUMBER.fullmatch(line.text) or not lines:
        return False
    top, bottom = min(each.top for each in lines), max(each.top for each in lines)
    return line.top in (top, bottom)
