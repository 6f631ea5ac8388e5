"""The texts that comms keep, to insert them into answers."""

from datetime import datetime

from desk.model.audit import Action, Note
from desk.model.errors import NoSuchReply, Overtaken, TooMany
from desk.model.people import ActorRole, Person
from desk.model.saved_reply import LONGEST_TITLE, MOST_REPLIES, SavedReply
from desk.model.text import required
from desk.storage import person_table, saved_reply_table
from desk.storage.database import Storage, Transaction


class SavedReplies:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listed(self) -> tuple[SavedReply, ...]:
        """By title."""
        with self._storage.read() as tx:
            return saved_reply_table.listed(tx)

    def add(self, by: Person, title: str, text: str) -> SavedReply:
        """One with the same title and text is not added again. Raises NothingSaid, TooLong and
        TooMany."""
        title, text = _checked(title, text)
        with self._storage.begin() as tx:
            for each in saved_reply_table.listed(tx):
                if (each.title, each.text) == (title, text):
                    return each
            if saved_reply_table.count(tx) >= MOST_REPLIES:
                raise TooMany(f"There are {MOST_REPLIES} saved replies. Delete one first.")
            number = saved_reply_table.add(tx, title, text)
            _note(tx, by, Action.REPLY_SAVED, number)
            return SavedReply(number, title, text, tx.now)

    def edit(
        self,
        number: int,
        by: Person,
        title: str,
        text: str,
        *,
        expected_edit: datetime | None = None,
    ) -> None:
        """`expected_edit`: its `edited_at` as `by` saw it. Raises NothingSaid, TooLong,
        NoSuchReply and Overtaken."""
        title, text = _checked(title, text)
        with self._storage.begin() as tx:
            found = _found(tx, number)
            if expected_edit not in (None, found.edited_at):
                raise Overtaken(f"{found.ref} was edited since you opened it. Nothing was saved.")
            saved_reply_table.change(tx, number, title, text)
            _note(tx, by, Action.REPLY_EDITED, number)

    def delete(self, number: int, by: Person) -> None:
        """Raises NoSuchReply."""
        with self._storage.begin() as tx:
            _found(tx, number)
            saved_reply_table.remove(tx, number)
            _note(tx, by, Action.REPLY_DELETED, number)


def _found(tx: Transaction, number: int) -> SavedReply:
    found = saved_reply_table.locked(tx, number)
    if found is None:
        raise NoSuchReply("There is no such saved reply: it may have been deleted.")
    return found


def _checked(title: str, text: str) -> tuple[str, str]:
    return required(title, "A title", LONGEST_TITLE), required(text, "A saved reply")


def _note(tx: Transaction, by: Person, action: Action, number: int) -> None:
    who = person_table.known(tx, by, ActorRole.COMMS)
    tx.note(Note(who.id, ActorRole.COMMS, action, f"R-{number}"))
