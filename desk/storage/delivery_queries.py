"""What of the outbox arrived, what still waits, and what was given up."""

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select

from desk.model.backlog import Backlog, State, Undelivered
from desk.model.case import Status
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.storage.database import Transaction
from desk.storage.outbox_table import UNDONE
from desk.storage.tables import cases, outbox

_TRIED = or_(outbox.c.attempts > 1, and_(outbox.c.attempts == 1, outbox.c.state == State.PENDING))


def backlog(tx: Transaction) -> Backlog:
    undone = outbox.c.state.in_(UNDONE)
    counted = select(func.count(), func.min(outbox.c.queued_at)).where(undone)
    waiting, oldest = tx.connection.execute(counted).one()
    retried = select(func.count()).where(undone, _TRIED)
    lost = select(func.count()).where(outbox.c.state == State.UNDELIVERABLE)
    both = (tx.connection.execute(each).scalar_one() for each in (retried, lost))
    return Backlog(waiting, oldest, *both)


def waits(tx: Transaction, contact: Contact) -> bool:
    there = and_(outbox.c.surface == contact.surface, outbox.c.address == contact.address)
    undone = select(exists().where(there, outbox.c.state.in_(UNDONE)))
    return bool(tx.connection.execute(undone).scalar())


def undelivered(tx: Transaction) -> tuple[Undelivered, ...]:
    """What was tried in vain, the oldest first."""
    in_vain = or_(outbox.c.state == State.UNDELIVERABLE, outbox.c.state.in_(UNDONE) & _TRIED)
    these = select(outbox).where(in_vain)
    return tuple(
        Undelivered(
            ref=f"C-{row.case_id}" if row.case_id else "",
            kind=MessageKind(row.kind),
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
    told = outbox.c.kind.in_((MessageKind.ANSWER, MessageKind.CORRECTION))
    on_its_way = exists().where(outbox.c.case_id == cases.c.id, told, late)
    quiet = (cases.c.status == Status.ANSWERED) & (cases.c.changed_at < before)
    found = select(cases.c.id).where(quiet, ~on_its_way).order_by(cases.c.id)
    return tuple(tx.connection.execute(found).scalars())
