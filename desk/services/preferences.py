from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.storage import preference_table
from desk.storage.database import Storage


class StoredPreferences:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self, person: Person) -> Preferences:
        with self._storage.read() as tx:
            return preference_table.read(tx, person.key)

    def choose(self, person: Person, chosen: Preferences) -> None:
        with self._storage.begin() as tx:
            preference_table.put(tx, person.key, chosen)
