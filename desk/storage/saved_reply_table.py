"""The texts that comms keep for their answers."""

from collections.abc import Collection

from sqlalchemy import Boolean, Column, Table, delete, func, insert, select, update

from desk.model.saved_reply import LONGEST_TITLE, SavedReply
from desk.storage.column_types import Name, Number, UtcDateTime, Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import row_number

saved_replies = Table(
    "saved_replies",
    metadata,
    Column("id", Number, primary_key=True),
    Column("title", Name(LONGEST_TITLE), nullable=False),
    Column("text", Words, nullable=False),
    Column("edited_at", UtcDateTime, nullable=False),
    Column("repeats_erased", Boolean, nullable=False),
    sqlite_autoincrement=True,
)


def add(tx: Transaction, title: str, text: str) -> int:
    row = insert(saved_replies).values(
        title=title, text=text, edited_at=tx.now, repeats_erased=False
    )
    return int(tx.connection.execute(row.returning(saved_replies.c.id)).scalar_one())


def change(tx: Transaction, number: int, title: str, text: str) -> None:
    mine = update(saved_replies).where(saved_replies.c.id == number)
    values = {"title": title, "text": text, "edited_at": tx.now, "repeats_erased": False}
    tx.connection.execute(mine.values(values))


def remove(tx: Transaction, number: int) -> None:
    tx.connection.execute(delete(saved_replies).where(saved_replies.c.id == number))


def locked(tx: Transaction, number: int) -> SavedReply | None:
    mine = select(saved_replies).where(saved_replies.c.id == row_number(number))
    row = tx.connection.execute(mine.with_for_update()).one_or_none()
    return None if row is None else SavedReply(*row)


def listed(tx: Transaction) -> tuple[SavedReply, ...]:
    """In the order of their titles."""
    order = (func.lower(saved_replies.c.title), saved_replies.c.id)
    rows = tx.connection.execute(select(saved_replies).order_by(*order))
    return tuple(SavedReply(*row) for row in rows)


def count(tx: Transaction) -> int:
    found = select(func.count()).select_from(saved_replies)
    return int(tx.connection.execute(found).scalar_one())


def set_repeats_erased(tx: Transaction, numbers: Collection[int]) -> None:
    these = update(saved_replies).where(saved_replies.c.id.in_(numbers))
    tx.connection.execute(these.values(repeats_erased=True))
