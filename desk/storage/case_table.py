"""Cases into the database. desk/model/transitions.py decides what may happen to them."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, insert, select, update

from desk.model.audit import Note, digest
from desk.model.case import PENDING, Quote, Status, Step
from desk.model.people import ActorRole, PersonRef
from desk.storage.asker_table import NewAsker
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow, as_json, insert_or_ignore
from desk.storage.tables import cases, events
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A step of a case, who took it, and the words that came with it. `message_id` is the
    message on `surface` that the words came in, if they did. `assigned_to`: who gets the case."""

    step: Step
    person: PersonRef
    role: ActorRole
    text: str = ""
    cited: tuple[Quote, ...] = ()
    surface: str = ""
    message_id: str = ""
    assigned_to: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """A NewEvent in the database."""

    case_id: int
    event_id: int


def add(tx: Transaction, ask: NewAsker, due: datetime) -> int | None:
    """The new case's number, or None when a pending case has this key."""
    row = insert_or_ignore(
        tx,
        cases,
        status=Status.OPEN,
        question=ask.shown,
        role=ask.question.role,
        history=list(ask.history),
        reason=ask.why.reason,
        closest=as_json(ask.why.closest),
        draft=ask.why.draft,
        opened_at=tx.now,
        due_at=due,
        changed_at=tx.now,
        pending_key=ask.key,
    )
    return None if row is None else int(row.id)


def with_key(tx: Transaction, key: str) -> int | None:
    """The pending case with this key, locked."""
    found = select(cases.c.id).where(cases.c.pending_key == key).with_for_update()
    return tx.connection.execute(found).scalar_one_or_none()


def joinable(tx: Transaction, role: Role, at_most: int) -> list[tuple[int, str]]:
    """Number and question of cases that another asker may still join, the latest first. Those
    with earlier messages are left out: the question alone does not say what they ask."""
    rows = select(cases.c.id, cases.c.question).where(
        cases.c.pending_key.is_not(None),
        cases.c.role == role,
        cast(cases.c.history, Text) == "[]",
    )
    latest = rows.order_by(cases.c.id.desc()).limit(at_most)
    return [(row.id, row.question) for row in tx.connection.execute(latest)]


def lock_joinable(tx: Transaction, case_id: int) -> str | None:
    """The question of the case, locked; None where no other asker may join it any more."""
    found = select(cases.c.question).where(
        cases.c.id == case_id,
        cases.c.pending_key.is_not(None),
        cases.c.status.in_((Status.OPEN, Status.CLAIMED)),
    )
    return tx.connection.execute(found.with_for_update()).scalar_one_or_none()


def set_status(tx: Transaction, case_id: int, status: Status, holder: PersonRef | None) -> None:
    values: dict[str, object] = {"status": status}
    values["holder"] = None if holder is None else holder.id
    if status not in PENDING or status is Status.REOPENED:
        values["pending_key"] = None
    tx.connection.execute(update(cases).where(cases.c.id == case_id).values(values))


def set_answered(tx: Transaction, case_id: int) -> None:
    """The first human answer's time; later answers leave it."""
    first = (cases.c.id == case_id) & cases.c.answered_at.is_(None)
    tx.connection.execute(update(cases).where(first).values(answered_at=tx.now))


def set_undone(tx: Transaction, case_id: int, event_id: int, *, only_answer: bool) -> None:
    """Nobody was sent this answer. `only_answer`: the case has no other one."""
    tx.connection.execute(update(events).where(events.c.id == event_id).values(undone=True))
    if only_answer:
        mine = update(cases).where(cases.c.id == case_id)
        tx.connection.execute(mine.values(answered_at=None))


def set_due(tx: Transaction, case_id: int, due: datetime) -> None:
    tx.connection.execute(update(cases).where(cases.c.id == case_id).values(due_at=due))


def set_question(tx: Transaction, case_id: int, shown: str) -> None:
    """Nobody joins the case after this: its words are no longer those of its key."""
    changed = {"question": shown, "pending_key": None}
    tx.connection.execute(update(cases).where(cases.c.id == case_id).values(changed))


def record(tx: Transaction, case_id: int, event: NewEvent) -> RecordedEvent:
    """Write the event down, and note it for the audit trail."""
    salt = secrets.token_hex(16)
    row = insert(events).values(
        case_id=case_id,
        step=event.step,
        person=event.person.id,
        at=tx.now,
        text=event.text,
        cited=as_json(event.cited),
        salt=salt,
        surface=event.surface if event.message_id else None,
        message_id=event.message_id or None,
        assigned_to=None if event.assigned_to is None else event.assigned_to.id,
    )
    number = tx.connection.execute(row.returning(events.c.id)).scalar_one()
    tx.connection.execute(update(cases).where(cases.c.id == case_id).values(changed_at=tx.now))
    sealed = digest(salt, event.text)
    tx.note(Note(event.person.id, event.role, event.step, f"C-{case_id}", sealed))
    return RecordedEvent(case_id, number)


def said_in(tx: Transaction, surface: str, message_id: str) -> AnyRow | None:
    """The latest event (`case_id`, `person`, `text`) whose words came in this message."""
    mine = (events.c.surface == surface) & (events.c.message_id == message_id)
    found = select(events.c.case_id, events.c.person, events.c.text).where(mine)
    return tx.connection.execute(found.order_by(events.c.id.desc())).first()
