"""Which list a label continues, and where the numbers of a list are wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parsing.blocks import MARKUP_LEVELS, Block, Shape
from knowledge.parsing.markers import Marker, Style
from knowledge.parsing.numerals import as_letter, as_roman
from knowledge.parsing.parts import RELATIVE, Part, Run
from knowledge.policy import Defect

_WIDEST_GAP = 5


@dataclass(frozen=True, slots=True)
class Place:
    """`depth` is the place in the stack of the part that the labelled block stands in."""

    depth: int
    marker: Marker
    fit: int
    gap: int


class ListNumbering:
    def __init__(self, defects: list[Defect]) -> None:
        self._defects = defects
        self._runs: dict[tuple[str, Style, str], Run] = {}

    def place(self, stack: Sequence[Part], block: Block, next_labelled: Block | None) -> Place:
        places = self._places(stack, block)
        next_in_turn = [place for place in places if place.gap == 0]
        first = [marker for marker in block.readings if marker.ordinal <= 1]
        if next_in_turn and not (first and _is_numeral_two(next_labelled)):
            return max(next_in_turn, key=lambda place: place.fit)
        if first:
            return Place(_depth_of_new_list(stack, block, first[-1]), first[-1], 0, 0)
        if places:
            return min(places, key=lambda place: (-place.fit, abs(place.gap)))
        marker = block.readings[0]
        return Place(_depth_of_new_list(stack, block, marker), marker, 0, 0)

    def _places(self, stack: Sequence[Part], block: Block) -> list[Place]:
        in_markup = block.shape is Shape.HEADING and block.level in MARKUP_LEVELS
        depths = [len(stack) - 1] if in_markup else range(len(stack) - 1, -1, -1)
        return [
            Place(depth, marker, _fit(run, marker, block), marker.ordinal - run.last - 1)
            for depth in depths
            for marker in block.readings
            if (run := self._runs.get((stack[depth].base, marker.style, "")))
            and marker.ordinal - run.last - 1 <= _WIDEST_GAP
            and marker.ordinal > 1
        ]

    def count(self, parent: Part, marker: Marker, block: Block) -> Run:
        key = _key(parent, marker)
        run = self._runs.get(key)
        if run is None or marker.ordinal <= 1:
            run = self._runs[key] = _new_run(marker, block)
        if marker.style is not Style.CODE:
            self._report_gap(run, marker, block)
        if marker.style is Style.LETTER and run.capital != marker.label.isupper():
            self._report_case(run, marker, block)
        run.last = marker.ordinal
        run.count += 1
        return run

    def _report_gap(self, run: Run, marker: Marker, block: Block) -> None:
        missing = range(run.last + 1, marker.ordinal)
        if not missing or block.marked is None:
            return
        printed = block.marked.printed
        where = f"follows {_number(marker, run.last)}" if run.count else "begins its list"
        left_out = _number(marker, missing[0])
        if len(missing) > 1:
            left_out += f" to {_number(marker, missing[-1])}"
        problem = f"“{printed}” {where}: {left_out} left out"
        self._defects.append(Defect(block.number, problem, "nothing is missing"))

    def _report_case(self, run: Run, marker: Marker, block: Block) -> None:
        among = "capitals" if run.capital else "small letters"
        meant = marker.label.upper() if run.capital else marker.label.lower()
        problem = f"“{marker.label}” among {among}"
        self._defects.append(Defect(block.number, problem, f"it is {meant}"))


def _key(parent: Part, marker: Marker) -> tuple[str, Style, str]:
    if marker.style in RELATIVE:
        return parent.base, marker.style, ""
    if marker.style is Style.DECIMAL:
        return parent.container, marker.style, marker.stem
    return "", marker.style, marker.word


def _new_run(marker: Marker, block: Block) -> Run:
    titled = block.shape is Shape.HEADING
    last = min(marker.ordinal, 1) - 1
    return Run(marker.style, marker.brackets, marker.label.isupper(), titled, block.indent, last)


def _fit(run: Run, marker: Marker, block: Block) -> int:
    same_shape = run.titled == (block.shape is Shape.HEADING)
    same_case = run.style is Style.NUMBER or run.capital == marker.label.isupper()
    return (
        2 * same_shape
        + (run.indent == block.indent)
        + (run.brackets == marker.brackets)
        + same_case
    )


def _is_numeral_two(block: Block | None) -> bool:
    return block is not None and any(
        marker.style is Style.ROMAN and marker.ordinal == 2 for marker in block.readings
    )


def _depth_of_new_list(stack: Sequence[Part], block: Block, marker: Marker) -> int:
    """Below the item above it, unless that item or one further up counts in the same way."""
    depth = len(stack) - 1
    for above in range(len(stack) - 1, 0, -1):
        part = stack[above]
        if part.titled or part.run is None:
            break
        if block.shape is Shape.HEADING or part.indent > block.indent or _same(part, marker, block):
            depth = above - 1
    return depth


def _same(part: Part, marker: Marker, block: Block) -> bool:
    return (
        part.run is not None
        and part.run.style is marker.style
        and part.run.brackets == marker.brackets
        and part.run.capital == marker.label.isupper()
        and part.indent >= block.indent
    )


def _number(marker: Marker, ordinal: int) -> str:
    if marker.style is Style.LETTER:
        return as_letter(ordinal)
    if marker.style is Style.ROMAN:
        return as_roman(ordinal)
    if marker.style is Style.DECIMAL and marker.label[-1] != ")":
        return f"{marker.stem}.{ordinal}"
    return str(ordinal)
