from collections.abc import Collection

from sqlalchemy import func, select

from desk.model.case_filter import CaseFilter
from desk.storage.database import Transaction
from desk.storage.tables import cases, events

MOST_NEWS = 100


def chosen(
    tx: Transaction, wanted: CaseFilter, held_by: Collection[str] | None, at_most: int
) -> tuple[int, ...]:
    found = select(cases.c.id).where(cases.c.status.in_(wanted.statuses))
    if wanted.reason is not None:
        found = found.where(cases.c.reason == wanted.reason)
    if wanted.overdue:
        found = found.where(cases.c.due_at < tx.now)
    if held_by is not None:
        found = found.where(cases.c.holder.in_(held_by))
    if wanted.text:
        words = wanted.text.casefold()
        found = found.where(func.lower(cases.c.question).contains(words, autoescape=True))
    urgent = found.order_by(cases.c.due_at, cases.c.id).limit(at_most)
    return tuple(tx.connection.execute(urgent).scalars())


def last_event(tx: Transaction) -> int:
    number: int | None = tx.connection.execute(select(func.max(events.c.id))).scalar_one()
    return number or 0


def events_after(tx: Transaction, since: int) -> list[tuple[int, int]]:
    """Case and event, the oldest first."""
    after = select(events.c.case_id, events.c.id).where(events.c.id > since)
    rows = tx.connection.execute(after.order_by(events.c.id).limit(MOST_NEWS))
    return [(row.case_id, row.id) for row in rows]
