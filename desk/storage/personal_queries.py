"""All that is stored about one person, read for them."""

from collections.abc import Collection

from sqlalchemy import select

from desk.model.personal_data import PersonalFeedback, PersonalLetter, PersonalQuestion
from desk.model.question import Outcome, Verdict
from desk.storage.database import Transaction
from desk.storage.inbox_tables import letters
from desk.storage.tables import feedback, questions
from knowledge.policy import Role


def asked(tx: Transaction, ids: Collection[str]) -> tuple[PersonalQuestion, ...]:
    mine = select(questions).where(questions.c.person.in_(ids)).order_by(questions.c.id)
    return tuple(
        PersonalQuestion(
            at=row.accepted_at,
            role=Role(row.role),
            text=row.text,
            history=tuple(row.history),
            outcome="" if row.outcome is None else Outcome(row.outcome),
        )
        for row in tx.connection.execute(mine)
    )


def judged(tx: Transaction, ids: Collection[str]) -> tuple[PersonalFeedback, ...]:
    mine = select(feedback).where(feedback.c.person.in_(ids)).order_by(feedback.c.at)
    return tuple(
        PersonalFeedback(row.at, Verdict(row.verdict), row.word)
        for row in tx.connection.execute(mine)
    )


def delivered(tx: Transaction, key: str) -> tuple[PersonalLetter, ...]:
    mine = select(letters).where(letters.c.person == key).order_by(letters.c.id)
    return tuple(PersonalLetter(row.at, row.body) for row in tx.connection.execute(mine))
