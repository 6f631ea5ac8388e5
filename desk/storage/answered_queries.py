"""Who was answered from a clause of a policy, by the bot or by comms."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select

from desk.model.case import Naming, Quote, Step
from desk.model.masking import mask
from desk.model.messages import MessageKind
from desk.model.people import PersonRef
from desk.model.policy_version import AnsweredQuestion
from desk.model.question import Outcome
from desk.storage import outbox_table
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, as_quotes
from desk.storage.tables import askers, events, outbox, people, questions
from knowledge.policy import ClauseRef

_SAID = (Step.ANSWERED, Step.CORRECTED)
_DELIVERED = (MessageKind.ANSWER, MessageKind.CORRECTION)


def answered_from(
    tx: Transaction, clauses: Collection[ClauseRef], since: datetime
) -> tuple[AnsweredQuestion, ...]:
    """Questions that were answered since then by citing one of these clauses, oldest first.

    Of the answers in a case the last one counts, as it was corrected. A question that the bot
    answered and that comms answered again is found once, with what both cited.
    """
    found = {each.id: each for each in _by_the_bot(tx, clauses, since)}
    for each in _by_comms(tx, clauses, since):
        before = found.get(each.id)
        found[each.id] = replace(each, cited=(*(before.cited if before else ()), *each.cited))
    return tuple(found[number] for number in sorted(found))


def _by_the_bot(
    tx: Transaction, clauses: Collection[ClauseRef], since: datetime
) -> Iterator[AnsweredQuestion]:
    mine = _askers().add_columns(questions.c.cited, questions.c.finished_at)
    rows = tx.connection.execute(
        mine.where(
            questions.c.outcome == Outcome.ANSWERED,
            questions.c.accepted_at >= since,
            questions.c.text != "",
        ).order_by(questions.c.id, askers.c.id)
    ).all()
    for row in rows:
        if cited := _cited(row, clauses):
            yield _answered(row, row.finished_at, cited)


def _by_comms(
    tx: Transaction, clauses: Collection[ClauseRef], since: datetime
) -> Iterator[AnsweredQuestion]:
    said = select(events.c.id, events.c.case_id, events.c.at, events.c.cited)
    rows = tx.connection.execute(
        said.where(events.c.step.in_(_SAID), ~events.c.undone, events.c.at >= since).order_by(
            events.c.id
        )
    ).all()
    latest = {row.case_id: row for row in rows}
    citing = {row.id: row for row in latest.values() if _cited(row, clauses)}
    for row in _recipients(tx, citing):
        answer = citing[row.event_id]
        yield _answered(row, answer.at, _cited(answer, clauses), f"C-{answer.case_id}")


def _recipients(tx: Transaction, event_ids: Iterable[int]) -> list[AnyRow]:
    """The askers to whom these answers were sent."""
    sent = (
        outbox.c.event_id.in_(tuple(event_ids))
        & outbox.c.kind.in_(_DELIVERED)
        & outbox.c.state.in_(outbox_table.ALIVE)
    )
    mine = _askers().add_columns(outbox.c.event_id).join(outbox, outbox.c.asker_id == askers.c.id)
    return list(tx.connection.execute(mine.where(sent, questions.c.text != "")))


def _askers() -> Select[*tuple[object, ...]]:
    """Each question with its asker, if it is in a case; named only where they asked by name."""
    named = (people.c.id == askers.c.person) & (askers.c.naming == Naming.NAMED)
    return (
        select(
            questions.c.id,
            questions.c.surface,
            questions.c.text,
            questions.c.accepted_at,
            askers.c.person,
            askers.c.shown,
            people.c.name,
        )
        .select_from(questions)
        .outerjoin(askers, askers.c.question_id == questions.c.id)
        .outerjoin(people, named)
    )


def _answered(
    row: AnyRow, at: datetime, cited: tuple[Quote, ...], case_ref: str = ""
) -> AnsweredQuestion:
    return AnsweredQuestion(
        id=row.id,
        text=row.text,
        shown=mask(row.text).text if row.shown is None else row.shown,
        asker=PersonRef(row.person or "", row.name or ""),
        surface=row.surface,
        asked_at=row.accepted_at,
        answered_at=at,
        cited=cited,
        case_ref=case_ref,
    )


def _cited(row: AnyRow, clauses: Collection[ClauseRef]) -> tuple[Quote, ...]:
    return tuple(quote for quote in as_quotes(row.cited) if quote.clause_ref in clauses)
