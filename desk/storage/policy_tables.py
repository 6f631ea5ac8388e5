"""The tables of uploaded policies."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from desk.storage.column_types import JsonWords, Key, Name, Number, UtcDateTime, metadata

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("policy", Key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("file_name", Name, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("title", Name(300), nullable=False),
    Column("owner", Name, nullable=False),
    Column("review_by", Date),
    Column("audience", JsonWords, nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
    UniqueConstraint("policy", "number"),
    sqlite_autoincrement=True,
)

# The latest row of a policy whose time has come says which version is in force.
policy_activations = Table(
    "policy_activations",
    metadata,
    Column("id", Number, primary_key=True),
    Column("policy", Key, nullable=False),
    Column("version_id", Number, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
    Index("ix_policy_activations_policy_since", "policy", "since"),
    sqlite_autoincrement=True,
)
