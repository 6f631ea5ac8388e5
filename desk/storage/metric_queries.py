"""Figures of this moment: questions, cases, and what of the outbox has not arrived."""

from sqlalchemy import (
    ColumnElement,
    Float,
    and_,
    case,
    cast,
    extract,
    func,
    or_,
    select,
    true,
)

from desk.model.backlog import Backlog, State, Undelivered
from desk.model.case import Status
from desk.model.messages import MessageKind
from desk.model.metrics import BUCKETS_S, ReplyTimes, Unanswered
from desk.model.question import Outcome
from desk.storage.database import Transaction
from desk.storage.outbox_table import UNDONE
from desk.storage.tables import cases, outbox, questions

_DAY_S = 86_400
_TRIED = or_(outbox.c.attempts > 1, and_(outbox.c.attempts == 1, outbox.c.state == State.PENDING))


def outcomes(tx: Transaction) -> tuple[tuple[Outcome, int], ...]:
    number = func.count()
    rows = (
        select(questions.c.outcome, number)
        .where(questions.c.outcome.is_not(None))
        .group_by(questions.c.outcome)
    )
    counted = {Outcome(value): times for value, times in tx.connection.execute(rows)}
    return tuple((outcome, counted.get(outcome, 0)) for outcome in Outcome)


def unanswered(tx: Transaction) -> Unanswered:
    left = select(func.count(), func.min(questions.c.accepted_at))
    waiting, oldest = tx.connection.execute(left.where(questions.c.outcome.is_(None))).one()
    return Unanswered(waiting, oldest)


def statuses(tx: Transaction) -> tuple[tuple[Status, int], ...]:
    rows = select(cases.c.status, func.count()).group_by(cases.c.status)
    counted = {Status(value): times for value, times in tx.connection.execute(rows)}
    return tuple((status, counted.get(status, 0)) for status in Status)


def reply_times(tx: Transaction) -> ReplyTimes:
    took = _seconds(tx)
    within = [func.sum(case((took <= bucket, 1), else_=0)) for bucket in BUCKETS_S]
    done = select(func.count(), func.sum(took), *within).where(questions.c.finished_at.is_not(None))
    number, total, *counts = tx.connection.execute(done).one()
    return ReplyTimes(tuple(count or 0 for count in counts), number, float(total or 0.0))


def backlog(tx: Transaction, surface: str | None = None) -> Backlog:
    """Of one surface, or of all."""
    there = true() if surface is None else outbox.c.surface == surface
    undone = and_(there, outbox.c.state.in_(UNDONE))
    counted = select(func.count(), func.min(outbox.c.queued_at)).where(undone)
    waiting, oldest = tx.connection.execute(counted).one()
    retried = select(func.count()).where(undone, _TRIED)
    lost = select(func.count()).where(there, outbox.c.state == State.UNDELIVERABLE)
    both = (tx.connection.execute(each).scalar_one() for each in (retried, lost))
    return Backlog(waiting, oldest, *both)


def undelivered(tx: Transaction, at_most: int) -> tuple[Undelivered, ...]:
    """What was tried without success, the latest first."""
    tried = or_(outbox.c.state == State.UNDELIVERABLE, outbox.c.state.in_(UNDONE) & _TRIED)
    these = select(outbox).where(tried).order_by(outbox.c.id.desc()).limit(at_most)
    return tuple(
        Undelivered(
            ref=f"C-{row.case_id}" if row.case_id else "",
            kind=MessageKind(row.kind),
            surface=row.surface.partition(":")[0],
            state=State(row.state),
            attempts=row.attempts,
            queued_at=row.queued_at,
        )
        for row in tx.connection.execute(these)
    )


def _seconds(tx: Transaction) -> ColumnElement[float]:
    """SQLite keeps times as text, and counts them in days."""
    start, end = questions.c.accepted_at, questions.c.finished_at
    if tx.connection.dialect.name == "sqlite":
        return (func.julianday(end) - func.julianday(start)) * _DAY_S
    return cast(extract("epoch", end - start), Float)
