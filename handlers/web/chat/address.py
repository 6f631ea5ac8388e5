"""The place of a person who asks on the pages."""

import json

from desk.model.people import Contact, Person

SURFACE = "web"


def contact_of(person: Person) -> Contact:
    return Contact(SURFACE, json.dumps(person.key))


def key_in(contact: Contact) -> str:
    """The key of the person whose place this is."""
    return str(json.loads(contact.address))
