"""Finds cases: the numbers of those that a caller then reads or changes."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import exists, func, select

from desk.model.backlog import State
from desk.model.case import PENDING, Status
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.storage.database import Transaction
from desk.storage.person_table import ids_asking
from desk.storage.tables import askers, cases, events, outbox, questions

_MOST_EVENTS = 100
_LARGEST = 2**63 - 1  # that a column of the database holds


def with_status(tx: Transaction, statuses: Iterable[Status]) -> tuple[int, ...]:
    """The most urgent first."""
    found = select(cases.c.id).where(cases.c.status.in_(statuses))
    return tuple(tx.connection.execute(found.order_by(cases.c.due_at, cases.c.id)).scalars())


def of_person(tx: Transaction, key: str, at_most: int | None = None) -> tuple[int, ...]:
    """Cases in which the person with this key asks, the latest first."""
    found = select(askers.c.case_id).where(askers.c.person.in_(ids_asking(key))).distinct()
    latest = found.order_by(askers.c.case_id.desc()).limit(at_most)
    return tuple(tx.connection.execute(latest).scalars())


def at(tx: Transaction, key: str, contact: Contact) -> int | None:
    """The latest case that the person with this key asked from this place."""
    there = (questions.c.surface == contact.surface) & (questions.c.address == contact.address)
    mine = questions.c.person.in_(ids_asking(key))
    found = select(func.max(questions.c.case_id)).where(there, mine)
    number: int | None = tx.connection.execute(found).scalar_one()
    return number


def of_message(tx: Transaction, surface: str, message_id: str) -> int | None:
    """The case that a message belongs to: the question itself, or anything sent about it."""
    asked = select(questions.c.case_id).where(
        questions.c.surface == surface, questions.c.message_id == message_id
    )
    sent = select(outbox.c.case_id).where(
        outbox.c.surface == surface, outbox.c.message_id == message_id
    )
    numbers = tx.connection.execute(asked.union(sent)).scalars()
    return next((number for number in numbers if number is not None), None)


def pending_due(
    tx: Transaction, among: Collection[int] | None = None
) -> tuple[tuple[int, datetime], ...]:
    """Those that wait for comms with their due times, the most urgent first."""
    found = select(cases.c.id, cases.c.due_at).where(cases.c.status.in_(PENDING))
    if among is not None:
        found = found.where(cases.c.id.in_(among))
    rows = tx.connection.execute(found.order_by(cases.c.due_at, cases.c.id))
    return tuple((row.id, row.due_at) for row in rows)


def settled(
    tx: Transaction, before: datetime, *, at_most: int, only: int | None = None
) -> tuple[int, ...]:
    """Answered cases in which nothing was said since then, and whose answers had arrived."""
    late = (outbox.c.state != State.SENT) | (outbox.c.sent_at >= before)
    answers = outbox.c.kind.in_((MessageKind.ANSWER, MessageKind.CORRECTION))
    on_its_way = exists().where(outbox.c.case_id == cases.c.id, answers, late)
    quiet = (cases.c.status == Status.ANSWERED) & (cases.c.changed_at < before)
    found = select(cases.c.id).where(quiet, ~on_its_way)
    if only is not None:
        found = found.where(cases.c.id == only)
    return tuple(tx.connection.execute(found.order_by(cases.c.id).limit(at_most)).scalars())


def last_event(tx: Transaction) -> int:
    """0 before the first."""
    number: int | None = tx.connection.execute(select(func.max(events.c.id))).scalar_one()
    return number or 0


def events_after(tx: Transaction, since: int) -> list[tuple[int, int]]:
    """Case and event, the oldest first, at most the first hundred."""
    after = select(events.c.case_id, events.c.id).where(events.c.id > max(0, min(since, _LARGEST)))
    rows = tx.connection.execute(after.order_by(events.c.id).limit(_MOST_EVENTS))
    return [(row.case_id, row.id) for row in rows]
