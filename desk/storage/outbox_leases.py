"""Delivering the outbox: a worker leases a message, and settles what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select, update

from desk.model.backlog import State
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.storage.database import Transaction
from desk.storage.outbox_table import UNDONE, OutboxMessage, from_row, reply_key
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


_FIRST = outbox.alias()
# An answer that can still be taken back: a receipt of what its asker does meanwhile goes first.
_HELD = and_(
    _FIRST.c.kind == MessageKind.ANSWER,
    _FIRST.c.attempts == 0,
    _FIRST.c.due_at > bindparam("now"),
)
_BEHIND = exists().where(
    _FIRST.c.ordering_key == outbox.c.ordering_key,
    _FIRST.c.id < outbox.c.id,
    _FIRST.c.state.in_(UNDONE),
    or_(outbox.c.kind != MessageKind.RECEIPT, ~_HELD),
)
_DUE = and_(
    outbox.c.state.in_(UNDONE),
    outbox.c.due_at <= bindparam("now"),
    outbox.c.surface.in_(bindparam("surfaces", expanding=True)),
    ~_BEHIND,
)
# Built once: a delivery executes them several times, and to build one takes longer than that.
_IS_DUE = select(exists().where(_DUE))
_NEXT = (
    select(outbox)
    .where(_DUE)
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ARRIVES_SOON = select(
    exists().where(
        outbox.c.surface == bindparam("surface"),
        outbox.c.address == bindparam("address"),
        or_(
            outbox.c.state == State.SENDING,
            and_(
                outbox.c.state == State.PENDING,
                outbox.c.due_at <= bindparam("now"),
                ~_BEHIND,
            ),
        ),
    )
)
_SETTLE = update(outbox).where(
    outbox.c.id == bindparam("leased_id"), outbox.c.lease == bindparam("leased_by")
)


def is_due(tx: Transaction, surfaces: Iterable[str]) -> bool:
    """Whether `take` would find a message; it only reads."""
    given = {"now": tx.now, "surfaces": list(surfaces)}
    return bool(tx.connection.execute(_IS_DUE, given).scalar())


def has_pending(tx: Transaction, contact: Contact) -> bool:
    """Whether a message there is being sent, or can be sent now."""
    given = {"now": tx.now, "surface": contact.surface, "address": contact.address}
    return bool(tx.connection.execute(_ARRIVES_SOON, given).scalar())


def take(
    tx: Transaction, surfaces: Iterable[str], lease: str, until: datetime
) -> LeasedMessage | None:
    """The next message that is due, or whose worker's lease has ended; nobody else gets it."""
    given = {"now": tx.now, "surfaces": list(surfaces)}
    row = tx.connection.execute(_NEXT, given).one_or_none()
    if row is None:
        return None
    attempts = row.attempts + 1
    taken = {"state": State.SENDING, "due_at": until, "lease": lease, "delivery_unknown": True}
    mine = {"leased_id": row.id, "leased_by": row.lease}
    tx.connection.execute(_SETTLE, mine | taken | {"attempts": attempts})
    return LeasedMessage(
        row.id, from_row(row), lease, row.delivery_unknown, attempts, row.queued_at
    )


def sent(tx: Transaction, leased: LeasedMessage, message_id: str) -> bool:
    """False when the lease had ended and another worker took over."""
    values = {"state": State.SENT, "sent_at": tx.now, "message_id": message_id, "lease": ""}
    return _settle(tx, leased, body=_kept_body(leased.message), **values)


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
    body = _kept_body(leased.message)
    return _settle(tx, leased, state=State.UNDELIVERABLE, body=body, lease="")


def _kept_body(message: OutboxMessage) -> str:
    """Comms look through the replies of the bot, so a reply is kept as long as its question."""
    is_reply = message.key == reply_key(message.question_id)
    return message.body if is_reply else ""


def _settle(tx: Transaction, leased: LeasedMessage, **values: object) -> bool:
    """False, and nothing is changed, when another worker has the lease."""
    mine = {"leased_id": leased.id, "leased_by": leased.lease}
    return tx.connection.execute(_SETTLE, mine | values).rowcount == 1
