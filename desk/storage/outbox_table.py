"""The outbox: what is to be delivered, and what was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, and_, cast, delete, exists, func, select, union_all, update

from desk.model.backlog import State
from desk.model.case import PENDING
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, insert_or_ignore
from desk.storage.tables import cases, outbox

UNDONE = (State.PENDING, State.SENDING)
ENDS = (MessageKind.ANSWER, MessageKind.CLOSING)
"""The kinds of message for which an asker waits."""
ALIVE = (*UNDONE, State.SENT)
"""The states of what has arrived or still may."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """What goes into the outbox. Those with one `ordering_key` are delivered in their order.

    `replaces` and `under` are keys of messages put in before with the same ordering key. A
    number is 0 where nothing of the kind belongs to it. The words are not copied: they are read
    from the case at the moment of sending, except `body`. `held_for`: how long nobody sends it,
    so that it can be taken back.
    """

    key: str
    ordering_key: str
    contact: Contact
    kind: MessageKind
    case_id: int = 0
    event_id: int = 0
    asker_id: int = 0
    question_id: int = 0
    body: str = ""
    replaces: str = ""
    under: str = ""
    held_for: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to an asker. `untouched`: nobody has tried to send it yet."""

    asker_id: int
    due_at: datetime
    untouched: bool


def reply_key(question_id: int) -> str:
    """The key of the bot's reply to this question."""
    return f"reply:{question_id}"


def put(tx: Transaction, message: OutboxMessage) -> bool:
    """Does nothing when a message has this key already, and returns false."""
    added = insert_or_ignore(
        tx,
        outbox,
        key=message.key,
        ordering_key=message.ordering_key,
        surface=message.contact.surface,
        address=message.contact.address,
        kind=message.kind,
        case_id=message.case_id or None,
        event_id=message.event_id or None,
        asker_id=message.asker_id,
        question_id=message.question_id,
        body=message.body,
        replaces=message.replaces,
        under=message.under,
        state=State.PENDING,
        due_at=tx.now + message.held_for,
        lease="",
        delivery_unknown=False,
        attempts=0,
        queued_at=tx.now,
    )
    if added is not None:
        tx.queued.append(message.contact.surface)
    return added is not None


def keys_among(tx: Transaction, keys: Collection[str]) -> frozenset[str]:
    """Those of the keys that are in the outbox."""
    found = select(outbox.c.key).where(outbox.c.key.in_(keys))
    return frozenset(tx.connection.execute(found).scalars())


def card_is_pending(tx: Transaction, ordering_key: str) -> bool:
    """A card that nobody is sending yet will show the case as it is then."""
    pending = (
        (outbox.c.ordering_key == ordering_key)
        & (outbox.c.kind == MessageKind.CARD)
        & (outbox.c.state == State.PENDING)
        & ~outbox.c.delivery_unknown
    )
    return bool(tx.connection.execute(select(exists().where(pending))).scalar())


def leave_cards(tx: Transaction, surface: str) -> None:
    """Comms are shown their cases in another place from now on: the cards in the place before are
    no longer brought up to date, and each case may get a card in the new place. What is still to
    be sent to the place before stays below the card there."""
    there = outbox.c.surface == surface
    of_surface = there & (outbox.c.kind == MessageKind.CARD)
    changes = of_surface & outbox.c.event_id.is_not(None) & (outbox.c.state != State.SENT)
    tx.connection.execute(delete(outbox).where(changes))
    card = outbox.alias()
    left = select("left:" + cast(card.c.id, String)).where(card.c.key == outbox.c.under)
    under = func.coalesce(left.scalar_subquery(), "")
    below = there & outbox.c.under.startswith("card:") & outbox.c.state.in_(UNDONE)
    tx.connection.execute(update(outbox).where(below).values(under=under))
    first = of_surface & outbox.c.event_id.is_(None) & outbox.c.key.startswith("card:")
    key = "left:" + cast(outbox.c.id, String)
    tx.connection.execute(update(outbox).where(first).values(key=key))


