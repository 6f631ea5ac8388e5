"""The figures of the desk: rows with a label and numbers, which a page draws as bars."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.model.question import Outcome, Verdict
from desk.services.insights import Course, Day, Judged
from desk.services.report import Report
from handlers.web.desk.trial_context import OUTCOMES

Row = tuple[str, tuple[int, ...]]
Title = Callable[[str], str]
"""The title of the policy with this name."""

MOST_TOPICS = 15
MOST_DAYS = 31  # that are drawn one by one; of a longer period the weeks are
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAITS = (
    (timedelta(hours=1), "less than an hour"),
    (timedelta(hours=4), "1 to 4 hours"),
    (timedelta(days=1), "4 to 24 hours"),
    (timedelta(days=3), "1 to 3 days"),
    (timedelta.max, "longer"),
)
"""How long at most, and what that is called."""
BANDS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """`head` names the columns; each row has a number for each column after the first. `name` is
    that of its file. `in_columns`: drawn side by side, with the numbers of a row on one another.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    in_columns: bool = False

    @property
    def largest(self) -> int:
        """The largest sum of a row, at least 1."""
        return max((sum(numbers) for _, numbers in self.rows), default=0) or 1

    @property
    def is_empty(self) -> bool:
        return not any(any(numbers) for _, numbers in self.rows)


def figures(report: Report, course: Course, title: Title) -> tuple[Figure, ...]:
    return (
        _over_time(course.days),
        Figure("weekdays", "Questions by day of the week", ("Day", "Questions"), _weekdays(course)),
        Figure("topics", "What people asked about", ("Topic", "Questions"), _topics(course, title)),
        Figure("outcomes", "What the bot did", ("Outcome", "Questions"), _outcomes(report)),
        Figure(
            "reasons",
            "Why questions came to you",
            ("Reason", "Questions"),
            tuple((_sentence(why.for_comms), (number,)) for why, number in report.handed_over),
        ),
        Figure("waits", "How long people waited for you", ("Time", "Cases"), _waits(course)),
        Figure("feedback", "What askers said", ("Feedback", "Replies"), _verdicts(report)),
    )


def by_confidence(judged: Sequence[Judged]) -> tuple[Row, ...]:
    """For each tenth of confidence that has any, the answers with feedback, and the helpful of
    them."""
    rated: Counter[int] = Counter()
    helpful: Counter[int] = Counter()
    for each in judged:
        band = min(int(each.confidence * BANDS), BANDS - 1)
        rated[band] += 1
        helpful[band] += each.verdict is Verdict.HELPFUL
    return tuple(
        (f"{10 * band}% to {10 * band + 10}%", (rated[band], helpful[band]))
        for band in sorted(rated)
    )


def _over_time(days: Sequence[Day]) -> Figure:
    head = ("Answered by the bot", "Handed over to you", "Other")
    if len(days) <= MOST_DAYS + 1:
        rows = tuple((_label(each.day), _numbers([each])) for each in days)
        return Figure("days", "Questions each day", ("Day", *head), rows, in_columns=True)
    weeks: dict[date, list[Day]] = {}
    for each in days:
        weeks.setdefault(each.day - timedelta(days=each.day.weekday()), []).append(each)
    rows = tuple((_label(monday), _numbers(those)) for monday, those in weeks.items())
    return Figure("weeks", "Questions each week", ("Week from", *head), rows, in_columns=True)


def _numbers(days: Sequence[Day]) -> tuple[int, ...]:
    return (
        sum(each.answered for each in days),
        sum(each.handed_over for each in days),
        sum(each.others for each in days),
    )


def _label(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _weekdays(course: Course) -> tuple[Row, ...]:
    return tuple((day, (course.weekdays[place],)) for place, day in enumerate(WEEKDAYS))


def _topics(course: Course, title: Title) -> tuple[Row, ...]:
    """Clauses under one heading are one topic."""
    counts: Counter[str] = Counter()
    several = len({each.clause.policy for each in course.topics}) > 1
    for each in course.topics:
        name = each.clause.heading or each.clause.place
        counts[f"{title(each.clause.policy)}: {name}" if several else _sentence(name)] += (
            each.questions
        )
    return tuple((name, (number,)) for name, number in counts.most_common(MOST_TOPICS))


def _outcomes(report: Report) -> tuple[Row, ...]:
    return tuple((OUTCOMES[Outcome(each)].did, (number,)) for each, number in report.outcomes)


def _waits(course: Course) -> tuple[Row, ...]:
    counts = Counter(next(name for most, name in WAITS if wait <= most) for wait in course.waits)
    return tuple((_sentence(name), (counts[name],)) for _, name in WAITS) if counts else ()


def _verdicts(report: Report) -> tuple[Row, ...]:
    return tuple((_sentence(verdict), (number,)) for verdict, number in report.verdicts)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
