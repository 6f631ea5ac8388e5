"""Undoing an answer in the moments before it is sent.

The answer waits in the outbox, due some seconds later. A bot that stops meanwhile sends it once
when it runs again.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.model import transitions
from desk.model.case import Case, Event, Status, Step
from desk.model.errors import WrongStep
from desk.model.messages import MessageKind
from desk.model.people import ActorRole, Person
from desk.services.notifications import Notifications
from desk.storage import (
    asker_table,
    case_reader,
    case_table,
    outbox_table,
    person_table,
    precedent_table,
)
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """`until`: when the answer leaves; None where it can no longer be undone."""

    recipients: int
    until: datetime | None


class Undo:
    def __init__(self, storage: Storage, notifications: Notifications) -> None:
        self._storage = storage
        self._notifications = notifications

    def sent(self, case: Case) -> SentAnswer:
        """To how many people the last answer of the case goes."""
        if not case.answers:
            return SentAnswer(0, None)
        last = case.answers[-1]
        with self._storage.read() as tx:
            messages = outbox_table.deliveries(tx, last.id, MessageKind.ANSWER)
            held = [each.due_at for each in messages if each.untouched and each.due_at > tx.now]
        is_last = case.events[-1] == last
        may_undo = is_last and bool(held) and len(held) == len(messages)
        return SentAnswer(len(messages), max(held) if may_undo else None)

    def undo(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """Take the last answer back: `by` then holds the case, and its askers wait again.

        The same form sent again changes nothing. Raises WrongStep where the answer is on its way,
        or where something has happened since.
        """
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            who = person_table.known(tx, by, ActorRole.COMMS)
            if transitions.is_repeated(case, expected_version, who, Step.UNDONE, ""):
                return case
            answer = transitions.may_undo(case, expected_version)
            askers = _take_back(tx, case, answer)
            for asker_id in askers:
                asker_table.change(tx, asker_id, waiting=True)
            only = len(case.answers) == 1
            case_table.set_undone(tx, case.id, answer.id, only_answer=only)
            case_table.set_status(tx, case.id, Status.CLAIMED, who)
            recorded = case_table.record(tx, case.id, NewEvent(Step.UNDONE, who, ActorRole.COMMS))
            self._notifications.card(tx, recorded)
            return case_reader.load(tx, case.id)


def _take_back(tx: Transaction, case: Case, answer: Event) -> tuple[int, ...]:
    """The askers who would have been sent it."""
    messages = outbox_table.deliveries(tx, answer.id, MessageKind.ANSWER, locked=True)
    if not messages:
        raise WrongStep(f"Nobody waits for the answer to {case.ref} any more.")
    if not all(each.untouched for each in messages):
        raise WrongStep(f"The answer to {case.ref} is on its way. Correct it instead.")
    if any(each.published_at >= answer.at for each in precedent_table.of_case(tx, case.id)):
        raise WrongStep(f"The answer to {case.ref} was published. Correct it instead.")
    outbox_table.take_back(tx, answer.id, MessageKind.ANSWER)
    return tuple(each.asker_id for each in messages)
