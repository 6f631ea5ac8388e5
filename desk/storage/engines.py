"""Opens the database, and brings it up to date with Alembic: no command, no ini file."""

from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from desk.model.errors import BadDatabase

PATIENCE_S = 30  # for another writer of SQLite
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",  # SharedSync adds what FULL would
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
_CONNECTIONS = 20  # that stay open; a new one takes SQLite a millisecond, and PostgreSQL more
_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 4_201_118  # any number, the same in every replica


def open_engine(address: str) -> Engine:
    """The database at a URL ("sqlite:///var/desk.db", "postgresql://host/name"), up to date.

    Raises BadDatabase for any other kind, and for one that cannot be opened.
    """
    url = _url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except OperationalError as error:
        raise BadDatabase(
            f"The {url.get_backend_name()} database that DATABASE_URL names cannot be opened: "
            "see that it runs, and that it lets you in."
        ) from error
    return engine


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that are missing. Replicas that start together wait for each other."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:lock)")
        connection.execute(lock, {"lock": _MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


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
    engine = create_engine(
        url,
        connect_args={"timeout": PATIENCE_S},
        pool_size=_CONNECTIONS,
        max_overflow=10,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    # The driver would begin late and commit before some statements; SQLAlchemy begins instead.
    connection.isolation_level = None
    # Its own lower() knows the letters of English only, and Welsh has others.
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could not wait for another writer.
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE")
    if begin:
        connection.exec_driver_sql(begin)


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=10,
        hide_parameters=True,
    )
