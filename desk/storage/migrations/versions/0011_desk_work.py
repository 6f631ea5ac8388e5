"""Saved replies, notes on cases with the colleagues they mention, assignments, and answers that
were undone before they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "saved_replies",
        sa.Column("id", number, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("repeats_erased", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_replies")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_notes",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id"])
    op.create_table(
        "note_mentions",
        sa.Column("note_id", number, nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("note_id", "person", name=op.f("pk_note_mentions")),
        sa.ForeignKeyConstraint(
            ["note_id"], ["case_notes.id"], name=op.f("fk_note_mentions_note_id")
        ),
    )
    op.create_index("ix_note_mentions_person", "note_mentions", ["person"])
    # The colleague to whom a case was assigned, as a pseudonym.
    op.add_column("events", sa.Column("assigned_to", sa.String(length=40)))
    op.add_column(
        "events", sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false())
    )
