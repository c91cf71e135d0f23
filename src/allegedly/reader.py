"""The reader: pipeline and ledger in one call, one document or many; no store."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TypeVar

from allegedly import __version__
from allegedly.errors import DocumentError, UnreadableDocument
from allegedly.ledger.build import build_ledger
from allegedly.ledger.check import check_ledger
from allegedly.pipeline import Pipeline
from allegedly.presets import default_pipeline, digest_of, worker_count
from allegedly.records.annotations import (
    Attribution,
    Chain,
    CodedActor,
    Event,
    EventDate,
    EventFactuality,
    EventPlace,
    Mention,
    Quantity,
    ResolvedSource,
    SayingDate,
    Sentence,
    Timex,
    Toponym,
    Voice,
)
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.ledger import Ledger, Run
from allegedly.resources.pack import Pack, load_pack
from allegedly.settings import Settings
from allegedly.text.language import detect_language

READ = ("en",)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
T = TypeVar("T")
LAYERS = (
    Sentence, Attribution, Quantity, Event, Voice, EventFactuality, Mention, Chain, CodedActor, ResolvedSource,
    Timex, EventDate, SayingDate, Toponym, EventPlace,
)  # fmt: skip


class Reader:
    """
    Reads documents into ledgers; thread-safe, made by :func:`load`.

    Args:
        pipeline: The annotators.
        pack: The pack they use.
        settings: How to read.
    """

    def __init__(self, pipeline: Pipeline, pack: Pack, settings: Settings) -> None:
        self.pipeline, self.pack, self.settings = pipeline, pack, settings
        self._run = Run(version=__version__, pack=pack.digest, settings=digest_of(settings))

    @property
    def run(self) -> Run:
        """What every ledger of this reader says it was read by."""
        return self._run

    def read(self, document: Document) -> Ledger:
        """
        Read one document.

        A text in a language that this version does not read gives an empty
        ledger with a warning that names the language.

        Raises:
            DocumentError: If this document cannot be read.
        """
        if len(document.text) > self.settings.max_characters:
            size, most = len(document.text), self.settings.max_characters
            raise UnreadableDocument(
                f"document {document.id} has {size:,} characters, more than {most:,}",
                document_id=document.id,
                hint="split it, or raise max_characters in the settings",
            )
        if lone := _LONE_SURROGATE.search(document.text):
            raise UnreadableDocument(
                f"document {document.id} holds half a character (a lone surrogate) at {lone.start()}",
                document_id=document.id,
                hint="decode the file with another encoding, or with errors='replace'",
            )
        warnings = []
        if document.language is None:
            document = replace(document, language=detect_language(document.text))
        if document.language is not None and document.language.split("-")[0].lower() not in READ:
            warnings.append(f"language {document.language}: this version reads English only, nothing was read")
            layers = Layers(document)
            for kind in LAYERS:
                layers.add(kind, ())
        else:
            layers = self.pipeline.annotate(document)
        ledger = build_ledger(layers, self._run, warnings)
        check_ledger(ledger)
        return ledger

    def read_many(
        self, documents: Iterable[Document], *, failed: Callable[[DocumentError], None] | None = None
    ) -> Iterator[Ledger]:
        """
        Read documents on all threads, ledgers in the order of the documents.

        The iterable is read ahead by a few documents per thread only.

        Args:
            documents: Any number of documents.
            failed: Takes the error of each document that cannot be read; None raises the first.
        """
        workers = worker_count(self.settings)
        if workers == 1:
            yield from _delivered(documents, self.read, failed)
            return
        with _quick_switches(), ThreadPoolExecutor(workers, thread_name_prefix="allegedly") as pool:
            waiting: deque[Future[Ledger]] = deque()
            for document in documents:
                waiting.append(pool.submit(self.read, document))
                if len(waiting) > 4 * workers:
                    yield from _delivered([waiting.popleft()], Future.result, failed)
            yield from _delivered(waiting, Future.result, failed)


@contextmanager
def _quick_switches() -> Iterator[None]:
    """Let threads back from the network wait 0.5 ms for the interpreter, not 5: a document has some 20 runs."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _delivered(
    items: Iterable[T], read: Callable[[T], Ledger], failed: Callable[[DocumentError], None] | None
) -> Iterator[Ledger]:
    """Hand out ledgers one by one and documents' errors to ``failed``."""
    for item in items:
        try:
            ledger = read(item)
        except DocumentError as problem:
            if failed is None:
                raise
            failed(problem)
        else:
            yield ledger


def load(settings: Settings | None = None) -> Reader:
    """
    Load the pack and build a reader.

    Args:
        settings: How to read; None takes them from files and environment.

    Raises:
        PackError: If the pack is missing, damaged or of another format.
        SettingsError: If the settings are wrong.
    """
    settings = settings or Settings.load()
    pack = load_pack(settings.pack)
    return Reader(default_pipeline(pack, settings), pack, settings)


@cache
def _shared() -> Reader:
    """Keep one reader for :func:`read`."""
    return load()


def read(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str = "",  # noqa: A002  # the field's name in the contract
) -> Ledger:
    """
    Read one text with the default reader, which is loaded once and kept.

    Args:
        text: The report.
        published: Publication date, ISO 8601.
        title: Headline, if it is not part of the text.
        publisher: Outlet that published it.
        url: Where it was published.
        id: Name of the document; made from the text if empty.

    Raises:
        DocumentError: If the text cannot be read.
    """
    return _shared().read(Document(text, id=id, published=published, title=title, publisher=publisher, url=url))
