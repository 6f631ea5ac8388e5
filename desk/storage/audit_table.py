from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select, update

from desk.model.audit import Entry, Note, seal
from desk.model.people import ActorRole
from desk.storage.tables import audit, audit_head


def append(connection: Connection, at: datetime, notes: Sequence[Note]) -> None:
    if not notes:
        return
    head = connection.execute(select(audit_head).with_for_update()).one()
    seq, previous = head.seq, head.hash
    for note in notes:
        seq, at = seq + 1, at.astimezone(UTC)
        previous = seal(previous, seq, at, note)
        _write(connection, Entry(seq, at, note, previous))
    connection.execute(update(audit_head).values(seq=seq, hash=previous))


def entries(connection: Connection) -> Iterator[Entry]:
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield _entry(row)


def head(connection: Connection) -> str:
    return str(connection.execute(select(audit_head.c.hash)).scalar_one())


def about(connection: Connection, people: Iterable[str]) -> tuple[Entry, ...]:
    rows = connection.execute(select(audit).where(audit.c.person.in_(people)))
    return tuple(_entry(row) for row in rows)


def _write(connection: Connection, entry: Entry) -> None:
    note = entry.note
    connection.execute(
        insert(audit).values(
            seq=entry.seq,
            at=entry.at,
            person=note.person,
            capacity=note.capacity,
            action=note.action,
            subject=note.subject,
            digest=note.digest,
            hash=entry.hash,
        )
    )


def _entry(row: Row[*tuple[object, ...]]) -> Entry:
    note = Note(row.person, ActorRole(row.capacity), row.action, row.subject, row.digest)
    return Entry(row.seq, row.at, note, row.hash)
