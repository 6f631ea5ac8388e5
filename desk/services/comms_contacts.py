"""Where comms are shown their cases."""

from desk.model import transitions
from desk.model.audit import Action, Note
from desk.model.people import ActorRole, Contact, Person
from desk.services.notifications import Notifications
from desk.storage import case_reader, comms_contact_table, outbox_table, person_table
from desk.storage.database import Storage


class CommsContacts:
    """Where comms are shown their cases: one place on each surface, from the settings or chosen
    in chat. What is chosen holds in every replica from the next message on; what the settings
    name comes first."""

    def __init__(self, storage: Storage, notifications: Notifications) -> None:
        self._storage = storage
        self._notifications = notifications

    def listed(self) -> tuple[Contact, ...]:
        with self._storage.read() as tx:
            return self._notifications.comms(tx)

    def use(self, contact: Contact, by: Person) -> None:
        """Show cases there from now on: those that wait already, when somebody asks for one with
        `show` or something happens to it."""
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            if not comms_contact_table.put_contact(tx, contact):
                return
            tx.note(Note(who.id, ActorRole.COMMS, Action.COMMS_PLACED, contact.surface))
            if contact in self._notifications.comms(tx):
                outbox_table.leave_cards(tx, contact.surface)

    def show(self, ref: str, contact: Contact) -> bool:
        """Send the card of this case there. False where it is there already. Raises NoSuchCase."""
        with self._storage.begin() as tx:
            case = case_reader.load(tx, transitions.case_id(ref))
            return self._notifications.first_card(tx, case.id, contact)

    def show_again(self, contact: Contact) -> int:
        """Deliver the cards that this place refused before, now that it takes messages again.
        Returns how many are on their way."""
        with self._storage.begin() as tx:
            return outbox_table.retry_cards(tx, contact)
