"""
What a store offers: a writer that adds, a view that only looks, a judge that records what people decide.

Exports, pages and corroboration take a :class:`View` and therefore cannot
write. One suite of tests (``tests/contract/test_store_contract.py``) holds every store to this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from allegedly.errors import DocumentError
from allegedly.records.claims import Claim
from allegedly.records.ledger import Ledger, Run
from allegedly.store.answers import (
    Decision,
    DocumentInfo,
    DocumentPage,
    Failure,
    Judgement,
    Page,
    Report,
    Row,
    RunInfo,
)

Failed = Callable[[DocumentError], None]


class Writer(AbstractContextManager["Writer"], Protocol):
    """Adds documents one by one and commits them by the batch, each whole or not at all."""

    report: Report

    def add(self, ledger: Ledger, data: bytes | None = None) -> None:
        """
        Keep a ledger; the same ledger again changes nothing.

        A bad one is recorded as a failure and the rest go on.

        Args:
            ledger: What a reader made.
            data: The same as JSON, where the caller has just encoded or decoded it.
        """
        ...

    def add_failure(self, place: str, error: DocumentError) -> None:
        """Record an input that could not be read; ``place`` is the file, line or feed."""
        ...

    def flush(self) -> None:
        """Commit what was added so far; happens by itself every few seconds and at the end."""
        ...


class View(AbstractContextManager["View"], Protocol):
    """The store at one moment: what others add meanwhile is not seen."""

    def claims(self, *, document: str | None = None, since: str | None = None) -> Iterator[Claim]:
        """
        Go through the claims that count now, in the order their documents were added.

        Args:
            document: Only those of this document.
            since: Only those of documents published on this day (ISO 8601) or later.
        """
        ...

    def find(self, query: str, *, limit: int = 50, after: int | None = None) -> Page:
        """
        Find claims, last added first.

        Raises:
            QueryError: If the query cannot be understood.
        """
        ...

    def find_documents(self, query: str, *, limit: int = 50, after: int | None = None) -> DocumentPage:
        """
        Find documents by their whole text, last added first.

        Raises:
            QueryError: If the query cannot be understood, or is about claims.
        """
        ...

    def documents(self, *, retracted: bool = False) -> Iterator[DocumentInfo]:
        """Go through the documents; retracted ones only if asked for."""
        ...

    def document(self, document_id: str) -> DocumentInfo:
        """
        Give a document that is not retracted.

        Raises:
            NotInStore: If there is none of this id.
        """
        ...

    def already_read(self, documents: Mapping[str, str], run: Run) -> set[str]:
        """
        Say which documents need not be read: that run has read this very text, or it was retracted.

        Args:
            documents: Digest of the text by the document's id.
            run: What would read them.
        """
        ...

    def ledger(self, document_id: str, *, run: str | None = None) -> bytes:
        """
        Give the ledger of a document as JSON: the reading that counts, or that of a run.

        Raises:
            NotInStore: If there is none.
        """
        ...

    def rows(self, row_id: str) -> tuple[Row, ...]:
        """
        Give the row of an id, or of the beginning of one; one row for each document and run that has it.

        Raises:
            NotInStore: If there is none.
            UsageError: If the beginning is that of several rows.
        """
        ...

    def runs(self) -> tuple[RunInfo, ...]:
        """Give all runs, first ones first."""
        ...

    def run(self, run: str) -> RunInfo:
        """
        Give the run of an id, or of the beginning of one.

        Raises:
            NotInStore: If there is none.
            UsageError: If the beginning is that of several.
        """
        ...

    def common_readings(self, before: str, after: str) -> list[tuple[int, int]]:
        """Give the running numbers of both ledgers of each document that both runs have read."""
        ...

    def ledger_rows(self, numbers: Sequence[int]) -> list[Row]:
        """Give all rows of some ledgers, by running number."""
        ...

    def current_rows(self, digests: Iterable[str]) -> Iterator[Row]:
        """Go through the rows that count now of the documents with these texts, by digest."""
        ...

    def current_claims(self, ids: Iterable[str]) -> set[str]:
        """Say which of these claims count now, by id."""
        ...

    def failures(self) -> Iterator[Failure]:
        """Go through what could not be read or kept, in order of time."""
        ...

    def judgements(self, *, document: str | None = None, undone: bool = False) -> tuple[Judgement, ...]:
        """Give what people decided, oldest first; what was taken back only if asked for."""
        ...


class Store(AbstractContextManager["Store"], Protocol):
    """A database of ledgers; made by :func:`allegedly.store.opening.open_store`."""

    name: str

    def writer(self, *, failed: Failed | None = None) -> Writer:
        """
        Start adding.

        Args:
            failed: Takes the error of each ledger that cannot be kept; None raises the first.
        """
        ...

    def view(self) -> View:
        """Look at the store as it is now."""
        ...

    def retract(self, document_id: str, *, who: str, why: str = "") -> DocumentInfo:
        """
        Take a document out of all views; it stays recorded that it was there.

        Raises:
            NotInStore: If there is none of this id.
        """
        ...

    def restore(self, document_id: str, *, who: str) -> DocumentInfo:
        """
        Take the last retraction of a document back.

        Raises:
            NotInStore: If none of this id is retracted.
            IntegrityConflict: If its id has been given to another text since.
        """
        ...

    def judge(
        self,
        row_id: str,
        decision: Decision,
        *,
        who: str,
        after: dict[str, Any] | None = None,
        note: str = "",
        queue: str = "",
        blind: bool = False,
    ) -> Judgement:
        """
        Record what a person decided about a row.

        Args:
            row_id: Id of the row.
            decision: ``accept``, ``change``, ``reject`` or ``unsure``.
            who: The person.
            after: New values by column, for ``change`` only.
            note: Why.
            queue: In which order the row was shown; empty if the person went there.
            blind: Whether outlet and party were hidden.

        Raises:
            NotInStore: If there is no such row.
            UsageError: If ``after`` does not fit the decision or the row.
        """
        ...

    def undo(self, number: int, *, who: str) -> Judgement:
        """
        Take a judgement back; it stays recorded.

        Raises:
            NotInStore: If there is none of this number that still stands.
        """
        ...

    def info(self) -> dict[str, str | int]:
        """Count what is there."""
        ...

    def vacuum(self) -> None:
        """Give unused room back."""
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...
