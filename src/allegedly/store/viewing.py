"""Looking at a store: one connection, one snapshot, nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.records.claims import Claim
from allegedly.records.ids import run_id
from allegedly.records.ledger import Run
from allegedly.store import queries
from allegedly.store.answers import DocumentInfo, DocumentPage, Failure, Judgement, Page, Row, RunInfo
from allegedly.store.codec import unpack, unpack_claims
from allegedly.store.judgements import read_judgements
from allegedly.store.kept_rows import rows_by_id, rows_of_ledgers
from allegedly.store.mapping import mapped
from allegedly.store.query_language import parse_query
from allegedly.store.search import Search
from allegedly.store.tables import DOCUMENTS, FAILURES

MOST = 1_000  # results on one page
_AT_ONCE = 500  # ids in one question
_STREAMED = 200  # rows fetched at a time while going through everything


class SqlView:
    """
    The store at one moment; made by its ``view``.

    Args:
        connection: In a transaction that sees one moment; closed with the view.
        search: The full-text tables.
        name: How the store is called in messages.
    """

    def __init__(self, connection: sa.Connection, search: Search, *, name: str) -> None:
        self._connection, self._search, self._name = connection, search, name
        self._streams: list[sa.CursorResult[Any]] = []
        with mapped(name):  # the snapshot is taken by the first question, not by BEGIN
            connection.execute(sa.select(DOCUMENTS.c.number).limit(1)).all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection, and before it of everything that somebody has not read to its end."""
        with mapped(self._name):
            while self._streams:
                self._streams.pop().close()
            self._connection.close()

    def claims(self, *, document: str | None = None, since: str | None = None) -> Iterator[Claim]:
        """Go through the claims that count now; see :class:`allegedly.store.base.View`."""
        for found in self._stream(queries.current_claims(document=document, since=since)):
            yield from unpack_claims(found.claims)

    def find(self, query: str, *, limit: int = 50, after: int | None = None) -> Page:
        """Find claims, last added first; see :class:`allegedly.store.base.View`."""
        parsed = parse_query(query)
        limit = _checked(limit)
        numbers = self._numbers(queries.matching_claims(parsed, self._search, limit=limit + 1, after=after))
        wanted = numbers[:limit]
        return Page(self._claims_by_number(wanted), _next(numbers, wanted))

    def find_documents(self, query: str, *, limit: int = 50, after: int | None = None) -> DocumentPage:
        """Find documents by their whole text, last added first; see :class:`allegedly.store.base.View`."""
        parsed = parse_query(query)
        limit = _checked(limit)
        numbers = self._numbers(queries.matching_documents(parsed, self._search, limit=limit + 1, after=after))
        wanted = numbers[:limit]
        found = {row.number: row for row in self._all(queries.documents_by_number(wanted))} if wanted else {}
        return DocumentPage(tuple(_document(found[number]) for number in wanted), _next(numbers, wanted))

    def documents(self, *, retracted: bool = False) -> Iterator[DocumentInfo]:
        """Go through the documents; retracted ones only if asked for."""
        yield from map(_document, self._stream(queries.all_documents(retracted=retracted)))

    def document(self, document_id: str) -> DocumentInfo:
        """Give a document that is not retracted; see :class:`allegedly.store.base.View`."""
        found = self._all(queries.document_by_id(document_id))
        if not found:
            raise NotInStore(
                f"store {self._name}: there is no document {document_id}",
                hint="`allegedly find --documents` lists them",
            )
        return _document(found[0])

    def already_read(self, documents: Mapping[str, str], run: Run) -> set[str]:
        """Say which documents need not be read; see :class:`allegedly.store.base.View`."""
        ids, done = list(documents), set()
        for start in range(0, len(ids), _AT_ONCE):
            for row in self._all(queries.read_documents(ids[start : start + _AT_ONCE], run_id(run))):
                if documents[row.id] == row.digest:
                    done.add(row.id)
        return done

    def ledger(self, document_id: str, *, run: str | None = None) -> bytes:
        """Give the ledger of a document as JSON; see :class:`allegedly.store.base.View`."""
        wanted = None if run is None else self.run(run).id
        found = self._all(queries.ledger_body(document_id, run=wanted))
        if not found:
            self.document(document_id)  # says so if it is the document that is not there
            raise NotInStore(
                f"store {self._name}: run {run} has not read {document_id}", hint="see `allegedly store info`"
            )
        return unpack(found[0].body)

    def rows(self, row_id: str) -> tuple[Row, ...]:
        """Give the row of an id, or of the beginning of one; see :class:`allegedly.store.base.View`."""
        with mapped(self._name):
            return rows_by_id(self._connection, row_id, name=self._name)

    def runs(self) -> tuple[RunInfo, ...]:
        """Give all runs, first ones first."""
        return tuple(RunInfo(**row._mapping) for row in self._all(queries.all_runs()))  # noqa: SLF001  # its public name

    def run(self, run: str) -> RunInfo:
        """
        Give the run of an id, or of the beginning of one.

        Raises:
            NotInStore: If there is none.
            UsageError: If the beginning is that of several runs.
        """
        found = [item for item in self.runs() if item.id.startswith(run)]
        if not found or not run:
            known = ", ".join(item.id for item in self.runs()[-5:]) or "none yet"
            raise NotInStore(f"store {self._name}: there is no run {run!r}", hint=f"runs are {known}")
        if len(found) > 1:
            raise UsageError(f"{len(found)} runs have ids that begin with {run}", hint="give more of the id")
        return found[0]

    def failures(self) -> Iterator[Failure]:
        """Go through what could not be read or kept, in order of time."""
        columns = [column for column in FAILURES.c if column.name != "number"]
        for row in self._stream(sa.select(*columns).order_by(FAILURES.c.number)):
            yield Failure(**row._mapping)  # noqa: SLF001  # its public name

    def judgements(self, *, document: str | None = None, undone: bool = False) -> tuple[Judgement, ...]:
        """Give what people decided, oldest first; see :class:`allegedly.store.base.View`."""
        with mapped(self._name):
            return read_judgements(self._connection, document=document, undone=undone)

    def current_rows(self, digests: Iterable[str]) -> Iterator[Row]:
        """Go through the rows that count now of the documents with these texts."""
        current = sa.select(DOCUMENTS.c.current).where(DOCUMENTS.c.current.is_not(None))
        for digest in digests:
            ledgers = self._numbers(current.where(DOCUMENTS.c.digest == digest))
            with mapped(self._name):
                yield from rows_of_ledgers(self._connection, ledgers)

    def common_readings(self, before: str, after: str) -> list[tuple[int, int]]:
        """Give the pairs of ledgers of the documents that both runs have read."""
        return [(row.number, row.other) for row in self._all(queries.common_readings(before, after))]

    def ledger_rows(self, numbers: Sequence[int]) -> list[Row]:
        """Give all rows of some ledgers."""
        with mapped(self._name):
            return list(rows_of_ledgers(self._connection, numbers))

    def _claims_by_number(self, numbers: list[int]) -> tuple[Claim, ...]:
        unpacked: dict[int, dict[str, Claim]] = {}
        claims = []
        for row in self._all(queries.claims_of_numbers(numbers)) if numbers else ():
            if row.ledger not in unpacked:
                unpacked[row.ledger] = {claim.id: claim for claim in unpack_claims(row.claims)}
            claims.append(unpacked[row.ledger][row.id])
        return tuple(claims)

    def _all(self, question: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with mapped(self._name):
            return self._connection.execute(question).all()

    def _numbers(self, question: sa.Select[Any]) -> list[int]:
        return [row[0] for row in self._all(question)]

    def _stream(self, question: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
        streamed = question.execution_options(yield_per=_STREAMED)
        with mapped(self._name), closing(self._connection.execute(streamed)) as rows:  # closed if nobody reads on
            self._streams.append(rows)
            yield from rows
            self._streams.remove(rows)


def _document(row: sa.Row[Any]) -> DocumentInfo:
    values = dict(row._mapping)  # noqa: SLF001  # its public name
    del values["number"]
    return DocumentInfo(**values)


def _checked(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page of {limit} results", hint=f"ask for 1 to {MOST}, and for the next page after that")
    return limit


def _next(numbers: list[int], wanted: list[int]) -> int | None:
    return wanted[-1] if len(numbers) > len(wanted) else None
