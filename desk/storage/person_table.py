"""People and their pseudonyms."""

import secrets
from collections.abc import Iterable

from sqlalchemy import Select, bindparam, delete, insert, select, update

from desk.model.people import THE_BOT, ActorRole, Person, PersonRef
from desk.storage.audit_table import ids_reading
from desk.storage.column_types import shown_name
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, insert_or_ignore
from desk.storage.tables import people

_KNOWN = select(people).where(
    people.c.key == bindparam("of_key"), people.c.role == bindparam("as_role"), people.c.scope == ""
)


def known(tx: Transaction, person: Person, role: ActorRole) -> PersonRef:
    """The person's pseudonym in this role, made at first sight; keeps their name current."""
    name = shown_name(person.name)
    row = tx.connection.execute(_KNOWN, {"of_key": person.key, "as_role": role}).one_or_none()
    if row is None:
        row = insert_or_ignore(
            tx, people, id=_pseudonym(), key=person.key, role=role, scope="", name=name
        )
    if row is None:  # another transaction was quicker
        return known(tx, person, role)
    if row.name != name:
        tx.connection.execute(update(people).where(people.c.id == row.id).values(name=name))
    return PersonRef(row.id, name)


def unnamed_in(tx: Transaction, asker: PersonRef, case_id: int) -> PersonRef:
    """A pseudonym of this asker that serves in one case, so that nothing links it to another."""
    key = select(people.c.key).where(people.c.id == asker.id).scalar_subquery()
    scope = f"C-{case_id}"
    mine = (people.c.key == key) & (people.c.scope == scope)
    found = tx.connection.execute(select(people.c.id).where(mine)).scalar_one_or_none()
    if found is None:
        found = _pseudonym()
        # The case is locked, so nobody else gives this person a pseudonym in it.
        new = insert(people).values(id=found, key=key, role=ActorRole.ASKER, scope=scope, name="")
        tx.connection.execute(new)
    return PersonRef(found, "")


def colleagues(tx: Transaction, ids: Iterable[str] | None = None) -> dict[str, str]:
    """The names of those among them that act for comms, and the bot's. None asks for all."""
    found = select(people.c.id, people.c.name).where(people.c.role == ActorRole.COMMS)
    if ids is not None:
        found = found.where(people.c.id.in_(ids))
    return {row.id: row.name for row in tx.connection.execute(found)} | {THE_BOT.id: THE_BOT.name}


def working(tx: Transaction, at_most: int) -> list[AnyRow]:
    """Those that act for comms (`id`, `key`, `name`), by name, without those who may only read."""
    found = select(people.c.id, people.c.key, people.c.name).where(
        people.c.role == ActorRole.COMMS, people.c.name != "", people.c.id.not_in(ids_reading())
    )
    rows = tx.connection.execute(found.order_by(people.c.name, people.c.id).limit(at_most))
    return list(rows)


def pseudonyms(tx: Transaction, key: str) -> tuple[str, ...]:
    """In every role."""
    return tuple(tx.connection.execute(select(people.c.id).where(people.c.key == key)).scalars())


def lasting_pseudonyms(tx: Transaction, key: str) -> tuple[str, ...]:
    """As `pseudonyms`, without those of unnamed cases: at most one for each role."""
    mine = select(people.c.id).where(people.c.key == key, people.c.scope == "")
    return tuple(tx.connection.execute(mine.order_by(people.c.role)).scalars())


def names_of(tx: Transaction, key: str) -> tuple[str, ...]:
    """What the person with this key is called."""
    mine = select(people.c.name).where(people.c.key == key, people.c.name != "").distinct()
    return tuple(tx.connection.execute(mine).scalars())


def asking(tx: Transaction, key: str) -> tuple[str, ...]:
    """Named and unnamed."""
    return tuple(tx.connection.execute(ids_asking(key)).scalars())


def ids_asking(key: str) -> Select[str]:
    """As `asking`, for use inside another query."""
    mine = (people.c.key == key) & (people.c.role == ActorRole.ASKER)
    return select(people.c.id).where(mine)


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(people).where(people.c.key == key))


def _pseudonym() -> str:
    return f"p-{secrets.token_hex(8)}"
