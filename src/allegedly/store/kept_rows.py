"""Rows as they are kept, of any kind: by id, or all of some ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.store.answers import Row
from allegedly.store.codec import unpack_claims
from allegedly.store.tables import CLAIMS, DOCUMENTS, KINDS, LEDGERS, ROWS

SHORTEST = 7  # of an abbreviated id: its letter and six digits
_PLAIN = {"ledger", "key", "id", "start", "end"}
_AT_ONCE = 500  # numbers in one question; SQLite refuses some 32,000


def rows_by_id(connection: sa.Connection, row_id: str, *, name: str) -> tuple[Row, ...]:
    """
    Give the rows of an id or of its beginning; one for each document and run that has it.

    Raises:
        NotInStore: If there is none.
        UsageError: If the beginning is too short or that of several ids.
    """
    letter, digits = row_id[:1], row_id[1:]
    if letter not in KINDS or not digits or set(digits) - set("0123456789abcdef"):
        raise NotInStore(f"store {name}: {row_id!r} is no id of a row", hint="`allegedly find` prints ids")
    if len(row_id) < SHORTEST:
        raise UsageError(f"{row_id!r} is too short", hint=f"give at least {SHORTEST} characters of the id")
    table = CLAIMS if letter == "c" else ROWS[letter]
    begins = sa.and_(table.c.id >= row_id, table.c.id < f"{row_id}g")
    ledgers = connection.execute(sa.select(table.c.ledger, table.c.id).where(begins).limit(_AT_ONCE)).all()
    ids = {found.id for found in ledgers}
    if not ids:
        raise NotInStore(f"store {name}: there is no row {row_id}", hint="`allegedly find` prints ids")
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} rows have ids that begin with {row_id}", hint="give more of the id")
    numbers = sorted({found.ledger for found in ledgers})
    rows = tuple(row for row in rows_of_ledgers(connection, numbers, kinds=letter) if row.id in ids)
    if not rows:
        raise NotInStore(f"store {name}: the document of {row_id} was retracted", hint="`allegedly retract --undo`")
    return rows


def rows_of_ledgers(connection: sa.Connection, numbers: Sequence[int], *, kinds: str = "acepqt") -> Iterator[Row]:
    """
    Go through the rows of ledgers, kind by kind.

    Args:
        connection: Where to ask.
        numbers: Running numbers of the ledgers.
        kinds: Letters of the kinds wanted.
    """
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        for letter in kinds:
            yield from _claims(connection, part) if letter == "c" else _rows(connection, part, letter)


def _with_document(table: sa.Table, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401  # columns of any type
    joined = table if table is LEDGERS else table.join(LEDGERS, LEDGERS.c.number == table.c.ledger)
    joined = joined.join(DOCUMENTS, DOCUMENTS.c.number == LEDGERS.c.document)
    known = DOCUMENTS.c.id.label("document_id"), DOCUMENTS.c.digest.label("digest"), LEDGERS.c.run.label("run_id")
    return sa.select(*columns, *known).select_from(joined).where(DOCUMENTS.c.retracted.is_(None))


def _rows(connection: sa.Connection, numbers: Sequence[int], letter: str) -> Iterator[Row]:
    table = ROWS[letter]
    question = (
        _with_document(table, *table.c).where(table.c.ledger.in_(numbers)).order_by(table.c.ledger, table.c.start)
    )
    names = [column.name for column in table.c if column.name not in _PLAIN]
    for found in connection.execute(question).mappings():
        yield Row(
            id=found["id"],
            kind=KINDS[letter],
            key=found["key"],
            document=found["document_id"],
            digest=found["digest"],
            run=found["run_id"],
            span=(found["start"], found["end"]),
            values={name: found[name] for name in names},
        )


def _claims(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[Row]:
    question = _with_document(LEDGERS, LEDGERS.c.claims).where(LEDGERS.c.number.in_(numbers)).order_by(LEDGERS.c.number)
    for found in connection.execute(question):
        for claim in unpack_claims(found.claims):
            yield Row(
                id=claim.id,
                kind=KINDS["c"],
                key=claim.key,
                document=found.document_id,
                digest=found.digest,
                run=found.run_id,
                span=claim.span,
                values=msgspec.to_builtins(claim),
            )
