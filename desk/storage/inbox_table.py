"""What was delivered to people whose surface keeps no messages by itself."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Column, Table, UniqueConstraint, delete, or_, select, update

from desk.model.inbox_message import InboxMessage
from desk.storage.column_types import Key, Number, UtcDateTime, Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, insert_or_ignore

# Putting a message in locks the row of its person, so that numbers are seen in their order.
inboxes = Table(
    "inboxes",
    metadata,
    Column("person", Key, primary_key=True),
    Column("last", Number, nullable=False),
)

inbox_messages = Table(
    "inbox_messages",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Key, nullable=False),
    Column("first_key", Key, nullable=False),
    Column("key", Key, nullable=False),
    Column("body", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("number", Number, nullable=False),
    UniqueConstraint("person", "first_key"),
    sqlite_autoincrement=True,
)


def put(tx: Transaction, person: str, key: str, body: str, replaces: str) -> str:
    """The message's first key. Does nothing when this key was put before."""
    known = with_key(tx, person, key)
    if known:
        return known
    values = {"key": key, "body": body, "at": tx.now, "number": _next_number(tx, person)}
    mine = (inbox_messages.c.person == person) & (inbox_messages.c.first_key == replaces)
    replaced = update(inbox_messages).where(mine).values(values)
    if replaces and tx.connection.execute(replaced).rowcount:
        return replaces
    insert_or_ignore(tx, inbox_messages, person=person, first_key=key, **values)
    return key


def with_key(tx: Transaction, person: str, key: str) -> str:
    """The first key of the message that this key put there or changed; empty where none did."""
    same = or_(inbox_messages.c.key == key, inbox_messages.c.first_key == key)
    mine = inbox_messages.c.person == person
    found = select(inbox_messages.c.first_key).where(mine, same)
    first: str | None = tx.connection.execute(found).scalars().first()
    return first or ""


def latest(tx: Transaction, person: str, at_most: int) -> tuple[InboxMessage, ...]:
    """In their places, the oldest first."""
    mine = select(inbox_messages).where(inbox_messages.c.person == person)
    rows = tx.connection.execute(mine.order_by(inbox_messages.c.id.desc()).limit(at_most))
    return tuple(_message(row) for row in reversed(rows.all()))


def numbers(tx: Transaction, persons: Collection[str]) -> Mapping[str, int]:
    """The number of each one's last message; without those who have none."""
    found = select(inboxes).where(inboxes.c.person.in_(persons))
    return {row.person: row.last for row in tx.connection.execute(found)}


def drop_old(tx: Transaction, before: datetime) -> int:
    """How many were deleted."""
    old = delete(inbox_messages).where(inbox_messages.c.at < before)
    dropped = tx.connection.execute(old).rowcount
    if dropped:
        empty = inboxes.c.person.not_in(select(inbox_messages.c.person))
        tx.connection.execute(delete(inboxes).where(empty))
    return dropped


def forget(tx: Transaction, person: str) -> None:
    tx.connection.execute(delete(inbox_messages).where(inbox_messages.c.person == person))
    tx.connection.execute(delete(inboxes).where(inboxes.c.person == person))


def _next_number(tx: Transaction, person: str) -> int:
    """Locks the inbox until the transaction ends: a later number is never seen first."""
    insert_or_ignore(tx, inboxes, person=person, last=0)
    mine = update(inboxes).where(inboxes.c.person == person)
    bumped = mine.values(last=inboxes.c.last + 1).returning(inboxes.c.last)
    return int(tx.connection.execute(bumped).scalar_one())


def _message(row: AnyRow) -> InboxMessage:
    return InboxMessage(row.id, row.first_key, row.key, row.body, row.at, row.number)
