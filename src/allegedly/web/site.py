"""
What all pages stand on: the store, the reader on first use, the incidents kept up to date, recently shown ledgers.

Made once by whoever serves it (``allegedly serve``, tests); every method may be
called from several threads.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from starlette.requests import Request

from allegedly.errors import DocumentError
from allegedly.keeper import up_to_date
from allegedly.ledger.json import decode_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, Run
from allegedly.store.clusters import ClusterStore
from allegedly.store.sql import SqlStore
from allegedly.store.viewing import SqlView
from allegedly.web.apart import Workers
from allegedly.web.problems import WebProblem

_log = logging.getLogger("allegedly.web")
PATIENCE = 1.0  # seconds that whoever changed something waits for the incidents
_CHECKED = 0.5  # seconds for which incidents count as up to date once they were found so
_KEPT = 64  # decoded ledgers


class Reads(Protocol):
    """What the pages need of a reader."""

    @property
    def run(self) -> Run:
        """What its ledgers say they were read by."""
        ...

    def read(self, document: Document) -> Ledger:
        """Read one document."""
        ...


@dataclass(slots=True)
class Site:
    """
    The store and what is made of it while pages are served.

    Args:
        store: Where ledgers are kept.
        load: Makes the reader; called when somebody first gives a text to read.
        readers: Texts that are read at the same time; others wait.
        apart: Make incidents and charts in processes of their own, so that pages are not slower meanwhile.
    """

    store: SqlStore
    load: Callable[[], Reads]
    readers: int = 1
    apart: bool = False
    workers: Workers = field(init=False)
    _reader: Reads | None = None
    _loading: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Semaphore = field(init=False)
    _making: threading.Lock = field(default_factory=threading.Lock)
    _made: threading.Event = field(default_factory=threading.Event)
    _checked: float = 0.0
    _ledgers: OrderedDict[tuple[str, str | None, str | None], Ledger] = field(default_factory=OrderedDict)
    _keeping: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._reading = threading.Semaphore(self.readers)
        self.workers = Workers(self.store, apart=self.apart)

    def view(self) -> SqlView:
        """Look at the store as it is now; close it after use."""
        return self.store.view()

    def reader(self) -> Reads:
        """
        Give the reader, loaded on first use.

        Raises:
            PackError: If the weights cannot be used.
        """
        with self._loading:
            if self._reader is None:
                self._reader = self.load()
            return self._reader

    def read(self, document: Document) -> Ledger:
        """
        Read a document, without keeping it.

        Raises:
            DocumentError: If it cannot be read.
            WebProblem: If too many texts are being read already.
        """
        if not self._reading.acquire(timeout=60):
            raise WebProblem(503, "other texts are being read", hint="try again in a minute")
        try:
            return self.reader().read(document)
        finally:
            self._reading.release()

    def read_in(
        self, documents: Iterable[Document], *, failed: Callable[[DocumentError], None] | None = None
    ) -> list[Ledger]:
        """
        Read documents and keep their ledgers.

        Args:
            documents: The documents.
            failed: Takes the error of each that cannot be read or kept; None raises the first.
        """
        ledgers = []
        with self.store.writer(failed=failed) as writer:
            for document in documents:
                try:
                    ledger = self.read(document)
                except DocumentError as error:
                    writer.add_failure(f"page, document {document.id}", error)
                    if failed is None:
                        writer.flush()
                        raise
                    failed(error)
                    continue
                writer.add(ledger)
                ledgers.append(ledger)
        self.changed()
        return ledgers

    def ledger(self, view: SqlView, document_id: str, *, run: str | None = None) -> Ledger:
        """
        Give a ledger of the store, decoded; recent ones are kept.

        Raises:
            NotInStore: If there is none.
        """
        info = view.document(document_id)
        key = (info.id, info.digest, run or info.run)
        with self._keeping:
            if key in self._ledgers:
                self._ledgers.move_to_end(key)
                return self._ledgers[key]
        ledger = decode_ledger(view.ledger(document_id, run=run))
        with self._keeping:
            self._ledgers[key] = ledger
            while len(self._ledgers) > _KEPT:
                self._ledgers.popitem(last=False)
        return ledger

    def changed(self, *, wait: bool = True) -> None:
        """
        Say that documents or judgements have come.

        Args:
            wait: Wait a little for the incidents, as whoever made the change wants to see it. Everybody else sees
                those made last meanwhile.
        """
        self._look(wait=wait)

    def incidents(self, *, wait: bool = False) -> ClusterStore:
        """
        Give the incidents as they were last made; where that is no longer true, they are being made again.

        Args:
            wait: Wait a little for that, as a program wants what is true now; a page says that it is behind.
        """
        if time.monotonic() - self._checked >= _CHECKED:
            self._look(wait=wait)
        return ClusterStore(self.store)

    def is_behind(self) -> bool:
        """Say whether incidents are being made again, so that what is shown may miss the newest."""
        return self._making.locked()

    def close(self) -> None:
        """End the processes beside this one."""
        self.workers.close()

    def _look(self, *, wait: bool) -> None:
        clusters = ClusterStore(self.store)
        self._checked = time.monotonic()
        if clusters.made_from() == clusters.state():
            return
        if self._making.acquire(blocking=False):
            self._made.clear()
            threading.Thread(target=self._run, name="allegedly-incidents", daemon=True).start()
        if wait:
            self._made.wait(PATIENCE)

    def _run(self) -> None:
        try:
            self.workers.run(_make_incidents)
        except Exception:  # noqa: BLE001  # the thread has nobody to tell; the next page tries again
            _log.exception("incidents could not be made")
        finally:
            self._making.release()
            self._made.set()
            self._checked = 0.0  # what came while they were made is found by the next page


def _make_incidents(store: SqlStore) -> None:
    up_to_date(store)


def site_of(request: Request) -> Site:
    """Give what the pages stand on."""
    site: Site = request.app.state.site
    return site
