"""The cases as comms look through them, and what has happened since they looked."""

from dataclasses import dataclass, replace

from desk.model.case import Case, Event
from desk.model.case_filter import CaseFilter
from desk.model.people import Person
from desk.model.text import limited
from desk.storage import case_queries, case_reader, person_table
from desk.storage.database import Storage

LONGEST_SEARCH = 1_000  # characters


@dataclass(frozen=True, slots=True)
class QueueEvent:
    """An event, with its case as that is now."""

    case: Case
    event: Event


class Queue:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listed(self, wanted: CaseFilter, at_most: int) -> tuple[Case, ...]:
        """The most urgent first. Raises TooLong for the text that is searched."""
        text = limited(wanted.text, "A search", LONGEST_SEARCH)
        with self._storage.read() as tx:
            found = case_queries.chosen(tx, replace(wanted, text=text), at_most)
            return case_reader.load_all(tx, found)

    def held(self, case: Case, by: Person) -> bool:
        """Whether this person claimed the case last."""
        with self._storage.read() as tx:
            ids = person_table.pseudonyms(tx, by.key)
            return case.holder is not None and case.holder.id in ids

    def last_event(self) -> int:
        """The number of the latest event of any case; 0 before the first."""
        with self._storage.read() as tx:
            return case_queries.last_event(tx)

    def news(self, since: int) -> tuple[QueueEvent, ...]:
        """What happened after the event with this number, at most the first hundred events."""
        with self._storage.read() as tx:
            found = case_queries.events_after(tx, since)
            numbers = list(dict.fromkeys(case_id for case_id, _ in found))
            cases = {case.id: case for case in case_reader.load_all(tx, numbers)}
        return tuple(
            QueueEvent(case, event)
            for case_id, event_id in found
            for case in [cases[case_id]]
            for event in case.events
            if event.id == event_id
        )
