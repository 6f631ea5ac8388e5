"""The parts of a policy as a tree: sections, items, titled pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.markers import Marker, Style

CONTAINERS = frozenset({"part", "chapter", "article", "appendix", "annex", "annexe", "schedule"})
COUNTED_THROUGH = frozenset({"part", "chapter", "article"})
RELATIVE = frozenset({Style.NUMBER, Style.LETTER, Style.ROMAN})


@dataclass(slots=True, eq=False)
class Run:
    """A list as far as it was read; `continued` says that an item has paragraphs of its own,
    `led` that a sentence such as "You must:" introduces it."""

    style: Style
    brackets: str
    capital: bool
    titled: bool
    indent: int
    last: int
    count: int = 0
    continued: bool = False
    led: bool = False
    repeated: bool = False


@dataclass(slots=True, eq=False)
class Part:
    """`label` cites it; `base` is the label its own items' labels are built on."""

    label: str
    base: str
    title: str
    parent: "Part | None" = None
    marker: Marker | None = None
    line: int = 0
    level: int = 0
    indent: int = 0
    run: Run | None = None
    has_body: bool = False

    @property
    def titled(self) -> bool:
        return bool(self.title)

    @property
    def path(self) -> tuple[str, ...]:
        titles: list[str] = []
        part: Part | None = self
        while part is not None:
            if part.title and part.parent is not None:
                titles.append(part.title)
            part = part.parent
        return tuple(reversed(titles)) or (self._root_title(),)

    @property
    def container(self) -> str:
        """The label of the appendix, schedule or part this stands in, or empty."""
        part: Part | None = self
        while part is not None:
            if part.marker and part.marker.word in CONTAINERS:
                return part.label
            part = part.parent
        return ""

    @property
    def anchor(self) -> Marker | None:
        """The marker of the nearest part upwards that has one, itself included."""
        part: Part | None = self
        while part is not None and part.marker is None:
            part = part.parent
        return part.marker if part else None

    def _root_title(self) -> str:
        part = self
        while part.parent is not None:
            part = part.parent
        return part.title


def with_successor(blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the lines whose item is not the last of its list."""
    continued: set[int] = set()
    below: set[tuple[Style, int]] = set()
    for block in reversed(blocks):
        if block.shape is Shape.HEADING:
            below.clear()
            continue
        if any((marker.style, marker.ordinal + 1) in below for marker in block.readings):
            continued.add(block.number)
        below.update((marker.style, marker.ordinal) for marker in block.readings)
    return frozenset(continued)


def counts_through(blocks: Sequence[Block]) -> bool:
    """Sections are numbered from the first to the last part or chapter, and not anew in each."""
    in_first, awaiting = True, False
    begun_at_one, counted_on = 0, 0
    for block in blocks:
        if not block.readings:
            continue
        marker = block.readings[0]
        if marker.word in COUNTED_THROUGH:
            in_first, awaiting = marker.ordinal <= 1, True
        elif awaiting and (marker.style is Style.NUMBER or marker.word == "section"):
            begun_at_one += not in_first and marker.ordinal <= 1
            counted_on += not in_first and marker.ordinal > 1
            awaiting = False
    return counted_on > begun_at_one


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of the body and the part it belongs to."""

    block: Block
    part: Part
