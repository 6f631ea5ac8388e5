"""Retention, access and erasure.

Beyond the desk: what the platforms and backups keep, and what PostgreSQL's write-ahead log
keeps until the server recycles it.
"""

from dataclasses import dataclass
from datetime import timedelta

from desk.model.audit import Action, Note
from desk.model.case import Case, Step
from desk.model.people import THE_BOT, ActorRole, Person
from desk.model.personal_data import PersonalFile, personal_case
from desk.services.notifications import Notifications
from desk.storage import (
    case_reader,
    case_table,
    erasure,
    inbox_table,
    person_table,
    personal_queries,
    preference_table,
    sign_in_table,
)
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction


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
    def __init__(self, storage: Storage, post: Notifications, retention: Retention) -> None:
        self._storage = storage
        self._post = post
        self._retention = retention

    def purge(self) -> Deleted:
        """Delete what is older than the retention periods, also from the disk."""
        with self._storage.begin() as tx:
            old_cases = erasure.old_cases(tx, tx.now - self._retention.cases)
            erasure.drop_cases(tx, old_cases)
            old = erasure.old_questions(tx, tx.now - self._retention.questions)
            erasure.drop_questions(tx, old)
            erasure.drop_inbound(tx, tx.now - self._retention.events)
            # What was delivered never outlives the question or the case that it is about.
            kept = min(self._retention.questions, self._retention.cases)
            inbox_table.drop_old(tx, tx.now - kept)
            erasure.drop_strangers(tx)
            subject = f"{len(old)} questions, {len(old_cases)} cases"
            tx.note(Note(THE_BOT.id, ActorRole.BOT, Action.PURGED, subject))
        self._storage.vacuum()
        return Deleted(len(old), len(old_cases))

    def export(self, key: str, by: Person) -> PersonalFile:
        """Everything stored about the person with this key."""
        with self._storage.begin() as tx:
            ids = person_table.pseudonyms(tx, key)
            found = [case_reader.load(tx, case_id) for case_id in case_reader.of(tx, ids)]
            self._note(tx, by, Action.EXPORTED, ids)
            return PersonalFile(
                person=key,
                pseudonyms=ids,
                questions=personal_queries.asked(tx, ids),
                cases=tuple(personal_case(case, ids) for case in found),
                feedback=personal_queries.judged(tx, ids),
                preferences=preference_table.read(tx, key),
                delivered=personal_queries.delivered(tx, key),
            )

    def erase(self, key: str, by: Person) -> Deleted:
        """Delete everything the person with this key said, and who they are.

        A case that others share keeps their words; comms' card of it is brought up to date.
        What a colleague of comms answered is the council's: there only the name goes.
        """
        with self._storage.begin() as tx:
            ids = person_table.asking(tx, key)
            asked = erasure.questions_of(tx, ids)
            shared = sorted(case_reader.of(tx, ids))
            before = [case_reader.locked(tx, case_id) for case_id in shared]
            erasure.drop_asker(tx, ids)
            erasure.drop_questions(tx, asked)
            for case in before:
                self._leave_behind(tx, case, ids)
            self._note(tx, by, Action.ERASED, person_table.pseudonyms(tx, key))
            preference_table.forget(tx, key)
            sign_in_table.forget(tx, key)
            inbox_table.forget(tx, key)
            person_table.forget(tx, key)
        self._storage.vacuum()
        return Deleted(len(asked), len(shared))

    def _leave_behind(self, tx: Transaction, case: Case, ids: tuple[str, ...]) -> None:
        others = [asker for asker in case.askers if asker.who.id not in ids]
        if others:
            erasure.hand_case_to(tx, case.id, others[0].shown)
        else:
            erasure.drop_words(tx, case.id)
        deed = NewEvent(Step.ERASED, THE_BOT, ActorRole.BOT)
        self._post.card(tx, case_table.record(tx, case.id, deed))

    def _note(self, tx: Transaction, by: Person, action: Action, ids: tuple[str, ...]) -> None:
        who = person_table.known(tx, by, ActorRole.COMMS)
        tx.note(Note(who.id, ActorRole.COMMS, action, " ".join(ids)))
