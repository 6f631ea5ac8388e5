"""The cases as comms look through them, and what has happened since they looked."""

from dataclasses import dataclass, replace

from desk.model.case import Case, Event
from desk.model.case_filter import CaseFilter, CaseOrder
from desk.model.people import Person
from desk.model.text import limited
from desk.storage import case_queries, case_reader, person_table, queue_queries
from desk.storage.database import Storage

LONGEST_SEARCH = 1_000  # characters
MOST_IN_A_ROW = 1_000  # cases that are looked through for the next one
MOVING = frozenset({CaseOrder.STATUS, CaseOrder.HOLDER})


@dataclass(frozen=True, slots=True)
class QueueEvent:
    """An event, with its case as that is now."""

    case: Case
    event: Event


@dataclass(frozen=True, slots=True)
class Neighbours:
    """References of the cases before and after one; empty where there is none."""

    previous: str = ""
    next: str = ""


class Queue:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def listed(self, wanted: CaseFilter, at_most: int) -> tuple[Case, ...]:
        """Raises TooLong for the text that is searched."""
        with self._storage.read() as tx:
            found = queue_queries.chosen(tx, _checked(wanted), at_most)
            return case_reader.load_all(tx, found)

    def neighbours(self, case: Case, wanted: CaseFilter) -> Neighbours:
        """The cases before and after this one among the first thousand, also where it has left
        the list, because it was answered. In a list by status or by colleague a step moves the
        case, so there they follow each other by their due times. Raises TooLong for the text that
        is searched."""
        if wanted.order in MOVING:
            wanted = replace(wanted, order=CaseOrder.DUE, descending=False)
        with self._storage.read() as tx:
            found = queue_queries.chosen_with(tx, _checked(wanted), case.id, MOST_IN_A_ROW)
        if case.id not in found:
            return Neighbours()
        place = found.index(case.id)
        return Neighbours(
            previous=f"C-{found[place - 1]}" if place else "",
            next=f"C-{found[place + 1]}" if place + 1 < len(found) else "",
        )

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


def _checked(wanted: CaseFilter) -> CaseFilter:
    return replace(wanted, text=limited(wanted.text, "A search", LONGEST_SEARCH))
