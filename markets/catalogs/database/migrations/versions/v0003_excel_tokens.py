"""Tokens say whether they are Excel's, which only read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column. A token from before goes on as it was."""
    op.add_column("tokens", sa.Column("is_for_excel", sa.Boolean, nullable=False, server_default=sa.false()))
