"""The desk's figures over time, for charts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.model.question import Outcome, Verdict
from desk.storage.database import Storage
from desk.storage.report_queries import Period, finished, judged, waits


@dataclass(frozen=True, slots=True)
class Day:
    """`others` asked nothing that could be answered: greetings, vague or withdrawn questions."""

    day: date
    answered: int
    handed_over: int
    others: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer of the bot: how sure it was, 0 to 1, and its asker's verdict."""

    confidence: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Course:
    """`days` has every day of the period, in order; `waits` are the times from opening a case to
    its first answer, shortest first."""

    days: tuple[Day, ...]
    waits: tuple[timedelta, ...]
    judged: tuple[Judged, ...]


class Insights:
    def __init__(self, storage: Storage, zone: ZoneInfo) -> None:
        self._storage = storage
        self._zone = zone

    def course(self, since: datetime, until: datetime) -> Course:
        """Figures about the questions asked from `since` until before `until`."""
        period = Period(since, until)
        with self._storage.read() as tx:
            return Course(
                days=self._days(finished(tx, period), since, until),
                waits=tuple(sorted(waits(tx, period))),
                judged=tuple(Judged(*each) for each in judged(tx, period)),
            )

    def _days(
        self, asked: Sequence[tuple[datetime, Outcome]], since: datetime, until: datetime
    ) -> tuple[Day, ...]:
        counts = Counter((at.astimezone(self._zone).date(), outcome) for at, outcome in asked)
        first, last = since.astimezone(self._zone).date(), until.astimezone(self._zone).date()
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return tuple(_day(day, counts) for day in days)


def _day(day: date, counts: Counter[tuple[date, Outcome]]) -> Day:
    return Day(
        day,
        answered=counts[day, Outcome.ANSWERED],
        handed_over=counts[day, Outcome.ESCALATED] + counts[day, Outcome.OFFERED],
        others=sum(
            counts[day, outcome]
            for outcome in (Outcome.CLARIFY, Outcome.HELP, Outcome.DECLINED, Outcome.WITHDRAWN)
        ),
    )
