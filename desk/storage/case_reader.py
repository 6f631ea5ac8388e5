"""Cases out of the database, whole, and as comms may see them."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from desk.model.case import Asker, Case, Event, Naming, Reason, Status, Step
from desk.model.errors import NoSuchCase
from desk.model.people import PersonRef
from desk.storage.database import Transaction
from desk.storage.person_table import colleagues, names
from desk.storage.rows import AnyRow, as_quotes
from desk.storage.tables import askers, cases, events
from knowledge.policy import Role


def load(tx: Transaction, case_id: int) -> Case:
    return _whole(tx, case_id, select(cases).where(cases.c.id == case_id))


def locked(tx: Transaction, case_id: int) -> Case:
    """As `load`, and nobody else changes it before this transaction ends."""
    return _whole(tx, case_id, select(cases).where(cases.c.id == case_id).with_for_update())


def listed(tx: Transaction, statuses: Iterable[Status]) -> tuple[Case, ...]:
    """The most urgent first."""
    found = select(cases.c.id).where(cases.c.status.in_(statuses))
    numbers = tx.connection.execute(found.order_by(cases.c.due_at, cases.c.id)).scalars().all()
    return tuple(load(tx, number) for number in numbers)


def own_words(tx: Transaction, asker_id: int) -> tuple[int, str]:
    """The number of an asker's question, and the question as they put it: not for comms."""
    mine = select(askers.c.question_id, askers.c.question).where(askers.c.id == asker_id)
    row = tx.connection.execute(mine).one()
    return row.question_id, row.question


def of(tx: Transaction, people: Iterable[str]) -> tuple[int, ...]:
    """Numbers of the cases in which one of them asks, the latest first."""
    found = select(askers.c.case_id).where(askers.c.person.in_(people)).distinct()
    return tuple(tx.connection.execute(found.order_by(askers.c.case_id.desc())).scalars())


def _whole(tx: Transaction, case_id: int, statement: Select[*tuple[object, ...]]) -> Case:
    row = tx.connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchCase(f"There is no case C-{case_id}.")
    asking = _askers(tx, case_id)
    happened = _rows(tx, select(events).where(events.c.case_id == case_id).order_by(events.c.id))
    seen = colleagues(tx, {event.person for event in happened} | {row.holder or ""})
    # An asker's name is shown where they asked named in this very case, and nowhere else.
    seen |= {asker.who.id: asker.who.name for asker in asking}
    return _case(row, asking, tuple(_event(event, seen) for event in happened), seen)


def _askers(tx: Transaction, case_id: int) -> tuple[Asker, ...]:
    rows = _rows(tx, select(askers).where(askers.c.case_id == case_id).order_by(askers.c.id))
    named = names(tx, {row.person for row in rows if row.naming == Naming.NAMED})
    for row in rows:
        if row.naming == Naming.UNNAMED:
            named.pop(row.person, None)
    return tuple(_asker(row, PersonRef(row.person, named.get(row.person, ""))) for row in rows)


def _asker(row: AnyRow, who: PersonRef) -> Asker:
    return Asker(row.id, who, Naming(row.naming), row.shown, row.waiting)


def _event(row: AnyRow, seen: dict[str, str]) -> Event:
    who = PersonRef(row.person, seen.get(row.person, ""))
    return Event(row.id, Step(row.step), who, row.at, row.text, as_quotes(row.cited))


def _case(
    row: AnyRow, asking: tuple[Asker, ...], happened: tuple[Event, ...], seen: dict[str, str]
) -> Case:
    return Case(
        id=row.id,
        status=Status(row.status),
        question=row.question,
        role=Role(row.role),
        history=tuple(row.history),
        reason=Reason(row.reason),
        closest=as_quotes(row.closest),
        draft=row.draft,
        holder=None if row.holder is None else PersonRef(row.holder, seen.get(row.holder, "")),
        opened_at=row.opened_at,
        due_at=row.due_at,
        askers=asking,
        events=happened,
    )


def _rows(tx: Transaction, statement: Select[*tuple[object, ...]]) -> list[AnyRow]:
    return list(tx.connection.execute(statement))
