"""Comms' side of a case: claim it, answer it, correct, close and reopen it."""

from collections.abc import Iterable
from datetime import timedelta

from desk.model import transitions
from desk.model.case import PENDING, Case, Quote, Status, Step
from desk.model.hours import OfficeHours
from desk.model.people import ActorRole, Person, PersonRef
from desk.model.text import limited, required
from desk.services.colleagues import colleague
from desk.services.notifications import Notifications
from desk.storage import (
    asker_table,
    case_queries,
    case_reader,
    case_table,
    person_table,
    precedent_table,
)
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction


class Casework:
    """Every step locks its case first, so of two people at once one is told of the other.

    `expected_version` is the case's version as the colleague saw it: the step raises Overtaken
    where the case has changed since. Without it the step is taken whatever happened meanwhile.
    """

    def __init__(
        self,
        storage: Storage,
        notifications: Notifications,
        hours: OfficeHours,
        held_for: timedelta = timedelta(),
    ) -> None:
        """`held_for`: how long answers are held back, so that they can be undone, see Undo."""
        self._storage = storage
        self._notifications = notifications
        self._hours = hours
        self._held_for = held_for

    def show(self, ref: str) -> Case:
        """Raises NoSuchCase."""
        with self._storage.read() as tx:
            return case_reader.load(tx, transitions.case_id(ref))

    def listed(self, statuses: Iterable[Status] = PENDING) -> tuple[Case, ...]:
        """The most urgent first."""
        with self._storage.read() as tx:
            return case_reader.load_all(tx, case_queries.with_status(tx, statuses))

    def claim(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """Raises WrongStep, and AlreadyClaimed or AlreadyAnswered, which say by whom. Claiming
        one's own case again changes nothing."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_claim(case, who)
            if case.status is Status.CLAIMED:
                return case
            return self._hold(tx, case, who, Status.CLAIMED, Step.CLAIMED)

    def take_over(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """Take the case from the colleague who has it. Raises WrongStep and AlreadyAnswered."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_take_over(case)
            return self._hold(tx, case, who, Status.CLAIMED, Step.TAKEN_OVER)

    def assign(self, ref: str, by: Person, to: str, *, expected_version: int | None = None) -> Case:
        """Give the case to the colleague with the label `to`, as Colleagues.listed has it. Their
        own case changes nothing. Raises NoSuchColleague, WrongStep and AlreadyAnswered."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_assign(case)
            holder = colleague(tx, to).person
            if case.status is Status.CLAIMED and case.holder == holder:
                return case
            case_table.set_status(tx, case.id, Status.CLAIMED, holder)
            event = NewEvent(Step.ASSIGNED, who, ActorRole.COMMS, assigned_to=holder)
            self._notifications.card(tx, case_table.record(tx, case.id, event))
            return case_reader.load(tx, case.id)

    def release(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """Raises WrongStep, and AlreadyClaimed for a case that a colleague has."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_release(case, who)
            case_table.set_status(tx, case.id, Status.OPEN, None)
            return self._recorded(tx, case, Step.RELEASED, who)

    def answer(
        self,
        ref: str,
        by: Person,
        text: str,
        cited: tuple[Quote, ...] = (),
        *,
        expected_version: int | None = None,
    ) -> Case:
        """Deliver the answer to all who wait. The same answer from the same form again changes
        nothing. Raises NothingSaid, TooLong, WrongStep, and AlreadyClaimed or AlreadyAnswered,
        which say by whom."""
        said = required(text, "An answer")
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            who = person_table.known(tx, by, ActorRole.COMMS)
            if transitions.is_repeated(case, expected_version, who, Step.ANSWERED, said):
                return case
            transitions.is_unchanged(case, expected_version)
            transitions.may_answer(case, who)
            event = NewEvent(Step.ANSWERED, who, ActorRole.COMMS, said, cited)
            return self.answer_in(tx, case.id, event)

    def answer_in(self, tx: Transaction, case_id: int, answer: NewEvent) -> Case:
        """Deliver the answer to all who wait, as part of a larger step."""
        recorded = case_table.record(tx, case_id, answer)
        askers = asker_table.waiting(tx, case_id)
        self._notifications.answer(tx, recorded, askers, self._held_for)
        asker_table.stop_waiting(tx, [asker.asker_id for asker in askers])
        case_table.set_status(tx, case_id, Status.ANSWERED, answer.person)
        case_table.set_answered(tx, case_id)
        self._notifications.card(tx, recorded)
        return case_reader.load(tx, case_id)

    def correct(
        self,
        ref: str,
        by: Person,
        text: str,
        cited: tuple[Quote, ...] = (),
        *,
        expected_version: int | None = None,
    ) -> Case:
        """Replace the last answer wherever it was delivered. What was published from it is out
        of use until it is corrected too, or confirmed.

        Raises NothingSaid, TooLong, and WrongStep for a case without an answer.
        """
        said = required(text, "A correction")
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            wrong = transitions.may_correct(case)
            event = NewEvent(Step.CORRECTED, who, ActorRole.COMMS, said, cited)
            recorded = case_table.record(tx, case.id, event)
            self._notifications.correction(tx, recorded, wrong)
            precedent_table.withhold(tx, case.id)
            self._notifications.card(tx, recorded)
            return case_reader.load(tx, case.id)

    def close(
        self, ref: str, by: Person, reason: str = "", *, expected_version: int | None = None
    ) -> Case:
        """Without an answer a reason is needed, and those who wait are told it. The same from the
        same form again changes nothing. Raises NothingSaid, TooLong, and WrongStep for a case
        that is closed already."""
        given = limited(reason, "A reason").strip()
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, transitions.case_id(ref))
            who = person_table.known(tx, by, ActorRole.COMMS)
            if transitions.is_repeated(case, expected_version, who, Step.CLOSED, given):
                return case
            transitions.is_unchanged(case, expected_version)
            transitions.may_close(case, given)
            case_table.set_status(tx, case.id, Status.CLOSED, case.holder)
            event = NewEvent(Step.CLOSED, who, ActorRole.COMMS, given)
            recorded = case_table.record(tx, case.id, event)
            askers = asker_table.waiting(tx, case.id)
            self._notifications.closing(tx, recorded, askers)
            asker_table.stop_waiting(tx, [asker.asker_id for asker in askers])
            self._notifications.card(tx, recorded)
            return case_reader.load(tx, case.id)

    def reopen(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """All its askers wait again for another answer. Raises WrongStep for a case that is
        neither answered nor closed."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_reopen(case)
            asker_table.wait_again(tx, case.id)
            case_table.set_due(tx, case.id, self._hours.due(tx.now))
            return self._hold(tx, case, who, Status.REOPENED, Step.REOPENED)

    def _take(
        self, tx: Transaction, ref: str, by: Person, expected_version: int | None
    ) -> tuple[Case, PersonRef]:
        case = case_reader.locked(tx, transitions.case_id(ref))
        transitions.is_unchanged(case, expected_version)
        return case, person_table.known(tx, by, ActorRole.COMMS)

    def _hold(
        self, tx: Transaction, case: Case, who: PersonRef, status: Status, step: Step
    ) -> Case:
        case_table.set_status(tx, case.id, status, who)
        return self._recorded(tx, case, step, who)

    def _recorded(self, tx: Transaction, case: Case, step: Step, who: PersonRef) -> Case:
        recorded = case_table.record(tx, case.id, NewEvent(step, who, ActorRole.COMMS))
        self._notifications.card(tx, recorded)
        return case_reader.load(tx, case.id)
