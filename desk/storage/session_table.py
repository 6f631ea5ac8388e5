"""Who is signed in to the desk in a browser, the key of visitors' cookies, refused sign-ins."""

from datetime import datetime

from sqlalchemy import Column, String, Table, delete, insert, select, update

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.storage.column_types import Key, Name, UtcDateTime, metadata
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from desk.storage.tables import counters

sessions = Table(
    "sessions",
    metadata,
    # The digest of the secret in the browser's cookie: a copy of the table opens no session.
    Column("digest", String(64), primary_key=True),
    Column("key", Key, nullable=False, index=True),
    Column("name", Name, nullable=False),
    Column("standing", String(10), key="access", nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

# One row, which the first replica writes. It signs cookies of visitors, who have no session.
signing_keys = Table(
    "signing_keys",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("key", String(64), nullable=False),
)

# The digest of the key of a link that opens the desk once.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", UtcDateTime, nullable=False),
)

_VISITORS = "visitors"
_REFUSED = "refused sign-ins "


def add(tx: Transaction, digest: str, signed_in: SignedIn) -> None:
    person = signed_in.person
    row = insert(sessions).values(
        digest=digest,
        key=person.key,
        name=person.name,
        access=signed_in.access,
        expires_at=signed_in.until,
    )
    tx.connection.execute(row)


def add_link(tx: Transaction, digest: str, expires_at: datetime) -> None:
    tx.connection.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= tx.now))
    tx.connection.execute(insert(sign_in_links).values(digest=digest, expires_at=expires_at))


def use_link(tx: Transaction, digest: str) -> bool:
    """False for a link that has expired or was used: of two uses at once one is true."""
    mine = (sign_in_links.c.digest == digest) & (sign_in_links.c.expires_at > tx.now)
    return tx.connection.execute(delete(sign_in_links).where(mine)).rowcount == 1


def read(tx: Transaction, digest: str) -> SignedIn | None:
    mine = select(sessions).where(sessions.c.digest == digest, sessions.c.expires_at > tx.now)
    row = tx.connection.execute(mine).one_or_none()
    if row is None:
        return None
    return SignedIn(Person(row.key, row.name), AccessLevel(row.access), row.expires_at)


def renew(tx: Transaction, digest: str, signed_in: SignedIn) -> None:
    row = update(sessions).where(sessions.c.digest == digest)
    values = {"name": signed_in.person.name, "access": signed_in.access}
    tx.connection.execute(row.values(**values, expires_at=signed_in.until))


def drop(tx: Transaction, digest: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.digest == digest))


def drop_expired(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.expires_at <= before))


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(sessions).where(sessions.c.key == key))


def signing_key(tx: Transaction, new: str) -> str:
    """The key of the visitors' cookies; `new` becomes it where there is none yet."""
    insert_or_ignore(tx, signing_keys, name=_VISITORS, key=new)
    chosen = select(signing_keys.c.key).where(signing_keys.c.name == _VISITORS)
    return str(tx.connection.execute(chosen).scalar_one())


def count_refusal(tx: Transaction) -> int:
    """How many sign-ins were refused in this hour, this one included."""
    name = f"{_REFUSED}{tx.now:%Y%m%d%H}"
    insert_or_ignore(tx, counters, name=name, number=0)
    mine = update(counters).where(counters.c.name == name)
    counted = mine.values(number=counters.c.number + 1).returning(counters.c.number)
    return int(tx.connection.execute(counted).scalar_one())


def earlier_refusals(tx: Transaction) -> int:
    """How many were refused in the last hour before this one that had any; forgets them."""
    name = f"{_REFUSED}{tx.now:%Y%m%d%H}"
    earlier = counters.c.name.startswith(_REFUSED) & (counters.c.name != name)
    gone = delete(counters).where(earlier).returning(counters.c.number)
    return max(tx.connection.execute(gone).scalars(), default=0)
