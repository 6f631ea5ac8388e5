"""Policies that comms upload, and which version is in force from when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "policy_versions",
        sa.Column("id", number, nullable=False),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("review_by", sa.Date()),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("policy", "number", name=op.f("uq_policy_versions_policy_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "policy_activations",
        sa.Column("id", number, nullable=False),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("version_id", number, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_activations")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_policy_activations_policy_since", "policy_activations", ["policy", "since"])
