"""The latest sign-in of each person is found without reading the whole audit trail."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("ix_audit_action_person", "audit", ["action", "person"])
