"""How a question becomes a case, or joins one that already waits for the same answer."""

from collections.abc import Sequence
from typing import Protocol

from desk.model.case import Case, PersonalData, Status, Step
from desk.model.errors import AlreadyFinished
from desk.model.hours import OfficeHours
from desk.model.masking import mask
from desk.model.messages import MessageKind
from desk.model.people import ActorRole
from desk.model.question import Escalation, Outcome, Question, pending_key
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, question_table
from desk.storage.case_table import NewAsker, NewEvent, RecordedEvent
from desk.storage.database import Storage, Transaction


class Similarity(Protocol):
    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:
        """Places in `pending` of questions that one answer would serve, the likest first."""
        ...


class EqualWordsOnly:
    """For when nothing can tell likeness: then only the same words join."""

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:  # noqa: ARG002 -- the Protocol's names
        return ()


class Escalations:
    def __init__(
        self, storage: Storage, post: Notifications, hours: OfficeHours, likeness: Similarity
    ) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours
        self._likeness = likeness

    def hand_over(self, why: Escalation) -> Case:
        """The bot gives the question to comms: that is its outcome.

        Called again it returns the same case. Raises AlreadyFinished where the question has
        another outcome, and NoSuchQuestion.
        """
        like = self._alike(why)
        with self._storage.begin() as tx:
            question, case_id = self._locked(tx, why)
            if case_id is None:
                if not question_table.finish(tx, question.id, Outcome.ESCALATED):
                    raise AlreadyFinished(f"Question {question.id} has had its reply.")
                case_id = self._enter(tx, question, why, like)
            return case_reader.load(tx, case_id)

    def ask_comms(self, why: Escalation) -> Case:
        """The asker takes the question to comms, whatever the bot said to it before.

        Called again it returns the same case. Raises NoSuchQuestion.
        """
        like = self._alike(why)
        with self._storage.begin() as tx:
            question, case_id = self._locked(tx, why)
            if case_id is None:
                question_table.finish(tx, question.id, Outcome.ESCALATED)
                case_id = self._enter(tx, question, why, like)
            return case_reader.load(tx, case_id)

    def open_apart(self, tx: Transaction, question: Question, why: Escalation) -> int:
        """A case of its own for an asker who left a shared one with other words."""
        return self._enter(tx, question, why, ())

    def _locked(self, tx: Transaction, why: Escalation) -> tuple[Question, int | None]:
        question = question_table.locked(tx, why.question_id)
        return question, question_table.case_of(tx, question.id)

    def _alike(self, why: Escalation) -> tuple[int, ...]:
        # Outside the writing transaction: telling likeness may take an encoder's time.
        with self._storage.read() as tx:
            question = question_table.read(tx, why.question_id)
            pending = case_table.pending(tx, question.role)
        if why.history:
            return ()
        found = self._likeness.same(question.text, [words for _, words in pending])
        return tuple(pending[place][0] for place in found)

    def _enter(
        self, tx: Transaction, question: Question, why: Escalation, like: tuple[int, ...]
    ) -> int:
        ask = _ask(question, why)
        joined = (case_id for case_id in like if self._join(tx, case_id, ask))
        case_id = next(joined, None)
        while case_id is None:
            # Who holds the key may be answered meanwhile: then it is free, and we start again.
            case_id = self._start(tx, ask) or self._join_equal(tx, ask)
        question_table.set_case(tx, question.id, case_id)
        return case_id

    def _start(self, tx: Transaction, ask: NewAsker) -> int | None:
        case_id = case_table.add(tx, ask, self._hours.due(tx.now))
        if case_id is not None:
            self._attach(tx, case_id, ask, Step.OPENED)
            self._post.new_card(tx, case_id)
        return case_id

    def _join_equal(self, tx: Transaction, ask: NewAsker) -> int | None:
        case_id = case_table.with_key(tx, ask.key)
        return case_id if case_id is not None and self._join(tx, case_id, ask) else None

    def _join(self, tx: Transaction, case_id: int, ask: NewAsker) -> bool:
        case = case_reader.locked(tx, case_id)
        if case.status not in (Status.OPEN, Status.CLAIMED):
            return False
        self._post.notice(tx, MessageKind.JOINED, self._attach(tx, case_id, ask, Step.JOINED))
        return True

    def _attach(self, tx: Transaction, case_id: int, ask: NewAsker, step: Step) -> RecordedEvent:
        asker = case_table.add_asker(tx, case_id, ask)
        deed = NewEvent(step, ask.question.who, ActorRole.ASKER, ask.shown)
        what = case_table.record(tx, case_id, deed)
        self._post.receipt(tx, what, asker, ask.why.body)
        return what


def shown_text(text: str, personal_data: PersonalData) -> str:
    return text if personal_data is PersonalData.KEPT else mask(text).text


def _ask(question: Question, why: Escalation) -> NewAsker:
    history = tuple(shown_text(said, why.personal_data) for said in why.history)
    key = pending_key(question.role, question.text, why.history)
    return NewAsker(question, why, shown_text(question.text, why.personal_data), history, key)
