"""What comms look for among the cases."""

from dataclasses import dataclass

from desk.model.case import PENDING, Reason, Status
from desk.model.people import Person


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases: all filters hold at once, and an empty one is none. `text` is looked for in
    the question as comms see it."""

    statuses: frozenset[Status] = PENDING
    reason: Reason | None = None
    overdue: bool = False
    held_by: Person | None = None
    text: str = ""
