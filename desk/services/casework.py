"""Comms' side of a case: claim it, answer it, correct, close and reopen it."""

from collections.abc import Iterable

from desk.model import transitions
from desk.model.case import PENDING, Case, Quote, Status, Step
from desk.model.hours import OfficeHours
from desk.model.people import ActorRole, Person, PersonRef
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, person_table, precedent_table
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction


class Casework:
    """Every step locks its case first, so of two people at once one is told of the other.

    `expected_version` is the case's version as the colleague saw it: the step raises Overtaken
    where the case has changed since. Without it the step is taken whatever happened meanwhile.
    """

    def __init__(self, storage: Storage, post: Notifications, hours: OfficeHours) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours

    def show(self, ref: str) -> Case:
        with self._storage.read() as tx:
            return case_reader.load(tx, transitions.case_id(ref))

    def listed(self, statuses: Iterable[Status] = PENDING) -> tuple[Case, ...]:
        """The most urgent first."""
        with self._storage.read() as tx:
            return case_reader.listed(tx, statuses)

    def claim(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """Raises AlreadyClaimed or AlreadyAnswered, which say by whom."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_claim(case, who)
            if case.status is Status.CLAIMED:
                return case
            return self._hold(tx, case, who, Status.CLAIMED, Step.CLAIMED)

    def take_over(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_take_over(case)
            return self._hold(tx, case, who, Status.CLAIMED, Step.TAKEN_OVER)

    def release(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
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
        """Deliver the answer to all who wait. Raises AlreadyClaimed or AlreadyAnswered."""
        said = transitions.words(text, "An answer")
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_answer(case, who)
            deed = NewEvent(Step.ANSWERED, who, ActorRole.COMMS, said, cited)
            what = case_table.record(tx, case.id, deed)
            askers = case_table.waiting(tx, case.id)
            self._post.answer(tx, what, askers)
            case_table.stop_waiting(tx, [asker.asker_id for asker in askers])
            case_table.set_status(tx, case.id, Status.ANSWERED, who)
            case_table.set_answered(tx, case.id)
            self._post.card(tx, what)
            return case_reader.load(tx, case.id)

    def correct(
        self,
        ref: str,
        by: Person,
        text: str,
        cited: tuple[Quote, ...] = (),
        *,
        expected_version: int | None = None,
    ) -> Case:
        """Replace the last answer wherever it was delivered.

        What was published from it is out of use until it is corrected too, or confirmed.
        """
        said = transitions.words(text, "A correction")
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            wrong = transitions.may_correct(case)
            deed = NewEvent(Step.CORRECTED, who, ActorRole.COMMS, said, cited)
            what = case_table.record(tx, case.id, deed)
            self._post.correction(tx, what, wrong)
            precedent_table.withhold(tx, case.id)
            self._post.card(tx, what)
            return case_reader.load(tx, case.id)

    def close(
        self, ref: str, by: Person, reason: str = "", *, expected_version: int | None = None
    ) -> Case:
        """Without an answer a reason is needed, and whoever waits is told it."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_close(case, reason)
            case_table.set_status(tx, case.id, Status.CLOSED, case.holder)
            deed = NewEvent(Step.CLOSED, who, ActorRole.COMMS, reason.strip())
            what = case_table.record(tx, case.id, deed)
            askers = case_table.waiting(tx, case.id)
            self._post.closing(tx, what, askers)
            case_table.stop_waiting(tx, [asker.asker_id for asker in askers])
            self._post.card(tx, what)
            return case_reader.load(tx, case.id)

    def reopen(self, ref: str, by: Person, *, expected_version: int | None = None) -> Case:
        """All its askers wait again; what they get next is a further answer."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by, expected_version)
            transitions.may_reopen(case)
            case_table.wait_again(tx, case.id)
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
        what = case_table.record(tx, case.id, NewEvent(step, who, ActorRole.COMMS))
        self._post.card(tx, what)
        return case_reader.load(tx, case.id)
