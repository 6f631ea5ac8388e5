"""Retention, access and erasure.

Beyond the desk: what the platforms and backups keep, and what PostgreSQL's write-ahead log
keeps until the server recycles it.
"""

from dataclasses import dataclass
from datetime import timedelta

from desk import (
    storage_case_reader,
    storage_cases,
    storage_mailbox,
    storage_people,
    storage_personal,
    storage_preferences,
    storage_privacy,
    storage_sign_ins,
)
from desk.audit import Action, Note
from desk.case import Case, Step
from desk.people import THE_BOT, Capacity, Person
from desk.personal import PersonalFile, personal_case
from desk.post import Post
from desk.storage import Storage, Transaction
from desk.storage_cases import Deed


@dataclass(frozen=True, slots=True)
class Retention:
    """How long words are kept: of a question after it was asked, of a case after its last
    change, of the platforms' event numbers after they came. Audit entries stay."""

    questions: timedelta = timedelta(days=180)
    cases: timedelta = timedelta(days=730)
    events: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deleted:
    questions: int
    cases: int


class Privacy:
    def __init__(self, storage: Storage, post: Post, retention: Retention) -> None:
        self._storage = storage
        self._post = post
        self._retention = retention

    def purge(self) -> Deleted:
        """Delete what is older than the retention periods, also from the disk."""
        with self._storage.begin() as tx:
            old_cases = storage_privacy.old_cases(tx, tx.now - self._retention.cases)
            storage_privacy.drop_cases(tx, old_cases)
            old = storage_privacy.old_questions(tx, tx.now - self._retention.questions)
            storage_privacy.drop_questions(tx, old)
            storage_privacy.drop_inbound(tx, tx.now - self._retention.events)
            # What was delivered never outlives the question or the case that it is about.
            kept = min(self._retention.questions, self._retention.cases)
            storage_mailbox.drop_old(tx, tx.now - kept)
            storage_privacy.drop_strangers(tx)
            subject = f"{len(old)} questions, {len(old_cases)} cases"
            tx.note(Note(THE_BOT.id, Capacity.BOT, Action.PURGED, subject))
        self._storage.vacuum()
        return Deleted(len(old), len(old_cases))

    def export(self, key: str, by: Person) -> PersonalFile:
        """Everything stored about the person with this key."""
        with self._storage.begin() as tx:
            ids = storage_people.pseudonyms(tx, key)
            found = [
                storage_case_reader.load(tx, case_id) for case_id in storage_case_reader.of(tx, ids)
            ]
            self._note(tx, by, Action.EXPORTED, ids)
            return PersonalFile(
                person=key,
                pseudonyms=ids,
                questions=storage_personal.asked(tx, ids),
                cases=tuple(personal_case(case, ids) for case in found),
                feedback=storage_personal.judged(tx, ids),
                preferences=storage_preferences.read(tx, key),
                delivered=storage_personal.delivered(tx, key),
            )

    def erase(self, key: str, by: Person) -> Deleted:
        """Delete everything the person with this key said, and who they are.

        A case that others share keeps their words; comms' card of it is brought up to date.
        What a colleague of comms answered is the council's: there only the name goes.
        """
        with self._storage.begin() as tx:
            ids = storage_people.asking(tx, key)
            asked = storage_privacy.questions_of(tx, ids)
            shared = sorted(storage_case_reader.of(tx, ids))
            before = [storage_case_reader.locked(tx, case_id) for case_id in shared]
            storage_privacy.drop_asker(tx, ids)
            storage_privacy.drop_questions(tx, asked)
            for case in before:
                self._leave_behind(tx, case, ids)
            self._note(tx, by, Action.ERASED, storage_people.pseudonyms(tx, key))
            storage_preferences.forget(tx, key)
            storage_sign_ins.forget(tx, key)
            storage_mailbox.forget(tx, key)
            storage_people.forget(tx, key)
        self._storage.vacuum()
        return Deleted(len(asked), len(shared))

    def _leave_behind(self, tx: Transaction, case: Case, ids: tuple[str, ...]) -> None:
        others = [asker for asker in case.askers if asker.who.id not in ids]
        if others:
            storage_privacy.hand_case_to(tx, case.id, others[0].shown)
        else:
            storage_privacy.drop_words(tx, case.id)
        deed = Deed(Step.ERASED, THE_BOT, Capacity.BOT)
        self._post.card(tx, storage_cases.record(tx, case.id, deed))

    def _note(self, tx: Transaction, by: Person, action: Action, ids: tuple[str, ...]) -> None:
        who = storage_people.known(tx, by, Capacity.COMMS)
        tx.note(Note(who.id, Capacity.COMMS, action, " ".join(ids)))
