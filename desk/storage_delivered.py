"""What of the outbox arrived, what still waits, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from desk.case import Status
from desk.messages import Kind
from desk.storage import Transaction
from desk.storage_outbox import UNDONE, State
from desk.storage_tables import cases, outbox


@dataclass(frozen=True, slots=True)
class Backlog:
    """`waiting` parcels, since when the oldest waits, and how many were given up."""

    waiting: int
    oldest: datetime | None
    undeliverable: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that has not arrived. `ref` is empty for a reply that belongs to no case; of a
    surface that is one person's own only the kind is told."""

    ref: str
    kind: Kind
    surface: str
    state: State
    attempts: int
    queued_at: datetime


def backlog(tx: Transaction) -> Backlog:
    undone = select(func.count(), func.min(outbox.c.queued_at)).where(outbox.c.state.in_(UNDONE))
    waiting, oldest = tx.connection.execute(undone).one()
    lost = select(func.count()).where(outbox.c.state == State.UNDELIVERABLE)
    return Backlog(waiting, oldest, tx.connection.execute(lost).scalar_one())


def undelivered(tx: Transaction) -> tuple[Undelivered, ...]:
    """The oldest first."""
    these = select(outbox).where(outbox.c.state.in_((*UNDONE, State.UNDELIVERABLE)))
    return tuple(
        Undelivered(
            ref=f"C-{row.case_id}" if row.case_id else "",
            kind=Kind(row.kind),
            surface=row.surface.partition(":")[0],
            state=State(row.state),
            attempts=row.attempts,
            queued_at=row.queued_at,
        )
        for row in tx.connection.execute(these.order_by(outbox.c.id))
    )


def settled(tx: Transaction, before: datetime) -> tuple[int, ...]:
    """The answered cases in which nothing was said since then, and whose answers had arrived."""
    late = (outbox.c.state != State.SENT) | (outbox.c.sent_at >= before)
    told = outbox.c.kind.in_((Kind.ANSWER, Kind.CORRECTION))
    on_its_way = exists().where(outbox.c.case_id == cases.c.id, told, late)
    quiet = (cases.c.status == Status.ANSWERED) & (cases.c.changed_at < before)
    found = select(cases.c.id).where(quiet, ~on_its_way).order_by(cases.c.id)
    return tuple(tx.connection.execute(found).scalars())
