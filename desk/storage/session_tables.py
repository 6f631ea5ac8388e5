"""Who is signed in to the desk in a browser, and the key that signs visitors' cookies."""

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

# One row, which the first replica writes. It signs cookies of visitors, who have no session.
signing_keys = Table(
    "signing_keys",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("key", String(64), nullable=False),
)
