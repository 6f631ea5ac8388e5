"""The tables of what was delivered to people whose surface keeps no messages by itself."""

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from desk.storage.column_types import Number, UtcDateTime, metadata

# Whoever puts a letter in locks its row, so that numbers are seen in their order.
mailboxes = Table(
    "mailboxes",
    metadata,
    Column("person", String(200), primary_key=True),
    Column("last", Number, nullable=False),
)


letters = Table(
    "letters",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", String(200), nullable=False),
    Column("first_key", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("number", Number, nullable=False),
    UniqueConstraint("person", "first_key"),
    sqlite_autoincrement=True,
)