def retry_cards(tx: Transaction, contact: Contact) -> int:
    """Queue again the cards that could not be delivered there: the first card of a pending case
    that never had one, and else the latest change of a card. Returns how many."""
    there = and_(outbox.c.surface == contact.surface, outbox.c.address == contact.address)
    given_up = and_(there, outbox.c.kind == MessageKind.CARD, outbox.c.state == State.UNDELIVERABLE)
    without_card = and_(given_up, outbox.c.event_id.is_(None))
    pending = select(cases.c.id).where(cases.c.status.in_(PENDING))
    first = select(outbox.c.id).where(without_card, outbox.c.case_id.in_(pending))
    stale = and_(
        given_up, outbox.c.ordering_key.not_in(select(outbox.c.ordering_key).where(without_card))
    )
    latest = select(func.max(outbox.c.id)).where(stale).group_by(outbox.c.ordering_key)
    ids = tx.connection.execute(union_all(first, latest)).scalars().all()
    again = {"state": State.PENDING, "due_at": tx.now, "queued_at": tx.now, "attempts": 0}
    tx.connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(again))
    tx.queued.extend(contact.surface for _ in ids)
    return len(ids)


def message_id(tx: Transaction, key: str) -> str:
    """The platform's id of what was sent under this key; empty when nothing was."""
    if not key:
        return ""
    found = select(outbox.c.message_id).where(outbox.c.key == key)
    return tx.connection.execute(found).scalar_one_or_none() or ""


def of_event(tx: Transaction, event_id: int, kind: MessageKind) -> tuple[OutboxMessage, ...]:
    """Those about an event that have arrived or still may."""
    about = and_(outbox.c.event_id == event_id, outbox.c.kind == kind)
    alive = select(outbox).where(about, outbox.c.state.in_(ALIVE))
    rows = tx.connection.execute(alive.order_by(outbox.c.id))
    return tuple(from_row(row) for row in rows)


def answers_told(tx: Transaction, asker_id: int) -> frozenset[int]:
    """The numbers of the events that were an answer to this asker, or the correction of one, and
    that cannot be undone: a correction never can, an answer only until it is delivered."""
    delivered = (outbox.c.kind == MessageKind.ANSWER) & outbox.c.state.not_in(UNDONE)
    told = delivered | (outbox.c.kind == MessageKind.CORRECTION)
    found = select(outbox.c.event_id).where(outbox.c.asker_id == asker_id, told)
    return frozenset(tx.connection.execute(found).scalars())


def will_be_answered(tx: Transaction, asker_id: int) -> bool:
    """Whether an answer, or the end without one, is still to be delivered to this asker. It is
    not settled before the transaction ends."""
    mine = (outbox.c.asker_id == asker_id) & outbox.c.kind.in_(ENDS)
    found = select(outbox.c.id).where(mine, outbox.c.state.in_(UNDONE)).with_for_update()
    return bool(tx.connection.execute(found).all())


def deliveries(
    tx: Transaction, event_id: int, kind: MessageKind, *, locked: bool = False
) -> tuple[Delivery, ...]:
    """Those about an event. `locked`: nobody begins to send them before the transaction ends."""
    about = and_(outbox.c.event_id == event_id, outbox.c.kind == kind)
    found = select(outbox).where(about).order_by(outbox.c.id)
    rows = tx.connection.execute(found.with_for_update() if locked else found)
    return tuple(
        Delivery(row.asker_id, row.due_at, row.state == State.PENDING and row.attempts == 0)
        for row in rows
    )


def take_back(tx: Transaction, event_id: int, kind: MessageKind) -> None:
    """Delete those about an event. The caller has seen that nobody has tried to send them."""
    about = and_(outbox.c.event_id == event_id, outbox.c.kind == kind)
    tx.connection.execute(delete(outbox).where(about))


def from_row(row: AnyRow) -> OutboxMessage:
    """`row` has all columns of the outbox."""
    return OutboxMessage(
        key=row.key,
        ordering_key=row.ordering_key,
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
