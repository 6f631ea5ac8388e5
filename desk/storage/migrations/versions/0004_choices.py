"""Where comms are shown their cases, and what people choose for their questions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "comms_contacts",
        sa.Column("surface", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("surface", name=op.f("pk_comms_contacts")),
    )
    op.create_table(
        "preferences",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("naming", sa.String(length=10), nullable=False),
        sa.Column("personal_data", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_preferences")),
    )
    # Earlier questions are found by person and place, at every follow-up.
    op.create_index("ix_questions_surface_person", "questions", ["surface", "person"])
