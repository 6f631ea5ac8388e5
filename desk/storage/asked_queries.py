"""Questions with their outcomes, the latest first, as comms look through them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from desk.model.asked_question import BOUNDS, AskedFilter, AskedPage, AskedQuestion, Judgement
from desk.model.case import Naming
from desk.model.masking import mask
from desk.model.people import PersonRef
from desk.model.question import Outcome, Verdict
from desk.storage.database import Transaction
from desk.storage.outbox_table import reply_key
from desk.storage.rows import AnyRow, as_quotes, cites, row_number
from desk.storage.tables import askers, cases, feedback, outbox, people, questions
from knowledge.policy import Role
from knowledge.reason import NEEDS_A_YES, Reason

# Of more questions than this the latest are looked through, so that no search takes long.
MOST_SEARCHED = 20_000


def page(tx: Transaction, wanted: AskedFilter, at_most: int) -> AskedPage:
    """A page may have fewer questions than `at_most` although there are older ones: words that
    comms do not see are not found."""
    latest = tx.connection.execute(select(func.max(questions.c.id))).scalar_one() or 0
    found = _asked().where(questions.c.id > latest - MOST_SEARCHED, *_conditions(wanted))
    rows = list(
        tx.connection.execute(found.order_by(questions.c.id.desc()).limit(at_most + 1)).all()
    )
    shown = [_question(row) for row in rows[:at_most]]
    words = wanted.text.lower()
    return AskedPage(
        tuple(each for each in shown if not words or words in each.text.lower()),
        older=len(rows) > at_most,
        last=shown[-1].id if shown else 0,
    )


def one(tx: Transaction, number: int) -> AskedQuestion | None:
    """None where there is none with an outcome, or its words were deleted."""
    found = _asked().where(questions.c.id == row_number(number))
    row = tx.connection.execute(found).one_or_none()
    return None if row is None else _question(row)


def reply_body(tx: Transaction, number: int) -> str:
    """What the bot replied, as the conversation wrote it; empty where that is gone, or where the
    question went to comms."""
    found = select(outbox.c.body).where(outbox.c.key == reply_key(number))
    return tx.connection.execute(found).scalar_one_or_none() or ""


def _asked() -> Select[*tuple[object, ...]]:
    """Each finished question whose words are kept, with its latest place in a case, if any."""
    latest = (
        select(func.max(askers.c.id))
        .where(askers.c.question_id == questions.c.id)
        .correlate(questions)
        .scalar_subquery()
    )
    named = and_(people.c.id == askers.c.person, askers.c.naming == Naming.NAMED)
    mine = and_(feedback.c.question_id == questions.c.id, feedback.c.person == questions.c.person)
    return (
        select(
            questions,
            askers.c.shown,
            people.c.name,
            cases.c.reason.label("case_reason"),
            feedback.c.verdict,
            feedback.c.remark,
        )
        .select_from(questions)
        .outerjoin(askers, askers.c.id == latest)
        .outerjoin(people, named)
        .outerjoin(cases, cases.c.id == questions.c.case_id)
        .outerjoin(feedback, mine)
        .where(questions.c.outcome.is_not(None), questions.c.person != "")
    )


def _conditions(wanted: AskedFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.before is not None:
        yield questions.c.id < row_number(wanted.before)
    if wanted.since is not None:
        yield questions.c.accepted_at >= wanted.since
    if wanted.until is not None:
        yield questions.c.accepted_at < wanted.until
    if wanted.outcome is not None:
        yield questions.c.outcome == wanted.outcome
    yield from _judged_and_sure(wanted)
    yield from _about(wanted)


def _judged_and_sure(wanted: AskedFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.sureness is not None:
        least, below = BOUNDS[wanted.sureness]
        yield and_(questions.c.confidence >= least, questions.c.confidence < below)
    if wanted.judgement is Judgement.NONE:
        yield feedback.c.verdict.is_(None)
    elif wanted.judgement is not None:
        yield feedback.c.verdict == wanted.judgement.value


def _about(wanted: AskedFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.policy:
        yield or_(cites(questions.c.cited, wanted.policy), cites(cases.c.closest, wanted.policy))
    if wanted.text:
        words = func.coalesce(askers.c.shown, questions.c.text)
        yield func.lower(words).contains(wanted.text.lower(), autoescape=True)


def _question(row: AnyRow) -> AskedQuestion:
    hidden = _is_hidden(row)
    shown = mask(row.text).text if row.shown is None else row.shown
    reason = row.case_reason or row.reason
    return AskedQuestion(
        id=row.id,
        text="" if hidden else shown,
        hidden=hidden,
        follows=bool(row.history),
        role=Role(row.role),
        surface=row.surface,
        asker=PersonRef("", row.name or ""),
        asked_at=row.accepted_at,
        outcome=Outcome(row.outcome),
        reason=Reason(reason) if reason else None,
        confidence=row.confidence,
        cited=as_quotes(row.cited),
        case_ref=f"C-{row.case_id}" if row.case_id else "",
        verdict=Verdict(row.verdict) if row.verdict else None,
        remark="" if hidden else mask(row.remark or "").text,
    )


def _is_hidden(row: AnyRow) -> bool:
    """Without a reason nobody can tell why the bot declined, so it may be a sensitive matter."""
    sensitive = row.reason is None or row.reason in NEEDS_A_YES
    return row.case_id is None and row.outcome == Outcome.DECLINED and sensitive
