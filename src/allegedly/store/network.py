"""
Who accuses whom and who cites whom, in all reports of a store.

*Cites*: an outlet prints words of a source, or a source in a report passes on
those of another. *Accuses*: a source lays an act to somebody; the accused is
known only from the claim itself, so that claims of that stance are unpacked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from allegedly.records.claims import Claim
from allegedly.store.codec import unpack_claims
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.tables import ATTRIBUTIONS, CLAIMS, DOCUMENTS, LEDGERS

Relation = Literal["accuses", "cites"]
_name = sa.func.coalesce(ATTRIBUTIONS.c.source_name, ATTRIBUTIONS.c.source)
_STREAMED = 200


@dataclass(frozen=True, slots=True)
class Tie:
    """
    What one does to another, and how often.

    Args:
        relation: ``accuses`` or ``cites``.
        one: An outlet or a source.
        other: A source, or somebody who is accused.
        count: Claims or attributions.
    """

    relation: Relation
    one: str
    other: str
    count: int


def citations(store: SqlStore, *, source: str | None = None, least: int = 1) -> list[Tie]:
    """
    Give who cites whom, in order of names.

    Args:
        store: The store.
        source: Only where this one is cited, or cites.
        least: Only what occurs so often.
    """
    found: Counter[tuple[str, str]] = Counter()
    with mapped(store.name), store.engine.connect() as connection:
        for question in (_by_outlets(source), _by_sources(source)):
            for one, other, count in connection.execute(question):
                found[one, other] += count
    kept = {pair: count for pair, count in found.items() if count >= least and pair[0] != pair[1]}
    return [Tie("cites", one, other, kept[one, other]) for one, other in sorted(kept)]


def accusations(store: SqlStore, *, since: int = 0) -> Counter[tuple[str, str]]:
    """
    Count who accuses whom: pairs of accuser and accused.

    Goes through every claim of that stance; keep what it gives.

    Args:
        store: The store.
        since: Only readings after the one of this running number.
    """
    return Counter(pair for claim in _accusing(store, since) for pair in accused_by(claim))


def accused_by(claim: Claim) -> Iterator[tuple[str, str]]:
    """Give the accuser with each of those whom a claim accuses, by their fullest names in the report."""
    source = claim.source
    name = source.name or source.words if source else claim.publisher
    for party in claim.actors:
        if name and (party.name or party.words) != name:
            yield name, party.name or party.words


def _accusing(store: SqlStore, since: int) -> Iterator[Claim]:
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    ledgers = sa.select(CLAIMS.c.ledger).where(CLAIMS.c.stance == "accuse", CLAIMS.c.ledger > since)
    question = sa.select(LEDGERS.c.claims).select_from(joined).where(LEDGERS.c.number.in_(ledgers))
    with mapped(store.name), store.engine.connect() as connection:
        for row in connection.execute(question.execution_options(yield_per=_STREAMED)):
            yield from (claim for claim in unpack_claims(row.claims) if claim.stance == "accuse")


def _by_outlets(source: str | None) -> sa.Select[Any]:
    joined = ATTRIBUTIONS.join(DOCUMENTS, DOCUMENTS.c.current == ATTRIBUTIONS.c.ledger)
    pair: tuple[Any, ...] = (DOCUMENTS.c.publisher, _name)
    question = sa.select(*pair, sa.func.count()).select_from(joined).group_by(*pair)
    question = question.where(ATTRIBUTIONS.c.parent.is_(None), DOCUMENTS.c.publisher.is_not(None), _name.is_not(None))
    if source is None:
        return question
    spoken = ATTRIBUTIONS.c.ledger.in_(sa.select(CLAIMS.c.ledger).where(CLAIMS.c.source == source))
    return question.where(spoken, _name == source)


def _by_sources(source: str | None) -> sa.Select[Any]:
    outer = ATTRIBUTIONS.alias("outer_voice")
    name = sa.func.coalesce(outer.c.source_name, outer.c.source)
    same = sa.and_(outer.c.ledger == ATTRIBUTIONS.c.ledger, outer.c.id == ATTRIBUTIONS.c.parent)
    joined = ATTRIBUTIONS.join(DOCUMENTS, DOCUMENTS.c.current == ATTRIBUTIONS.c.ledger).join(outer, same)
    pair: tuple[Any, ...] = (name, _name)
    question = sa.select(*pair, sa.func.count()).select_from(joined).group_by(*pair)
    question = question.where(ATTRIBUTIONS.c.parent.is_not(None), name.is_not(None), _name.is_not(None))
    return question if source is None else question.where(sa.or_(name == source, _name == source))
