"""A later step, for the tests of migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r9000"
down_revision = "r0003"


def upgrade() -> None:
    """Add a column to a full table."""
    op.add_column("documents", sa.Column("reviewed", sa.Text))
