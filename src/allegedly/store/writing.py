"""Adding ledgers: made ready one by one, committed by the batch, each document whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from allegedly.errors import DocumentError, IntegrityConflict
from allegedly.records.claims_of import claims_of
from allegedly.records.ids import row_ids, run_id
from allegedly.records.ledger import Ledger, Run
from allegedly.store.answers import Report
from allegedly.store.base import Failed
from allegedly.store.clock import now
from allegedly.store.codec import ledger_json, pack, pack_claims
from allegedly.store.indexing import Index, Indexed, index_of, remove_claims
from allegedly.store.inserting import insert_rows
from allegedly.store.rows import Values, claim_values, document_values, rows_of
from allegedly.store.search import Search
from allegedly.store.tables import CLAIMS, DOCUMENTS, FAILURES, LEDGERS, ROWS, RUNS

BATCH = 256  # ledgers in one transaction
SECONDS = 2.0  # a slow reader's work is committed at least this often

Transaction = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True)
class Ready:
    """
    All that is kept of a ledger, made before the database is locked.

    Holds no rows as objects: thousands of them, waiting, would keep the garbage collector busy.
    """

    id: str
    digest: str
    document: Values
    run: str
    run_of: Run
    body: bytes
    packed_claims: bytes
    rows: dict[str, list[Values]]
    claims: tuple[Values, ...]
    indexed: Indexed


@dataclass(slots=True)
class _Known:
    """What the store holds under an id."""

    number: int
    digest: str
    current: int
    runs: set[str] = field(default_factory=set)


class SqlWriter:
    """
    Adds ledgers to a store; made by its ``writer``.

    Args:
        transaction: Opens a transaction with the writer's lock.
        search: The full-text tables.
        failed: Takes the error of each ledger that cannot be kept; None raises the first.
    """

    def __init__(self, transaction: Transaction, search: Search, *, failed: Failed | None = None) -> None:
        self.report = Report()
        self._transaction, self._search, self._failed = transaction, search, failed
        self._waiting: dict[str, Ready] = {}
        self._failures: list[Values] = []
        self._since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()

    def add(self, ledger: Ledger, data: bytes | None = None) -> None:
        """Keep a ledger; see :class:`allegedly.store.base.Writer`."""
        if ledger.document.id in self._waiting:  # the same document again: after the first
            self.flush()
        try:
            self._waiting[ledger.document.id] = make_ready(ledger, data)
        except DocumentError as error:
            self._fail(f"document {ledger.document.id}", error)
            self._tell([error])
        self._flush_if_due()

    def add_failure(self, place: str, error: DocumentError) -> None:
        """Record an input that could not be read; see :class:`allegedly.store.base.Writer`."""
        self._fail(place, error)
        self._flush_if_due()

    def flush(self) -> None:
        """Commit what was added so far; if that fails, all of it waits for the next time."""
        if not self._waiting and not self._failures:
            return
        report = Report()
        batch = _Batch(report, self._search)
        with self._transaction() as connection:
            batch.sort(connection, list(self._waiting.values()))
            batch.write(connection, self._failures)
        self._waiting, self._failures, self._since = {}, [], 0.0
        self._count(report)
        self._tell(batch.conflicts)

    def _flush_if_due(self) -> None:
        if not self._since:
            self._since = time.monotonic()
        if len(self._waiting) + len(self._failures) >= BATCH or time.monotonic() - self._since > SECONDS:
            self.flush()

    def _fail(self, place: str, error: DocumentError) -> None:
        self._failures.append(failure_values(place, error))
        self.report.failed += 1

    def _count(self, report: Report) -> None:
        for name in ("added", "reread", "unchanged", "retracted", "failed"):
            setattr(self.report, name, getattr(self.report, name) + getattr(report, name))

    def _tell(self, errors: Sequence[DocumentError]) -> None:
        for error in errors:
            if self._failed is None:
                raise error
            self._failed(error)


def make_ready(ledger: Ledger, data: bytes | None = None) -> Ready:
    """
    Make all that is kept of a ledger.

    Raises:
        LedgerError: If it cannot be written as JSON.
    """
    body = ledger_json(ledger) if data is None else data
    ids = row_ids(ledger)
    claims = claims_of(ledger, ids)
    ready = Ready(
        id=ledger.document.id,
        digest=ledger.document.digest,
        document=document_values(ledger.document),
        run=run_id(ledger.run),
        run_of=ledger.run,
        body=pack(body),
        packed_claims=pack_claims(claims),
        rows=rows_of(ledger, ids),
        claims=tuple(map(claim_values, claims)),
        indexed=index_of(ledger.document, claims),
    )
    return _without_nul(ready) if b"\\u0000" in body else ready


def _without_nul(ready: Ready) -> Ready:
    """Replace NUL, which PostgreSQL keeps in no text, by the sign for what cannot be shown; the ledger keeps it."""
    return replace(
        ready,
        document=_plain_row(ready.document),
        rows={letter: [_plain_row(row) for row in rows] for letter, rows in ready.rows.items()},
        claims=tuple(map(_plain_row, ready.claims)),
    )


def failure_values(place: str, error: DocumentError) -> Values:
    """Give the columns of a failure after ``number``."""
    return _plain_row((now(), place, error.document_id, type(error).__name__, str(error), error.hint))


class _Batch:
    """
    One transaction's worth of ledgers; thrown away after use.

    Args:
        report: Where to count.
        search: The full-text tables.
    """

    def __init__(self, report: Report, search: Search) -> None:
        self.conflicts: list[DocumentError] = []
        self._report, self._search = report, search
        self._new: list[tuple[Ready, _Known | None]] = []

    def sort(self, connection: sa.Connection, waiting: Sequence[Ready]) -> None:
        """Say of each ledger whether it is new, another reading, there already, or a conflict."""
        known, gone = _known(connection, [item.id for item in waiting])
        for item in waiting:
            there = known.get(item.id)
            if there is None and (item.id, item.digest) in gone:
                self._report.retracted += 1
            elif there is None:
                self._new.append((item, None))
                self._report.added += 1
            elif there.digest != item.digest:
                self.conflicts.append(_conflict(item.id))
                self._report.failed += 1
            elif item.run in there.runs:
                self._report.unchanged += 1
            else:
                self._new.append((item, there))
                self._report.reread += 1

    def write(self, connection: sa.Connection, failures: Sequence[Values]) -> None:
        """Put everything into the tables."""
        conflicts = [failure_values(f"document {error.document_id}", error) for error in self.conflicts]
        _insert_failures(connection, [*failures, *conflicts])
        if self._new:
            self._write_new(connection, Index(self._search))

    def _write_new(self, connection: sa.Connection, index: Index) -> None:
        made = now()
        document, ledger, claim = (last_number(connection, table) for table in (DOCUMENTS, LEDGERS, CLAIMS))
        tables: dict[str, list[Values]] = {name: [] for name in ("documents", "ledgers", "claims", *ROWS)}
        for item, there in self._new:
            ledger += 1
            if there is None:
                document += 1
                tables["documents"].append((document, *item.document, made, None, ledger))
                index.put_document(document, item.indexed)
            else:
                self._supersede(connection, there, ledger)
            number = document if there is None else there.number
            tables["ledgers"].append((ledger, number, item.run, made, item.body, item.packed_claims))
            for letter, rows in item.rows.items():
                tables[letter] += [(ledger, *row) for row in rows]
            # Counted backwards, so that "last added first" shows the claims of a document in order of the text.
            numbers = range(claim + len(item.claims), claim, -1)
            claim += len(item.claims)
            tables["claims"] += [(n, ledger, *row) for n, row in zip(numbers, item.claims, strict=True)]
            index.put_claims(numbers, item.indexed)
        _insert_runs(connection, [item for item, _ in self._new], made)
        for table in (DOCUMENTS, LEDGERS, CLAIMS):
            insert_rows(connection, table, tables[table.name])
        for letter, table in ROWS.items():
            insert_rows(connection, table, tables[letter])
        index.write(connection)

    def _supersede(self, connection: sa.Connection, there: _Known, ledger: int) -> None:
        """Let another reading of a document count from now on."""
        remove_claims(connection, self._search, there.current)
        document = sa.update(DOCUMENTS).where(DOCUMENTS.c.number == there.number)
        connection.execute(document.values(current=ledger))


def _known(connection: sa.Connection, ids: Sequence[str]) -> tuple[dict[str, _Known], set[tuple[str, str]]]:
    """Give what is there under these ids, and which texts of them have been retracted."""
    columns = DOCUMENTS.c.number, DOCUMENTS.c.id, DOCUMENTS.c.digest, DOCUMENTS.c.current, DOCUMENTS.c.retracted
    found = connection.execute(sa.select(*columns).where(DOCUMENTS.c.id.in_(ids))).all()
    known = {row.id: _Known(row.number, row.digest, row.current) for row in found if row.retracted is None}
    by_number = {item.number: item for item in known.values()}
    readings = sa.select(LEDGERS.c.document, LEDGERS.c.run).where(LEDGERS.c.document.in_(list(by_number)))
    for document, run in connection.execute(readings):
        by_number[document].runs.add(run)
    return known, {(row.id, row.digest) for row in found if row.retracted is not None}


def _conflict(document_id: str) -> IntegrityConflict:
    return IntegrityConflict(
        f"document {document_id}: the store holds another text under this id",
        document_id=document_id,
        hint="give the new text an id of its own, or retract the old one first",
    )


def _insert_runs(connection: sa.Connection, items: Sequence[Ready], made: str) -> None:
    runs = {item.run: item.run_of for item in items}
    there = set(connection.scalars(sa.select(RUNS.c.id).where(RUNS.c.id.in_(list(runs)))))
    new = [
        _plain_row((key, run.version, run.pack, run.settings, made)) for key, run in runs.items() if key not in there
    ]
    insert_rows(connection, RUNS, new)


def _insert_failures(connection: sa.Connection, failures: Sequence[Values]) -> None:
    last = last_number(connection, FAILURES) if failures else 0
    insert_rows(connection, FAILURES, [(last + n, *values) for n, values in enumerate(failures, 1)])


def _plain_row(row: Values) -> Values:
    return tuple(plain(value) if isinstance(value, str) else value for value in row)


def plain(words: str) -> str:
    """Replace what not every database keeps in a text: NUL, and halves of a sign, as names of files may hold."""
    return words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def last_number(connection: sa.Connection, table: sa.Table) -> int:
    """Give the last running number of a table; the writer's lock keeps others from taking the next."""
    last: int = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.number), 0))) or 0
    return last
