"""The messages of people whose surface keeps none by itself, so that every replica shows them."""

from collections.abc import Collection, Mapping

from desk.model.inbox_message import InboxMessage
from desk.model.people import Person
from desk.storage import inbox_table
from desk.storage.database import Storage


class Inbox:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, to: Person, key: str, body: str, replaces: str = "") -> str:
        """Return the message's first key. Put again under the same key, nothing changes; a
        message that `replaces` another by its first key takes its place."""
        with self._storage.begin() as tx:
            return inbox_table.put(tx, to.key, key, body, replaces)

    def holds(self, to: Person, key: str) -> str:
        """The first key of the message put under this key; empty where there is none."""
        with self._storage.read() as tx:
            return inbox_table.with_key(tx, to.key, key)

    def latest(self, to: Person, at_most: int) -> tuple[InboxMessage, ...]:
        """In their places, the oldest first."""
        with self._storage.read() as tx:
            return inbox_table.latest(tx, to.key, at_most)

    def numbers(self, persons: Collection[str]) -> Mapping[str, int]:
        """By person's key, the number of their last message; without those who have none."""
        with self._storage.read() as tx:
            return inbox_table.numbers(tx, persons)
