"""
Put many rows into a table.

Straight to the driver: for rows by the ten thousand, making a dictionary of
parameters for each, as ``insert()`` wants them, takes as long as SQLite itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

_PLACES = {"sqlite": "?", "postgresql": "%s"}


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """
    Put rows in.

    Args:
        connection: In a transaction.
        table: The table.
        rows: Values of all its columns, in their order.
    """
    if rows:
        connection.exec_driver_sql(_insert(connection.dialect, table), list(rows))


@cache
def _insert(dialect: sa.Dialect, table: sa.Table) -> str:
    names = ", ".join(dialect.identifier_preparer.quote(column.name) for column in table.c)
    places = ", ".join(_PLACES[dialect.name] for _ in table.c)
    return f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608  # names of our own tables
