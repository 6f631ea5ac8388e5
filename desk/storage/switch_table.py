"""Which switches are on."""

from sqlalchemy import Column, String, Table, delete, select

from desk.model.people import PersonRef
from desk.storage.column_types import UtcDateTime, metadata
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
)

_NAMES = select(switches.c.name)  # asked for by each question


def switches_on(tx: Transaction) -> tuple[str, ...]:
    return tuple(tx.connection.execute(_NAMES).scalars())


def turn_on(tx: Transaction, name: str, by: PersonRef) -> bool:
    """False when it was on."""
    return insert_or_ignore(tx, switches, name=name, since=tx.now, person=by.id) is not None


def turn_off(tx: Transaction, name: str) -> bool:
    """False when it was off."""
    return tx.connection.execute(delete(switches).where(switches.c.name == name)).rowcount == 1
