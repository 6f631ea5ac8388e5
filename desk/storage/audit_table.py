"""The audit trail in the database: appended to at the end of a transaction, never changed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from desk.model.audit import Action, Entry, Note, SealedEvent, seal
from desk.model.people import ActorRole
from desk.model.sign_in import AccessLevel
from desk.storage.column_types import Number, UtcDateTime, metadata
from desk.storage.tables import events

audit = Table(
    "audit",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
    Column("role", String(10), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_action_person", "action", "person"),
)

# One row. Appending locks it, so that two replicas cannot fork the chain.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("hash", String(64), nullable=False),
)


def append(connection: Connection, at: datetime, notes: Sequence[Note]) -> None:
    if not notes:
        return
    head = connection.execute(select(audit_head).with_for_update()).one()
    seq, previous, at = head.seq, head.hash, at.astimezone(UTC)
    rows = []
    for note in notes:
        seq += 1
        previous = seal(previous, seq, at, note)
        rows.append(_row(Entry(seq, at, note, previous)))
    connection.execute(insert(audit), rows)
    connection.execute(update(audit_head).values(seq=seq, hash=previous))


def entries(connection: Connection) -> Iterator[Entry]:
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield _entry(row)


def head(connection: Connection) -> str:
    return str(connection.execute(select(audit_head.c.hash)).scalar_one())


def ids_reading() -> Select[str]:
    """The pseudonyms of those whose latest sign-in lets them only read; for use inside a query."""
    signed_in = audit.c.action == Action.SIGNED_IN
    latest = select(func.max(audit.c.seq)).where(signed_in).group_by(audit.c.person)
    only_reading = audit.c.subject == AccessLevel.READER
    return select(audit.c.person).where(audit.c.seq.in_(latest), only_reading)


def sealed_events(connection: Connection) -> Iterator[SealedEvent]:
    """All events of all cases, as they are now."""
    columns = (events.c.case_id, events.c.step, events.c.person, events.c.salt, events.c.text)
    for row in connection.execute(select(*columns)):
        yield SealedEvent(f"C-{row.case_id}", row.step, row.person, row.salt, row.text)


def _row(entry: Entry) -> dict[str, object]:
    note = entry.note
    return {
        "seq": entry.seq,
        "at": entry.at,
        "person": note.person,
        "role": note.role,
        "action": note.action,
        "subject": note.subject,
        "digest": note.digest,
        "hash": entry.hash,
    }


def _entry(row: Row[*tuple[object, ...]]) -> Entry:
    note = Note(row.person, ActorRole(row.role), row.action, row.subject, row.digest)
    return Entry(row.seq, row.at, note, row.hash)
