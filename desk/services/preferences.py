"""What each person has chosen for all their questions."""

from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.storage import preference_table
from desk.storage.database import Storage


class StoredPreferences:
    """What each person has chosen for all their questions."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self, person: Person) -> Preferences:
        with self._storage.read() as tx:
            return preference_table.preferences_of(tx, person.key)

    def choose(self, person: Person, chosen: Preferences) -> None:
        with self._storage.begin() as tx:
            preference_table.put_preferences(tx, person.key, chosen)
