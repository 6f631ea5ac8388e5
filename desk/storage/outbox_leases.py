"""Delivering the outbox: a worker leases a message, and settles what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select, update

from desk.model.backlog import State
from desk.storage.database import Transaction
from desk.storage.outbox_table import UNDONE, OutboxMessage, from_row
from desk.storage.tables import outbox


@dataclass(frozen=True, slots=True)
class LeasedMessage:
    """A message that one worker has until its lease ends. `delivery_unknown`: an earlier try
    may have reached the platform."""

    id: int
    message: OutboxMessage
    lease: str
    delivery_unknown: bool
    attempts: int
    queued_at: datetime


def is_due(tx: Transaction, surfaces: Iterable[str]) -> bool:
    """Whether `take` would find a message; it only reads."""
    return bool(tx.connection.execute(select(exists().where(_due(tx, surfaces)))).scalar())


def take(
    tx: Transaction, surfaces: Iterable[str], lease: str, until: datetime
) -> LeasedMessage | None:
    """The next message that is due, or whose worker's lease has ended; nobody else gets it."""
    due = select(outbox).where(_due(tx, surfaces)).order_by(outbox.c.due_at, outbox.c.id)
    next_one = due.limit(1).with_for_update(skip_locked=True)
    row = tx.connection.execute(next_one).one_or_none()
    if row is None:
        return None
    taken = {"state": State.SENDING, "due_at": until, "lease": lease, "delivery_unknown": True}
    mine = update(outbox).where(outbox.c.id == row.id)
    tx.connection.execute(mine.values(taken | {"attempts": row.attempts + 1}))
    return LeasedMessage(
        row.id, from_row(row), lease, row.delivery_unknown, row.attempts + 1, row.queued_at
    )


def sent(tx: Transaction, leased: LeasedMessage, message_id: str) -> bool:
    """False when the lease had ended and another worker took over."""
    return _settle(
        tx, leased, state=State.SENT, sent_at=tx.now, message_id=message_id, body="", lease=""
    )


def refused(tx: Transaction, leased: LeasedMessage, until: datetime) -> bool:
    """The platform surely took nothing."""
    values = {"state": State.PENDING, "due_at": until, "delivery_unknown": False, "lease": ""}
    return _settle(tx, leased, **values)


def not_tried(tx: Transaction, leased: LeasedMessage, until: datetime) -> bool:
    """As before it was taken: the messenger left it for another."""
    return _settle(
        tx,
        leased,
        state=State.PENDING,
        due_at=until,
        delivery_unknown=leased.delivery_unknown,
        attempts=leased.attempts - 1,
        lease="",
    )


def in_doubt(tx: Transaction, leased: LeasedMessage, until: datetime) -> bool:
    """The try failed in a way that may have sent it."""
    return _settle(tx, leased, state=State.PENDING, due_at=until, lease="")


def given_up(tx: Transaction, leased: LeasedMessage) -> bool:
    return _settle(tx, leased, state=State.UNDELIVERABLE, body="", lease="")


def _due(tx: Transaction, surfaces: Iterable[str]) -> ColumnElement[bool]:
    first = outbox.alias()
    behind = exists().where(
        first.c.ordering_key == outbox.c.ordering_key,
        first.c.id < outbox.c.id,
        first.c.state.in_(UNDONE),
    )
    return and_(
        outbox.c.state.in_(UNDONE),
        outbox.c.due_at <= tx.now,
        outbox.c.surface.in_(surfaces),
        ~behind,
    )


def _settle(tx: Transaction, leased: LeasedMessage, **values: object) -> bool:
    mine = (outbox.c.id == leased.id) & (outbox.c.lease == leased.lease)
    return tx.connection.execute(update(outbox).where(mine).values(values)).rowcount == 1
