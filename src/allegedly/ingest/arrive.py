"""The last step of every feeder: a text and what is known of it become an arrival, and its bytes are kept if asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from allegedly.ingest.base import Arrival, Options, Received, digest_of
from allegedly.ingest.dates import read_published
from allegedly.ingest.raw import keep_raw
from allegedly.ingest.urls import clean_url
from allegedly.records.document import Document
from allegedly.records.retrieval import Retrieval


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What a feeder found in bytes.

    Args:
        text: The report.
        kind: What the bytes were, as :class:`Retrieval` has it.
        extractor: What made text of them.
        version: Its version.
        id: Name of the document, if it has one there.
        title: Headline, if there is one apart from the text.
        url: Where it was published, if that is said.
        publisher: Outlet, if it is named.
        published_as: Publication date as it stands there.
        language: ISO 639-1 code, if it is stated.
        byline: Who is named as having written it.
        headers: Properties of the file that say something of the document.
    """

    text: str
    kind: str
    extractor: str
    version: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_as: str | None = None
    language: str | None = None
    byline: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def arrive(found: Found, data: bytes, *, place: str, received: Received, options: Options) -> Arrival:
    """
    Make an arrival of what was found.

    Args:
        found: What was found.
        data: The raw bytes it was found in.
        place: Where exactly.
        received: What the bytes came with.
        options: Whether raw bytes are kept.

    Raises:
        UsageError: If raw bytes cannot be kept where they should.
    """
    if options.keep is not None:
        keep_raw(options.keep, data)
    url = clean_url(found.url or received.url or "")
    document = Document(
        found.text,
        id=found.id or _name(found.text, url or found.publisher or ""),
        published=read_published(found.published_as),
        title=found.title or None,
        url=url or None,
        publisher=found.publisher or None,
        language=found.language or None,
    )
    retrieval = Retrieval(
        place=place,
        kind=found.kind,
        digest=digest_of(data),
        size=len(data),
        extractor=found.extractor,
        extractor_version=found.version,
        published_as=found.published_as or None,
        byline=found.byline or None,
        retrieved=received.retrieved,
        headers=received.headers + found.headers,
    )
    return Arrival(document, retrieval)


def _name(text: str, publication: str) -> str:
    """Name a document: words printed by two outlets are two documents; empty if no outlet is known."""
    if not publication:
        return ""
    return hashlib.sha256(f"{publication}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
