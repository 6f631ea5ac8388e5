"""All that is stored about one person."""

from collections.abc import Collection, Iterator

from sqlalchemy import String, cast, select

from desk.model.personal_data import (
    DeliveredMessage,
    PersonalEmail,
    PersonalExample,
    PersonalFeedback,
    PersonalQuestion,
)
from desk.model.question import Outcome, Verdict
from desk.storage import answer_email_table
from desk.storage.database import Transaction
from desk.storage.inbox_table import inbox_messages
from desk.storage.tables import askers, events, feedback, outbox, questions
from desk.storage.taught_question_table import taught_questions
from knowledge.policy import Role


def asked(tx: Transaction, ids: Collection[str]) -> tuple[PersonalQuestion, ...]:
    reply_key = "reply:" + cast(questions.c.id, String)
    replied = (outbox.c.question_id == questions.c.id) & (outbox.c.key == reply_key)
    mine = select(questions, outbox.c.body).outerjoin(outbox, replied)
    rows = tx.connection.execute(mine.where(questions.c.person.in_(ids)).order_by(questions.c.id))
    return tuple(
        PersonalQuestion(
            at=row.accepted_at,
            role=Role(row.role),
            text=row.text,
            history=tuple(row.history),
            outcome="" if row.outcome is None else Outcome(row.outcome),
            reason=row.reason or "",
            reply=row.body or "",
        )
        for row in rows
    )


def judged(tx: Transaction, ids: Collection[str]) -> tuple[PersonalFeedback, ...]:
    mine = select(feedback).where(feedback.c.person.in_(ids)).order_by(feedback.c.at)
    return tuple(
        PersonalFeedback(row.at, Verdict(row.verdict), row.remark)
        for row in tx.connection.execute(mine)
    )


def delivered(tx: Transaction, key: str) -> tuple[DeliveredMessage, ...]:
    mine = select(inbox_messages).where(inbox_messages.c.person == key)
    rows = tx.connection.execute(mine.order_by(inbox_messages.c.id))
    return tuple(DeliveredMessage(row.at, row.body) for row in rows)


def taught(
    tx: Transaction, ids: Collection[str], case_ids: Collection[int]
) -> tuple[PersonalExample, ...]:
    """Example questions from these cases, and from the questions of these pseudonyms."""
    asked_by = select(questions.c.id).where(questions.c.person.in_(ids))
    mine = taught_questions.c.case_id.in_(case_ids) | taught_questions.c.question_id.in_(asked_by)
    rows = tx.connection.execute(
        select(taught_questions).where(mine).order_by(taught_questions.c.id)
    )
    return tuple(
        PersonalExample(row.added_at, row.policy, row.question, tuple(row.history)) for row in rows
    )


def emails(tx: Transaction, ids: Collection[str]) -> tuple[PersonalEmail, ...]:
    found = answer_email_table.left_under(tx, ids)
    return tuple(PersonalEmail(each.left_at, f"C-{each.case_id}", each.address) for each in found)


def words(tx: Transaction, ids: Collection[str]) -> Iterator[str]:
    """Everything that these pseudonyms wrote, as they put it and as comms saw it."""
    asking = askers.c.person.in_(ids)
    for written in (
        select(questions.c.text).where(questions.c.person.in_(ids)),
        select(askers.c.question).where(asking),
        select(askers.c.shown).where(asking),
        select(events.c.text).where(events.c.person.in_(ids)),
        select(feedback.c.remark).where(feedback.c.person.in_(ids)),
    ):
        yield from tx.connection.execute(written).scalars()
