"""
Claims by their ids, with every document that prints them, and what people decided about them.

A text that several outlets print unchanged gives the same claims under the same
ids; each document that prints one is a print of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from allegedly.records.claims import Claim
from allegedly.records.document import Document
from allegedly.store.codec import text_of, unpack, unpack_claims
from allegedly.store.judgements import Matches, match_judgements
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.tables import CLAIMS, DOCUMENTS, JUDGEMENTS, LEDGERS

_AT_ONCE = 500  # parameters of one question


def prints_of(store: SqlStore, ids: Collection[str]) -> dict[str, tuple[Claim, ...]]:
    """
    Give claims by their ids, once for each document that prints them now, earliest first.

    Args:
        store: The store.
        ids: Ids of claims; unknown ones and those of retracted documents are left out.
    """
    wanted = set(ids)
    found: dict[str, list[Claim]] = {}
    for packed in _packed(store, sorted(wanted)):
        for claim in unpack_claims(packed):
            if claim.id in wanted:
                found.setdefault(claim.id, []).append(claim)
    return {key: tuple(sorted(claims, key=_order)) for key, claims in found.items()}


def matches_of(store: SqlStore, claims: Mapping[str, Sequence[Claim]]) -> Matches:
    """
    Give what people decided about claims, and about rows that these took the place of.

    Args:
        store: The store.
        claims: The claims, by id.
    """
    digests = sorted({claim.digest for prints in claims.values() for claim in prints})
    with store.view() as view:
        found = [item for name in _judged(store, digests) for item in view.judgements(document=name)]
        return match_judgements(found, view.current_rows(sorted({item.digest for item in found})))


def _judged(store: SqlStore, digests: Sequence[str]) -> list[str]:
    """Give the documents with these texts that somebody has judged something in."""
    question = sa.select(JUDGEMENTS.c.document).where(JUDGEMENTS.c.undone.is_(None)).distinct()
    found: set[str] = set()
    with mapped(store.name), store.engine.connect() as connection:
        for start in range(0, len(digests), _AT_ONCE):
            part = digests[start : start + _AT_ONCE]
            found |= set(connection.scalars(question.where(JUDGEMENTS.c.digest.in_(part))))
    return sorted(found)


def _order(claim: Claim) -> tuple[str, str]:
    return (claim.published or "9999", claim.document)


def _packed(store: SqlStore, ids: Sequence[str]) -> Iterator[bytes]:
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    seen: set[int] = set()
    with mapped(store.name), store.engine.connect() as connection:
        for start in range(0, len(ids), _AT_ONCE):
            ledgers = sa.select(CLAIMS.c.ledger).where(CLAIMS.c.id.in_(ids[start : start + _AT_ONCE]))
            question = sa.select(LEDGERS.c.number, LEDGERS.c.claims).select_from(joined)
            for row in connection.execute(question.where(LEDGERS.c.number.in_(ledgers))):
                if row.number not in seen:
                    seen.add(row.number)
                    yield row.claims


def texts_of(store: SqlStore, documents: Sequence[str]) -> list[Document]:
    """
    Give documents with their texts, by ids and in that order; the rest of their ledgers is not decoded.

    Args:
        store: The store.
        documents: Their ids; unknown and retracted ones are left out.
    """
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    found: dict[str, Document] = {}
    with mapped(store.name), store.engine.connect() as connection:
        for start in range(0, len(documents), _AT_ONCE):
            columns = (
                *(DOCUMENTS.c[name] for name in ("id", "published", "title", "url", "publisher")),
                LEDGERS.c.body,
            )
            question = sa.select(*columns).select_from(joined)
            for row in connection.execute(question.where(DOCUMENTS.c.id.in_(documents[start : start + _AT_ONCE]))):
                values = {name: getattr(row, name) for name in ("published", "title", "url", "publisher")}
                found[row.id] = Document(text_of(unpack(row.body)), id=row.id, **values)
    return [found[name] for name in dict.fromkeys(documents) if name in found]
