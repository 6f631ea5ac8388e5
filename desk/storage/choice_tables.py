"""The tables of what comms and askers have chosen."""

from sqlalchemy import Column, String, Table, Text

from desk.storage.column_types import UtcDateTime, metadata

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
)


comms_contacts = Table(
    "comms_contacts",
    metadata,
    Column("surface", String(40), primary_key=True),
    Column("address", Text, nullable=False),
)


preferences = Table(
    "preferences",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("naming", String(10), nullable=False),
    Column("personal_data", String(10), nullable=False),
)
