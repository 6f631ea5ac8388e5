"""Which cases comms want to see."""

from dataclasses import dataclass

from desk.model.case import PENDING, Status
from desk.model.people import Person
from knowledge.reason import Reason


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All filters hold at once; an empty one does not filter. `text` is searched in the question
    as comms see it, without regard to case."""

    statuses: frozenset[Status] = PENDING
    reason: Reason | None = None
    overdue: bool = False
    held_by: Person | None = None
    text: str = ""
