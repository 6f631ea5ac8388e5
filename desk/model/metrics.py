"""The state of the desk in numbers, for the metrics page."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.backlog import Backlog
from desk.model.case import Status
from desk.model.question import Outcome

BUCKETS_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """The time from a question's arrival to its outcome, of all questions that have one.
    `within` counts, for each of BUCKETS_S, those that took no longer."""

    within: tuple[int, ...]
    questions: int
    total_s: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many questions have no outcome yet, and when the oldest of them came."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class DeskMetrics:
    """`emails` are those of the backlog that go out by e-mail."""

    outcomes: tuple[tuple[Outcome, int], ...]
    unanswered: Unanswered
    statuses: tuple[tuple[Status, int], ...]
    backlog: Backlog
    replies: ReplyTimes
    emails: Backlog
