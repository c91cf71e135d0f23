"""
Who speaks in the reports of a store: sources by name, what each does with words, and its claims.

A source is the one to whom words are attributed, never the outlet that prints
them. It is known by its fullest name in a report, or by the words that describe
it; two names of one source are two rows here, as nothing links documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from allegedly.errors import UsageError
from allegedly.records.claims import Claim
from allegedly.store import queries
from allegedly.store.codec import unpack_claims
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.tables import CLAIMS, DOCUMENTS

CURRENT = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
_folded = sa.func.lower(CLAIMS.c.source)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """
    A source in numbers.

    Args:
        name: Its name, or the words that describe it.
        claims: Claims that it vouches for.
        stances: Claims by what it does with the words.
        types: ``named``, or kinds of unnamed source, most frequent first.
        sides: Parties it speaks for, where known.
        documents: Documents that it speaks in.
    """

    name: str
    claims: int = 0
    stances: Mapping[str, int] = field(default_factory=dict, hash=False)
    types: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    documents: int = 0


@dataclass(frozen=True, slots=True)
class SourcePage:
    """
    A page of sources in order of the alphabet.

    Args:
        sources: The sources.
        after: Name that the next page begins after; None on the last one.
    """

    sources: tuple[SourceCount, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """
    A page of claims of a source, newest first.

    Args:
        claims: The claims.
        after: Where the next page begins; None on the last one.
    """

    claims: tuple[Claim, ...]
    after: str | None


def list_sources(store: SqlStore, *, begins: str = "", limit: int = 100, after: str | None = None) -> SourcePage:
    """
    Give a page of sources by name; case does not count.

    Args:
        store: The store.
        begins: How the name begins.
        limit: Most of them.
        after: Name of the last one on the page before.
    """
    names = sa.select(CLAIMS.c.source).select_from(CURRENT).where(CLAIMS.c.source.is_not(None))
    if begins:
        names = names.where(_folded.startswith(begins.lower(), autoescape=True))
    if after is not None:
        names = names.where(sa.tuple_(_folded, CLAIMS.c.source) > sa.tuple_(after.lower(), after))
    names = names.group_by(CLAIMS.c.source).order_by(_folded, CLAIMS.c.source).limit(limit + 1)
    with mapped(store.name), store.engine.connect() as connection:
        found = list(connection.scalars(names))
        counted = _count(connection, found[:limit])
    return SourcePage(tuple(counted[name] for name in found[:limit]), found[limit - 1] if len(found) > limit else None)


def count_sources(store: SqlStore) -> int:
    """Count the sources."""
    question = sa.select(sa.func.count(sa.distinct(CLAIMS.c.source))).select_from(CURRENT)
    with mapped(store.name), store.engine.connect() as connection:
        return connection.scalar(question) or 0


def source_count(store: SqlStore, name: str) -> SourceCount:
    """Give a source in numbers; all of them 0 where nothing counts that it says."""
    with mapped(store.name), store.engine.connect() as connection:
        return _count(connection, [name]).get(name, SourceCount(name))


def _count(connection: sa.Connection, names: Collection[str]) -> dict[str, SourceCount]:
    columns = (CLAIMS.c.source, CLAIMS.c.stance, CLAIMS.c.source_type, CLAIMS.c.source_side)
    question = sa.select(*columns, sa.func.count().label("claims")).select_from(CURRENT)
    question = question.where(CLAIMS.c.source.in_(names)).group_by(*columns)
    rows: dict[str, list[sa.Row[tuple[str, str, str | None, str | None, int]]]] = {}
    for row in connection.execute(question):
        rows.setdefault(row.source, []).append(row)
    documents = sa.select(CLAIMS.c.source, sa.func.count(sa.distinct(CLAIMS.c.ledger))).select_from(CURRENT)
    spoken = connection.execute(documents.where(CLAIMS.c.source.in_(names)).group_by(CLAIMS.c.source)).all()
    return {
        name: SourceCount(
            name,
            sum(row.claims for row in rows[name]),
            _sums((row.stance, row.claims) for row in rows[name]),
            tuple(_sums((row.source_type, row.claims) for row in rows[name])),
            tuple(_sums((row.source_side, row.claims) for row in rows[name])),
            count,
        )
        for name, count in spoken
    }


def _sums(pairs: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """Add numbers up by name, the largest first."""
    sums: dict[str, int] = {}
    for name, number in pairs:
        if name is not None:
            sums[name] = sums.get(name, 0) + number
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def claims_of_source(
    store: SqlStore, name: str, *, stances: Collection[str] = (), limit: int = 25, after: str | None = None
) -> SourceClaims:
    """
    Give a page of the claims that a source vouches for, newest first, undated ones last.

    Args:
        store: The store.
        name: Name of the source.
        stances: Only those with one of these stances; empty is all.
        limit: Most of them.
        after: ``after`` of the page before.

    Raises:
        UsageError: If ``after`` is none that a page gave.
    """
    published = sa.func.coalesce(CLAIMS.c.published, "")
    question = sa.select(CLAIMS.c.number, published.label("day")).select_from(CURRENT).where(CLAIMS.c.source == name)
    if stances:
        question = question.where(CLAIMS.c.stance.in_(stances))
    if after is not None:
        question = question.where(sa.tuple_(published, CLAIMS.c.number) < sa.tuple_(*_cursor(after)))
    question = question.order_by(published.desc(), CLAIMS.c.number.desc()).limit(limit + 1)
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(question).all()
        claims = claims_by_number(connection, [row.number for row in rows[:limit]])
    last = rows[limit - 1] if len(rows) > limit else None
    return SourceClaims(claims, None if last is None else f"{last.day}~{last.number}")


def claims_by_number(connection: sa.Connection, numbers: Sequence[int]) -> tuple[Claim, ...]:
    """Give claims by their running numbers, in that order; each ledger is unpacked once."""
    unpacked: dict[int, dict[str, Claim]] = {}
    found: dict[int, Claim] = {}
    for row in connection.execute(queries.claims_of_numbers(list(numbers))) if numbers else ():
        if row.ledger not in unpacked:
            unpacked[row.ledger] = {claim.id: claim for claim in unpack_claims(row.claims)}
        found[row.number] = unpacked[row.ledger][row.id]
    return tuple(found[number] for number in numbers if number in found)


def _cursor(after: str) -> tuple[str, int]:
    day, sign, number = after.rpartition("~")
    if not sign or not number.isdecimal():
        raise UsageError(f"{after!r} is no place in a list of claims", hint="give what the page before ended with")
    return day, int(number)
