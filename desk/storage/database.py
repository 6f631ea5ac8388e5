"""The database, reached through transactions. A service opens one and passes it on."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import Connection, Engine, text

from desk.model.audit import Note
from desk.model.clock import Clock
from desk.storage import audit_table
from desk.storage.engines import PATIENCE_S, open_engine
from desk.storage.shared_sync import SharedSync, sync_log

WhenQueued = Callable[[Sequence[str]], object]
"""Called with the surface of each message that was put into the outbox."""

# Seconds that a checkpoint waits for readers: it holds up writers meanwhile.
_CHECKPOINT_PATIENCE_S = 1


@dataclass(frozen=True, slots=True)
class Transaction:
    """The unit of work, which a service opens and passes to all that takes part in it.

    `now` is one time for all that happens in it. `noted` enters the audit trail at its end;
    `queued` has the surface of each message that it put into the outbox.

    The trail has one head for all replicas. Taking its lock last keeps every other lock
    before it in order, and keeps it short.
    """

    connection: Connection
    now: datetime
    noted: list[Note] = field(default_factory=list)
    queued: list[str] = field(default_factory=list)

    def note(self, note: Note) -> None:
        self.noted.append(note)


class Storage:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._turns = _turns(engine)
        self._synced = SharedSync(lambda: sync_log(Path(str(engine.url.database))))
        self._when_queued: WhenQueued = bool

    def when_queued(self, call: WhenQueued) -> None:
        """Have this called, in whatever thread, after each commit that filled the outbox."""
        self._when_queued = call

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction that writes. Open no second one inside: SQLite has one writer at a time.

        It is on the disk at the end, and so is what it has read. Raises OSError where the disk of
        SQLite refuses, and at once where it has refused before.
        """
        self.check_disk()
        with self._turns:
            with self._engine.begin() as connection:
                before = _changes(connection)
                transaction = Transaction(connection, self._clock.now())
                yield transaction
                audit_table.append(connection, transaction.now, transaction.noted)
                changes = _changes(connection) - before
            if changes:
                self._synced.count()
            latest = self._synced.committed
        self._synced.wait(latest)
        if transaction.queued:
            self._when_queued(transaction.queued)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that only reads: on SQLite it waits for no writer."""
        with self._engine.connect() as connection:
            reading = connection.execution_options(sqlite_begin="BEGIN")
            with reading.begin():
                yield Transaction(reading, self._clock.now())

    @contextmanager
    def alone(self, lock: int) -> Iterator[bool]:
        """False where another replica on PostgreSQL holds this lock. SQLite has one writer."""
        if self._engine.dialect.name == "sqlite":
            yield True
            return
        with self._engine.connect() as connection:
            held = connection.execution_options(isolation_level="AUTOCOMMIT")
            number = {"lock": lock}
            mine = held.execute(text("SELECT pg_try_advisory_lock(:lock)"), number).scalar_one()
            try:
                yield bool(mine)
            finally:
                if mine:
                    held.execute(text("SELECT pg_advisory_unlock(:lock)"), number)

    def check_disk(self) -> None:
        """Raises OSError where the disk of SQLite has refused a write since the bot was started:
        it can store nothing more."""
        self._synced.check()

    def clean_disk(self, tables: Collection[str]) -> bool:
        """Take deleted words out of the files. False where it did not go through: try again.

        SQLite has overwritten them in its file (secure_delete) and keeps older pages in the
        write-ahead log until a checkpoint. PostgreSQL gives up the old rows of these tables;
        their bytes may stay in free pages until they are used again.
        """
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                return _checkpoint(connection.execution_options(sqlite_begin=""))
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            free.exec_driver_sql("VACUUM " + ", ".join(sorted(tables)))
            return True

    def close(self) -> None:
        self._engine.dispose()


def open_storage(address: str, clock: Clock) -> Storage:
    """Open the database at a URL, up to date. Raises BadDatabase."""
    return Storage(open_engine(address), clock)


def _turns(engine: Engine) -> AbstractContextManager[object]:
    """SQLite lets one write at a time, and a thread that waits there looks again only now and
    then: many threads of one process would hold each other up for seconds."""
    return threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()


def _changes(connection: Connection) -> int:
    """How many rows this connection to SQLite has changed. PostgreSQL syncs its commits itself."""
    raw = connection.connection.driver_connection
    return raw.total_changes if isinstance(raw, SQLiteConnection) else 0


def _checkpoint(connection: Connection) -> bool:
    secure = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_CHECKPOINT_PATIENCE_S * 1000}")
    try:
        busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_S * 1000}")
    return bool(secure) and not busy
