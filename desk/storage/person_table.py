import secrets
from collections.abc import Iterable

from sqlalchemy import delete, select, update

from desk.model.people import THE_BOT, ActorRole, Person, PersonRef
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from desk.storage.tables import people


def known(tx: Transaction, person: Person, capacity: ActorRole) -> PersonRef:
    """The person's pseudonym in this capacity, made at first sight; keeps their name current."""
    mine = (people.c.key == person.key) & (people.c.capacity == capacity)
    row = tx.connection.execute(select(people).where(mine)).one_or_none()
    if row is None:
        row = insert_or_ignore(
            tx,
            people,
            id=f"p-{secrets.token_hex(8)}",
            key=person.key,
            capacity=capacity,
            name=person.name,
        )
    if row is None:
        return known(tx, person, capacity)
    if row.name != person.name:
        tx.connection.execute(update(people).where(mine).values(name=person.name))
    return PersonRef(row.id, person.name)


def names(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    rows = tx.connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


def colleagues(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """The names of those among them that act for comms, and the bot's."""
    found = select(people.c.id, people.c.name).where(
        people.c.id.in_(ids), people.c.capacity == ActorRole.COMMS
    )
    return {row.id: row.name for row in tx.connection.execute(found)} | {THE_BOT.id: THE_BOT.name}


def pseudonyms(tx: Transaction, key: str) -> tuple[str, ...]:
    return tuple(tx.connection.execute(select(people.c.id).where(people.c.key == key)).scalars())


def asking(tx: Transaction, key: str) -> tuple[str, ...]:
    mine = (people.c.key == key) & (people.c.capacity == ActorRole.ASKER)
    return tuple(tx.connection.execute(select(people.c.id).where(mine)).scalars())


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(people).where(people.c.key == key))
