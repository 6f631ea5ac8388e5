from datetime import UTC, date, datetime, timedelta

import pytest

from desk.model.question import Outcome, Verdict
from desk.services.insights import Course, Day, Judged, Topic
from desk.services.report import Report
from handlers.web.desk.figures import Figure, by_confidence, figures
from knowledge.policy import ClauseRef
from knowledge.reason import Reason

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def course(days: int = 3, topics: tuple[Topic, ...] = ()) -> Course:
    return Course(
        days=tuple(Day(date(2026, 1, 1) + timedelta(days=n), n, 1, 0) for n in range(days)),
        waits=(timedelta(minutes=30), timedelta(hours=1), timedelta(hours=30), timedelta(days=90)),
        judged=(),
        weekdays=(1, 0, 0, 0, 0, 0, 5),
        topics=topics,
        alone=2,
        with_comms=1,
    )


REPORT = Report(
    since=NOW,
    until=NOW,
    questions=3,
    outcomes=((Outcome.ANSWERED, 2), (Outcome.ESCALATED, 1)),
    handed_over=((Reason.NEAR_MISS, 1),),
    verdicts=((Verdict.HELPFUL, 2),),
    cases=1,
    cases_answered=1,
    median_wait=None,
    most_cited=(),
    gaps=(),
)


def drawn(name: str, found: Course, title: str = "Media") -> Figure:
    made = figures(REPORT, found, lambda policy: f"{title} {policy}")
    return next(each for each in made if each.name == name)


def test_a_month_is_drawn_by_day_and_a_longer_period_by_week() -> None:
    days = drawn("days", course(3))
    assert days.rows == (
        ("1 Jan 2026", (0, 1, 0)),
        ("2 Jan 2026", (1, 1, 0)),
        ("3 Jan 2026", (2, 1, 0)),
    )
    assert days.largest == 3
    weeks = drawn("weeks", course(365))
    assert len(weeks.rows) == 53
    assert weeks.rows[1] == ("5 Jan 2026", (sum(range(4, 11)), 7, 0))


def test_all_weekdays_are_named_from_monday_on() -> None:
    rows = drawn("weekdays", course()).rows
    assert (rows[0], rows[-1]) == (("Monday", (1,)), ("Sunday", (5,)))


def test_clauses_under_one_heading_are_one_topic() -> None:
    found = (
        Topic(ClauseRef("a", "4(c)", "guidance to employees, which is a long heading indeed"), 2),
        Topic(ClauseRef("a", "9", ""), 3),
        Topic(ClauseRef("a", "4(d)", "guidance to employees, which is a long heading indeed"), 2),
    )
    assert drawn("topics", course(topics=found)).rows == (
        ("Guidance to employees, which is a long heading indeed", (4,)),
        ("Section 9", (3,)),
    )
    several = (*found, Topic(ClauseRef("b", "9", ""), 1))
    assert drawn("topics", course(topics=several)).rows[-1] == ("Media b: section 9", (1,))


def test_reasons_outcomes_and_waits_are_in_words() -> None:
    assert drawn("reasons", course()).rows == (("Not in the policy", (1,)),)
    assert drawn("outcomes", course()).rows[0] == ("Answered", (2,))
    waits = dict(drawn("waits", course()).rows)
    assert waits["Less than an hour"] == (2,)
    assert (waits["4 to 24 hours"], waits["1 to 3 days"], waits["Longer"]) == ((0,), (1,), (1,))


@pytest.mark.parametrize("rows", [(), (("x", (0, 0)),)])
def test_a_figure_without_numbers_is_empty_and_can_be_drawn(
    rows: tuple[tuple[str, tuple[int, ...]], ...],
) -> None:
    figure = Figure("x", "X", ("a", "b"), rows)
    assert figure.is_empty
    assert figure.largest == 1


def test_verdicts_are_counted_by_tenths_of_confidence() -> None:
    judged = [
        Judged(0.62, Verdict.NOT_HELPFUL),
        Judged(0.66, Verdict.HELPFUL),
        Judged(1.0, Verdict.HELPFUL),
    ]
    assert by_confidence(judged) == (("60% to 70%", (2, 1)), ("90% to 100%", (1, 1)))
