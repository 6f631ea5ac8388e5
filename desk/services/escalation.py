"""How a question becomes a case, or joins one that already waits for the same answer."""

from collections.abc import Sequence
from typing import Protocol

from desk.model.case import Case, Naming, PersonalData, Step
from desk.model.errors import AlreadyFinished
from desk.model.hours import OfficeHours
from desk.model.masking import mask
from desk.model.messages import MessageKind
from desk.model.people import ActorRole
from desk.model.question import Escalation, Question, pending_key
from desk.services.notifications import Notifications
from desk.storage import asker_table, case_reader, case_table, person_table, question_table
from desk.storage.asker_table import NewAsker
from desk.storage.case_table import NewEvent, RecordedEvent
from desk.storage.database import Storage, Transaction

# Pending cases that a question is compared with, the latest ones: the work for a question stays
# the same however many wait.
MOST_COMPARED = 200


class Similarity(Protocol):
    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:
        """Places in `pending` of the questions that are the same as `question`, the most similar
        first.

        One answer serves both: numbers, amounts, dates, negations, directions and named things
        agree. An asker who is joined to a case gets its answer unseen, so near is not enough.
        """
        ...


class EqualWordsOnly:
    """For a process without an encoder: only questions in the same words are joined."""

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:  # noqa: ARG002 -- the Protocol's names
        return ()


class Escalations:
    def __init__(
        self,
        storage: Storage,
        notifications: Notifications,
        hours: OfficeHours,
        similarity: Similarity,
    ) -> None:
        self._storage = storage
        self._notifications = notifications
        self._hours = hours
        self._similarity = similarity

    def hand_over(self, why: Escalation) -> Case:
        """The bot gives the question to comms: that is its outcome.

        Called again it returns the same case. Raises AlreadyFinished where the question has
        another outcome, and NoSuchQuestion.
        """
        same = self._same_as(why)
        with self._storage.begin() as tx:
            question = question_table.locked(tx, why.question_id)
            if question.case_id is None and question.outcome is not None:
                raise AlreadyFinished(f"Question {question.id} has had its reply.")
            return self._with_comms(tx, question, why, same)

    def ask_comms(self, why: Escalation) -> Case:
        """The asker takes the question to comms, whatever the bot said to it before.

        Called again it returns the same case. Raises NoSuchQuestion.
        """
        same = self._same_as(why)
        with self._storage.begin() as tx:
            question = question_table.locked(tx, why.question_id)
            return self._with_comms(tx, question, why, same)

    def open_apart(self, tx: Transaction, question: Question, why: Escalation) -> int:
        """The number of a new case for an asker who left a shared one with other words."""
        return self._enter(tx, question, why, ())

    def open_for_correction(
        self, tx: Transaction, question: Question, why: Escalation
    ) -> int | None:
        """The number of a new case, in which comms correct what the bot replied. Its asker gets no
        receipt: the correction itself follows. None where a case waits for the same question in
        the same words."""
        ask = _ask(question, why)
        case_id = case_table.add(tx, ask, self._hours.due(tx.now))
        if case_id is not None:
            self._attach(tx, case_id, ask, Step.OPENED, with_receipt=False)
            self._notifications.new_card(tx, case_id)
            question_table.hand_over(tx, question.id, case_id)
        return case_id

    def _with_comms(
        self,
        tx: Transaction,
        question: Question,
        why: Escalation,
        same: tuple[tuple[int, str], ...],
    ) -> Case:
        case_id = question.case_id
        if case_id is None:
            case_id = self._enter(tx, question, why, same)
        return case_reader.load(tx, case_id)

    def _same_as(self, why: Escalation) -> tuple[tuple[int, str], ...]:
        """Numbers and questions of the pending cases that ask the same."""
        # Outside the writing transaction: the comparison may take an encoder's time.
        with self._storage.read() as tx:
            question = question_table.read(tx, why.question_id)
            pending = case_table.joinable(tx, question.role, MOST_COMPARED)
        if question.case_id is not None or why.history or not pending:
            return ()
        places = self._similarity.same(question.text, [words for _, words in pending])
        return tuple(pending[place] for place in places)

    def _enter(
        self,
        tx: Transaction,
        question: Question,
        why: Escalation,
        same: tuple[tuple[int, str], ...],
    ) -> int:
        ask = _ask(question, why)
        joined = (case_id for case_id, compared in same if self._join(tx, case_id, ask, compared))
        case_id = next(joined, None)
        while case_id is None:
            # A case with our key may be answered between the two: then the key is free again.
            case_id = self._start(tx, ask) or self._join_equal(tx, ask)
        question_table.hand_over(tx, question.id, case_id)
        return case_id

    def _start(self, tx: Transaction, ask: NewAsker) -> int | None:
        case_id = case_table.add(tx, ask, self._hours.due(tx.now))
        if case_id is not None:
            self._attach(tx, case_id, ask, Step.OPENED)
            self._notifications.new_card(tx, case_id)
        return case_id

    def _join_equal(self, tx: Transaction, ask: NewAsker) -> int | None:
        case_id = case_table.with_key(tx, ask.key)
        return None if case_id is None else self._joined(tx, case_id, ask)

    def _join(self, tx: Transaction, case_id: int, ask: NewAsker, compared: str) -> bool:
        """False where its question is no longer the one that was compared."""
        if case_table.lock_joinable(tx, case_id) != compared:
            return False
        self._joined(tx, case_id, ask)
        return True

    def _joined(self, tx: Transaction, case_id: int, ask: NewAsker) -> int:
        recorded = self._attach(tx, case_id, ask, Step.JOINED)
        self._notifications.notice(tx, MessageKind.JOINED, recorded)
        return case_id

    def _attach(
        self,
        tx: Transaction,
        case_id: int,
        ask: NewAsker,
        step: Step,
        *,
        with_receipt: bool = True,
    ) -> RecordedEvent:
        person = ask.question.person
        if ask.why.naming is Naming.UNNAMED:
            person = person_table.unnamed_in(tx, person, case_id)
        asker = asker_table.add(tx, case_id, ask, person)
        event = NewEvent(step, person, ActorRole.ASKER, ask.shown)
        recorded = case_table.record(tx, case_id, event)
        if with_receipt:
            self._notifications.receipt(tx, recorded, asker, ask.why.body)
        return recorded


def shown_text(text: str, personal_data: PersonalData) -> str:
    """The text as comms see it."""
    return text if personal_data is PersonalData.KEPT else mask(text).text


def _ask(question: Question, why: Escalation) -> NewAsker:
    history = tuple(shown_text(said, why.personal_data) for said in why.history)
    key = pending_key(question.role, question.text, why.history)
    return NewAsker(question, why, shown_text(question.text, why.personal_data), history, key)
