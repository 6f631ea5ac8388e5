"""The address that an asker leaves for the answer to one case."""

from collections.abc import Mapping

from desk.model import transitions
from desk.model.case import PENDING
from desk.model.email_address import checked_address
from desk.model.errors import WrongStep
from desk.model.people import Person
from desk.storage import answer_email_table, case_reader, outbox_table, person_table
from desk.storage.database import Storage

NOT_WAITING = "{ref} waits for no answer, so no address was kept."


class AnswerEmails:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def leave(self, ref: str, person: Person, address: str) -> None:
        """Have the answer to this case e-mailed there, once; a later address replaces it. It is in
        time until the answer is delivered.

        Raises BadAddress, NoSuchCase, NotYours, and WrongStep where the person does not wait for
        an answer.
        """
        checked = checked_address(address)
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            asker = transitions.asker_in(case, person_table.asking(tx, person.key))
            waits = case.status in PENDING and asker.waiting
            if not waits and not outbox_table.will_be_answered(tx, asker.id):
                raise WrongStep(NOT_WAITING.format(ref=case.ref))
            answer_email_table.put(tx, asker.id, checked)

    def take_back(self, ref: str, person: Person) -> None:
        """Delete the address. Raises NoSuchCase and NotYours."""
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            asker = transitions.asker_in(case, person_table.asking(tx, person.key))
            answer_email_table.remove(tx, [asker.id])

    def left_by(self, person: Person) -> Mapping[str, str]:
        """By the reference of the case the address to which this person's answer goes."""
        with self._storage.read() as tx:
            ids = person_table.asking(tx, person.key)
            found = answer_email_table.left_under(tx, ids)
            return {f"C-{each.case_id}": each.address for each in found}
