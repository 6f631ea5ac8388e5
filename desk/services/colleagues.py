"""The colleagues who work on cases: everybody who has signed in to the desk or acted for comms in
chat."""

from collections import Counter

from desk.model.case_note import Colleague
from desk.model.errors import NoSuchColleague
from desk.model.people import PersonRef
from desk.storage import person_table
from desk.storage.database import Storage, Transaction

MOST_COLLEAGUES = 300


class Colleagues:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listed(self) -> tuple[Colleague, ...]:
        """By name, at most the first 300."""
        with self._storage.read() as tx:
            return colleagues(tx)


def colleagues(tx: Transaction) -> tuple[Colleague, ...]:
    rows = person_table.working(tx, MOST_COLLEAGUES)
    named = Counter(row.name.casefold() for row in rows)
    used: Counter[str] = Counter()
    found = []
    for row in rows:
        shared = named[row.name.casefold()] > 1
        label = f"{row.name} ({row.key.partition(':')[0]})" if shared else row.name
        used[label] += 1
        again = f" {used[label]}" if used[label] > 1 else ""
        found.append(Colleague(PersonRef(row.id, row.name), f"{label}{again}"))
    return tuple(found)


def colleague(tx: Transaction, label: str) -> Colleague:
    """Raises NoSuchColleague."""
    for each in colleagues(tx):
        if each.label == label:
            return each
    raise NoSuchColleague(f"No colleague is called {label[:100]!r}. Choose one from the list.")
