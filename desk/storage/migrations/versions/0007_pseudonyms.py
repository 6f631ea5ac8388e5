"""Pseudonyms of one case, messages that added to a case, plain names, and missing indexes.

Stop all replicas before the first one of the new version starts: older ones do not know these
names.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Both databases rename in place, where Alembic would copy the table and lose its triggers.
_RENAMED = (
    ("audit", "capacity", "role"),
    ("feedback", "word", "remark"),
    ("outbox", "lane", "ordering_key"),
    ("outbox", "uncertain", "delivery_unknown"),
)
_INDEXES = (
    ("cases", ("opened_at",)),
    ("events", ("person",)),
    ("events", ("surface", "message_id")),
    ("inbound", ("at",)),
    ("outbox", ("event_id",)),
    ("outbox", ("ordering_key", "state")),
    ("questions", ("accepted_at",)),
    ("questions", ("surface", "address")),
)


def upgrade() -> None:
    _people()
    op.drop_index("ix_outbox_lane_state", "outbox")
    op.drop_index("ix_questions_surface_person", "questions")
    for table, old, new in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.add_column("events", sa.Column("surface", sa.String(length=40)))
    op.add_column("events", sa.Column("message_id", sa.String(length=200)))
    op.add_column(
        "precedents",
        sa.Column("repeats_erased", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _inboxes()
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _people() -> None:
    op.create_table(
        "people_with_scope",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people_with_scope"),
        sa.UniqueConstraint("key", "role", "scope", name=op.f("uq_people_key_role_scope")),
    )
    op.execute(
        "INSERT INTO people_with_scope (id, key, role, scope, name) "
        "SELECT id, key, capacity, '', name FROM people"
    )
    op.drop_table("people")
    op.rename_table("people_with_scope", "people")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_people_with_scope RENAME TO pk_people")


def _inboxes() -> None:
    op.create_table(
        "inboxes",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_inboxes")),
    )
    op.create_table(
        "inbox_messages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("first_key", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_messages")),
        sa.UniqueConstraint("person", "first_key", name=op.f("uq_inbox_messages_person_first_key")),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO inboxes (person, last) SELECT person, last FROM mailboxes")
    op.execute(
        "INSERT INTO inbox_messages (id, person, first_key, key, body, at, number) "
        "SELECT id, person, first_key, key, body, at, number FROM letters"
    )
    op.drop_table("letters")
    op.drop_table("mailboxes")
    op.create_index("ix_inbox_messages_at", "inbox_messages", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('inbox_messages', 'id'), "
            "(SELECT COALESCE(MAX(id), 0) + 1 FROM inbox_messages), false)"
        )
