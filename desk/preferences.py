from desk import storage_preferences
from desk.people import Person
from desk.preference import Preferences
from desk.storage import Storage


class PreferencesOf:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self, person: Person) -> Preferences:
        with self._storage.read() as tx:
            return storage_preferences.read(tx, person.key)

    def choose(self, person: Person, chosen: Preferences) -> None:
        with self._storage.begin() as tx:
            storage_preferences.put(tx, person.key, chosen)
