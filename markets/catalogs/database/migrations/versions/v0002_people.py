"""People: users, their roles in workspaces, tokens and sessions, and the audit log."""

import sqlalchemy as sa
from alembic import op

from markets.catalogs.database.migrations.guards import only_added

revision = "0002"
down_revision = "0001"

_EARLIER_CHANGES = """
INSERT INTO audit (at, request, who, action, workspace_id, target, is_refused, detail, change)
SELECT at, '', who, 'change', workspace_id, '', %s, why, number FROM changes ORDER BY number
"""


def upgrade() -> None:
    """Create the tables. Every change from before the audit log is in it afterwards."""
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(320), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", sa.Integer, sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True, index=True),
        sa.Column("role", sa.String(6), nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("used_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("workspace_id", sa.Integer, sa.ForeignKey("workspaces.id"), index=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("is_refused", sa.Boolean, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("change", sa.Integer, sa.ForeignKey("changes.number"), unique=True),
    )
    op.execute(_EARLIER_CHANGES % ("false" if op.get_bind().dialect.name == "postgresql" else "0"))
    only_added("audit", "id", "change")
