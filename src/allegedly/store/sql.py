"""The store over SQLAlchemy Core: all that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from allegedly.errors import IntegrityConflict, NotInStore
from allegedly.records.ledger import DocumentRow
from allegedly.store import queries
from allegedly.store.answers import Decision, DocumentInfo, Judgement
from allegedly.store.base import Failed
from allegedly.store.clock import now
from allegedly.store.codec import text_of, unpack, unpack_claims
from allegedly.store.indexing import Index, index_of, remove_claims
from allegedly.store.inserting import insert_rows
from allegedly.store.judgements import judgement_values, read_judgements, undo_judgement
from allegedly.store.kept_rows import rows_by_id
from allegedly.store.mapping import mapped
from allegedly.store.search import Search
from allegedly.store.tables import CLAIMS, DOCUMENTS, FAILURES, JUDGEMENTS, LEDGERS, RETRACTIONS, RUNS
from allegedly.store.viewing import SqlView
from allegedly.store.writing import SqlWriter, last_number


class SqlStore:
    """
    A store in a database; made by :func:`allegedly.store.opening.open_store`.

    Args:
        engine: Its connections.
        search: Its full-text tables; public, as the review queues ask them too.
        name: How it is called in messages, without password.
        lock: Takes the writer's lock at the beginning of a transaction.
        reading: Options of a connection that only looks.
        writing: Options of a connection that writes.
        bare: Options of a connection outside of any transaction.
    """

    def __init__(
        self,
        engine: sa.Engine,
        search: Search,
        *,
        name: str,
        lock: Callable[[sa.Connection], None] | None = None,
        reading: dict[str, Any] | None = None,
        writing: dict[str, Any] | None = None,
        bare: dict[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.engine = engine
        self.search, self._lock = search, lock
        self._reading, self._writing, self._bare = reading or {}, writing or {}, bare or {}

    @property
    def address(self) -> str:
        """What :func:`allegedly.store.opening.open_store` takes; holds the password, so it is shown to nobody."""
        url = self.engine.url
        return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        with mapped(self.name):
            self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """
        Open a transaction with the writer's lock; committed at the end, taken back on an error.

        Raises:
            StoreUnavailable: If another writer does not finish in time.
        """
        with (
            mapped(self.name),
            self.engine.connect().execution_options(**self._writing) as connection,
            connection.begin(),
        ):
            if self._lock is not None:
                self._lock(connection)
            yield connection

    def writer(self, *, failed: Failed | None = None) -> SqlWriter:
        """Start adding; see :class:`allegedly.store.base.Store`."""
        return SqlWriter(self.transaction, self.search, failed=failed)

    def view(self) -> SqlView:
        """Look at the store as it is now."""
        with mapped(self.name):
            connection = self.engine.connect().execution_options(**self._reading)
        return SqlView(connection, self.search, name=self.name)

    def retract(self, document_id: str, *, who: str, why: str = "") -> DocumentInfo:
        """Take a document out of all views; see :class:`allegedly.store.base.Store`."""
        with self.transaction() as connection:
            found = connection.execute(queries.document_by_id(document_id)).one_or_none()
            if found is None:
                raise NotInStore(f"store {self.name}: there is no document {document_id}", hint="nothing was retracted")
            of_document = DOCUMENTS.c.number == found.number
            current = connection.execute(sa.select(DOCUMENTS.c.current).where(of_document)).scalar_one()
            remove_claims(connection, self.search, current)
            self.search.remove(connection, "documents_text", [found.number])
            made = now()
            connection.execute(sa.update(DOCUMENTS).where(of_document).values(retracted=made, current=None))
            number = last_number(connection, RETRACTIONS) + 1
            insert_rows(connection, RETRACTIONS, [(number, found.number, who, made, why, None, None)])
            return _info(connection, found.number)

    def restore(self, document_id: str, *, who: str) -> DocumentInfo:
        """Take the last retraction of a document back; see :class:`allegedly.store.base.Store`."""
        with self.transaction() as connection:
            if connection.execute(queries.document_by_id(document_id)).first() is not None:
                raise IntegrityConflict(
                    f"document {document_id} is in the store", document_id=document_id, hint="nothing was restored"
                )
            retracted = sa.select(DOCUMENTS).where(DOCUMENTS.c.id == document_id).order_by(DOCUMENTS.c.retracted.desc())
            found = connection.execute(retracted).first()
            if found is None:
                raise NotInStore(f"store {self.name}: no document {document_id} was retracted", hint="see its id")
            self._restore(connection, found, who)
            return _info(connection, found.number)

    def _restore(self, connection: sa.Connection, found: sa.Row[Any], who: str) -> None:
        """Let the last reading of a document count again."""
        last = sa.select(LEDGERS).where(LEDGERS.c.document == found.number).order_by(LEDGERS.c.number.desc())
        ledger = connection.execute(last.limit(1)).one()
        of_document = DOCUMENTS.c.number == found.number
        connection.execute(sa.update(DOCUMENTS).where(of_document).values(retracted=None, current=ledger.number))
        standing = sa.and_(RETRACTIONS.c.document == found.number, RETRACTIONS.c.undone.is_(None))
        connection.execute(sa.update(RETRACTIONS).where(standing).values(undone=now(), undone_by=who))
        numbers = sa.select(CLAIMS.c.number).where(CLAIMS.c.ledger == ledger.number).order_by(CLAIMS.c.number.desc())
        document = DocumentRow(
            id=found.id, digest=found.digest, title=found.title, url=found.url, publisher=found.publisher,
            published=found.published, language=found.language, text=text_of(unpack(ledger.body)),
        )  # fmt: skip
        claims = unpack_claims(ledger.claims)
        indexed, index = index_of(document, claims), Index(self.search)
        index.put_document(found.number, indexed)
        index.put_claims(list(connection.scalars(numbers)), indexed)
        index.write(connection)

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
        """Record what a person decided about a row; see :class:`allegedly.store.base.Store`."""
        with self.transaction() as connection:
            row = rows_by_id(connection, row_id, name=self.name)[-1]
            values = judgement_values(row, decision, who=who, after=after, note=note, queue=queue, blind=blind)
            number = last_number(connection, JUDGEMENTS) + 1
            insert_rows(connection, JUDGEMENTS, [(number, *values)])
            return read_judgements(connection, number=number)[0]

    def undo(self, number: int, *, who: str) -> Judgement:
        """Take a judgement back; it stays recorded."""
        with self.transaction() as connection:
            return undo_judgement(connection, number, who=who, name=self.name)

    def info(self) -> dict[str, str | int]:
        """Count what is there."""
        retracted = sa.select(sa.func.count()).select_from(DOCUMENTS).where(DOCUMENTS.c.retracted.is_not(None))
        tables = {
            "documents": DOCUMENTS, "ledgers": LEDGERS, "claims": CLAIMS, "runs": RUNS, "judgements": JUDGEMENTS,
            "failures": FAILURES,
        }  # fmt: skip
        with mapped(self.name), self.engine.connect().execution_options(**self._reading) as connection:
            counts = {name: connection.scalar(sa.select(sa.func.count()).select_from(t)) for name, t in tables.items()}
            counts["retracted"] = connection.scalar(retracted)
        return {"store": self.name, **{name: count or 0 for name, count in counts.items()}}

    def vacuum(self) -> None:
        """Give unused room back."""
        with mapped(self.name), self.engine.connect().execution_options(**self._bare) as connection:
            connection.exec_driver_sql("VACUUM")


def _info(connection: sa.Connection, number: int) -> DocumentInfo:
    values = dict(connection.execute(queries.documents_by_number([number])).one()._mapping)  # noqa: SLF001  # its public name
    del values["number"]
    return DocumentInfo(**values)
