"""The asker's side while comms have the question: add to it, change it, take it back.

Platforms deliver an event more than once; each of these happens once.
"""

from dataclasses import replace

from desk.model import transitions
from desk.model.case import Asker, Case, PersonalData, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.model.people import ActorRole, Person
from desk.model.question import (
    AlreadySeen,
    Escalation,
    InboundEvent,
    NoCase,
    Question,
    StillWithComms,
)
from desk.model.text import required
from desk.services.escalation import Escalations, shown_text
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, person_table, question_table
from desk.storage.case_table import NewEvent, RecordedEvent
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
        self._notifications = notifications
        self._hours = hours
        self._escalations = escalations

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
            return self._add(tx, event, case, asker, said)

    def withdraw(self, event: InboundEvent, ref: str) -> Case | AlreadySeen:
        """Raises NoSuchCase, NotYours, and AlreadyAnswered or WrongStep after the answer."""
        with self._storage.begin() as tx:
            if not _is_new(tx, event):
                return AlreadySeen()
            case, asker = self._mine(tx, ref, event.person)
            return self._leave(tx, case, asker)

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
            return self._leave(tx, case, _asker_of(tx, case, question))

    def edited(
        self,
        event: InboundEvent,
        message_id: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | NoCase | AlreadySeen:
        """The asker edited a message. Before the answer, the one that asked changes the case;
        where others wait for the same answer, the changed question gets a case of its own. One
        that added words adds the new ones. The same words as before change nothing.

        Raises NothingSaid, TooLong, NotYours, or AlreadyAnswered: then take the words as a
        follow-up.
        """
        words = required(text, "A question")
        with self._storage.begin() as tx:
            question = question_table.by_message(tx, event.surface, message_id)
            if question is not None and question.case_id is not None:
                if not _is_new(tx, event):
                    return AlreadySeen()
                return self._edit_question(tx, question, question.case_id, words, personal_data)
            added = case_table.said_in(tx, event.surface, message_id)
            if added is None:
                return NoCase()
            if not _is_new(tx, event):
                return AlreadySeen()
            said = shown_text(words, personal_data)
            case, asker = self._mine(tx, f"C-{added.case_id}", event.person)
            unchanged = _is_same(said, added.text)
            again = replace(event, message_id=message_id)
            return case if unchanged else self._add(tx, again, case, asker, said)

    def _mine(self, tx: Transaction, ref: str, person: Person) -> tuple[Case, Asker]:
        case = case_reader.locked(tx, transitions.case_id(ref))
        return case, transitions.asker_in(case, person_table.asking(tx, person.key))

    def _add(
        self, tx: Transaction, event: InboundEvent, case: Case, asker: Asker, said: str
    ) -> Case:
        transitions.may_follow_up(case)
        new = NewEvent(
            Step.FOLLOWED_UP,
            asker.person,
            ActorRole.ASKER,
            said,
            surface=event.surface,
            message_id=event.message_id,
        )
        recorded = case_table.record(tx, case.id, new)
        case_table.set_asker(tx, asker.id, waiting=True)
        if case.status in (Status.ANSWERED, Status.CLOSED):
            case_table.set_status(tx, case.id, Status.REOPENED, case.holder)
            case_table.set_due(tx, case.id, self._hours.due(tx.now))
        self._receipt(tx, asker, recorded)
        self._notifications.notice(tx, MessageKind.FOLLOW_UP, recorded)
        return case_reader.load(tx, case.id)

    def _edit_question(
        self,
        tx: Transaction,
        question: Question,
        case_id: int,
        words: str,
        personal_data: PersonalData,
    ) -> Case:
        case = case_reader.locked(tx, case_id)
        if _is_same(words, question.text):
            return case
        transitions.may_change(case)
        question_table.set_text(tx, question.id, words)
        asker = _asker_of(tx, case, question)
        if _others_wait(case, asker):
            changed = question_table.locked(tx, question.id)
            case_id = self._part(tx, case, asker, changed, personal_data)
        else:
            self._rewrite(tx, case, asker, words, shown_text(words, personal_data))
        return case_reader.load(tx, case_id)

    def _receipt(self, tx: Transaction, asker: Asker, recorded: RecordedEvent) -> None:
        self._notifications.receipt(tx, recorded, case_table.recipient(tx, asker.id), "")

    def _leave(self, tx: Transaction, case: Case, asker: Asker) -> Case:
        transitions.may_withdraw(case)
        case_table.set_asker(tx, asker.id, waiting=False)
        if _others_wait(case, asker):
            self._notifications.card(tx, _record(tx, case, asker, Step.LEFT))
        else:
            status = Status.ANSWERED if case.answers else Status.WITHDRAWN
            case_table.set_status(tx, case.id, status, case.holder)
            recorded = _record(tx, case, asker, Step.WITHDRAWN)
            self._notifications.notice(tx, MessageKind.WITHDRAWN, recorded)
        return case_reader.load(tx, case.id)

    def _part(
        self,
        tx: Transaction,
        case: Case,
        asker: Asker,
        changed: Question,
        personal_data: PersonalData,
    ) -> int:
        case_table.set_asker(tx, asker.id, waiting=False)
        self._notifications.card(tx, _record(tx, case, asker, Step.LEFT))
        why = Escalation(
            question_id=changed.id,
            reason=case.reason,
            closest=case.closest,
            naming=asker.naming,
            personal_data=personal_data,
            history=case.history,
        )
        return self._escalations.open_apart(tx, changed, why)

    def _rewrite(self, tx: Transaction, case: Case, asker: Asker, words: str, shown: str) -> None:
        case_table.set_question(tx, case.id, shown)
        case_table.set_asker(tx, asker.id, question=words, shown=shown)
        recorded = _record(tx, case, asker, Step.EDITED, shown)
        self._receipt(tx, asker, recorded)
        self._notifications.notice(tx, MessageKind.EDITED, recorded)


def _is_new(tx: Transaction, event: InboundEvent) -> bool:
    return question_table.first_time(tx, event.surface, event.event_id)


def _is_same(words: str, before: str) -> bool:
    """Other spacing is no other text."""
    return words.split() == before.split()


def _record(tx: Transaction, case: Case, asker: Asker, step: Step, said: str = "") -> RecordedEvent:
    return case_table.record(tx, case.id, NewEvent(step, asker.person, ActorRole.ASKER, said))


def _asker_of(tx: Transaction, case: Case, question: Question) -> Asker:
    number = case_table.asker_of(tx, question.id)
    return next(asker for asker in case.askers if asker.id == number)


def _others_wait(case: Case, leaving: Asker) -> bool:
    return any(asker.waiting and asker.id != leaving.id for asker in case.askers)
