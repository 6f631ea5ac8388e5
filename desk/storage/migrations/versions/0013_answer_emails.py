"""E-mail addresses that askers left for the answer to one case."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_emails",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("asker_id", NUMBER, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_emails")),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["askers.id"], name=op.f("fk_answer_emails_asker_id")
        ),
        sa.UniqueConstraint("asker_id", name=op.f("uq_answer_emails_asker_id")),
        sqlite_autoincrement=True,
    )
