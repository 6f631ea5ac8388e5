from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from desk.model.inbox_message import InboxMessage
from desk.storage.database import Transaction
from desk.storage.inbox_tables import letters, mailboxes
from desk.storage.rows import AnyRow, insert_or_ignore


def put(tx: Transaction, person: str, key: str, body: str, replaces: str) -> str:
    """The letter's first key. Does nothing when this key was put before."""
    known = _with_key(tx, person, key)
    if known is not None:
        return known
    values = {"key": key, "body": body, "at": tx.now, "number": _next_number(tx, person)}
    mine = (letters.c.person == person) & (letters.c.first_key == replaces)
    if replaces and tx.connection.execute(update(letters).where(mine).values(values)).rowcount:
        return replaces
    insert_or_ignore(tx, letters, person=person, first_key=key, **values)
    return key


def holds(tx: Transaction, person: str, key: str) -> str:
    """The first key of the letter that this key put there or changed; empty where none did."""
    return _with_key(tx, person, key) or ""


def latest(tx: Transaction, person: str, at_most: int) -> tuple[InboxMessage, ...]:
    """In their places, the oldest first."""
    mine = select(letters).where(letters.c.person == person).order_by(letters.c.id.desc())
    rows = tx.connection.execute(mine.limit(at_most))
    return tuple(_letter(row) for row in reversed(rows.all()))


def numbers(tx: Transaction, persons: Collection[str]) -> Mapping[str, int]:
    """The number of each one's last letter; without those who have none."""
    found = select(mailboxes).where(mailboxes.c.person.in_(persons))
    return {row.person: row.last for row in tx.connection.execute(found)}


def drop_old(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(letters).where(letters.c.at < before))
    empty = mailboxes.c.person.not_in(select(letters.c.person))
    tx.connection.execute(delete(mailboxes).where(empty))


def forget(tx: Transaction, person: str) -> None:
    tx.connection.execute(delete(letters).where(letters.c.person == person))
    tx.connection.execute(delete(mailboxes).where(mailboxes.c.person == person))


def _with_key(tx: Transaction, person: str, key: str) -> str | None:
    same = or_(letters.c.key == key, letters.c.first_key == key)
    found = select(letters.c.first_key).where(letters.c.person == person, same)
    first: str | None = tx.connection.execute(found).scalars().first()
    return first


def _next_number(tx: Transaction, person: str) -> int:
    """Holds the mailbox until the transaction ends: a later number is never seen first."""
    insert_or_ignore(tx, mailboxes, person=person, last=0)
    mine = update(mailboxes).where(mailboxes.c.person == person)
    bumped = mine.values(last=mailboxes.c.last + 1).returning(mailboxes.c.last)
    return int(tx.connection.execute(bumped).scalar_one())


def _letter(row: AnyRow) -> InboxMessage:
    return InboxMessage(row.id, row.first_key, row.key, row.body, row.at, row.number)
