"""The database: opened once, brought up to date, and reached through transactions."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from desk.model.audit import Note
from desk.model.clock import Clock
from desk.model.errors import BadDatabase
from desk.storage import audit_table, migrate
from desk.storage.column_types import metadata

_PATIENCE_S = 30
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """The unit of work, which a service opens and passes to all that takes part in it.

    `now` is one time for all that happens in it. `noted` enters the audit trail at its end;
    `posted` are the keys of what it put into the outbox.

    The trail has one head for all replicas. Taking its lock last keeps every other lock
    before it in order, and its holder's wait short.
    """

    connection: Connection
    now: datetime
    noted: list[Note] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)

    def note(self, note: Note) -> None:
        self.noted.append(note)


class Storage:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._turns = _turns(engine)
        self._when_posted: Callable[[], object] = bool

    def when_posted(self, call: Callable[[], object]) -> None:
        self._when_posted = call

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction that writes. Open no second one inside: SQLite has one writer at a time."""
        with self._turns, self._engine.begin() as connection:
            transaction = Transaction(connection, self._clock.now())
            yield transaction
            audit_table.append(connection, transaction.now, transaction.noted)
        if transaction.posted:
            self._when_posted()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that only reads: on SQLite it waits for no writer."""
        with self._engine.connect() as connection:
            reading = connection.execution_options(sqlite_begin="BEGIN")
            with reading.begin():
                yield Transaction(reading, self._clock.now())

    def vacuum(self) -> None:
        """Rewrite the files, so that deleted text is gone from the disk and not only unlisted."""
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                free = connection.execution_options(sqlite_begin="")
                free.exec_driver_sql("VACUUM")
                free.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                free = connection.execution_options(isolation_level="AUTOCOMMIT")
                free.exec_driver_sql("VACUUM FULL " + ", ".join(metadata.tables))

    def close(self) -> None:
        self._engine.dispose()


def open_storage(address: str, clock: Clock) -> Storage:
    """Open the database at a URL ("sqlite:///var/desk.db", "postgresql://host/name").

    Raises BadDatabase for any other kind, and for one that cannot be opened.
    """
    url = _url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    try:
        with engine.begin() as connection:
            migrate.upgrade(connection)
    except OperationalError as error:
        raise BadDatabase(
            f"The {url.get_backend_name()} database that DATABASE_URL names cannot be opened: "
            "see that it runs, and that it lets you in."
        ) from error
    return Storage(engine, clock)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        # The address is not repeated: it may hold a password.
        raise BadDatabase("DATABASE_URL is no database address.") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise BadDatabase(
        f"DATABASE_URL names {url.get_backend_name()!r}: "
        "give sqlite:///FILE or postgresql://HOST/NAME."
    )


def _sqlite(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _PATIENCE_S}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _turns(engine: Engine) -> AbstractContextManager[object]:
    """SQLite lets one write at a time, and who waits there looks again only now and then: many
    threads of one process would hold each other up for seconds."""
    return threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    # The driver would begin late and commit before some statements; SQLAlchemy begins instead.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could not wait for another writer.
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE")
    if begin:
        connection.exec_driver_sql(begin)


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
    )
