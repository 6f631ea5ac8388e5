from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.model.errors import BadHours
from desk.model.hours import Nation, OfficeHours

LONDON = ZoneInfo("Europe/London")


def at(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), LONDON)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (at("2026-11-23", "11:00"), at("2026-11-24", "10:00")),
        (at("2026-11-23", "08:00"), at("2026-11-24", "10:00")),
        (at("2026-11-23", "17:00"), at("2026-11-25", "10:00")),
        (at("2026-11-27", "12:00"), at("2026-11-30", "10:00")),
        (at("2026-11-28", "12:00"), at("2026-12-01", "10:00")),
    ],
    ids=["in office hours", "before opening", "after closing", "on Friday", "on Saturday"],
)
def test_an_answer_is_due_on_the_next_working_day(asked: datetime, due: datetime) -> None:
    assert OfficeHours().due(asked) == due


def test_christmas_is_waited_for_in_england() -> None:
    due = OfficeHours().due(at("2026-12-24", "12:00"))
    assert due == at("2026-12-29", "10:00")


@pytest.mark.parametrize(
    ("nation", "day"),
    [
        (Nation.SCOTLAND, "2026-11-30"),
        (Nation.NORTHERN_IRELAND, "2026-03-17"),
        (Nation.ENGLAND, "2026-04-06"),
        (Nation.WALES, "2026-04-06"),
    ],
    ids=["Saint Andrew", "Saint Patrick", "Easter Monday", "Easter Monday in Wales"],
)
def test_each_nation_keeps_its_own_bank_holidays(nation: Nation, day: str) -> None:
    holiday = date.fromisoformat(day)
    others = {each for each in Nation if OfficeHours(nation=each).is_working_day(holiday)}
    assert nation not in others
    assert others


def test_a_closure_of_the_councils_own_is_kept() -> None:
    hours = OfficeHours(closures=frozenset({date(2026, 11, 24)}))
    assert hours.due(at("2026-11-23", "11:00")) == at("2026-11-25", "10:00")


def test_ten_in_the_morning_is_ten_on_both_sides_of_the_clock_change() -> None:
    summer = OfficeHours().due(at("2026-10-23", "12:00"))
    assert (summer.hour, summer.utcoffset()) == (10, timedelta(0))
    winter = OfficeHours().due(at("2026-03-27", "12:00"))
    assert (winter.hour, winter.utcoffset()) == (10, timedelta(hours=1))


def test_a_reminder_comes_in_working_time() -> None:
    assert OfficeHours().remind_at(at("2026-11-24", "10:00")) == at("2026-11-23", "16:00")
    assert OfficeHours().remind_at(at("2026-11-30", "10:00")) == at("2026-11-27", "16:00")


@pytest.mark.parametrize(
    ("due", "phrase"),
    [
        (at("2026-11-23", "16:00"), "today 16:00"),
        (at("2026-11-24", "10:00"), "tomorrow 10:00"),
        (at("2026-11-26", "10:00"), "Thursday 10:00"),
        (at("2026-11-30", "10:00"), "Monday 30 November 10:00"),
        (at("2026-11-20", "10:00"), "Friday 20 November 10:00"),
    ],
)
def test_the_asker_is_told_an_unambiguous_time(due: datetime, phrase: str) -> None:
    assert OfficeHours().phrase(due, at("2026-11-23", "11:00")) == phrase


def test_office_hours_that_never_open_are_refused() -> None:
    with pytest.raises(BadHours, match="must close later"):
        OfficeHours(opens=time(17), closes=time(9))
    with pytest.raises(BadHours, match="name at least one"):
        OfficeHours(weekdays=frozenset())
    closed = frozenset(date(2026, 11, 1) + timedelta(days=day) for day in range(120))
    with pytest.raises(BadHours, match="No office is open"):
        OfficeHours(closures=closed).due(at("2026-11-23", "11:00"))
