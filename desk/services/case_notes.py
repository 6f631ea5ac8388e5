"""Notes that comms write for each other on a case. No asker is shown them."""

from desk.model import transitions
from desk.model.audit import Action, Note
from desk.model.case_note import LONGEST_NOTE, MOST_NOTES, CaseNote, mentioned
from desk.model.errors import NoSuchNote, TooMany
from desk.model.people import ActorRole, Person
from desk.model.text import required
from desk.services.colleagues import colleague, colleagues
from desk.storage import case_note_table, case_reader, person_table
from desk.storage.database import Storage

MOST_MENTIONS = 50  # that are listed, the latest


class CaseNotes:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def of_case(self, ref: str) -> tuple[CaseNote, ...]:
        """The oldest first."""
        with self._storage.read() as tx:
            return case_note_table.of_case(tx, transitions.case_id(ref))

    def add(self, ref: str, by: Person, text: str, tell: str = "") -> CaseNote:
        """Tells the colleague with the label `tell`, and those whom the text names after an @.

        The same words as in the last note by the same colleague add nothing: a form was sent
        twice. Raises NothingSaid, TooLong, NoSuchCase, NoSuchColleague, TooMany, and WrongStep for
        a case whose words were deleted.
        """
        said = required(text, "A note", LONGEST_NOTE)
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            transitions.may_note(case)
            who = person_table.known(tx, by, ActorRole.COMMS)
            before = case_note_table.of_case(tx, case.id)
            if before and (before[-1].text, before[-1].person.id) == (said, who.id):
                return before[-1]
            if len(before) >= MOST_NOTES:
                raise TooMany(f"{case.ref} has {MOST_NOTES} notes. Delete one first.")
            told = [colleague(tx, tell)] if tell else []
            told += mentioned(said, colleagues(tx))
            others = {each.person.id: each.person for each in told if each.person.id != who.id}
            number = case_note_table.add(tx, case.id, who, said, others.values())
            tx.note(Note(who.id, ActorRole.COMMS, Action.NOTED, case.ref))
            return CaseNote(number, case.id, who, tx.now, said)

    def delete(self, ref: str, by: Person, number: int) -> None:
        """Any colleague may: a note may hold what should not be kept. Raises NoSuchCase and
        NoSuchNote."""
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            if number not in {note.id for note in case_note_table.of_case(tx, case.id)}:
                raise NoSuchNote(f"{case.ref} has no such note: it may have been deleted.")
            case_note_table.remove(tx, [number])
            who = person_table.known(tx, by, ActorRole.COMMS)
            tx.note(Note(who.id, ActorRole.COMMS, Action.NOTE_DELETED, case.ref))

    def mentions(self, of: Person) -> tuple[CaseNote, ...]:
        """The latest notes that mention this colleague and that they have not marked as seen."""
        with self._storage.read() as tx:
            ids = person_table.pseudonyms(tx, of.key)
            return case_note_table.unseen(tx, ids, MOST_MENTIONS)

    def set_seen(self, number: int, by: Person) -> None:
        """Does nothing where the note does not mention them."""
        with self._storage.begin() as tx:
            case_note_table.set_seen(tx, number, person_table.pseudonyms(tx, by.key))
