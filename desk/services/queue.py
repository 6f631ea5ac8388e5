"""The cases as comms look through them, and whether anything has happened since they looked."""

from dataclasses import dataclass

from desk.model.case import Case, Event
from desk.model.case_filter import CaseFilter
from desk.model.people import Person
from desk.storage import case_reader, person_table, queue_queries
from desk.storage.database import Storage


@dataclass(frozen=True, slots=True)
class QueueEvent:
    """An event with the case that it happened to, as that stands now."""

    case: Case
    event: Event


class Queue:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listed(self, wanted: CaseFilter, at_most: int) -> tuple[Case, ...]:
        """The most urgent first."""
        with self._storage.read() as tx:
            held_by = wanted.held_by
            ids = None if held_by is None else person_table.pseudonyms(tx, held_by.key)
            found = queue_queries.chosen(tx, wanted, ids, at_most)
            return tuple(case_reader.load(tx, number) for number in found)

    def held(self, case: Case, by: Person) -> bool:
        with self._storage.read() as tx:
            ids = person_table.pseudonyms(tx, by.key)
            return case.holder is not None and case.holder.id in ids

    def last_event(self) -> int:
        """The number of the latest event of any case; 0 before the first."""
        with self._storage.read() as tx:
            return queue_queries.last_event(tx)

    def news(self, since: int) -> tuple[QueueEvent, ...]:
        """What happened after the event with this number, at most the first hundred."""
        with self._storage.read() as tx:
            return tuple(
                QueueEvent(case, next(event for event in case.events if event.id == event_id))
                for case_id, event_id in queue_queries.events_after(tx, since)
                for case in [case_reader.load(tx, case_id)]
            )
