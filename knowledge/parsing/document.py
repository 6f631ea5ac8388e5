"""A document as it was read: the policy, and what comms need to check the reading."""

from dataclasses import dataclass

from knowledge.parsing.lines import Line
from knowledge.policy import Defect, Policy


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no part of the policy: a page header, a page number, a contents entry."""

    line: int
    page: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader of one file format finds. `title` is what the format itself stores as the
    title; it is used where the text shows none."""

    lines: tuple[Line, ...]
    title: str = ""
    left_out: tuple[LeftOut, ...] = ()
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """`lines` are the lines as the reader found them, for a preview beside the clauses."""

    policy: Policy
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
