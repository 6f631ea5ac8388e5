"""What the lines of a policy are: headings, labelled items, bullets, paragraphs, table rows."""

from dataclasses import dataclass, field
from enum import Enum, auto

from knowledge.parsing.lines import Line
from knowledge.parsing.markers import Marked, Marker


class Shape(Enum):
    HEADING = auto()
    ITEM = auto()
    BULLET = auto()
    PARAGRAPH = auto()
    ROW = auto()


class Level:
    """The level of a heading without a label; lower than the levels 1 to 9 of a format."""

    CAPITALS = 11
    BOLD = 12
    PLAIN = 13
    BULLET = 14


MARKUP_LEVELS = range(1, Level.CAPITALS)


@dataclass(slots=True)
class Block:
    """`lines` hold the text without label and bullet; the shape of a settled block is final."""

    shape: Shape
    number: int
    indent: int
    spaced: bool
    lines: list[Line] = field(default_factory=list)
    marked: Marked | None = None
    level: int = 0
    settled: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def readings(self) -> tuple[Marker, ...]:
        return self.marked.readings if self.marked else ()


def follows(block: Block, earlier: Block) -> bool:
    """`block` carries the next label after `earlier`'s in the same way of counting."""
    return any(
        now.style is before.style
        and now.ordinal == before.ordinal + 1
        and now.stem == before.stem
        and now.word == before.word
        for now in block.readings
        for before in earlier.readings
    )
