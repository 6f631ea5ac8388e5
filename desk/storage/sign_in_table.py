from datetime import datetime

from sqlalchemy import delete, insert, select

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.storage.database import Transaction
from desk.storage.session_tables import sessions


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


def drop(tx: Transaction, digest: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.digest == digest))


def drop_expired(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.expires_at <= before))


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.key == key))
