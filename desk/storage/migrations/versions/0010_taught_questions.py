"""Example questions that teach a policy, and the proposals that were decided on."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "taught_questions",
        sa.Column("id", number, nullable=False),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("needed", sa.JSON(), nullable=False),
        sa.Column("fine", sa.JSON(), nullable=False),
        sa.Column("closest", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("case_id", number),
        sa.Column("question_id", number),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_questions")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_taught_questions_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_taught_questions_question_id")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("case_id", "question_id", "policy"):
        op.create_index(f"ix_taught_questions_{column}", "taught_questions", [column])
    op.create_table(
        "decided_proposals",
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("policy", "source", name=op.f("pk_decided_proposals")),
    )
    counters = sa.table("counters", sa.column("name"), sa.column("number"))
    op.bulk_insert(counters, [{"name": "taught questions", "number": 0}])
