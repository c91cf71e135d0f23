"""
Keep what is derived from a store up to date: the one place where store, corroboration and texts of documents meet.

The commands and the pages ask here for incidents; neither makes them by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from allegedly.corroboration.assemble import OriginsOf
from allegedly.corroboration.keeping import refresh
from allegedly.corroboration.origins import origins_by_document
from allegedly.corroboration.reviewed import reviewed_claims
from allegedly.ledger.json import decode_ledger
from allegedly.records.claims import Claim
from allegedly.records.document import Document
from allegedly.records.incidents import Incident
from allegedly.records.ledger import Ledger
from allegedly.store.clusters import ClusterStore
from allegedly.store.sql import SqlStore

Progress = Callable[[int, int], None]


def up_to_date(store: SqlStore, *, anew: bool = False, progress: Progress | None = None) -> ClusterStore:
    """
    Give the incidents of a store, made again where documents or judgements have come since.

    Args:
        store: The store.
        anew: Throw everything derived away first.
        progress: Is told how many documents are done, and of how many.
    """
    clusters = ClusterStore(store)
    refresh(clusters, anew=anew, origins=origins_in(store), progress=progress)
    return clusters


def origins_in(store: SqlStore) -> OriginsOf:
    """Give what counts origins among the documents of a store."""

    def texts_of(ids: Sequence[str]) -> Iterator[Document]:
        with store.view() as view:
            yield from (document_of(decode_ledger(view.ledger(name))) for name in ids)

    return origins_by_document(texts_of)


def document_of(ledger: Ledger) -> Document:
    """Give the document of a ledger."""
    row = ledger.document
    return Document(row.text, id=row.id, published=row.published, title=row.title, url=row.url, publisher=row.publisher)


def claims_behind(store: SqlStore, incidents: Iterable[Incident]) -> list[Claim]:
    """Give the claims of the documents of incidents, as people left them."""
    clusters = ClusterStore(store)
    claims = clusters.claims_of(clusters.documents_of([item.id for item in incidents]))
    return list(reviewed_claims(clusters, claims))
