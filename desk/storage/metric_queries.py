from sqlalchemy import ColumnElement, Float, case, cast, extract, func, select

from desk.model.case import Status
from desk.model.metrics import BUCKETS_S, ReplyTimes
from desk.model.question import Outcome
from desk.storage.database import Transaction
from desk.storage.tables import cases, questions

DAY_S = 86_400


def outcomes(tx: Transaction) -> tuple[tuple[Outcome, int], ...]:
    number = func.count()
    rows = (
        select(questions.c.outcome, number)
        .where(questions.c.outcome.is_not(None))
        .group_by(questions.c.outcome)
    )
    counted = {Outcome(value): times for value, times in tx.connection.execute(rows)}
    return tuple((outcome, counted.get(outcome, 0)) for outcome in Outcome)


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


def _seconds(tx: Transaction) -> ColumnElement[float]:
    """SQLite keeps times as text, and counts them in days."""
    start, end = questions.c.accepted_at, questions.c.finished_at
    if tx.connection.dialect.name == "sqlite":
        return (func.julianday(end) - func.julianday(start)) * DAY_S
    return cast(extract("epoch", end - start), Float)
