"""Comms' side of a case: claim it, answer it, correct, close and reopen it."""

from collections.abc import Iterable

from desk import steps, storage_case_reader, storage_cases, storage_people
from desk.case import PENDING, Case, Quote, Status, Step
from desk.hours import OfficeHours
from desk.people import Capacity, Person, Who
from desk.post import Post
from desk.storage import Storage, Transaction
from desk.storage_cases import Deed


class Casework:
    """Every step locks its case first, so of two people at once one is told of the other."""

    def __init__(self, storage: Storage, post: Post, hours: OfficeHours) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours

    def show(self, ref: str) -> Case:
        with self._storage.read() as tx:
            return storage_case_reader.load(tx, steps.case_id(ref))

    def listed(self, statuses: Iterable[Status] = PENDING) -> tuple[Case, ...]:
        """The most urgent first."""
        with self._storage.read() as tx:
            return storage_case_reader.listed(tx, statuses)

    def claim(self, ref: str, by: Person) -> Case:
        """Raises AlreadyClaimed or AlreadyAnswered, which say by whom."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_claim(case, who)
            if case.status is Status.CLAIMED:
                return case
            return self._hold(tx, case, who, Status.CLAIMED, Step.CLAIMED)

    def take_over(self, ref: str, by: Person) -> Case:
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_take_over(case)
            return self._hold(tx, case, who, Status.CLAIMED, Step.TAKEN_OVER)

    def release(self, ref: str, by: Person) -> Case:
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_release(case, who)
            storage_cases.set_status(tx, case.id, Status.OPEN, None)
            return self._recorded(tx, case, Step.RELEASED, who)

    def answer(self, ref: str, by: Person, text: str, cited: tuple[Quote, ...] = ()) -> Case:
        """Deliver the answer to all who wait. Raises AlreadyClaimed or AlreadyAnswered."""
        said = steps.words(text, "An answer")
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_answer(case, who)
            deed = Deed(Step.ANSWERED, who, Capacity.COMMS, said, cited)
            what = storage_cases.record(tx, case.id, deed)
            askers = storage_cases.waiting(tx, case.id)
            self._post.answer(tx, what, askers)
            storage_cases.stop_waiting(tx, [asker.asker_id for asker in askers])
            storage_cases.set_status(tx, case.id, Status.ANSWERED, who)
            storage_cases.set_answered(tx, case.id)
            self._post.card(tx, what)
            return storage_case_reader.load(tx, case.id)

    def correct(self, ref: str, by: Person, text: str, cited: tuple[Quote, ...] = ()) -> Case:
        """Replace the last answer wherever it was delivered."""
        said = steps.words(text, "A correction")
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            wrong = steps.may_correct(case)
            deed = Deed(Step.CORRECTED, who, Capacity.COMMS, said, cited)
            what = storage_cases.record(tx, case.id, deed)
            self._post.correction(tx, what, wrong)
            self._post.card(tx, what)
            return storage_case_reader.load(tx, case.id)

    def close(self, ref: str, by: Person, reason: str = "") -> Case:
        """Without an answer a reason is needed, and whoever waits is told it."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_close(case, reason)
            storage_cases.set_status(tx, case.id, Status.CLOSED, case.holder)
            deed = Deed(Step.CLOSED, who, Capacity.COMMS, reason.strip())
            what = storage_cases.record(tx, case.id, deed)
            askers = storage_cases.waiting(tx, case.id)
            self._post.closing(tx, what, askers)
            storage_cases.stop_waiting(tx, [asker.asker_id for asker in askers])
            self._post.card(tx, what)
            return storage_case_reader.load(tx, case.id)

    def reopen(self, ref: str, by: Person) -> Case:
        """All its askers wait again; what they get next is a further answer."""
        with self._storage.begin() as tx:
            case, who = self._take(tx, ref, by)
            steps.may_reopen(case)
            storage_cases.wait_again(tx, case.id)
            storage_cases.set_due(tx, case.id, self._hours.due(tx.now))
            return self._hold(tx, case, who, Status.REOPENED, Step.REOPENED)

    def _take(self, tx: Transaction, ref: str, by: Person) -> tuple[Case, Who]:
        case = storage_case_reader.locked(tx, steps.case_id(ref))
        return case, storage_people.known(tx, by, Capacity.COMMS)

    def _hold(self, tx: Transaction, case: Case, who: Who, status: Status, step: Step) -> Case:
        storage_cases.set_status(tx, case.id, status, who)
        return self._recorded(tx, case, step, who)

    def _recorded(self, tx: Transaction, case: Case, step: Step, who: Who) -> Case:
        what = storage_cases.record(tx, case.id, Deed(step, who, Capacity.COMMS))
        self._post.card(tx, what)
        return storage_case_reader.load(tx, case.id)
