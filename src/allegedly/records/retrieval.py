"""How a document came in: what is known of its retrieval and has no place in the ledger's contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retrieval:
    """
    Where a document's text was taken from, and by what; immutable, made by whoever takes it in.

    It is handed along beside the document, so that a text can be traced to the
    bytes it was made of and extracted anew.

    Args:
        place: Where the document stood: a path, a URL, or either with the part of it (``crawl.warc.gz#https://…``).
        kind: What it was: ``text``, ``jsonl``, ``html``, ``pdf`` or ``feed``.
        digest: ``sha256:`` of the raw bytes it was made of: the file, the response's body, the line, the record.
        size: Unit: bytes of the same.
        extractor: What made text of the bytes.
        extractor_version: Its version.
        published_as: Publication date exactly as it stood there; None if none did.
        byline: Who is named there as having written it.
        retrieved: When the bytes were fetched, ISO 8601, if they were fetched.
        headers: Those headers of the response, or properties of the file, that say something of the document.
    """

    place: str
    kind: str
    digest: str
    size: int
    extractor: str
    extractor_version: str
    published_as: str | None = None
    byline: str | None = None
    retrieved: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
