"""How a document was read, clause by clause beside its printed lines, for comms to check."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.web.pages import TEMPLATES
from knowledge.parsing.document import Reading
from knowledge.parsing.lines import Line
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Role


@dataclass(frozen=True, slots=True)
class Row:
    """A clause beside the lines that it was read from. `label` is empty where none is printed,
    `roles` where the clause addresses everybody; `clause` is None for lines above the first."""

    lines: tuple[Line, ...]
    clause: Clause | None

    @property
    def label(self) -> str:
        section = self.clause.section if self.clause else OUTSIDE_SECTIONS
        return "" if section == OUTSIDE_SECTIONS else section

    @property
    def roles(self) -> tuple[Role, ...]:
        roles = self.clause.audience if self.clause else ()
        return () if set(roles) == set(Role) else roles

    @property
    def place(self) -> str:
        first = self.lines[0] if self.lines else None
        if first is None:
            return ""
        return f"page {first.page}" if first.page else f"line {first.number}"


def rows(reading: Reading) -> Iterator[Row]:
    """Each clause once, in the order of its lines, with the lines up to the next clause."""
    clauses = sorted(reading.policy.clauses, key=lambda clause: clause.line)
    printed = [line for line in reading.lines if line.printed]
    numbers = [line.number for line in printed]
    starts = [bisect_left(numbers, clause.line) for clause in clauses]
    if printed[: starts[0]]:
        yield Row(tuple(printed[: starts[0]]), None)
    for clause, (start, end) in zip(clauses, pairwise([*starts, len(printed)]), strict=True):
        yield Row(tuple(printed[start:end]), clause)


def preview_page(reading: Reading, file_name: str) -> str:
    """A page of its own, with nothing to load, to be kept in a file."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("policies/reading_preview.html")
    return template.render(reading=reading, rows=tuple(rows(reading)), file_name=file_name)
