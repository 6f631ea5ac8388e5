from datetime import datetime

from sqlalchemy import delete, insert, select, update

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from desk.storage.session_tables import sessions, signing_keys

VISITORS = "visitors"


def add(tx: Transaction, digest: str, signed_in: SignedIn) -> None:
    person = signed_in.person
    row = insert(sessions).values(
        digest=digest,
        key=person.key,
        name=person.name,
        standing=signed_in.standing,
        expires_at=signed_in.until,
    )
    tx.connection.execute(row)


def read(tx: Transaction, digest: str) -> SignedIn | None:
    mine = select(sessions).where(sessions.c.digest == digest, sessions.c.expires_at > tx.now)
    row = tx.connection.execute(mine).one_or_none()
    if row is None:
        return None
    return SignedIn(Person(row.key, row.name), AccessLevel(row.standing), row.expires_at)


def renew(tx: Transaction, digest: str, signed_in: SignedIn) -> None:
    row = update(sessions).where(sessions.c.digest == digest)
    values = {"name": signed_in.person.name, "standing": signed_in.standing}
    tx.connection.execute(row.values(**values, expires_at=signed_in.until))


def drop(tx: Transaction, digest: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.digest == digest))


def drop_expired(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.expires_at <= before))


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.key == key))


def signing_key(tx: Transaction, new: str) -> str:
    """The key of the visitors' cookies; `new` becomes it where there is none yet."""
    insert_or_ignore(tx, signing_keys, name=VISITORS, key=new)
    chosen = select(signing_keys.c.key).where(signing_keys.c.name == VISITORS)
    return str(tx.connection.execute(chosen).scalar_one())
