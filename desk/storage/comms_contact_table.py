"""Where comms chose to be shown cases: one contact for each surface."""

from sqlalchemy import Column, String, Table, select, update

from desk.model.people import Contact
from desk.storage.column_types import Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore

comms_contacts = Table(
    "comms_contacts",
    metadata,
    Column("surface", String(40), primary_key=True),
    Column("address", Words, nullable=False),
)


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
