"""Example questions of policies in the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from desk.model.errors import NoSuchTaughtQuestion
from desk.model.people import PersonRef
from desk.model.taught_question import Origin, TaughtQuestion
from desk.storage import person_table
from desk.storage.column_types import JsonWords, Key, Number, UtcDateTime, Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, insert_or_ignore, row_number
from desk.storage.tables import counters
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Role
from knowledge.question import Question

taught_questions = Table(
    "taught_questions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("policy", Key, nullable=False),
    Column("question", Words, nullable=False),
    Column("role", String(20), nullable=False),
    Column("history", JsonWords, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("needed", JsonWords, nullable=False),
    Column("fine", JsonWords, nullable=False),
    Column("closest", JsonWords, nullable=False),
    Column("origin", String(20), nullable=False),
    # The case or the question that it was proposed from: their words go when that is erased.
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("question_id", ForeignKey("questions.id"), index=True),
    Column("added_at", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
    Index("ix_taught_questions_policy", "policy"),
    sqlite_autoincrement=True,
)

# Proposals that were taken or declined: they are not shown again.
decided_proposals = Table(
    "decided_proposals",
    metadata,
    Column("policy", Key, primary_key=True),
    Column("source", String(40), primary_key=True),
)

_CHANGES = counters.c.name == "taught questions"


@dataclass(frozen=True, slots=True)
class Added:
    """Who added questions, and the number of the case or the question that proposed them."""

    origin: Origin
    who: PersonRef
    case_id: int | None = None
    question_id: int | None = None


def add(tx: Transaction, policy: str, questions: Iterable[BankQuestion], added: Added) -> int:
    """How many were added."""
    beside = {
        "policy": policy,
        "origin": added.origin,
        "case_id": added.case_id,
        "question_id": added.question_id,
        "added_at": tx.now,
        "person": added.who.id,
    }
    rows = [beside | _columns(question) for question in questions]
    if rows:
        tx.connection.execute(insert(taught_questions), rows)
        _count_change(tx)
    return len(rows)


def change(tx: Transaction, number: int, question: BankQuestion) -> None:
    mine = update(taught_questions).where(taught_questions.c.id == number)
    tx.connection.execute(mine.values(_columns(question)))
    _count_change(tx)


def remove(tx: Transaction, policy: str, numbers: Collection[int]) -> int:
    """How many there were."""
    these = taught_questions.c.id.in_(map(row_number, numbers))
    return _removed(tx, (taught_questions.c.policy == policy) & these)


def remove_all(tx: Transaction, policy: str) -> int:
    """How many there were."""
    return _removed(tx, taught_questions.c.policy == policy)


def remove_asked_in(
    tx: Transaction, case_ids: Collection[int], question_ids: Collection[int]
) -> None:
    """Those that repeat the words of these cases and questions."""
    of_cases = taught_questions.c.case_id.in_(case_ids)
    _removed(tx, of_cases | taught_questions.c.question_id.in_(question_ids))


def load(tx: Transaction, policy: str, number: int) -> TaughtQuestion:
    """Raises NoSuchTaughtQuestion."""
    mine = taught_questions.c.id == row_number(number)
    found = _listed(tx, (taught_questions.c.policy == policy) & mine)
    if not found:
        raise NoSuchTaughtQuestion("There is no such question: it may have been deleted.")
    return found[0]


def of_policy(tx: Transaction, policy: str) -> tuple[TaughtQuestion, ...]:
    """In the order in which they were added."""
    return _listed(tx, taught_questions.c.policy == policy)


def listed(tx: Transaction) -> tuple[TaughtQuestion, ...]:
    return _listed(tx, taught_questions.c.id > 0)


def count(tx: Transaction, policy: str) -> int:
    mine = taught_questions.c.policy == policy
    found = select(func.count()).select_from(taught_questions).where(mine)
    return int(tx.connection.execute(found).scalar_one())


def counts(tx: Transaction) -> dict[str, int]:
    """By the name of each policy that has questions."""
    policy = taught_questions.c.policy
    rows = tx.connection.execute(select(policy, func.count()).group_by(policy).order_by(policy))
    return {name: int(number) for name, number in rows}


def decide(tx: Transaction, policy: str, source: str) -> bool:
    """Whether the proposal was still open."""
    return insert_or_ignore(tx, decided_proposals, policy=policy, source=source) is not None


def is_open(policy: str, source: ColumnElement[str]) -> ColumnElement[bool]:
    """A condition: nobody has decided on the proposal from this source for the policy."""
    mine = (decided_proposals.c.policy == policy) & (decided_proposals.c.source == source)
    return ~exists().where(mine)


def version(tx: Transaction) -> int:
    """A counter that every change of the questions increments."""
    return int(tx.connection.execute(select(counters.c.number).where(_CHANGES)).scalar_one())


def _removed(tx: Transaction, which: ColumnElement[bool]) -> int:
    gone = tx.connection.execute(delete(taught_questions).where(which)).rowcount
    if gone:
        _count_change(tx)
    return gone


def _count_change(tx: Transaction) -> None:
    tx.connection.execute(update(counters).where(_CHANGES).values(number=counters.c.number + 1))


def _listed(tx: Transaction, which: ColumnElement[bool]) -> tuple[TaughtQuestion, ...]:
    wanted = select(taught_questions).where(which).order_by(taught_questions.c.id)
    rows = tx.connection.execute(wanted).all()
    names = person_table.colleagues(tx, {row.person for row in rows})
    return tuple(
        TaughtQuestion(
            id=row.id,
            policy=row.policy,
            question=_question(row),
            origin=Origin(row.origin),
            added_at=row.added_at,
            added_by=PersonRef(row.person, names.get(row.person, "")),
        )
        for row in rows
    )


def _question(row: AnyRow) -> BankQuestion:
    return BankQuestion(
        id=f"{row.policy}-{row.id}",
        asked=Question(row.question, Role(row.role), tuple(row.history)),
        kind=Intent(row.kind),
        needed=tuple(tuple(group) for group in row.needed),
        fine=tuple(row.fine),
        closest=tuple(row.closest),
    )


def _columns(question: BankQuestion) -> dict[str, object]:
    return {
        "question": question.asked.text,
        "role": question.asked.role,
        "history": list(question.asked.history),
        "kind": question.kind,
        "needed": [list(group) for group in question.needed],
        "fine": list(question.fine),
        "closest": list(question.closest),
    }
