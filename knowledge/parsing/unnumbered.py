"""Policies that print no section numbers still need something to cite."""

from collections.abc import Iterable, Sequence

from knowledge.parsing.blocks import Block, Level, Shape
from knowledge.parsing.markers import Marked, Marker, Style
from knowledge.parsing.parts import RELATIVE
from knowledge.policy import Defect


def number_headings(blocks: Sequence[Block]) -> list[Defect]:
    """Numbers the headings that stand as high as the first, in order, unless the policy itself
    numbers any of its parts."""
    headings = [block for block in blocks if block.shape is Shape.HEADING]
    if not headings or _has_numbers(blocks, headings) or _counts_across_headings(blocks):
        return []
    numbered = [
        heading
        for heading in headings
        if heading.level <= headings[0].level and heading.marked is None
    ]
    for ordinal, heading in enumerate(numbered, start=1):
        marker = Marker(Style.NUMBER, ordinal, str(ordinal), "")
        heading.marked = Marked((marker,), "", heading.text, glued=False)
    first, last = numbered[0], numbered[-1]
    order = f"“{first.text}” is 1" if first is last else f"1 “{first.text}” to {len(numbered)}"
    return [Defect(first.number, "the headings have no numbers", f"in order: {order}")]


def _has_numbers(blocks: Sequence[Block], headings: Sequence[Block]) -> bool:
    marked_up = [heading for heading in headings if heading.level < Level.CAPITALS]
    numbered = any(heading.marked for heading in marked_up or headings)
    return numbered or any(
        block.readings and block.readings[0].style not in RELATIVE for block in blocks
    )


def _counts_across_headings(blocks: Iterable[Block]) -> bool:
    """Paragraphs are numbered from first to last, whatever titles stand between them."""
    last, new_section = 0, False
    for block in blocks:
        if block.shape is Shape.HEADING:
            new_section = True
        elif block.readings and block.readings[0].style is Style.NUMBER:
            if new_section and last and block.readings[0].ordinal == last + 1:
                return True
            last, new_section = block.readings[0].ordinal, False
    return False
