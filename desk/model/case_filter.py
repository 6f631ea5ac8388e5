"""Which cases comms want to see, and in which order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.case import PENDING, Status
from desk.model.people import Person
from knowledge.reason import Reason


class CaseOrder(StrEnum):
    """Cases that are equal in it follow each other by their due times and numbers."""

    DUE = "due"
    OPENED = "opened"
    STATUS = "status"
    REASON = "reason"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All filters hold at once; an empty one does not filter.

    `since` and `before`: when the case was opened. `policy`: the name of a policy with a clause
    among the closest. `text` is a reference ("C-12"), or words that are searched without regard
    to case in the question as comms see it, in what its askers added and in the answers.
    `descending` turns the whole order round.
    """

    statuses: frozenset[Status] = PENDING
    reason: Reason | None = None
    overdue: bool = False
    held_by: Person | None = None
    since: datetime | None = None
    before: datetime | None = None
    policy: str = ""
    text: str = ""
    order: CaseOrder = CaseOrder.DUE
    descending: bool = False
