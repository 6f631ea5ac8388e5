"""Who asks in a case, and where they are told about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, insert, select, update

from desk.model.messages import MessageKind
from desk.model.people import Contact, PersonRef
from desk.model.question import Escalation, Question
from desk.storage.database import Transaction
from desk.storage.tables import askers, outbox, questions


@dataclass(frozen=True, slots=True)
class NewAsker:
    """A question on its way to comms. `shown` and `history` are as they will see them; `key`
    is equal for questions in the same words after the same earlier words."""

    question: Question
    why: Escalation
    shown: str
    history: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """An asker of a case, and where they are told about it."""

    asker_id: int
    contact: Contact


def add(tx: Transaction, case_id: int, ask: NewAsker, person: PersonRef) -> Recipient:
    """`person` is the asker as this case shows them."""
    row = insert(askers).values(
        case_id=case_id,
        question_id=ask.question.id,
        person=person.id,
        naming=ask.why.naming,
        question=ask.question.text,
        shown=ask.shown,
        waiting=True,
    )
    asker_id = tx.connection.execute(row.returning(askers.c.id)).scalar_one()
    return Recipient(asker_id, ask.question.contact)


def of_question(tx: Transaction, question_id: int) -> int | None:
    """The number of the asker who brought this question to a case, the latest one."""
    found = select(askers.c.id).where(askers.c.question_id == question_id)
    return tx.connection.execute(found.order_by(askers.c.id.desc())).scalars().first()


def change(tx: Transaction, asker_id: int, **values: str | bool) -> None:
    tx.connection.execute(update(askers).where(askers.c.id == asker_id).values(values))


def recipient(tx: Transaction, asker_id: int) -> Recipient:
    row = tx.connection.execute(_recipients().where(askers.c.id == asker_id)).one()
    return Recipient(row.id, Contact(row.surface, row.address))


def waiting(tx: Transaction, case_id: int) -> tuple[Recipient, ...]:
    mine = _recipients().where(askers.c.case_id == case_id, askers.c.waiting)
    found = tx.connection.execute(mine.order_by(askers.c.id))
    return tuple(Recipient(row.id, Contact(row.surface, row.address)) for row in found)


def stop_waiting(tx: Transaction, asker_ids: Iterable[int]) -> None:
    served = askers.c.id.in_(asker_ids)
    tx.connection.execute(update(askers).where(served).values(waiting=False))


def wait_again(tx: Transaction, case_id: int) -> None:
    """Those who were told an answer or why the case was closed, and not those who left."""
    told = select(outbox.c.asker_id).where(
        outbox.c.case_id == case_id, outbox.c.kind.in_((MessageKind.ANSWER, MessageKind.CLOSING))
    )
    mine = (askers.c.case_id == case_id) & askers.c.id.in_(told)
    tx.connection.execute(update(askers).where(mine).values(waiting=True))


def _recipients() -> Select[int, str, str]:
    return select(askers.c.id, questions.c.surface, questions.c.address).join(
        questions, questions.c.id == askers.c.question_id
    )
