"""What each person chose for all their questions."""

from sqlalchemy import Column, String, Table, bindparam, delete, select, update

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.storage.column_types import Key, metadata
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from knowledge.policy import Role

preferences = Table(
    "preferences",
    metadata,
    Column("key", Key, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("naming", String(10), nullable=False),
    Column("personal_data", String(10), nullable=False),
)

_OF_PERSON = select(preferences).where(preferences.c.key == bindparam("person"))


def preferences_of(tx: Transaction, key: str) -> Preferences:
    """The defaults for a person who has chosen nothing."""
    row = tx.connection.execute(_OF_PERSON, {"person": key}).one_or_none()
    if row is None:
        return Preferences()
    role = Role(row.role) if row.role else None
    return Preferences(role, Naming(row.naming), PersonalData(row.personal_data))


def put_preferences(tx: Transaction, key: str, chosen: Preferences) -> None:
    values = {
        "role": chosen.role or "",
        "naming": chosen.naming,
        "personal_data": chosen.personal_data,
    }
    if insert_or_ignore(tx, preferences, key=key, **values) is None:
        tx.connection.execute(update(preferences).where(preferences.c.key == key).values(values))


def forget_preferences(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(preferences).where(preferences.c.key == key))
