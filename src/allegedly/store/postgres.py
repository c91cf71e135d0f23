"""PostgreSQL: a store for several people; only what differs from SQLite stands here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from allegedly.errors import StoreError
from allegedly.store.query_language import Both, Clause, Label, Term, Words
from allegedly.store.search import COLUMNS
from allegedly.store.search import Words as ColumnWords

WAIT = 30.0  # seconds that a second writer waits for the first
LOCK = 0x616C6C65676564  # "alleged": the advisory lock of writers
_LONGEST = 16_383  # positions of words beyond are all the same to PostgreSQL
TABLES = {
    name: sa.table(name, sa.column("number", sa.BigInteger), *(sa.column(column, TSVECTOR) for column in columns))
    for name, columns in COLUMNS.items()
}


def make_engine(url: sa.URL, *, wait: float = WAIT) -> sa.Engine:
    """
    Make the engine of a store in PostgreSQL; nothing is connected yet.

    Args:
        url: Its address.
        wait: Seconds to wait for another writer.

    Raises:
        StoreError: If the driver is not installed.
    """
    url = url.set(drivername="postgresql+psycopg")
    options = f"-c lock_timeout={int(wait * 1000)} -c timezone=UTC"
    try:
        # More than the threads of the pages, each of which may hold two.
        pool = {"pool_size": 5, "max_overflow": 45}
        return sa.create_engine(url, connect_args={"options": options, "connect_timeout": 10}, **pool)
    except ImportError as error:
        raise StoreError(
            "a store in PostgreSQL needs the package psycopg", hint="pip install 'allegedly[postgres]'"
        ) from error


def lock_writers(connection: sa.Connection) -> None:
    """Wait until no other writer is in a transaction; let go at the end of ours."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


_INSERT = {
    name: f"INSERT INTO {name} (number, {', '.join(columns)}) VALUES (%s{', %s::tsvector' * len(columns)})"  # noqa: S608  # our own names
    for name, columns in COLUMNS.items()
}


class PostgresSearch:
    """Full text by tsvector and GIN; words are ours, so that no dictionary of the server has a say."""

    def add(self, connection: sa.Connection, table: str, rows: Sequence[tuple[int, *ColumnWords]]) -> None:
        """Put rows in."""
        if rows:
            connection.exec_driver_sql(_INSERT[table], [(number, *map(vector, words)) for number, *words in rows])

    def remove(self, connection: sa.Connection, table: str, numbers: Sequence[int]) -> None:
        """Take rows out."""
        connection.execute(sa.delete(TABLES[table]).where(TABLES[table].c.number.in_(numbers)))

    def match(self, table: str, clauses: Sequence[Clause]) -> tuple[sa.FromClause, sa.ColumnElement[int], Any]:
        """Ask each clause of its column."""
        conditions = [
            sa.not_(sa.or_(*(_term(table, term) for term in clause.terms)))
            if clause.negated
            else sa.or_(*(_term(table, term) for term in clause.terms))
            for clause in clauses
        ]
        return TABLES[table], TABLES[table].c.number, sa.and_(sa.true(), *conditions)


def vector(words: str) -> str:
    """
    Write words as a tsvector with their places; no word holds a quotation mark or a backslash.

    Example:
        >>> vector("air raid")
        "'air':1 'raid':2"
    """
    return " ".join(f"'{word}':{min(place, _LONGEST)}" for place, word in enumerate(words.split(), 1))


def _term(table: str, term: Term) -> sa.ColumnElement[bool]:
    columns = TABLES[table].c
    match term:
        case Words(field, words, prefix):
            asked = " <-> ".join(f"'{word}'" for word in words) + (":*" if prefix else "")
            where = [field or "passage"] if field or table == "claims_text" else ["passage", "title"]
            return sa.or_(*(_matches(columns[name], asked) for name in where))
        case Label(label):
            return _matches(columns.labels, f"'{label}'")
        case Both(label, words):
            return sa.and_(_term(table, label), _term(table, words))
        case _:
            raise TypeError(f"{term!r} is not for the full-text index")


def _matches(column: sa.ColumnElement[Any], asked: str) -> sa.ColumnElement[bool]:
    return column.bool_op("@@")(sa.cast(sa.literal(asked, sa.Text), TSQUERY))
