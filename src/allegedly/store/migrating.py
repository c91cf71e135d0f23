"""Bring the tables of a store up to this program's, step by step, each step recorded (Alembic)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from allegedly.errors import SchemaMismatch, StoreError

if TYPE_CHECKING:
    from alembic.config import Config

    from allegedly.store.sql import SqlStore

HEAD = "r0003"  # the newest step; a test holds it to the files in migrations/versions
MIGRATIONS = Path(__file__).parent / "migrations"
_RECORD = "alembic_version"


def is_empty(connection: sa.Connection) -> bool:
    """
    Say whether there are no tables yet.

    Raises:
        StoreError: If there are tables, but not those of a store.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if tables and _RECORD not in tables:
        raise StoreError(
            f"this database holds other tables ({', '.join(sorted(tables)[:5])}) and no store",
            hint="give the store a database of its own",
        )
    return revision(connection) is None if tables else True


def revision(connection: sa.Connection) -> str | None:
    """Give the last step that was taken; None before the first."""
    found: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {_RECORD}"))  # noqa: S608  # a constant
    return found


def check_revision(connection: sa.Connection, name: str, *, head: str = HEAD) -> None:
    """
    Make sure that the tables are this program's.

    Args:
        connection: Where to look.
        name: How the store is called in messages.
        head: The step that this program wants.

    Raises:
        SchemaMismatch: If they are older, which a command mends, or newer.
    """
    found = revision(connection)
    if found == head:
        return
    if found in known_revisions():
        raise SchemaMismatch(
            f"store {name} is of step {found}, this program wants {head}",
            hint="make a backup, then run `allegedly store migrate`",
        )
    raise SchemaMismatch(
        f"store {name} was written by a newer program (step {found}, this one knows {head})",
        newer=True,
        hint="update allegedly",
    )


def known_revisions() -> set[str]:
    """Give the names of all steps that this program knows."""
    return {file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("r*.py")}


def migrate(store: SqlStore, *, head: str = HEAD, more: Path | None = None) -> str:
    """
    Take all steps that are missing, in one transaction, and give the last.

    Args:
        store: The store.
        head: The step to reach.
        more: Another folder with steps.

    Raises:
        SchemaMismatch: If the store is newer than the program.
    """
    from alembic import command  # noqa: PLC0415  # a third of a second that only this needs

    with store.transaction() as connection:
        known = known_revisions() | ({file.name.split("_")[0] for file in more.glob("r*.py")} if more else set())
        if not is_empty(connection) and revision(connection) not in known:
            check_revision(connection, store.name)
        command.upgrade(_config(connection, more), head)
    return head


def _config(connection: sa.Connection, more: Path | None = None) -> Config:
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    folders = [MIGRATIONS / "versions", *([more] if more else [])]
    config.set_main_option("version_locations", "\n".join(str(folder).replace("%", "%%") for folder in folders))
    config.set_main_option("path_separator", "newline")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config
