from datetime import datetime

from sqlalchemy import select

from desk.model.question import Outcome, Verdict
from desk.storage.database import Transaction
from desk.storage.report_queries import Period
from desk.storage.tables import feedback, questions


def asked(tx: Transaction, period: Period) -> list[tuple[datetime, Outcome]]:
    """When, and what became of it; questions still without an outcome are left out."""
    rows = select(questions.c.accepted_at, questions.c.outcome).where(
        period.asked(), questions.c.outcome.is_not(None)
    )
    return [(row.accepted_at, Outcome(row.outcome)) for row in tx.connection.execute(rows)]


def judged(tx: Transaction, period: Period) -> list[tuple[float, Verdict]]:
    """How sure the bot was of each answer that somebody judged, and their verdict."""
    rows = (
        select(questions.c.confidence, feedback.c.verdict)
        .join(feedback, feedback.c.question_id == questions.c.id)
        .where(period.asked(), questions.c.confidence.is_not(None))
        .order_by(questions.c.confidence, feedback.c.person)
    )
    return [(row.confidence, Verdict(row.verdict)) for row in tx.connection.execute(rows)]
