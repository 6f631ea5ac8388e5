"""Where a person who asks on the pages is reached."""

import json

from desk.model.people import Contact, Person

SURFACE = "web"


def contact_of(person: Person) -> Contact:
    return Contact(SURFACE, json.dumps(person.key))


def key_in(contact: Contact) -> str:
    """The key of the person who is reached there."""
    return str(json.loads(contact.address))
