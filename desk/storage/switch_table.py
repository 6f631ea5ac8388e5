from sqlalchemy import delete, select

from desk.model.people import PersonRef
from desk.storage.choice_tables import switches
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore


def on(tx: Transaction) -> tuple[str, ...]:
    return tuple(tx.connection.execute(select(switches.c.name)).scalars())


def turn_on(tx: Transaction, name: str, who: PersonRef) -> bool:
    """False when it was on."""
    return insert_or_ignore(tx, switches, name=name, since=tx.now, person=who.id) is not None


def turn_off(tx: Transaction, name: str) -> bool:
    """False when it was off."""
    return tx.connection.execute(delete(switches).where(switches.c.name == name)).rowcount == 1
