"""What came last: claims that a query finds, each with when its reading came into the store."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from allegedly.records.claims import Claim
from allegedly.store.mapping import mapped
from allegedly.store.tables import DOCUMENTS, LEDGERS
from allegedly.store.viewing import SqlView


@dataclass(frozen=True, slots=True)
class Fresh:
    """
    A claim and when it came.

    Args:
        claim: The claim as it was read.
        added: When its reading came into the store, UTC.
    """

    claim: Claim
    added: str


def fresh_claims(view: SqlView, query: str, *, limit: int = 50) -> tuple[Fresh, ...]:
    """
    Give the claims that a query finds and that were added last, last first, each once: a copy is no news.

    Raises:
        QueryError: If the query cannot be understood.
    """
    found = {claim.id: claim for claim in view.find(query, limit=limit).claims}  # of copies the first one stays
    documents = {claim.document for claim in found.values()}
    current = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    question = sa.select(DOCUMENTS.c.id, LEDGERS.c.added).select_from(current).where(DOCUMENTS.c.id.in_(documents))
    with mapped(view.name):
        times = {row.id: row.added for row in view.connection.execute(question)} if documents else {}
    fresh = [Fresh(claim, times[claim.document]) for claim in found.values()]
    return tuple(sorted(fresh, key=lambda item: item.added, reverse=True))
