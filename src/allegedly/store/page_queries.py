"""The questions that pages put beside those of the command line: other copies, other readings, facets, failures."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from allegedly.store.queries import Question, documents_known, matching_claims
from allegedly.store.query_language import Query
from allegedly.store.search import Search
from allegedly.store.tables import CLAIMS, DOCUMENTS, FAILURES, JUDGEMENTS, LEDGERS, RETRACTIONS, RUNS

FACETS = {
    "stance": CLAIMS.c.stance,
    "type": CLAIMS.c.type,
    "voice": CLAIMS.c.voice,
    "source": CLAIMS.c.source,
    "publisher": DOCUMENTS.c.publisher,
    "country": CLAIMS.c.country,
}


def facet_values(query: Query, search: Search, *, first: int) -> Question:
    """Ask how often each combination of values stands among the first claims found; ``hits`` counts them."""
    hits = matching_claims(query, search, limit=first, after=None).subquery()
    joined = hits.join(CLAIMS, CLAIMS.c.number == hits.c.number).join(LEDGERS, LEDGERS.c.number == CLAIMS.c.ledger)
    joined = joined.join(DOCUMENTS, DOCUMENTS.c.number == LEDGERS.c.document)
    columns = [column.label(name) for name, column in FACETS.items()]
    counted = sa.select(*columns, sa.func.count().label("hits")).select_from(joined)
    return counted.group_by(*FACETS.values())


def documents_of_digest(digest: str, *, limit: int) -> Question:
    """Ask for the documents with a text, by its digest, first added first; retracted ones are left out."""
    question = documents_known().where(DOCUMENTS.c.digest == digest, DOCUMENTS.c.retracted.is_(None))
    return question.order_by(DOCUMENTS.c.number).limit(limit)


def count_of_digest(digest: str) -> Question:
    """Ask how many documents have a text."""
    count = sa.select(sa.func.count()).select_from(DOCUMENTS)
    return count.where(DOCUMENTS.c.digest == digest, DOCUMENTS.c.retracted.is_(None))


def readings_of(document_id: str) -> Question:
    """Ask for the readings of a document, last ones first, and which of them counts."""
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.document == DOCUMENTS.c.number).join(RUNS, RUNS.c.id == LEDGERS.c.run)
    current = (LEDGERS.c.number == DOCUMENTS.c.current).label("current")
    columns = (RUNS.c.version, RUNS.c.pack, RUNS.c.settings, LEDGERS.c.added, current)
    question = sa.select(LEDGERS.c.run.label("id"), *columns).select_from(joined)
    question = question.where(DOCUMENTS.c.id == document_id, DOCUMENTS.c.retracted.is_(None))
    return question.order_by(LEDGERS.c.number.desc())


def readings_with(document_id: str, claim_id: str) -> Question:
    """Ask for the runs whose reading of a document holds a claim."""
    joined = CLAIMS.join(LEDGERS, LEDGERS.c.number == CLAIMS.c.ledger)
    joined = joined.join(DOCUMENTS, DOCUMENTS.c.number == LEDGERS.c.document)
    return sa.select(LEDGERS.c.run).select_from(joined).where(CLAIMS.c.id == claim_id, DOCUMENTS.c.id == document_id)


def last_retraction(document_id: str) -> Question:
    """Ask who retracted the document of an id last, when and why, if that stands."""
    joined = RETRACTIONS.join(DOCUMENTS, DOCUMENTS.c.number == RETRACTIONS.c.document)
    question = sa.select(RETRACTIONS.c.who, RETRACTIONS.c.made, RETRACTIONS.c.why, DOCUMENTS.c.number)
    question = question.select_from(joined).where(DOCUMENTS.c.id == document_id, RETRACTIONS.c.undone.is_(None))
    return question.order_by(RETRACTIONS.c.number.desc()).limit(1)


def claims_of_ids(ids: Sequence[str]) -> Question:
    """Ask for the ids of claims that count now, and the bytes that hold them."""
    joined = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
    joined = joined.join(LEDGERS, LEDGERS.c.number == CLAIMS.c.ledger)
    wanted = sa.select(CLAIMS.c.number, CLAIMS.c.id, CLAIMS.c.ledger, LEDGERS.c.claims).select_from(joined)
    return wanted.where(CLAIMS.c.id.in_(ids)).order_by(CLAIMS.c.number)


def judgements_of_rows(ids: Sequence[str]) -> Question:
    """Ask for the judgements of rows that stand, oldest first."""
    question = sa.select(JUDGEMENTS).where(JUDGEMENTS.c.row.in_(ids), JUDGEMENTS.c.undone.is_(None))
    return question.order_by(JUDGEMENTS.c.number)


def last_failures(*, limit: int, after: int | None) -> Question:
    """Ask for what could not be read or kept, last ones first."""
    question = sa.select(FAILURES).order_by(FAILURES.c.number.desc()).limit(limit)
    return question if after is None else question.where(FAILURES.c.number < after)


def bodies_of(ids: Sequence[str]) -> Question:
    """Ask for the ledgers that count now of documents."""
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    return sa.select(DOCUMENTS.c.id, LEDGERS.c.body).select_from(joined).where(DOCUMENTS.c.id.in_(ids))
