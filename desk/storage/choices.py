"""What comms and askers have chosen: switches, where cases are shown, preferences."""

from sqlalchemy import Column, String, Table, delete, select, update

from desk.model.case import Naming, PersonalData
from desk.model.people import Contact, PersonRef
from desk.model.preferences import Preferences
from desk.storage.column_types import Key, UtcDateTime, Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from knowledge.policy import Role

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
)

comms_contacts = Table(
    "comms_contacts",
    metadata,
    Column("surface", String(40), primary_key=True),
    Column("address", Words, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("key", Key, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("naming", String(10), nullable=False),
    Column("personal_data", String(10), nullable=False),
)


def switches_on(tx: Transaction) -> tuple[str, ...]:
    return tuple(tx.connection.execute(select(switches.c.name)).scalars())


def turn_on(tx: Transaction, name: str, by: PersonRef) -> bool:
    """False when it was on."""
    return insert_or_ignore(tx, switches, name=name, since=tx.now, person=by.id) is not None


def turn_off(tx: Transaction, name: str) -> bool:
    """False when it was off."""
    return tx.connection.execute(delete(switches).where(switches.c.name == name)).rowcount == 1


def listed_contacts(tx: Transaction) -> tuple[Contact, ...]:
    rows = tx.connection.execute(select(comms_contacts).order_by(comms_contacts.c.surface))
    return tuple(Contact(row.surface, row.address) for row in rows)


def put_contact(tx: Transaction, contact: Contact) -> bool:
    """False when the surface had this contact before."""
    if contact in listed_contacts(tx):
        return False
    new = {"surface": contact.surface, "address": contact.address}
    if insert_or_ignore(tx, comms_contacts, **new) is None:
        mine = comms_contacts.c.surface == contact.surface
        tx.connection.execute(update(comms_contacts).where(mine).values(address=contact.address))
    return True


def preferences_of(tx: Transaction, key: str) -> Preferences:
    """The defaults for a person who has chosen nothing."""
    mine = select(preferences).where(preferences.c.key == key)
    row = tx.connection.execute(mine).one_or_none()
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
