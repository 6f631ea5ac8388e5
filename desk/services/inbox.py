from collections.abc import Collection, Mapping

from desk.model.inbox_message import InboxMessage
from desk.model.people import Person
from desk.storage import inbox_table
from desk.storage.database import Storage


class Inbox:
    """Keeps what was delivered to people whose surface keeps no messages by itself, so that
    every replica can show it."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, to: Person, key: str, body: str, replaces: str = "") -> str:
        """The letter's first key. Put again under the same key, nothing changes; a letter that
        `replaces` another by its first key takes its place."""
        with self._storage.begin() as tx:
            return inbox_table.put(tx, to.key, key, body, replaces)

    def holds(self, to: Person, key: str) -> str:
        """The first key of the letter put under this key; empty where there is none."""
        with self._storage.read() as tx:
            return inbox_table.holds(tx, to.key, key)

    def latest(self, to: Person, at_most: int) -> tuple[InboxMessage, ...]:
        """In their places, the oldest first."""
        with self._storage.read() as tx:
            return inbox_table.latest(tx, to.key, at_most)

    def numbers(self, persons: Collection[str]) -> Mapping[str, int]:
        """By person's key, the number of their last letter; without those who have none."""
        with self._storage.read() as tx:
            return inbox_table.numbers(tx, persons)
