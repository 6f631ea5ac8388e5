"""The table of who is signed in to the desk in a browser."""

from sqlalchemy import Column, String, Table

from desk.storage.column_types import UtcDateTime, metadata

sessions = Table(
    "sessions",
    metadata,
    # Of the secret in the browser's cookie, so that a copy of the table opens no session.
    Column("digest", String(64), primary_key=True),
    Column("key", String(200), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("standing", String(10), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
