"""Finds the cases that comms filter, search and sort."""

import re
from collections.abc import Iterator

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from desk.model.case import Status, Step
from desk.model.case_filter import CaseFilter, CaseOrder
from desk.storage.database import Transaction
from desk.storage.rows import cites, row_number
from desk.storage.tables import cases, events, people
from knowledge.reason import OPENS_A_CASE

# Of more cases than this the latest are searched for words, so that no search takes long.
MOST_SEARCHED = 20_000
_SEARCHED = (Step.ANSWERED, Step.CORRECTED, Step.FOLLOWED_UP)
_REFERENCE = re.compile(r"(?:C-)?([0-9]{1,18})", re.IGNORECASE)
_STATUSES = tuple(Status)
_REASONS = sorted(OPENS_A_CASE, key=lambda reason: reason.for_comms)


def chosen(tx: Transaction, wanted: CaseFilter, at_most: int) -> tuple[int, ...]:
    """The numbers of the cases that the filter lets through, in its order."""
    return _numbers(tx, wanted, and_(*_conditions(tx, wanted)), at_most)


def chosen_with(tx: Transaction, wanted: CaseFilter, case_id: int, at_most: int) -> tuple[int, ...]:
    """As `chosen`, and with this case in its place even where the filter leaves it out."""
    matching = and_(*_conditions(tx, wanted))
    return _numbers(tx, wanted, or_(matching, cases.c.id == case_id), at_most)


def _numbers(
    tx: Transaction, wanted: CaseFilter, which: ColumnElement[bool], at_most: int
) -> tuple[int, ...]:
    holders = people.c.id == cases.c.holder
    found: Select[int] = select(cases.c.id).outerjoin(people, holders).where(which)
    keys = (_order(wanted.order), cases.c.due_at, cases.c.id)
    ordered = found.order_by(*(key.desc() if wanted.descending else key.asc() for key in keys))
    return tuple(tx.connection.execute(ordered.limit(at_most)).scalars())


def _order(order: CaseOrder) -> ColumnElement[object]:
    match order:
        case CaseOrder.DUE:
            return cases.c.due_at
        case CaseOrder.OPENED:
            return cases.c.opened_at
        case CaseOrder.STATUS:
            places = {status.value: place for place, status in enumerate(_STATUSES)}
            return case(places, value=cases.c.status)
        case CaseOrder.REASON:
            reasons = {reason.value: place for place, reason in enumerate(_REASONS)}
            return case(reasons, value=cases.c.reason)
        case CaseOrder.HOLDER:
            return func.coalesce(func.lower(people.c.name), "")


def _conditions(tx: Transaction, wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    yield cases.c.status.in_(wanted.statuses)
    if wanted.reason is not None:
        yield cases.c.reason == wanted.reason
    if wanted.overdue:
        yield cases.c.due_at < tx.now
    if wanted.held_by is not None:
        ids = select(people.c.id).where(people.c.key == wanted.held_by.key)
        yield cases.c.holder.in_(ids)
    if wanted.since is not None:
        yield cases.c.opened_at >= wanted.since
    if wanted.before is not None:
        yield cases.c.opened_at < wanted.before
    if wanted.policy:
        yield cites(cases.c.closest, wanted.policy)
    if wanted.text:
        yield _says(tx, wanted.text)


def _says(tx: Transaction, text: str) -> ColumnElement[bool]:
    reference = _REFERENCE.fullmatch(text.strip())
    numbered = cases.c.id == row_number(int(reference[1])) if reference else literal(value=False)
    words = text.lower()
    asked = func.lower(cases.c.question).contains(words, autoescape=True)
    said = exists().where(
        events.c.case_id == cases.c.id,
        events.c.step.in_(_SEARCHED),
        func.lower(events.c.text).contains(words, autoescape=True),
    )
    latest = tx.connection.execute(select(func.max(cases.c.id))).scalar_one() or 0
    return or_(numbered, and_(cases.c.id > latest - MOST_SEARCHED, or_(asked, said)))
