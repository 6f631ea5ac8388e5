"""Questions as they were accepted, events as the platform numbered them, and feedback."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, update

from desk.model.case import Quote
from desk.model.errors import NoSuchQuestion
from desk.model.people import Contact, PersonRef
from desk.model.question import Incoming, Outcome, Question, Verdict
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, as_json, insert_or_ignore
from desk.storage.tables import feedback, inbound, outbox, questions
from knowledge.policy import Role


def first_time(tx: Transaction, surface: str, event_id: str) -> bool:
    return insert_or_ignore(tx, inbound, surface=surface, event_id=event_id, at=tx.now) is not None


def add(tx: Transaction, incoming: Incoming, who: PersonRef) -> int | None:
    """The new question's number, or None when this message was a question before."""
    row = insert_or_ignore(
        tx,
        questions,
        surface=incoming.contact.surface,
        address=incoming.contact.address,
        message_id=incoming.message_id,
        person=who.id,
        role=incoming.role,
        text=incoming.text,
        history=list(incoming.history),
        accepted_at=tx.now,
        cited=[],
        tries=0,
    )
    return None if row is None else int(row.id)


def locked(tx: Transaction, question_id: int) -> Question:
    mine = select(questions).where(questions.c.id == question_id)
    return _one(tx, question_id, mine.with_for_update())


def read(tx: Transaction, question_id: int) -> Question:
    return _one(tx, question_id, select(questions).where(questions.c.id == question_id))


def case_of(tx: Transaction, question_id: int) -> int | None:
    found = select(questions.c.case_id).where(questions.c.id == question_id)
    number: int | None = tx.connection.execute(found).scalar_one()
    return number


def finish(
    tx: Transaction,
    question_id: int,
    outcome: Outcome,
    cited: tuple[Quote, ...] = (),
    confidence: float | None = None,
) -> bool:
    """False when it had its outcome before, which then stays."""
    undone = (questions.c.id == question_id) & questions.c.outcome.is_(None)
    values = {
        "outcome": outcome,
        "finished_at": tx.now,
        "cited": as_json(cited),
        "confidence": confidence,
    }
    return tx.connection.execute(update(questions).where(undone).values(values)).rowcount == 1


def set_case(tx: Transaction, question_id: int, case_id: int) -> None:
    mine = questions.c.id == question_id
    tx.connection.execute(update(questions).where(mine).values(case_id=case_id))


def set_text(tx: Transaction, question_id: int, text: str) -> None:
    tx.connection.execute(update(questions).where(questions.c.id == question_id).values(text=text))


def unfinished(tx: Transaction, before: datetime) -> tuple[Question, ...]:
    """Accepted before that time and still without an outcome, oldest first; counts the try."""
    left = questions.c.outcome.is_(None) & (questions.c.accepted_at < before)
    found = tuple(_question(row) for row in tx.connection.execute(select(questions).where(left)))
    these = questions.c.id.in_([question.id for question in found])
    tx.connection.execute(update(questions).where(these).values(tries=questions.c.tries + 1))
    return tuple(sorted(found, key=lambda question: question.id))


def by_message(tx: Transaction, surface: str, message_id: str) -> int | None:
    """The question that was asked in this message."""
    found = select(questions.c.id).where(
        questions.c.surface == surface, questions.c.message_id == message_id
    )
    return tx.connection.execute(found).scalar_one_or_none()


def case_by_message(tx: Transaction, surface: str, message_id: str) -> int | None:
    """The case that a message belongs to: the question itself, or anything sent about it."""
    asked = select(questions.c.case_id).where(
        questions.c.surface == surface, questions.c.message_id == message_id
    )
    sent = select(outbox.c.case_id).where(
        outbox.c.surface == surface, outbox.c.message_id == message_id
    )
    numbers = tx.connection.execute(asked.union(sent)).scalars()
    return next((number for number in numbers if number is not None), None)


def recent(tx: Transaction, since: datetime, at_most: int) -> tuple[Question, ...]:
    rows = tx.connection.execute(
        select(questions)
        .where(questions.c.accepted_at >= since, questions.c.text != "")
        .order_by(questions.c.id.desc())
        .limit(at_most)
    )
    return tuple(_question(row) for row in rows)


def earlier(
    tx: Transaction, contact: Contact, ids: Collection[str], since: datetime
) -> tuple[str, ...]:
    mine = select(questions.c.text).where(
        _at(contact), questions.c.person.in_(ids), questions.c.accepted_at >= since
    )
    return tuple(tx.connection.execute(mine.order_by(questions.c.id)).scalars())


def asked_at(tx: Transaction, contact: Contact) -> bool:
    return bool(tx.connection.execute(select(exists().where(_at(contact)))).scalar())


def case_at(tx: Transaction, contact: Contact, ids: Collection[str]) -> int | None:
    found = select(func.max(questions.c.case_id)).where(_at(contact), questions.c.person.in_(ids))
    number: int | None = tx.connection.execute(found).scalar_one()
    return number


def set_feedback(
    tx: Transaction, question_id: int, who: PersonRef, verdict: Verdict, word: str
) -> None:
    """One of a person on a question: pressing the other button later replaces it."""
    key = {"question_id": question_id, "person": who.id}
    said = {"verdict": verdict, "word": word, "at": tx.now}
    if insert_or_ignore(tx, feedback, **key, **said) is None:
        mine = (feedback.c.question_id == question_id) & (feedback.c.person == who.id)
        tx.connection.execute(update(feedback).where(mine).values(said))


def _at(contact: Contact) -> ColumnElement[bool]:
    return and_(questions.c.surface == contact.surface, questions.c.address == contact.address)


def _one(tx: Transaction, question_id: int, statement: Select[*tuple[Any, ...]]) -> Question:
    row = tx.connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchQuestion(f"There is no question {question_id}: it may have been deleted.")
    return _question(row)


def _question(row: AnyRow) -> Question:
    return Question(
        id=row.id,
        contact=Contact(row.surface, row.address),
        who=PersonRef(row.person, ""),
        role=Role(row.role),
        text=row.text,
        history=tuple(row.history),
        accepted_at=row.accepted_at,
        tries=row.tries,
    )
