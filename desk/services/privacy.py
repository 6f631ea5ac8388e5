"""Retention, access and erasure.

The desk cannot delete what the platforms and backups keep, nor PostgreSQL's write-ahead log
before the server recycles it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from desk.model.audit import Action, Note
from desk.model.case import Case, Step
from desk.model.people import THE_BOT, ActorRole, Person
from desk.model.personal_data import PersonalFile, personal_case
from desk.model.precedent import KEPT
from desk.model.repetition import ErasedWords
from desk.services.notifications import Notifications
from desk.storage import (
    answer_email_table,
    case_note_table,
    case_queries,
    case_reader,
    case_table,
    erasure,
    inbox_table,
    person_table,
    personal_data,
    precedent_table,
    preference_table,
    saved_reply_table,
    session_table,
    taught_question_table,
)
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction

# Cases and questions that one transaction purges, so that nobody waits long for it.
PURGED_AT_ONCE = 200
_PURGE_LOCK = 4_201_119  # any number, the same in every replica


@dataclass(frozen=True, slots=True)
class Retention:
    """How long words are kept: of a question after it was asked, of a case after its last
    change, of the platforms' event numbers after they came, and an address for an answer after
    its e-mail was queued. The last is for a bot whose mail server was taken away: with one, the
    e-mail is sent or given up earlier. An example question that an owner took from a case or a
    question is deleted with it. Audit entries stay."""

    questions: timedelta = timedelta(days=180)
    cases: timedelta = timedelta(days=730)
    events: timedelta = timedelta(days=30)
    emails: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Deleted:
    """`cleaned`: whether the words are also gone from the database's files; where they are not,
    `finish_deletions` tries again. `to_check`: references of published answers and saved replies
    that may repeat the words of an erased person; comms have to edit them."""

    questions: int
    cases: int
    cleaned: bool = True
    to_check: tuple[str, ...] = ()


class Privacy:
    def __init__(
        self, storage: Storage, notifications: Notifications, retention: Retention
    ) -> None:
        self._storage = storage
        self._notifications = notifications
        self._retention = retention

    def purge(self) -> Deleted:
        """Delete what is older than the retention periods. Of several replicas one does it."""
        cases = questions = 0
        with self._storage.alone(_PURGE_LOCK) as mine:
            while mine:
                with self._storage.begin() as tx:
                    purged = self._purge_some(tx)
                cases += purged.cases
                questions += purged.questions
                if max(purged.cases, purged.questions) < PURGED_AT_ONCE:
                    break
            cleaned = self.finish_deletions() if mine else True
        return Deleted(questions, cases, cleaned)

    def finish_deletions(self) -> bool:
        """Take what was deleted out of the database's files; False where that has to be tried
        again. Does nothing where nothing was deleted since the last time."""
        with self._storage.read() as tx:
            deletions = erasure.deletions_on_disk(tx)
        if not deletions:
            return True
        if not self._storage.clean_disk(erasure.WORDS_IN):
            return False
        with self._storage.begin() as tx:
            erasure.set_cleaned(tx, deletions)
        return True

    def export(self, key: str, by: Person) -> PersonalFile:
        """Everything stored about the person with this key."""
        with self._storage.begin() as tx:
            ids = person_table.pseudonyms(tx, key)
            found = case_reader.load_all(tx, case_queries.of_person(tx, key))
            notes = case_note_table.of_cases(tx, [case.id for case in found])
            self._note(tx, by, Action.EXPORTED, key)
            return PersonalFile(
                person=key,
                pseudonyms=ids,
                questions=personal_data.asked(tx, ids),
                cases=tuple(
                    personal_case(case, [note for note in notes if note.ref == case.ref], ids)
                    for case in found
                ),
                feedback=personal_data.judged(tx, ids),
                preferences=preference_table.preferences_of(tx, key),
                delivered=personal_data.delivered(tx, key),
                emails=personal_data.emails(tx, ids),
                examples=personal_data.taught(tx, ids, _in_own_words(found, ids)),
            )

    def erase(self, key: str, by: Person) -> Deleted:
        """Delete everything the person with this key said, and who they are.

        A case that others share keeps their words, and its card is brought up to date. What a
        colleague of comms answered is the council's: only the name is deleted there. A note of
        comms goes with the words of its case, and where it repeats those of the erased person.
        """
        with self._storage.begin() as tx:
            ids = person_table.asking(tx, key)
            asked = erasure.questions_of(tx, ids)
            shared = sorted(case_queries.of_person(tx, key))
            before = [case_reader.locked(tx, case_id) for case_id in shared]
            erased = ErasedWords(personal_data.words(tx, ids), person_table.names_of(tx, key))
            to_check = (*_published_repeating(tx, erased), *_replies_repeating(tx, erased))
            _drop_notes_repeating(tx, shared, erased)
            erasure.drop_asker(tx, ids)
            erasure.drop_questions(tx, asked)
            taught_question_table.remove_asked_in(tx, shared, asked)
            for case in before:
                self._leave_behind(tx, case, ids)
            self._note(tx, by, Action.ERASED, key)
            preference_table.forget_preferences(tx, key)
            session_table.forget(tx, key)
            inbox_table.forget(tx, key)
            person_table.forget(tx, key)
            erasure.count_deletion(tx)
        return Deleted(len(asked), len(shared), self.finish_deletions(), to_check)

    def _purge_some(self, tx: Transaction) -> Deleted:
        old_cases = erasure.old_cases(tx, tx.now - self._retention.cases, PURGED_AT_ONCE)
        erasure.drop_cases(tx, old_cases)
        old = erasure.old_questions(tx, tx.now - self._retention.questions, PURGED_AT_ONCE)
        erasure.drop_questions(tx, old)
        taught_question_table.remove_asked_in(tx, old_cases, old)
        erasure.drop_inbound(tx, tx.now - self._retention.events)
        erasure.drop_digests(tx, tx.now - self._retention.events)
        answer_email_table.remove_unsent(tx, tx.now - self._retention.emails)
        # A delivered message never outlives the question or the case that it is about.
        kept = min(self._retention.questions, self._retention.cases)
        messages = inbox_table.drop_old(tx, tx.now - kept)
        if old_cases or old or messages:
            erasure.drop_strangers(tx)
            subject = f"{len(old)} questions, {len(old_cases)} cases"
            tx.note(Note(THE_BOT.id, ActorRole.BOT, Action.PURGED, subject))
            erasure.count_deletion(tx)
        return Deleted(len(old), len(old_cases))

    def _leave_behind(self, tx: Transaction, case: Case, ids: tuple[str, ...]) -> None:
        others = [asker for asker in case.askers if asker.person.id not in ids]
        if others:
            erasure.hand_case_to(tx, case.id, others[0].shown)
        else:
            erasure.drop_words(tx, case.id)
        event = NewEvent(Step.ERASED, THE_BOT, ActorRole.BOT)
        self._notifications.card(tx, case_table.record(tx, case.id, event))

    def _note(self, tx: Transaction, by: Person, action: Action, key: str) -> None:
        who = person_table.known(tx, by, ActorRole.COMMS)
        about = " ".join(person_table.lasting_pseudonyms(tx, key))
        tx.note(Note(who.id, ActorRole.COMMS, action, about))


def _in_own_words(cases: Iterable[Case], ids: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of the cases that show the question of the person with these pseudonyms: a case
    shows the words of the asker who has waited longest."""
    return tuple(case.id for case in cases if case.askers and case.askers[0].person.id in ids)


def _published_repeating(tx: Transaction, erased: ErasedWords) -> tuple[str, ...]:
    """Published answers that may repeat this person's words: out of use until comms edit them."""
    published = precedent_table.listed(tx, KEPT)
    found = [each for each in published if erased.are_in(f"{each.question}\n{each.text}")]
    if found:
        precedent_table.set_repeats_erased(tx, [each.id for each in found])
    return tuple(each.ref for each in found)


def _replies_repeating(tx: Transaction, erased: ErasedWords) -> tuple[str, ...]:
    """Saved replies that may repeat this person's words: not offered until comms edit them."""
    saved = saved_reply_table.listed(tx)
    found = [each for each in saved if erased.are_in(f"{each.title}\n{each.text}")]
    if found:
        saved_reply_table.set_repeats_erased(tx, [each.id for each in found])
    return tuple(each.ref for each in found)


def _drop_notes_repeating(tx: Transaction, case_ids: list[int], erased: ErasedWords) -> None:
    notes = case_note_table.of_cases(tx, case_ids)
    case_note_table.remove(tx, [note.id for note in notes if erased.are_in(note.text)])
