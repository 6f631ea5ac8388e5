"""Where comms are shown their cases: one place on each surface, from settings or their own word.

What is kept in the database holds in every replica from the next message on; what settings
name wins over it.
"""

from desk import storage_case_reader, storage_comms_contacts, storage_people
from desk.audit import Action, Note
from desk.case import PENDING
from desk.people import Capacity, Contact, Person
from desk.post import Post
from desk.storage import Storage


class CommsContacts:
    def __init__(self, storage: Storage, post: Post) -> None:
        self._storage = storage
        self._post = post

    def listed(self) -> tuple[Contact, ...]:
        with self._storage.read() as tx:
            return self._post.comms(tx)

    def use(self, contact: Contact, by: Person) -> None:
        """Show cases there from now on, beginning with all that wait."""
        with self._storage.begin() as tx:
            who = storage_people.known(tx, by, Capacity.COMMS)
            if not storage_comms_contacts.put(tx, contact):
                return
            tx.note(Note(who.id, Capacity.COMMS, Action.COMMS_PLACED, contact.surface))
            for case in storage_case_reader.listed(tx, PENDING):
                self._post.first_card(tx, case.id, contact)
