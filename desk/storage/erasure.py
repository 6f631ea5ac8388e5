"""Deleting: what holds a person's words is deleted, or loses them where figures count it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, select, update

from desk.model.case import PENDING, Status
from desk.model.messages import MessageKind
from desk.model.people import ActorRole
from desk.model.question import Outcome
from desk.storage import case_note_table
from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from desk.storage.tables import (
    answer_emails,
    askers,
    cases,
    counters,
    events,
    feedback,
    inbound,
    outbox,
    people,
    questions,
)

# The tables that hold words of people.
WORDS_IN = (
    "answer_emails",
    "askers",
    "case_notes",
    "cases",
    "events",
    "feedback",
    "inbox_messages",
    "outbox",
    "people",
    "questions",
    "saved_replies",
    "taught_questions",
)
_DELETIONS = "deletions on the disk"
_ON_DISK = counters.c.name == _DELETIONS
_WORDLESS_CASE: dict[str, object] = {"question": "", "history": [], "draft": ""}
_WORDLESS_EVENT = {"text": "", "salt": "", "surface": None, "message_id": None}
_WORDLESS_QUESTION: dict[str, object] = {
    "surface": "",
    "address": "",
    "message_id": None,
    "person": "",
    "text": "",
    "history": [],
}


def old_cases(tx: Transaction, before: datetime, at_most: int) -> tuple[int, ...]:
    """Not pending, unchanged since then, and not purged yet."""
    found = select(cases.c.id).where(
        cases.c.status.not_in(PENDING), cases.c.changed_at < before, cases.c.question != ""
    )
    these = found.order_by(cases.c.id).limit(at_most).with_for_update()
    return tuple(tx.connection.execute(these).scalars())


def old_questions(tx: Transaction, before: datetime, at_most: int) -> tuple[int, ...]:
    """Finished without a case, or whose case is purged."""
    kept = select(cases.c.id).where(cases.c.question != "")
    found = select(questions.c.id).where(
        questions.c.outcome.is_not(None),
        questions.c.accepted_at < before,
        questions.c.person != "",
        questions.c.case_id.is_(None) | questions.c.case_id.not_in(kept),
    )
    return tuple(tx.connection.execute(found.order_by(questions.c.id).limit(at_most)).scalars())


def questions_of(tx: Transaction, ids: Collection[str]) -> tuple[int, ...]:
    found = select(questions.c.id).where(questions.c.person.in_(ids))
    return tuple(tx.connection.execute(found.order_by(questions.c.id).with_for_update()).scalars())


def drop_cases(tx: Transaction, numbers: Collection[int]) -> None:
    """Keep only the status, the reason, the clauses and the times of these cases."""
    tx.connection.execute(delete(outbox).where(outbox.c.case_id.in_(numbers)))
    _drop_emails(tx, select(askers.c.id).where(askers.c.case_id.in_(numbers)))
    tx.connection.execute(delete(askers).where(askers.c.case_id.in_(numbers)))
    case_note_table.remove_of_cases(tx, numbers)
    said = update(events).where(events.c.case_id.in_(numbers))
    tx.connection.execute(said.values(_WORDLESS_EVENT))
    tx.connection.execute(update(cases).where(cases.c.id.in_(numbers)).values(_WORDLESS_CASE))


def drop_questions(tx: Transaction, numbers: Collection[int]) -> None:
    """Keep only the role, the outcome, the reason, the clauses and the times of these
    questions."""
    tx.connection.execute(delete(outbox).where(outbox.c.question_id.in_(numbers)))
    judged = update(feedback).where(feedback.c.question_id.in_(numbers))
    tx.connection.execute(judged.values(remark=""))
    mine = update(questions).where(questions.c.id.in_(numbers))
    tx.connection.execute(mine.values(_WORDLESS_QUESTION))
    # Without words there is nothing left for the sweeper to answer.
    undone = mine.where(questions.c.outcome.is_(None))
    tx.connection.execute(undone.values(outcome=Outcome.WITHDRAWN, finished_at=tx.now))


def drop_inbound(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(inbound).where(inbound.c.at < before))


def drop_digests(tx: Transaction, before: datetime) -> None:
    old = (outbox.c.kind == MessageKind.DIGEST) & (outbox.c.queued_at < before)
    tx.connection.execute(delete(outbox).where(old))


def drop_strangers(tx: Transaction) -> None:
    """Delete the pseudonyms of askers whose words are all deleted."""
    asked = select(questions.c.person)
    in_cases = select(askers.c.person)
    gone = (
        (people.c.role == ActorRole.ASKER)
        & people.c.id.not_in(asked)
        & people.c.id.not_in(in_cases)
    )
    tx.connection.execute(delete(people).where(gone))


def drop_asker(tx: Transaction, ids: Collection[str]) -> None:
    """Everything that these pseudonyms said or are to be sent, in any case."""
    asking = select(askers.c.id).where(askers.c.person.in_(ids))
    tx.connection.execute(delete(outbox).where(outbox.c.asker_id.in_(asking)))
    _drop_emails(tx, asking)
    tx.connection.execute(delete(askers).where(askers.c.person.in_(ids)))
    tx.connection.execute(delete(feedback).where(feedback.c.person.in_(ids)))
    said = update(events).where(events.c.person.in_(ids))
    tx.connection.execute(said.values(_WORDLESS_EVENT))


def _drop_emails(tx: Transaction, asker_ids: Select[int]) -> None:
    tx.connection.execute(delete(answer_emails).where(answer_emails.c.asker_id.in_(asker_ids)))


def drop_words(tx: Transaction, case_id: int) -> None:
    """Delete the words of a case whose only asker is erased."""
    said = update(events).where(events.c.case_id == case_id)
    case_note_table.remove_of_cases(tx, (case_id,))
    tx.connection.execute(said.values(_WORDLESS_EVENT))
    mine = update(cases).where(cases.c.id == case_id)
    tx.connection.execute(mine.values(_WORDLESS_CASE | {"pending_key": None}))
    undone = mine.where(cases.c.status.in_(PENDING))
    tx.connection.execute(undone.values(status=Status.WITHDRAWN))


def hand_case_to(tx: Transaction, case_id: int, shown: str) -> None:
    """The case keeps the words of an asker who still waits."""
    mine = update(cases).where(cases.c.id == case_id)
    tx.connection.execute(mine.values(question=shown, history=[]))


def count_deletion(tx: Transaction) -> None:
    """Deleted words may now be in the database's files until they are cleaned."""
    insert_or_ignore(tx, counters, name=_DELETIONS, number=0)
    tx.connection.execute(update(counters).where(_ON_DISK).values(number=counters.c.number + 1))


def deletions_on_disk(tx: Transaction) -> int:
    """How many deletions happened since the files were last cleaned."""
    found = select(counters.c.number).where(_ON_DISK)
    return tx.connection.execute(found).scalar_one_or_none() or 0


def set_cleaned(tx: Transaction, deletions: int) -> None:
    """Does nothing where more was deleted since there were so many."""
    seen = _ON_DISK & (counters.c.number == deletions)
    tx.connection.execute(update(counters).where(seen).values(number=0))
