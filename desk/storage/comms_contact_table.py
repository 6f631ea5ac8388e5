from sqlalchemy import select, update

from desk.model.people import Contact
from desk.storage.choice_tables import comms_contacts
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore


def listed(tx: Transaction) -> tuple[Contact, ...]:
    rows = tx.connection.execute(select(comms_contacts).order_by(comms_contacts.c.surface))
    return tuple(Contact(row.surface, row.address) for row in rows)


def put(tx: Transaction, contact: Contact) -> bool:
    """False when the surface had this contact before."""
    if contact in listed(tx):
        return False
    if (
        insert_or_ignore(tx, comms_contacts, surface=contact.surface, address=contact.address)
        is None
    ):
        mine = comms_contacts.c.surface == contact.surface
        tx.connection.execute(update(comms_contacts).where(mine).values(address=contact.address))
    return True
