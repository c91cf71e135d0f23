"""What Alembic runs to take the steps: on the connection that it is handed, in the transaction of that."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
context.run_migrations()
