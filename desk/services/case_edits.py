"""The asker's side while comms have the question: add to it, change it, take it back.

Platforms deliver an event more than once; each of these happens once.
"""

from desk.model import transitions
from desk.model.case import Asker, Case, PersonalData, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.model.people import ActorRole, Person
from desk.model.question import AlreadySeen, Escalation, InboundEvent, NoCase, Question
from desk.services.escalation import Escalations, shown_text
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, person_table, question_table
from desk.storage.case_table import NewEvent, RecordedEvent
from desk.storage.database import Storage, Transaction


class CaseEdits:
    def __init__(
        self, storage: Storage, post: Notifications, hours: OfficeHours, opening: Escalations
    ) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours
        self._opening = opening

    def follow_up(
        self,
        event: InboundEvent,
        ref: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | AlreadySeen:
        """Add words to the case; an answered or closed one opens again.

        Raises NothingSaid, NoSuchCase, NotYours, and WrongStep for a withdrawn case.
        """
        said = shown_text(transitions.words(text, "What you add"), personal_data)
        with self._storage.begin() as tx:
            if not _is_new(tx, event):
                return AlreadySeen()
            case, asker = self._mine(tx, ref, event.person)
            transitions.may_follow_up(case)
            what = _record(tx, case, asker, Step.FOLLOWED_UP, said)
            case_table.set_asker(tx, asker.id, waiting=True)
            if case.status in (Status.ANSWERED, Status.CLOSED):
                self._reopen(tx, case)
            self._receipt(tx, asker, what)
            self._post.notice(tx, MessageKind.FOLLOW_UP, what)
            return case_reader.load(tx, case.id)

    def withdraw(self, event: InboundEvent, ref: str) -> Case | AlreadySeen:
        """Raises NoSuchCase, NotYours, and AlreadyAnswered or WrongStep after the answer."""
        with self._storage.begin() as tx:
            if not _is_new(tx, event):
                return AlreadySeen()
            case, asker = self._mine(tx, ref, event.person)
            return self._leave(tx, case, asker)

    def deleted(self, event: InboundEvent, message_id: str) -> Case | NoCase | AlreadySeen:
        """The asker deleted the message that asked. Raises as `withdraw`."""
        with self._storage.begin() as tx:
            asked = self._asked_in(tx, event.surface, message_id)
            if asked is None:
                return NoCase()
            if not _is_new(tx, event):
                return AlreadySeen()
            question, case_id = asked
            case = case_reader.locked(tx, case_id)
            return self._leave(tx, case, _asking(case, question))

    def edited(
        self,
        event: InboundEvent,
        message_id: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | NoCase | AlreadySeen:
        """The asker edited the message that asked: before the answer this changes the case.

        Where others wait for the same answer, the changed question gets a case of its own.
        Raises NothingSaid, or AlreadyAnswered: then take the words as a follow-up.
        """
        words = transitions.words(text, "A question")
        with self._storage.begin() as tx:
            asked = self._asked_in(tx, event.surface, message_id)
            if asked is None:
                return NoCase()
            if not _is_new(tx, event):
                return AlreadySeen()
            question, case_id = asked
            case = case_reader.locked(tx, case_id)
            transitions.may_change(case)
            question_table.set_text(tx, question.id, words)
            asker = _asking(case, question)
            if _others_wait(case, asker):
                changed = question_table.locked(tx, question.id)
                case_id = self._part(tx, case, asker, changed, personal_data)
            else:
                self._rewrite(tx, case, asker, words, shown_text(words, personal_data))
            return case_reader.load(tx, case_id)

    def _mine(self, tx: Transaction, ref: str, person: Person) -> tuple[Case, Asker]:
        case = case_reader.locked(tx, transitions.case_id(ref))
        who = person_table.known(tx, person, ActorRole.ASKER)
        return case, transitions.asker_in(case, who)

    def _asked_in(
        self, tx: Transaction, surface: str, message_id: str
    ) -> tuple[Question, int] | None:
        number = question_table.by_message(tx, surface, message_id)
        case_id = None if number is None else question_table.case_of(tx, number)
        if number is None or case_id is None:
            return None
        return question_table.locked(tx, number), case_id

    def _reopen(self, tx: Transaction, case: Case) -> None:
        case_table.set_status(tx, case.id, Status.REOPENED, case.holder)
        case_table.set_due(tx, case.id, self._hours.due(tx.now))

    def _receipt(self, tx: Transaction, asker: Asker, what: RecordedEvent) -> None:
        self._post.receipt(tx, what, case_table.reach(tx, asker.id), "")

    def _leave(self, tx: Transaction, case: Case, asker: Asker) -> Case:
        transitions.may_withdraw(case)
        case_table.set_asker(tx, asker.id, waiting=False)
        if _others_wait(case, asker):
            self._post.card(tx, _record(tx, case, asker, Step.LEFT))
        else:
            status = Status.ANSWERED if case.answers else Status.WITHDRAWN
            case_table.set_status(tx, case.id, status, case.holder)
            what = _record(tx, case, asker, Step.WITHDRAWN)
            self._post.notice(tx, MessageKind.WITHDRAWN, what)
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
        self._post.card(tx, _record(tx, case, asker, Step.LEFT))
        why = Escalation(
            question_id=changed.id,
            reason=case.reason,
            closest=case.closest,
            naming=asker.naming,
            personal_data=personal_data,
        )
        return self._opening.open_apart(tx, changed, why)

    def _rewrite(self, tx: Transaction, case: Case, asker: Asker, words: str, shown: str) -> None:
        case_table.set_question(tx, case.id, shown)
        case_table.set_asker(tx, asker.id, question=words, shown=shown)
        what = _record(tx, case, asker, Step.EDITED, shown)
        self._receipt(tx, asker, what)
        self._post.notice(tx, MessageKind.EDITED, what)


def _is_new(tx: Transaction, event: InboundEvent) -> bool:
    return question_table.first_time(tx, event.surface, event.event_id)


def _record(tx: Transaction, case: Case, asker: Asker, step: Step, said: str = "") -> RecordedEvent:
    return case_table.record(tx, case.id, NewEvent(step, asker.who, ActorRole.ASKER, said))


def _asking(case: Case, question: Question) -> Asker:
    return [asker for asker in case.askers if asker.who.id == question.who.id][-1]


def _others_wait(case: Case, leaving: Asker) -> bool:
    return any(asker.waiting and asker.id != leaving.id for asker in case.askers)
