"""A later step that breaks in the middle, for the tests of migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r9001"
down_revision = "r9000"


def upgrade() -> None:
    """Make a table, then fail."""
    op.create_table("half_made", sa.Column("x", sa.Text))
    op.execute("INSERT INTO nowhere VALUES (1)")
