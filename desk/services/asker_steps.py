"""The steps that an asker takes in a case, each inside the unit of work of its caller."""

from desk.model import transitions
from desk.model.case import Asker, Case, PersonalData, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.model.people import ActorRole
from desk.model.question import Escalation, InboundEvent, Question
from desk.services.escalation import Escalations, shown_text
from desk.services.notifications import Notifications
from desk.storage import (
    answer_email_table,
    asker_table,
    case_reader,
    case_table,
    question_table,
)
from desk.storage.case_table import NewEvent, RecordedEvent
from desk.storage.database import Transaction


class AskerSteps:
    """Every `case` is locked by the transaction."""

    def __init__(
        self, notifications: Notifications, hours: OfficeHours, escalations: Escalations
    ) -> None:
        self._notifications = notifications
        self._hours = hours
        self._escalations = escalations

    def add(
        self, tx: Transaction, event: InboundEvent, case: Case, asker: Asker, said: str
    ) -> Case:
        """Add words to the case. Raises WrongStep for a withdrawn one."""
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
        asker_table.change(tx, asker.id, waiting=True)
        if case.status in (Status.ANSWERED, Status.CLOSED):
            case_table.set_status(tx, case.id, Status.REOPENED, case.holder)
            case_table.set_due(tx, case.id, self._hours.due(tx.now))
        self._receipt(tx, asker, recorded)
        self._notifications.notice(tx, MessageKind.FOLLOW_UP, recorded)
        return case_reader.load(tx, case.id)

    def leave(self, tx: Transaction, case: Case, asker: Asker) -> Case:
        """The asker waits no longer; without other askers the case is withdrawn. Raises
        AlreadyAnswered, or WrongStep for a closed case."""
        transitions.may_withdraw(case)
        asker_table.change(tx, asker.id, waiting=False)
        answer_email_table.remove(tx, [asker.id])
        if _others_wait(case, asker):
            self._notifications.card(tx, _record(tx, case, asker, Step.LEFT))
        else:
            status = Status.ANSWERED if case.answers else Status.WITHDRAWN
            case_table.set_status(tx, case.id, status, case.holder)
            recorded = _record(tx, case, asker, Step.WITHDRAWN)
            self._notifications.notice(tx, MessageKind.WITHDRAWN, recorded)
        return case_reader.load(tx, case.id)

    def edit_question(
        self,
        tx: Transaction,
        case: Case,
        question: Question,
        words: str,
        personal_data: PersonalData,
    ) -> Case:
        """Change the question before its answer. Where others wait for the same answer, the
        changed question gets a case of its own. Nothing happens where neither the words nor
        what comms see of them change. Raises AlreadyAnswered, or WrongStep for a closed case."""
        asker = asker_of(tx, case, question)
        others_wait = _others_wait(case, asker)
        shown = shown_text(words, personal_data)
        if is_same(words, question.text) and (others_wait or is_same(shown, asker.shown)):
            return case
        transitions.may_change(case)
        question_table.set_text(tx, question.id, words)
        if others_wait:
            changed = question_table.locked(tx, question.id)
            number = self._part(tx, case, asker, changed, personal_data)
            return case_reader.load(tx, number)
        self._rewrite(tx, case, asker, words, shown)
        return case_reader.load(tx, case.id)

    def _receipt(self, tx: Transaction, asker: Asker, recorded: RecordedEvent) -> None:
        self._notifications.receipt(tx, recorded, asker_table.recipient(tx, asker.id), "")

    def _part(
        self,
        tx: Transaction,
        case: Case,
        asker: Asker,
        changed: Question,
        personal_data: PersonalData,
    ) -> int:
        asker_table.change(tx, asker.id, waiting=False)
        self._notifications.card(tx, _record(tx, case, asker, Step.LEFT))
        why = Escalation(
            question_id=changed.id,
            reason=case.reason,
            closest=case.closest,
            naming=asker.naming,
            personal_data=personal_data,
            history=case.history,
        )
        number = self._escalations.open_apart(tx, changed, why)
        again = asker_table.of_question(tx, changed.id)
        if again is not None:
            answer_email_table.move(tx, asker.id, again)
        return number

    def _rewrite(self, tx: Transaction, case: Case, asker: Asker, words: str, shown: str) -> None:
        case_table.set_question(tx, case.id, shown)
        asker_table.change(tx, asker.id, question=words, shown=shown)
        recorded = _record(tx, case, asker, Step.EDITED, shown)
        self._receipt(tx, asker, recorded)
        self._notifications.notice(tx, MessageKind.EDITED, recorded)


def asker_of(tx: Transaction, case: Case, question: Question) -> Asker:
    """The asker who brought this question to the case."""
    number = asker_table.of_question(tx, question.id)
    return next(asker for asker in case.askers if asker.id == number)


def is_same(words: str, before: str) -> bool:
    """Other spacing is no other text."""
    return words.split() == before.split()


def _record(tx: Transaction, case: Case, asker: Asker, step: Step, said: str = "") -> RecordedEvent:
    return case_table.record(tx, case.id, NewEvent(step, asker.person, ActorRole.ASKER, said))


def _others_wait(case: Case, leaving: Asker) -> bool:
    return any(asker.waiting and asker.id != leaving.id for asker in case.askers)
