"""Office hours, and the time by which an answer can be promised."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

from desk.model.errors import BadHours

_LONGEST_CLOSURE_DAYS = 60


class Nation(StrEnum):
    """The nation whose bank holidays the office keeps; the values are of ISO 3166-2:GB."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


@dataclass(frozen=True)
class OfficeHours:
    """`weekdays` count from Monday = 0. `answer_by` is the time of day that is promised, on
    the working day after the one on which the question counts as asked. `remind_before` is
    working time. `closures` are other days on which the office is closed. Raises BadHours."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    nation: Nation = Nation.ENGLAND
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    answer_by: time = time(10)
    remind_before: timedelta = timedelta(hours=2)
    closures: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise BadHours(f"The office opens at {self.opens} and must close later that day.")
        if not self.weekdays & set(range(7)):
            raise BadHours("The office is open on no weekday: name at least one, Monday is 0.")

    @cached_property
    def _holidays(self) -> HolidayBase:
        return country_holidays("GB", subdiv=self.nation)

    def is_working_day(self, day: date) -> bool:
        free = day in self._holidays or day in self.closures
        return day.weekday() in self.weekdays and not free

    def due(self, asked: datetime) -> datetime:
        """When an answer to a question asked then is due. A question after closing time counts as
        asked on the next working day. Raises BadHours where no working day is near."""
        local = asked.astimezone(self.zone)
        late = local.time() >= self.closes or not self.is_working_day(local.date())
        day = self._next_working_day(local.date()) if late else local.date()
        return self._at(self._next_working_day(day), self.answer_by)

    def remind_at(self, due: datetime) -> datetime:
        """`remind_before` of working time before `due`. Raises BadHours."""
        left, end = self.remind_before, due.astimezone(self.zone)
        for start, close in self._days_back(end.date()):
            worked = max(min(close, end) - start, timedelta())
            if worked >= left:
                return min(close, end) - left
            left -= worked
        raise BadHours(f"No office is open in the {_LONGEST_CLOSURE_DAYS} days before {due:%x}.")

    def phrase(self, due: datetime, now: datetime) -> str:
        """ "Tuesday 10:00", "tomorrow 10:00"; a date where the weekday alone could mislead."""
        there, here = due.astimezone(self.zone), now.astimezone(self.zone)
        days = (there.date() - here.date()).days
        if days <= 0:
            return f"today {there:%H:%M}" if days == 0 else f"{_day(there)} {there:%H:%M}"
        if days == 1:
            return f"tomorrow {there:%H:%M}"
        return f"{there:%A} {there:%H:%M}" if days < 7 else f"{_day(there)} {there:%H:%M}"

    def _next_working_day(self, day: date) -> date:
        for ahead in range(1, _LONGEST_CLOSURE_DAYS):
            if self.is_working_day(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise BadHours(f"No office is open in the {_LONGEST_CLOSURE_DAYS} days after {day}.")

    def _days_back(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for back in range(_LONGEST_CLOSURE_DAYS):
            earlier = day - timedelta(days=back)
            if self.is_working_day(earlier):
                yield self._at(earlier, self.opens), self._at(earlier, self.closes)

    def _at(self, day: date, when: time) -> datetime:
        return datetime.combine(day, when, self.zone)


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"
