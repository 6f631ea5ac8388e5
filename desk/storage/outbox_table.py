"""The outbox: what is to be delivered, by whom it is being delivered, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, union_all, update

from desk.model.backlog import State
from desk.model.case import PENDING
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, insert_or_ignore
from desk.storage.tables import cases, outbox

UNDONE = (State.PENDING, State.SENDING)


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """What goes into the outbox. Those in one `lane` are delivered in their order.

    `replaces` and `under` are keys of parcels put into the same lane before. A number is 0
    where nothing of the kind belongs to it. The words are not copied: they are read from the
    case when it is sent, except `body`.
    """

    key: str
    lane: str
    contact: Contact
    kind: MessageKind
    case_id: int = 0
    event_id: int = 0
    asker_id: int = 0
    question_id: int = 0
    body: str = ""
    replaces: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class LeasedMessage:
    """A parcel in the hands of one worker until its lease ends. `uncertain`: an earlier try
    may have reached the platform."""

    id: int
    parcel: OutboxMessage
    lease: str
    uncertain: bool
    attempts: int
    queued_at: datetime


def put(tx: Transaction, parcel: OutboxMessage) -> bool:
    """Does nothing when a parcel has this key already, and returns false."""
    row = insert_or_ignore(
        tx,
        outbox,
        key=parcel.key,
        lane=parcel.lane,
        surface=parcel.contact.surface,
        address=parcel.contact.address,
        kind=parcel.kind,
        case_id=parcel.case_id or None,
        event_id=parcel.event_id or None,
        asker_id=parcel.asker_id,
        question_id=parcel.question_id,
        body=parcel.body,
        replaces=parcel.replaces,
        under=parcel.under,
        state=State.PENDING,
        due_at=tx.now,
        lease="",
        uncertain=False,
        attempts=0,
        queued_at=tx.now,
    )
    tx.posted.append(parcel.key)
    return row is not None


def card_is_waiting(tx: Transaction, lane: str) -> bool:
    """A card that nobody is sending yet will show the case as it then is."""
    waiting = (
        (outbox.c.lane == lane)
        & (outbox.c.kind == MessageKind.CARD)
        & (outbox.c.state == State.PENDING)
        & ~outbox.c.uncertain
    )
    return bool(tx.connection.execute(select(exists().where(waiting))).scalar())


def take(
    tx: Transaction, surfaces: Iterable[str], lease: str, until: datetime
) -> LeasedMessage | None:
    """The next parcel that is due, or whose worker did not come back; nobody else gets it."""
    first = outbox.alias()
    behind = exists().where(
        first.c.lane == outbox.c.lane, first.c.id < outbox.c.id, first.c.state.in_(UNDONE)
    )
    due = select(outbox).where(
        outbox.c.state.in_(UNDONE),
        outbox.c.due_at <= tx.now,
        outbox.c.surface.in_(surfaces),
        ~behind,
    )
    next_one = due.order_by(outbox.c.due_at, outbox.c.id).limit(1).with_for_update(skip_locked=True)
    row = tx.connection.execute(next_one).one_or_none()
    if row is None:
        return None
    taken = {"state": State.SENDING, "due_at": until, "lease": lease, "uncertain": True}
    mine = update(outbox).where(outbox.c.id == row.id)
    tx.connection.execute(mine.values(taken | {"attempts": row.attempts + 1}))
    return LeasedMessage(
        row.id, _parcel(row), lease, row.uncertain, row.attempts + 1, row.queued_at
    )


def sent(tx: Transaction, leased: LeasedMessage, message_id: str) -> bool:
    """False when the lease had ended and another worker took over."""
    return _settle(
        tx, leased, state=State.SENT, sent_at=tx.now, message_id=message_id, body="", lease=""
    )


def refused(tx: Transaction, leased: LeasedMessage, until: datetime) -> bool:
    """The platform surely took nothing."""
    return _settle(tx, leased, state=State.PENDING, due_at=until, uncertain=False, lease="")


def doubtful(tx: Transaction, leased: LeasedMessage, until: datetime) -> bool:
    """The try failed in a way that may have sent it."""
    return _settle(tx, leased, state=State.PENDING, due_at=until, lease="")


def given_up(tx: Transaction, leased: LeasedMessage) -> bool:
    return _settle(tx, leased, state=State.UNDELIVERABLE, body="", lease="")


def retry_cards(tx: Transaction, contact: Contact) -> int:
    """Queue again the cards that could not be delivered there: the first card of a pending case
    that never had one, and else the latest change of a card. Returns how many."""
    there = and_(outbox.c.surface == contact.surface, outbox.c.address == contact.address)
    given_up = and_(there, outbox.c.kind == MessageKind.CARD, outbox.c.state == State.UNDELIVERABLE)
    without_card = and_(given_up, outbox.c.event_id.is_(None))
    pending = select(cases.c.id).where(cases.c.status.in_(PENDING))
    first = select(outbox.c.id).where(without_card, outbox.c.case_id.in_(pending))
    stale = and_(given_up, outbox.c.lane.not_in(select(outbox.c.lane).where(without_card)))
    latest = select(func.max(outbox.c.id)).where(stale).group_by(outbox.c.lane)
    ids = tx.connection.execute(union_all(first, latest)).scalars().all()
    again = {"state": State.PENDING, "due_at": tx.now, "queued_at": tx.now, "attempts": 0}
    tx.connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(again))
    tx.posted.extend(f"card:{number}" for number in ids)
    return len(ids)


def message_id(tx: Transaction, key: str) -> str:
    """The platform's id of what was sent under this key; empty when nothing was."""
    found = select(outbox.c.message_id).where(outbox.c.key == key)
    return tx.connection.execute(found).scalar_one_or_none() or ""


def of_event(tx: Transaction, event_id: int, kind: MessageKind) -> tuple[OutboxMessage, ...]:
    """Those that told an event and have arrived or still may."""
    told = and_(outbox.c.event_id == event_id, outbox.c.kind == kind)
    alive = or_(outbox.c.state.in_(UNDONE), outbox.c.state == State.SENT)
    rows = tx.connection.execute(select(outbox).where(told, alive).order_by(outbox.c.id))
    return tuple(_parcel(row) for row in rows)


def _settle(tx: Transaction, leased: LeasedMessage, **values: object) -> bool:
    mine = (outbox.c.id == leased.id) & (outbox.c.lease == leased.lease)
    return tx.connection.execute(update(outbox).where(mine).values(values)).rowcount == 1


def _parcel(row: AnyRow) -> OutboxMessage:
    return OutboxMessage(
        key=row.key,
        lane=row.lane,
        contact=Contact(row.surface, row.address),
        kind=MessageKind(row.kind),
        case_id=row.case_id or 0,
        event_id=row.event_id or 0,
        asker_id=row.asker_id,
        question_id=row.question_id,
        body=row.body,
        replaces=row.replaces,
        under=row.under,
    )
