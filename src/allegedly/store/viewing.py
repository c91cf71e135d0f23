"""Looking at a store: one connection, one snapshot, nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.records.claims import Claim
from allegedly.records.ids import run_id
from allegedly.records.ledger import Run
from allegedly.store import page_queries, queries
from allegedly.store.answers import (
    Copies,
    DocumentInfo,
    DocumentPage,
    Facets,
    Failure,
    FailurePage,
    Judgement,
    Page,
    Reading,
    Retraction,
    Row,
    RunInfo,
)
from allegedly.store.codec import text_of, unpack, unpack_claims
from allegedly.store.judgements import judgement_of, read_judgements
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
        connection: In a transaction that sees one moment; closed with the view. Other modules of the store ask it, too.
        search: The full-text tables.
        name: How the store is called in messages.
    """

    def __init__(self, connection: sa.Connection, search: Search, *, name: str) -> None:
        self.connection, self._search, self.name = connection, search, name
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
        with mapped(self.name):
            while self._streams:
                self._streams.pop().close()
            self.connection.close()

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
                f"store {self.name}: there is no document {document_id}",
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
                f"store {self.name}: run {run} has not read {document_id}", hint="see `allegedly store info`"
            )
        return unpack(found[0].body)

    def rows(self, row_id: str) -> tuple[Row, ...]:
        """Give the row of an id, or of the beginning of one; see :class:`allegedly.store.base.View`."""
        with mapped(self.name):
            return rows_by_id(self.connection, row_id, name=self.name)

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
            raise NotInStore(f"store {self.name}: there is no run {run!r}", hint=f"runs are {known}")
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
        with mapped(self.name):
            return read_judgements(self.connection, document=document, undone=undone)

    def current_rows(self, digests: Iterable[str]) -> Iterator[Row]:
        """Go through the rows that count now of the documents with these texts."""
        current = sa.select(DOCUMENTS.c.current).where(DOCUMENTS.c.current.is_not(None))
        for digest in digests:
            ledgers = self._numbers(current.where(DOCUMENTS.c.digest == digest))
            with mapped(self.name):
                yield from rows_of_ledgers(self.connection, ledgers)

    def current_claims(self, ids: Iterable[str]) -> set[str]:
        """Say which of these claims count now, by id."""
        wanted, found = sorted(set(ids)), set()
        for start in range(0, len(wanted), _AT_ONCE):
            found |= {row[0] for row in self._all(queries.current_ids(wanted[start : start + _AT_ONCE]))}
        return found

    def common_readings(self, before: str, after: str) -> list[tuple[int, int]]:
        """Give the pairs of ledgers of the documents that both runs have read."""
        return [(row.number, row.other) for row in self._all(queries.common_readings(before, after))]

    def ledger_rows(self, numbers: Sequence[int]) -> list[Row]:
        """Give all rows of some ledgers."""
        with mapped(self.name):
            return list(rows_of_ledgers(self.connection, numbers))

    def claims_of_ids(self, ids: Sequence[str]) -> tuple[Claim, ...]:
        """Give the claims of some ids that count now, each once, in the order they were added."""
        found: dict[str, Claim] = {}
        for start in range(0, len(ids), _AT_ONCE):
            for claim in self._unpacked(page_queries.claims_of_ids(ids[start : start + _AT_ONCE])):
                found.setdefault(claim.id, claim)
        return tuple(found.values())

    def copies(self, digest: str, *, limit: int = 20) -> Copies:
        """Give the documents with the text of a digest."""
        count = self._numbers(page_queries.count_of_digest(digest))[0]
        found = self._all(page_queries.documents_of_digest(digest, limit=limit)) if count else ()
        return Copies(tuple(map(_document, found)), count)

    def readings(self, document_id: str) -> tuple[Reading, ...]:
        """Give the readings of a document, last ones first."""
        return tuple(
            Reading(**(dict(row._mapping) | {"current": bool(row.current)}))  # noqa: SLF001  # its public name
            for row in self._all(page_queries.readings_of(document_id))
        )

    def runs_with(self, document_id: str, claim_id: str) -> frozenset[str]:
        """Give the runs whose reading of a document holds a claim."""
        return frozenset(row.run for row in self._all(page_queries.readings_with(document_id, claim_id)))

    def retraction(self, document_id: str) -> Retraction | None:
        """Say who retracted the document of an id; None if there is none, or it is in the store."""
        found = self._all(page_queries.last_retraction(document_id))
        if not found or self._all(queries.document_by_id(document_id)):
            return None
        document = _document(self._all(queries.documents_by_number([found[0].number]))[0])
        return Retraction(document, found[0].who, found[0].made, found[0].why)

    def judgements_of(self, rows: Sequence[str]) -> tuple[Judgement, ...]:
        """Give what people decided about some rows and what stands, oldest first."""
        found: list[Judgement] = []
        for start in range(0, len(rows), _AT_ONCE):
            question = page_queries.judgements_of_rows(rows[start : start + _AT_ONCE])
            found += map(judgement_of, self._all(question))
        return tuple(found)

    def facets(self, query: str, *, first: int, most: int = 12) -> Facets:
        """
        Count values among the first claims that a query finds.

        Args:
            query: The query.
            first: So many claims, last added first, are counted.
            most: So many values of a field are given.

        Raises:
            QueryError: If the query cannot be understood.
        """
        rows = self._all(page_queries.facet_values(parse_query(query), self._search, first=first + 1))
        counts: dict[str, Counter[str]] = {name: Counter() for name in page_queries.FACETS}
        for row in rows:
            for name, counter in counts.items():
                if (value := getattr(row, name)) is not None:
                    counter[value] += row.hits
        hits = sum(row.hits for row in rows)
        ordered = {name: sorted(found.items(), key=lambda item: (-item[1], item[0])) for name, found in counts.items()}
        shown = {name: tuple(values[:most]) for name, values in ordered.items()}
        return Facets(shown, min(hits, first), hits <= first)

    def failure_page(self, *, limit: int = 50, after: int | None = None) -> FailurePage:
        """Give what could not be read or kept, last first."""
        rows = self._all(page_queries.last_failures(limit=_checked(limit) + 1, after=after))
        found = tuple(
            Failure(**{key: value for key, value in row._mapping.items() if key != "number"})  # noqa: SLF001  # its public name
            for row in rows[:limit]
        )
        return FailurePage(found, _next([row.number for row in rows], [row.number for row in rows[:limit]]))

    def openings(self, ids: Sequence[str], *, characters: int = 120) -> dict[str, str]:
        """Give the first characters of the texts of some documents, by id."""
        rows = self._all(page_queries.bodies_of(ids)) if ids else ()
        return {row.id: text_of(unpack(row.body))[:characters] for row in rows}

    def _claims_by_number(self, numbers: list[int]) -> tuple[Claim, ...]:
        return tuple(self._unpacked(queries.claims_of_numbers(numbers))) if numbers else ()

    def _unpacked(self, question: sa.Select[Any]) -> Iterator[Claim]:
        unpacked: dict[int, dict[str, Claim]] = {}
        for row in self._all(question):
            if row.ledger not in unpacked:
                unpacked[row.ledger] = {claim.id: claim for claim in unpack_claims(row.claims)}
            yield unpacked[row.ledger][row.id]

    def _all(self, question: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with mapped(self.name):
            return self.connection.execute(question).all()

    def _numbers(self, question: sa.Select[Any]) -> list[int]:
        return [row[0] for row in self._all(question)]

    def _stream(self, question: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
        streamed = question.execution_options(yield_per=_STREAMED)
        with mapped(self.name), closing(self.connection.execute(streamed)) as rows:  # closed if nobody reads on
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
