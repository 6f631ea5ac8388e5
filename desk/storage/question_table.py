"""Questions as they were accepted, events as the platform numbered them, and feedback."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, select, update

from desk.model.case import Quote
from desk.model.errors import NoSuchQuestion
from desk.model.people import Contact, PersonRef
from desk.model.question import NO_DECISION, Decision, Incoming, Outcome, Question, Verdict
from desk.storage.column_types import UtcDateTime
from desk.storage.database import Transaction
from desk.storage.person_table import ids_asking
from desk.storage.rows import AnyRow, as_json, insert_or_ignore, row_number
from desk.storage.tables import feedback, inbound, questions
from knowledge.policy import Role

# Built once: to build a statement takes longer than to execute it.
_WITH_NUMBER = select(questions).where(questions.c.id == bindparam("number"))
_LOCKED = _WITH_NUMBER.with_for_update()
_FINISH = (
    update(questions)
    .where(questions.c.id == bindparam("number"), questions.c.outcome.is_(None))
    .returning(*questions.c)
)


def first_time(tx: Transaction, surface: str, event_id: str) -> bool:
    return insert_or_ignore(tx, inbound, surface=surface, event_id=event_id, at=tx.now) is not None


def add(tx: Transaction, incoming: Incoming, person: PersonRef) -> Question | None:
    """The new question, or None when this message was a question before."""
    row = insert_or_ignore(
        tx,
        questions,
        surface=incoming.contact.surface,
        address=incoming.contact.address,
        message_id=incoming.message_id,
        person=person.id,
        role=incoming.role,
        text=incoming.text,
        history=list(incoming.history),
        accepted_at=tx.now,
        cited=[],
        tries=0,
    )
    return None if row is None else _question(row)


def locked(tx: Transaction, question_id: int) -> Question:
    """As `read`, and nobody else changes it before this transaction ends."""
    return _one(tx, question_id, _LOCKED)


def read(tx: Transaction, question_id: int) -> Question:
    """Raises NoSuchQuestion, also for one whose words were deleted."""
    return _one(tx, question_id, _WITH_NUMBER)


def finish(
    tx: Transaction,
    question_id: int,
    outcome: Outcome,
    cited: tuple[Quote, ...] = (),
    decision: Decision = NO_DECISION,
) -> Question | None:
    """None when it had its outcome before, which then stays."""
    values = {
        "number": question_id,
        "outcome": outcome,
        "finished_at": tx.now,
        "cited": as_json(cited),
        "confidence": decision.confidence,
        "reason": decision.reason,
    }
    row = tx.connection.execute(_FINISH, values).one_or_none()
    return None if row is None else _question(row)


def confirm(tx: Transaction, question_id: int, number: int) -> bool:
    """The clause with this number, counted from 1, of those offered answers the question; whether
    there was one. A second confirmation, of the same or another clause, changes nothing."""
    row = tx.connection.execute(select(questions).where(questions.c.id == question_id)).one()
    if row.outcome == Outcome.ANSWERED:
        return True
    if row.outcome != Outcome.OFFERED or not 0 < number <= len(row.cited):
        return False
    values = {"outcome": Outcome.ANSWERED, "cited": [row.cited[number - 1]]}
    tx.connection.execute(update(questions).where(questions.c.id == question_id).values(values))
    return True


def hand_over(tx: Transaction, question_id: int, case_id: int) -> None:
    """The question belongs to this case. An outcome that it had before stays."""
    values = {
        "case_id": case_id,
        "outcome": func.coalesce(questions.c.outcome, Outcome.ESCALATED),
        "finished_at": func.coalesce(questions.c.finished_at, literal(tx.now, UtcDateTime)),
    }
    tx.connection.execute(update(questions).where(questions.c.id == question_id).values(values))


def set_text(tx: Transaction, question_id: int, text: str) -> None:
    tx.connection.execute(update(questions).where(questions.c.id == question_id).values(text=text))


def are_unfinished(tx: Transaction, before: datetime) -> bool:
    return bool(tx.connection.execute(select(exists().where(_unfinished(before)))).scalar())


def take_unfinished(tx: Transaction, before: datetime, at_most: int) -> tuple[Question, ...]:
    """Accepted before that time and still without an outcome, oldest first; counts the try.

    Of two replicas each takes others: the rows of the first are locked.
    """
    left = select(questions).where(_unfinished(before)).order_by(questions.c.id).limit(at_most)
    rows = tx.connection.execute(left.with_for_update(skip_locked=True)).all()
    these = questions.c.id.in_([row.id for row in rows])
    tx.connection.execute(update(questions).where(these).values(tries=questions.c.tries + 1))
    return tuple(_question(row) for row in rows)


def by_message(tx: Transaction, surface: str, message_id: str) -> Question | None:
    """The question that was asked in this message."""
    mine = (questions.c.surface == surface) & (questions.c.message_id == message_id)
    row = tx.connection.execute(select(questions).where(mine)).one_or_none()
    return None if row is None else _question(row)


def recent(tx: Transaction, since: datetime, at_most: int) -> tuple[Question, ...]:
    rows = tx.connection.execute(
        select(questions)
        .where(questions.c.accepted_at >= since, questions.c.text != "")
        .order_by(questions.c.id.desc())
        .limit(at_most)
    )
    return tuple(_question(row) for row in rows)


def earlier(
    tx: Transaction, contact: Contact, key: str, since: datetime, at_most: int
) -> tuple[str, ...]:
    """The latest questions of the person with this key in this place, oldest first."""
    mine = select(questions.c.text).where(
        at(contact), questions.c.person.in_(ids_asking(key)), questions.c.accepted_at >= since
    )
    latest = tx.connection.execute(mine.order_by(questions.c.id.desc()).limit(at_most)).scalars()
    return tuple(reversed(latest.all()))


def asked_at(tx: Transaction, contact: Contact) -> bool:
    return bool(tx.connection.execute(select(exists().where(at(contact)))).scalar())


def set_feedback(
    tx: Transaction, question_id: int, person: PersonRef, verdict: Verdict, remark: str
) -> None:
    """One of a person on a question: pressing the other button later replaces it."""
    key = {"question_id": question_id, "person": person.id}
    said = {"verdict": verdict, "remark": remark, "at": tx.now}
    if insert_or_ignore(tx, feedback, **key, **said) is None:
        mine = (feedback.c.question_id == question_id) & (feedback.c.person == person.id)
        tx.connection.execute(update(feedback).where(mine).values(said))


def at(contact: Contact) -> ColumnElement[bool]:
    """Asked in this place."""
    return and_(questions.c.surface == contact.surface, questions.c.address == contact.address)


def _unfinished(before: datetime) -> ColumnElement[bool]:
    return questions.c.outcome.is_(None) & (questions.c.accepted_at < before)


def _one(tx: Transaction, question_id: int, statement: Select[*tuple[Any, ...]]) -> Question:
    row = tx.connection.execute(statement, {"number": row_number(question_id)}).one_or_none()
    if row is None or not row.person:
        raise NoSuchQuestion(f"There is no question {question_id}: it may have been deleted.")
    return _question(row)


def _question(row: AnyRow) -> Question:
    return Question(
        id=row.id,
        contact=Contact(row.surface, row.address),
        person=PersonRef(row.person, ""),
        role=Role(row.role),
        text=row.text,
        history=tuple(row.history),
        accepted_at=row.accepted_at,
        tries=row.tries,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        case_id=row.case_id,
    )
