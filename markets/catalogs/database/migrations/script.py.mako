"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Do what the title says. Rows are never lost."""
    ${upgrades if upgrades else "pass"}
