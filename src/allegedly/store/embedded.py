"""SQLite: a store in one file, with WAL (readers never wait) and FTS5."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from allegedly.store.query_language import Both, Clause, Label, Term, Words
from allegedly.store.search import ANY, COLUMNS
from allegedly.store.search import Words as ColumnWords

WAIT = 30.0  # seconds that a second writer waits for the first
KEPT = 8  # connections that stay open; more are opened when asked for
CACHE = 64 * 1024  # KiB: ids are hashes, so that a new row may belong anywhere in an index
# Options of our own by which a connection says how its transactions begin.
WRITING = {"allegedly_begin": "BEGIN IMMEDIATE"}  # takes the writer's lock at once
BARE = {"allegedly_begin": None}
TABLES = {
    name: sa.table(name, sa.column("rowid", sa.Integer), *(sa.column(column, sa.Text) for column in columns))
    for name, columns in COLUMNS.items()
}


def make_engine(file: Path, *, wait: float = WAIT) -> sa.Engine:
    """
    Make the engine of a store in a file; nothing is opened yet.

    Args:
        file: The file.
        wait: Seconds to wait for another writer.
    """
    # A page may hold a view and ask for more beside it: with a limit, pages that all do so would wait for one another.
    url = sa.URL.create("sqlite", database=str(file))
    engine = sa.create_engine(url, connect_args={"timeout": wait}, pool_size=KEPT, max_overflow=-1)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401  # sqlite3's connection, typed by the driver
    connection.isolation_level = None  # the driver shall not begin transactions of its own; _begin does
    for pragma in (f"cache_size = -{CACHE}", "foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    """Begin as the connection's options say; a plain BEGIN is a snapshot that no later writer changes."""
    begin = connection.get_execution_options().get("allegedly_begin", "BEGIN")
    if begin is not None:
        connection.exec_driver_sql(begin)


def use_wal(engine: sa.Engine) -> None:
    """Let readers go on while one writes; the file remembers it, but a copy made by other tools may not."""
    with engine.connect().execution_options(**BARE) as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


_INSERT = {
    name: f"INSERT INTO {name} (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"  # noqa: S608  # our own names
    for name, columns in COLUMNS.items()
}


class SqliteSearch:
    """Full text by FTS5."""

    def add(self, connection: sa.Connection, table: str, rows: Sequence[tuple[int, *ColumnWords]]) -> None:
        """Put rows in."""
        if rows:
            connection.exec_driver_sql(_INSERT[table], list(rows))

    def remove(self, connection: sa.Connection, table: str, numbers: Sequence[int]) -> None:
        """Take rows out."""
        connection.execute(sa.delete(TABLES[table]).where(TABLES[table].c.rowid.in_(numbers)))

    def match(self, table: str, clauses: Sequence[Clause]) -> tuple[sa.FromClause, sa.ColumnElement[int], Any]:
        """Ask all clauses in one expression of FTS5."""
        expression = sa.literal_column(table).op("MATCH")(sa.bindparam("matching", match_expression(table, clauses)))
        return TABLES[table], TABLES[table].c.rowid, expression


def match_expression(table: str, clauses: Sequence[Clause]) -> str:
    """
    Write clauses as FTS5 wants them; all words stand in quotation marks, which no word holds.

    Example:
        >>> match_expression("claims_text", [Clause((Words(None, ("air", "raid")),), negated=True)])
        '(labels : "anyqx") NOT (passage : "air raid")'
    """
    wanted = [_any(table, clause) for clause in clauses if not clause.negated]
    unwanted = [_any(table, clause) for clause in clauses if clause.negated]
    expression = " AND ".join(f"({part})" for part in wanted) or f'labels : "{ANY}"'
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _any(table: str, clause: Clause) -> str:
    return " OR ".join(_term(table, term) for term in clause.terms)


def _term(table: str, term: Term) -> str:
    match term:
        case Words(field, words, prefix):
            columns = field or ("passage" if table == "claims_text" else "{passage title}")
            return f'{columns} : "{" ".join(words)}"{" *" if prefix else ""}'
        case Label(label):
            return f'labels : "{label}"'
        case Both(label, words):
            return f"({_term(table, label)} AND {_term(table, words)})"
        case _:
            raise TypeError(f"{term!r} is not for the full-text index")
