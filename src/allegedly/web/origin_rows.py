"""Which documents of an incident go back to one report, and why: a text at many outlets is counted once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from allegedly.corroboration.origins import OriginGroup, group_origins
from allegedly.records.document import Document
from allegedly.store.prints import texts_of
from allegedly.store.sql import SqlStore
from allegedly.web import links
from allegedly.web.kept import Kept

# why documents count as one (allegedly.corroboration.pairs)
REASONS: Final = {
    "exact-copy": "the same words",
    "near-copy": "nearly the same words",
    "contains-copy": "a passage of one stands in the other",
    "agency-credit": "one agency is credited",
}
FEW: Final = 12  # documents compared while a page waits: 0.1 s; thirty take 1 s


@dataclass(frozen=True, slots=True)
class OriginDocument:
    """
    A document of an origin.

    Args:
        id: Its id.
        publisher: Its outlet, or its id where that is unknown.
        title: Its headline; empty if it has none.
        published: Its day; None if unknown.
        link: Its address.
    """

    id: str
    publisher: str
    title: str
    published: str | None
    link: str


@dataclass(frozen=True, slots=True)
class OriginRow:
    """
    Documents of one origin.

    Args:
        documents: The documents, in order of time.
        reasons: Why they count as one, in fixed words; empty for a document alone.
    """

    documents: tuple[OriginDocument, ...]
    reasons: tuple[str, ...]


_kept: Kept[tuple[OriginRow, ...]] = Kept(200)


def origin_rows(store: SqlStore, documents: Sequence[str], state: Hashable) -> tuple[OriginRow, ...]:
    """
    Group the documents of an incident by origin; kept while the store stays as it is.

    Args:
        store: The store.
        documents: Their ids, in order of time.
        state: What changes when the incidents do.
    """

    def make() -> tuple[OriginRow, ...]:
        texts = texts_of(store, documents)
        by_id = {document.id: document for document in texts}
        return tuple(origin_row(group, by_id) for group in group_origins(texts))

    return _kept.get(store, (tuple(documents), state), make)


def known_origins(store: SqlStore, documents: Sequence[str], state: Hashable) -> tuple[OriginRow, ...] | None:
    """Give the groups if they are known already, or few documents make them quick to find; else None."""
    if len(documents) <= FEW:
        return origin_rows(store, documents, state)
    return _kept.peek(store, (tuple(documents), state))


def origin_row(group: OriginGroup, documents: dict[str, Document]) -> OriginRow:
    """
    Make the row of an origin.

    Args:
        group: Documents of one origin.
        documents: The documents by id.
    """
    reasons = dict.fromkeys(REASONS[link.reason] for link in group.links)
    return OriginRow(tuple(_document(documents[name]) for name in group.documents), tuple(reasons))


def _document(document: Document) -> OriginDocument:
    id_ = document.id
    return OriginDocument(id_, document.publisher or id_, document.title or "", document.published, links.document(id_))
