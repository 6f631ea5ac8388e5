"""The asker's side while comms have the question: add to it, change it, take it back.

Platforms deliver an event more than once; each of these happens once.
"""

from dataclasses import replace

from desk.model import transitions
from desk.model.case import PENDING, Asker, Case, Naming, PersonalData
from desk.model.hours import OfficeHours
from desk.model.people import Person
from desk.model.question import (
    AlreadySeen,
    InboundEvent,
    NoCase,
    StillWithComms,
)
from desk.model.text import required
from desk.services.asker_steps import AskerSteps, asker_of, is_same
from desk.services.escalation import Escalations, shown_text
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, person_table, question_table
from desk.storage.database import Storage, Transaction


class CaseEdits:
    def __init__(
        self,
        storage: Storage,
        notifications: Notifications,
        hours: OfficeHours,
        escalations: Escalations,
    ) -> None:
        self._storage = storage
        self._steps = AskerSteps(notifications, hours, escalations)

    def follow_up(
        self,
        event: InboundEvent,
        ref: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | AlreadySeen:
        """Add words to the case; an answered or closed one opens again.

        Raises NothingSaid, TooLong, NoSuchCase, NotYours, and WrongStep for a withdrawn case.
        """
        said = shown_text(required(text, "What you add"), personal_data)
        with self._storage.begin() as tx:
            if not _is_new(tx, event):
                return AlreadySeen()
            case, asker = self._mine(tx, ref, event.person)
            return self._steps.add(tx, event, case, asker, said)

    def withdraw(self, event: InboundEvent, ref: str) -> Case | AlreadySeen:
        """Raises NoSuchCase, NotYours, and AlreadyAnswered or WrongStep after the answer."""
        with self._storage.begin() as tx:
            if not _is_new(tx, event):
                return AlreadySeen()
            case, asker = self._mine(tx, ref, event.person)
            return self._steps.leave(tx, case, asker)

    def deleted(
        self, event: InboundEvent, message_id: str
    ) -> Case | StillWithComms | NoCase | AlreadySeen:
        """The asker deleted a message: the one that asked withdraws the case.

        Raises AlreadyAnswered, or WrongStep for a case that is closed.
        """
        with self._storage.begin() as tx:
            question = question_table.by_message(tx, event.surface, message_id)
            added = case_table.said_in(tx, event.surface, message_id)
            if (question is None or question.case_id is None) and added is None:
                return NoCase()
            if not _is_new(tx, event):
                return AlreadySeen()
            if question is None or question.case_id is None:
                return StillWithComms(f"C-{added.case_id}" if added is not None else "")
            case = case_reader.locked(tx, question.case_id)
            return self._steps.leave(tx, case, asker_of(tx, case, question))

    def edited(
        self,
        event: InboundEvent,
        message_id: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | NoCase | AlreadySeen:
        """The asker edited a message. Before the answer, the one that asked changes the case;
        where others wait for the same answer, the changed question gets a case of its own. One
        that added words adds the new ones while comms have the case. The same words as before
        change nothing.

        Raises NothingSaid, TooLong, NotYours, or AlreadyAnswered: then take the words as a
        follow-up.
        """
        words = required(text, "A question")
        with self._storage.begin() as tx:
            question = question_table.by_message(tx, event.surface, message_id)
            if question is not None and question.case_id is not None:
                if not _is_new(tx, event):
                    return AlreadySeen()
                case = case_reader.locked(tx, question.case_id)
                return self._steps.edit_question(tx, case, question, words, personal_data)
            added = case_table.said_in(tx, event.surface, message_id)
            if added is None:
                return NoCase()
            if not _is_new(tx, event):
                return AlreadySeen()
            said = shown_text(words, personal_data)
            case, asker = self._mine(tx, f"C-{added.case_id}", event.person)
            unchanged = is_same(said, added.text) or case.status not in PENDING
            again = replace(event, message_id=message_id)
            return case if unchanged else self._steps.add(tx, again, case, asker, said)

    def comms_know_name(self, ref: str, person: Person) -> bool:
        """Whether this person has asked under their name in the case. Raises NoSuchCase."""
        with self._storage.read() as tx:
            case = case_reader.load(tx, transitions.case_id(ref))
            mine = person_table.asking(tx, person.key)
        named = (asker for asker in case.askers if asker.naming is Naming.NAMED)
        return any(asker.person.id in mine for asker in named)

    def _mine(self, tx: Transaction, ref: str, person: Person) -> tuple[Case, Asker]:
        case = case_reader.locked(tx, transitions.case_id(ref))
        return case, transitions.asker_in(case, person_table.asking(tx, person.key))


def _is_new(tx: Transaction, event: InboundEvent) -> bool:
    return question_table.first_time(tx, event.surface, event.event_id)
