from sqlalchemy import delete, select, update

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.storage.choice_tables import preferences
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from knowledge.policy import Role


def read(tx: Transaction, key: str) -> Preferences:
    """The defaults for a person who has chosen nothing."""
    mine = select(preferences).where(preferences.c.key == key)
    row = tx.connection.execute(mine).one_or_none()
    if row is None:
        return Preferences()
    role = Role(row.role) if row.role else None
    return Preferences(role, Naming(row.naming), PersonalData(row.personal_data))


def put(tx: Transaction, key: str, chosen: Preferences) -> None:
    values = {
        "role": chosen.role or "",
        "naming": chosen.naming,
        "personal_data": chosen.personal_data,
    }
    if insert_or_ignore(tx, preferences, key=key, **values) is None:
        tx.connection.execute(update(preferences).where(preferences.c.key == key).values(values))


def forget(tx: Transaction, key: str) -> None:
    tx.connection.execute(delete(preferences).where(preferences.c.key == key))
