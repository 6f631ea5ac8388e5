"""Cases out of the database, whole, and as comms may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select

from desk.model.case import Asker, Case, Event, Naming, Status, Step
from desk.model.errors import NoSuchCase
from desk.model.people import PersonRef
from desk.storage.database import Transaction
from desk.storage.person_table import colleagues
from desk.storage.rows import AnyRow, as_quotes
from desk.storage.tables import askers, cases, events, people
from knowledge.policy import Role
from knowledge.reason import Reason

_BATCH = 200  # cases that one statement reads


def load(tx: Transaction, case_id: int) -> Case:
    """Raises NoSuchCase."""
    return _one(tx, case_id, select(cases).where(cases.c.id == case_id))


def locked(tx: Transaction, case_id: int) -> Case:
    """As `load`, and nobody else changes it before this transaction ends."""
    return _one(tx, case_id, select(cases).where(cases.c.id == case_id).with_for_update())


def load_all(tx: Transaction, numbers: Sequence[int]) -> tuple[Case, ...]:
    """The cases with these numbers, in this order, with a few statements for each batch."""
    found: dict[int, Case] = {}
    for begin in range(0, len(numbers), _BATCH):
        batch = numbers[begin : begin + _BATCH]
        rows = _rows(tx, select(cases).where(cases.c.id.in_(batch)))
        found |= {case.id: case for case in _whole(tx, rows)}
    return tuple(found[number] for number in numbers if number in found)


def own_words(tx: Transaction, asker_id: int) -> tuple[int, str]:
    """The number of an asker's question, and the question as they put it: not for comms."""
    mine = select(askers.c.question_id, askers.c.question).where(askers.c.id == asker_id)
    row = tx.connection.execute(mine).one()
    return row.question_id, row.question


def _one(tx: Transaction, case_id: int, statement: Select[*tuple[object, ...]]) -> Case:
    for case in _whole(tx, _rows(tx, statement)):
        return case
    raise NoSuchCase(f"There is no case C-{case_id}.")


def _whole(tx: Transaction, rows: Collection[AnyRow]) -> Iterable[Case]:
    numbers = [row.id for row in rows]
    if not numbers:
        return
    of_case = _events(tx, numbers)
    happened_to = [event for each in of_case.values() for event in each]
    ids = {name for event in happened_to for name in (event.person, event.assigned_to or "")}
    comms = colleagues(tx, ids | {row.holder or "" for row in rows})
    asking = _askers(tx, numbers)
    for row in rows:
        mine = tuple(asking[row.id])
        # An asker's name is shown where they asked named in this very case, and nowhere else.
        seen = comms | {asker.person.id: asker.person.name for asker in mine}
        happened = tuple(_event(event, seen) for event in of_case[row.id])
        yield _case(row, mine, happened, seen)


def _askers(tx: Transaction, numbers: Collection[int]) -> dict[int, list[Asker]]:
    rows = _rows(
        tx,
        select(askers, people.c.name)
        .outerjoin(people, (people.c.id == askers.c.person) & (askers.c.naming == Naming.NAMED))
        .where(askers.c.case_id.in_(numbers))
        .order_by(askers.c.id),
    )
    found: dict[int, list[Asker]] = defaultdict(list)
    for row in rows:
        person = PersonRef(row.person, row.name or "")
        asker = Asker(row.id, person, Naming(row.naming), row.shown, row.waiting)
        found[row.case_id].append(asker)
    return found


def _events(tx: Transaction, numbers: Collection[int]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = defaultdict(list)
    statement = select(events).where(events.c.case_id.in_(numbers)).order_by(events.c.id)
    for row in _rows(tx, statement):
        found[row.case_id].append(row)
    return found


def _event(row: AnyRow, seen: dict[str, str]) -> Event:
    person = PersonRef(row.person, seen.get(row.person, ""))
    to = row.assigned_to
    return Event(
        id=row.id,
        step=Step(row.step),
        person=person,
        at=row.at,
        text=row.text,
        cited=as_quotes(row.cited),
        undone=row.undone,
        assigned_to=None if to is None else PersonRef(to, seen.get(to, "")),
    )


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
