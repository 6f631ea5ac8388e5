"""Figures of a period, for the report and its pictures."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from desk.model.case import Quote, Step
from desk.model.question import Outcome, Verdict
from desk.storage.database import Transaction
from desk.storage.rows import as_quotes
from desk.storage.tables import cases, events, feedback, questions
from knowledge.reason import GAPS, Reason

_MOST_UNANSWERED = 1000  # of each kind, the latest: they are compared with each other


@dataclass(frozen=True, slots=True)
class Period:
    since: datetime
    until: datetime

    def asked(self) -> ColumnElement[bool]:
        return (questions.c.accepted_at >= self.since) & (questions.c.accepted_at < self.until)

    def opened(self) -> ColumnElement[bool]:
        return (cases.c.opened_at >= self.since) & (cases.c.opened_at < self.until)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question, or the question of a case, with the pseudonyms of its askers. `case_ref` is
    empty where no case opened."""

    text: str
    askers: frozenset[str]
    at: datetime
    case_ref: str = ""
    answered: bool = False


def outcomes(tx: Transaction, period: Period) -> tuple[tuple[Outcome, int], ...]:
    """The commonest first; questions still without an outcome are not counted."""
    number = func.count()
    rows = (
        select(questions.c.outcome, number)
        .where(period.asked(), questions.c.outcome.is_not(None))
        .group_by(questions.c.outcome)
        .order_by(number.desc(), questions.c.outcome)
    )
    return tuple((Outcome(value), times) for value, times in tx.connection.execute(rows))


def reasons(tx: Transaction, period: Period) -> tuple[tuple[Reason, int], ...]:
    """Counts questions, not cases: two people with one case were both handed over."""
    number = func.count()
    rows = (
        select(cases.c.reason, number)
        .join(questions, questions.c.case_id == cases.c.id)
        .where(period.asked())
        .group_by(cases.c.reason)
        .order_by(number.desc(), cases.c.reason)
    )
    return tuple((Reason(value), times) for value, times in tx.connection.execute(rows))


def verdicts(tx: Transaction, period: Period) -> tuple[tuple[Verdict, int], ...]:
    rows = (
        select(feedback.c.verdict, func.count())
        .join(questions, questions.c.id == feedback.c.question_id)
        .where(period.asked())
        .group_by(feedback.c.verdict)
        .order_by(feedback.c.verdict)
    )
    return tuple((Verdict(value), times) for value, times in tx.connection.execute(rows))


def cases_opened(tx: Transaction, period: Period) -> int:
    return int(tx.connection.execute(select(func.count()).where(period.opened())).scalar_one())


def waits(tx: Transaction, period: Period) -> list[timedelta]:
    answered = select(cases.c.opened_at, cases.c.answered_at).where(
        period.opened(), cases.c.answered_at.is_not(None)
    )
    return [row.answered_at - row.opened_at for row in tx.connection.execute(answered)]


def cited(tx: Transaction, period: Period) -> Iterator[Quote]:
    """By the bot and by comms; the same clause once for each time."""
    answered = questions.c.outcome == Outcome.ANSWERED
    by_bot = select(questions.c.cited).where(period.asked(), answered)
    by_comms = (
        select(events.c.cited)
        .join(cases, cases.c.id == events.c.case_id)
        .where(period.opened(), events.c.step == Step.ANSWERED, ~events.c.undone)
    )
    for statement in (by_bot, by_comms):
        for stored in tx.connection.execute(statement).scalars():
            yield from as_quotes(stored)


def unanswered(tx: Transaction, period: Period) -> tuple[Unanswered, ...]:
    """What the policy did not answer, as far as its words are still kept."""
    handed_over = (
        select(cases.c.id, cases.c.question, cases.c.answered_at, cases.c.opened_at)
        .where(period.opened(), cases.c.reason.in_(GAPS), cases.c.question != "")
        .order_by(cases.c.id.desc())
        .limit(_MOST_UNANSWERED)
    )
    rows = tx.connection.execute(handed_over).all()
    askers = _asking(tx, [row.id for row in rows])
    found = [
        Unanswered(
            row.question,
            frozenset(askers.get(row.id, ())),
            row.opened_at,
            f"C-{row.id}",
            row.answered_at is not None,
        )
        for row in reversed(rows)
    ]
    return (*found, *_only_offered(tx, period))


def _only_offered(tx: Transaction, period: Period) -> tuple[Unanswered, ...]:
    offered = (
        select(questions.c.text, questions.c.person, questions.c.accepted_at)
        .where(
            period.asked(),
            questions.c.outcome == Outcome.OFFERED,
            questions.c.case_id.is_(None),
            questions.c.text != "",
        )
        .order_by(questions.c.id.desc())
        .limit(_MOST_UNANSWERED)
    )
    rows = tx.connection.execute(offered).all()
    return tuple(
        Unanswered(row.text, frozenset({row.person}), row.accepted_at) for row in reversed(rows)
    )


def _asking(tx: Transaction, case_ids: Collection[int]) -> dict[int, set[str]]:
    """The pseudonyms of the askers of these cases: those that serve everywhere, so that somebody
    who asks unnamed in several cases counts once. They do not leave the storage's callers."""
    mine = select(questions.c.case_id, questions.c.person).where(
        questions.c.case_id.in_(case_ids), questions.c.person != ""
    )
    found: dict[int, set[str]] = {}
    for row in tx.connection.execute(mine.distinct()):
        found.setdefault(row.case_id, set()).add(row.person)
    return found


@dataclass(frozen=True, slots=True)
class Finished:
    """`with_comms`: the question is in a case, whatever the bot said before."""

    at: datetime
    outcome: Outcome
    with_comms: bool


def finished(tx: Transaction, period: Period) -> list[Finished]:
    """Without questions that have no outcome yet."""
    rows = select(questions.c.accepted_at, questions.c.outcome, questions.c.case_id).where(
        period.asked(), questions.c.outcome.is_not(None)
    )
    return [
        Finished(row.accepted_at, Outcome(row.outcome), row.case_id is not None)
        for row in tx.connection.execute(rows)
    ]


def topics(tx: Transaction, period: Period) -> Iterator[Quote]:
    """For each question the clause that it is most likely about: the first that was cited, else
    the closest one of its case."""
    rows = (
        select(questions.c.cited, cases.c.closest)
        .outerjoin(cases, cases.c.id == questions.c.case_id)
        .where(period.asked(), questions.c.outcome.is_not(None))
    )
    for row in tx.connection.execute(rows):
        for stored in (row.cited or row.closest or [])[:1]:
            yield from as_quotes([stored])


def judged(tx: Transaction, period: Period) -> list[tuple[float, Verdict]]:
    """How sure the bot was of each answer that somebody judged, 0 to 1, and their verdict."""
    rows = (
        select(questions.c.confidence, feedback.c.verdict)
        .join(feedback, feedback.c.question_id == questions.c.id)
        .where(period.asked(), questions.c.confidence.is_not(None))
        .order_by(questions.c.confidence, feedback.c.person)
    )
    return [(row.confidence, Verdict(row.verdict)) for row in tx.connection.execute(rows)]
