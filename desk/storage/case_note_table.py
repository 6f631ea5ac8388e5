"""Notes of comms on cases, and which colleague is mentioned in which."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import (
    Column,
    ForeignKey,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from desk.model.case_note import CaseNote
from desk.model.people import PersonRef
from desk.storage import person_table
from desk.storage.column_types import Number, UtcDateTime, Words, metadata
from desk.storage.database import Transaction
from desk.storage.rows import row_number

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("person", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Words, nullable=False),
    sqlite_autoincrement=True,
)

note_mentions = Table(
    "note_mentions",
    metadata,
    Column("note_id", ForeignKey("case_notes.id"), primary_key=True),
    # A pseudonym of a colleague.
    Column("person", String(40), primary_key=True, index=True),
    Column("seen_at", UtcDateTime),
)


def add(
    tx: Transaction, case_id: int, who: PersonRef, text: str, mentions: Iterable[PersonRef]
) -> int:
    row = insert(case_notes).values(case_id=case_id, person=who.id, at=tx.now, text=text)
    number = int(tx.connection.execute(row.returning(case_notes.c.id)).scalar_one())
    told = [{"note_id": number, "person": each.id, "seen_at": None} for each in mentions]
    if told:
        tx.connection.execute(insert(note_mentions), told)
    return number


def of_case(tx: Transaction, case_id: int) -> tuple[CaseNote, ...]:
    """The oldest first."""
    return of_cases(tx, (case_id,))


def of_cases(tx: Transaction, numbers: Collection[int]) -> tuple[CaseNote, ...]:
    mine = select(case_notes).where(case_notes.c.case_id.in_(numbers)).order_by(case_notes.c.id)
    return _notes(tx, tx.connection.execute(mine).all())


def count(tx: Transaction, case_id: int) -> int:
    mine = select(func.count()).where(case_notes.c.case_id == case_id)
    return int(tx.connection.execute(mine).scalar_one())


def unseen(tx: Transaction, ids: Collection[str], at_most: int) -> tuple[CaseNote, ...]:
    """The latest notes that mention these pseudonyms and were not marked as seen."""
    found = (
        select(case_notes)
        .join(note_mentions, note_mentions.c.note_id == case_notes.c.id)
        .where(note_mentions.c.person.in_(ids), note_mentions.c.seen_at.is_(None))
        .order_by(case_notes.c.id.desc())
        .limit(at_most)
    )
    return _notes(tx, tx.connection.execute(found).all())


def set_seen(tx: Transaction, note_id: int, ids: Collection[str]) -> None:
    mine = (note_mentions.c.note_id == row_number(note_id)) & note_mentions.c.person.in_(ids)
    unread = update(note_mentions).where(mine, note_mentions.c.seen_at.is_(None))
    tx.connection.execute(unread.values(seen_at=tx.now))


def remove(tx: Transaction, numbers: Collection[int]) -> int:
    """How many there were."""
    known = [row_number(number) for number in numbers]
    tx.connection.execute(delete(note_mentions).where(note_mentions.c.note_id.in_(known)))
    gone = delete(case_notes).where(case_notes.c.id.in_(known))
    return tx.connection.execute(gone).rowcount


def remove_of_cases(tx: Transaction, numbers: Collection[int]) -> None:
    these = select(case_notes.c.id).where(case_notes.c.case_id.in_(numbers))
    tx.connection.execute(delete(note_mentions).where(note_mentions.c.note_id.in_(these)))
    tx.connection.execute(delete(case_notes).where(case_notes.c.case_id.in_(numbers)))


def _notes(tx: Transaction, rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[CaseNote, ...]:
    names = person_table.colleagues(tx, {row.person for row in rows})
    return tuple(
        CaseNote(
            id=row.id,
            case_id=row.case_id,
            person=PersonRef(row.person, names.get(row.person, "")),
            at=row.at,
            text=row.text,
        )
        for row in rows
    )
