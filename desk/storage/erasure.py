"""Deleting: what holds a person's words goes, or loses the words where figures count it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from desk.model.case import PENDING, Status
from desk.model.people import ActorRole
from desk.model.question import Outcome
from desk.storage.database import Transaction
from desk.storage.tables import askers, cases, events, feedback, inbound, outbox, people, questions

_WORDLESS_CASE = {"question": "", "history": [], "draft": ""}
_WORDLESS_EVENT = {"text": "", "salt": ""}
_WORDLESS_QUESTION: dict[str, object] = {
    "surface": "",
    "address": "",
    "message_id": None,
    "person": "",
    "text": "",
    "history": [],
}


def old_cases(tx: Transaction, before: datetime) -> tuple[int, ...]:
    """Not pending, unchanged since then, and not purged yet."""
    found = select(cases.c.id).where(
        cases.c.status.not_in(PENDING), cases.c.changed_at < before, cases.c.question != ""
    )
    return tuple(tx.connection.execute(found.order_by(cases.c.id).with_for_update()).scalars())


def old_questions(tx: Transaction, before: datetime) -> tuple[int, ...]:
    """Finished without a case, or whose case is purged."""
    kept = select(cases.c.id).where(cases.c.question != "")
    found = select(questions.c.id).where(
        questions.c.outcome.is_not(None),
        questions.c.accepted_at < before,
        questions.c.text != "",
        questions.c.case_id.is_(None) | questions.c.case_id.not_in(kept),
    )
    return tuple(tx.connection.execute(found.order_by(questions.c.id)).scalars())


def questions_of(tx: Transaction, ids: Collection[str]) -> tuple[int, ...]:
    found = select(questions.c.id).where(questions.c.person.in_(ids))
    return tuple(tx.connection.execute(found.order_by(questions.c.id).with_for_update()).scalars())


def drop_cases(tx: Transaction, numbers: Collection[int]) -> None:
    """Leave of these cases the status, the reason, the clauses and the times."""
    tx.connection.execute(delete(outbox).where(outbox.c.case_id.in_(numbers)))
    tx.connection.execute(delete(askers).where(askers.c.case_id.in_(numbers)))
    said = update(events).where(events.c.case_id.in_(numbers))
    tx.connection.execute(said.values(_WORDLESS_EVENT))
    tx.connection.execute(update(cases).where(cases.c.id.in_(numbers)).values(_WORDLESS_CASE))


def drop_questions(tx: Transaction, numbers: Collection[int]) -> None:
    """Leave of these questions the role, the outcome, the clauses and the times."""
    tx.connection.execute(delete(outbox).where(outbox.c.question_id.in_(numbers)))
    worded = update(feedback).where(feedback.c.question_id.in_(numbers))
    tx.connection.execute(worded.values(word=""))
    mine = update(questions).where(questions.c.id.in_(numbers))
    tx.connection.execute(mine.values(_WORDLESS_QUESTION))
    # Without words there is nothing left for the sweeper to answer.
    undone = mine.where(questions.c.outcome.is_(None))
    tx.connection.execute(undone.values(outcome=Outcome.WITHDRAWN, finished_at=tx.now))


def drop_inbound(tx: Transaction, before: datetime) -> None:
    tx.connection.execute(delete(inbound).where(inbound.c.at < before))


def drop_strangers(tx: Transaction) -> None:
    """Askers of whom no word is left."""
    asking = select(questions.c.person)
    gone = (people.c.capacity == ActorRole.ASKER) & people.c.id.not_in(asking)
    tx.connection.execute(delete(people).where(gone))


def drop_asker(tx: Transaction, ids: Collection[str]) -> None:
    """Everything that these pseudonyms said or are to hear, in whatever case."""
    asking = select(askers.c.id).where(askers.c.person.in_(ids))
    tx.connection.execute(delete(outbox).where(outbox.c.asker_id.in_(asking)))
    tx.connection.execute(delete(askers).where(askers.c.person.in_(ids)))
    tx.connection.execute(delete(feedback).where(feedback.c.person.in_(ids)))
    said = update(events).where(events.c.person.in_(ids))
    tx.connection.execute(said.values(_WORDLESS_EVENT))


def drop_words(tx: Transaction, case_id: int) -> None:
    """A case whose only asker is gone."""
    said = update(events).where(events.c.case_id == case_id)
    tx.connection.execute(said.values(_WORDLESS_EVENT))
    mine = update(cases).where(cases.c.id == case_id)
    tx.connection.execute(mine.values(_WORDLESS_CASE | {"pending_key": None}))
    undone = mine.where(cases.c.status.in_(PENDING))
    tx.connection.execute(undone.values(status=Status.WITHDRAWN))


def hand_case_to(tx: Transaction, case_id: int, shown: str) -> None:
    """The case keeps the words of an asker who is still there."""
    mine = update(cases).where(cases.c.id == case_id)
    tx.connection.execute(mine.values(question=shown, history=[]))
