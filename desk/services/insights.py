"""The desk's figures over time, for charts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.model.question import Outcome, Verdict
from desk.storage.database import Storage
from desk.storage.report_queries import Finished, Period, finished, judged, topics, waits
from knowledge.policy import ClauseRef


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
class Topic:
    """A clause, and how many questions were most likely about it."""

    clause: ClauseRef
    questions: int


@dataclass(frozen=True, slots=True)
class Course:
    """`days` has every day of the period, in order; `weekdays` counts questions from Monday on.
    `waits` are the times from opening a case to its first answer, shortest first; `topics` begin
    with the most frequent. Of the questions about a policy, `alone` were answered by the bot or by
    a published answer, and comms got `with_comms`."""

    days: tuple[Day, ...]
    waits: tuple[timedelta, ...]
    judged: tuple[Judged, ...]
    weekdays: tuple[int, ...]
    topics: tuple[Topic, ...]
    alone: int
    with_comms: int


class Insights:
    def __init__(self, storage: Storage, zone: ZoneInfo) -> None:
        self._storage = storage
        self._zone = zone

    def course(self, since: datetime, until: datetime) -> Course:
        """Figures about the questions asked from `since` until before `until`."""
        period = Period(since, until)
        with self._storage.read() as tx:
            asked = finished(tx, period)
            weekdays = Counter(each.at.astimezone(self._zone).weekday() for each in asked)
            about = Counter(quote.clause_ref for quote in topics(tx, period))
            return Course(
                days=self._days(asked, since, until),
                waits=tuple(sorted(waits(tx, period))),
                judged=tuple(Judged(*each) for each in judged(tx, period)),
                weekdays=tuple(weekdays[day] for day in range(7)),
                topics=tuple(Topic(*each) for each in about.most_common()),
                alone=sum(
                    each.outcome is Outcome.ANSWERED and not each.with_comms for each in asked
                ),
                with_comms=sum(
                    each.with_comms or each.outcome is Outcome.OFFERED for each in asked
                ),
            )

    def _days(self, asked: Sequence[Finished], since: datetime, until: datetime) -> tuple[Day, ...]:
        counts = Counter((each.at.astimezone(self._zone).date(), each.outcome) for each in asked)
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
