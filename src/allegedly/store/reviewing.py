"""
The questions that the review queues put to the tables: which claims wait for somebody, in which order.

Only claims of current readings of documents that are not retracted are asked
about. The same text printed twice holds the same claims; a judgement of one is one
of both. What is asked for and why is :mod:`allegedly.review.queue`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from allegedly.records.claims import Claim
from allegedly.records.incidents import Conflict
from allegedly.store.answers import Judgement
from allegedly.store.cluster_tables import INCIDENT_CLAIMS, INCIDENT_CONFLICTS
from allegedly.store.codec import unpack_claims
from allegedly.store.judgements import read_judgements
from allegedly.store.mapping import mapped
from allegedly.store.queries import claims_matching, claims_of_numbers
from allegedly.store.query_language import parse_query
from allegedly.store.sql import SqlStore
from allegedly.store.tables import CLAIMS, DOCUMENTS, JUDGEMENTS

K = TypeVar("K")
End = tuple[str, str, int, int]  # day, incident, place of a conflict, and which of its two claims
_conflict = msgspec.json.Decoder(Conflict)
_CURRENT = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
_STANDING = JUDGEMENTS.c.undone.is_(None)
_IS_CLAIM = (JUDGEMENTS.c.row >= "c", JUDGEMENTS.c.row < "d")
_UNJUDGED = ~sa.exists().where(JUDGEMENTS.c.row == CLAIMS.c.id, _STANDING)
_FEW = 500  # parameters of one question
_MANY = 500  # claims that a query finds; of fewer, all are found first
_STRETCH = 50  # claims of an order that are held against a query at first, then four times as many, and so on
_LONGEST = 10_000


class ReviewStore:
    """
    What waits for review in a store.

    Args:
        store: The store.
        query: Only claims that this query finds; empty is all.

    Raises:
        QueryError: If the query cannot be understood.
    """

    def __init__(self, store: SqlStore, *, query: str = "") -> None:
        self._store = store
        self._query = claims_matching(parse_query(query), store.search) if query.strip() else None
        self._few: list[int] | None = None
        if self._query is not None:
            first = [row[0] for row in self._all(self._query.limit(_MANY))]
            self._few = first if len(first) < _MANY else None

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with mapped(self._store.name), self._store.engine.connect() as connection:
            yield connection

    def by_score(self, *, limit: int, after: tuple[float, int] | None = None) -> list[tuple[tuple[float, int], int]]:
        """Give score and number of claims that nobody has judged, lowest score first; each with its number again."""
        key = (CLAIMS.c.score, CLAIMS.c.number)

        def ask(most: int, begin: tuple[float, int] | None) -> list[tuple[tuple[float, int], int]]:
            question = self._unjudged(*key).order_by(*key).limit(most)
            if begin is not None:
                # The first condition says the same and lets the index begin there.
                question = question.where(CLAIMS.c.score >= begin[0], sa.tuple_(*key) > sa.tuple_(*begin))
            return [((row.score, row.number), row.number) for row in self._all(question)]

        return self._matching(ask, limit, after)

    def by_id(self, *, limit: int, above: str = "", below: str | None = None) -> list[tuple[str, int]]:
        """
        Give id and number of claims that nobody has judged, in order of ids.

        Args:
            limit: Most of them.
            above: Only ids greater than this.
            below: Only ids up to this one; None is all.
        """

        def ask(most: int, begin: str | None) -> list[tuple[str, int]]:
            question = self._unjudged(CLAIMS.c.id, CLAIMS.c.number).where(CLAIMS.c.id > (begin or ""))
            if below is not None:
                question = question.where(CLAIMS.c.id <= below)
            return _pairs(self._all(question.order_by(CLAIMS.c.id, CLAIMS.c.number).limit(most)))

        return self._matching(ask, limit, above)

    def in_conflict(self, *, limit: int, after: End | None = None) -> list[tuple[End, str]]:
        """Give the ends of conflicts of incidents, newest conflicts first, and the id of the claim at each."""
        table = INCIDENT_CONFLICTS
        key = (table.c.since, table.c.incident, table.c.place)
        question = sa.select(*key, table.c.body).order_by(*(column.desc() for column in key)).limit(limit)
        if after is not None:
            question = question.where(sa.tuple_(*key) <= sa.tuple_(*after[:3]))
        if self._few is not None:
            joined = INCIDENT_CLAIMS.join(CLAIMS, CLAIMS.c.id == INCIDENT_CLAIMS.c.claim)
            theirs = sa.select(INCIDENT_CLAIMS.c.incident).select_from(joined).where(CLAIMS.c.number.in_(self._few))
            question = question.where(table.c.incident.in_(theirs))
        with self._reading() as connection:
            rows = connection.execute(question).all()
        ends: list[tuple[End, str]] = []
        for since, incident, place, body in rows:
            conflict = _conflict.decode(body)
            ends += [
                ((since, incident, place, k), claim) for k, claim in enumerate((conflict.claim_a, conflict.claim_b))
            ]
        return [end for end in ends if after is None or end[0][:3] != after[:3] or end[0][3] > after[3]]

    def unjudged(self, ids: Sequence[str]) -> dict[str, int]:
        """Give the numbers of those claims that nobody has judged, by id."""
        found: list[tuple[str, int]] = []
        for start in range(0, len(ids), _FEW):
            question = self._unjudged(CLAIMS.c.id, CLAIMS.c.number).where(CLAIMS.c.id.in_(ids[start : start + _FEW]))
            found += _pairs(self._all(question))
        return dict(self._kept(found))

    def judged_once(self, who: str, *, limit: int, after: int = 0) -> list[tuple[int, int]]:
        """Give number of judgement and claim for claims that exactly one reviewer has judged, and not this one."""

        def ask(most: int, begin: int | None) -> list[tuple[int, int]]:
            question = self._judged_once(who, JUDGEMENTS.c.number, CLAIMS.c.number)
            question = question.where(JUDGEMENTS.c.number > (begin or 0))
            return _pairs(self._all(question.order_by(JUDGEMENTS.c.number, CLAIMS.c.number).limit(most)))

        return self._matching(ask, limit, after)

    def claims(self, numbers: Sequence[int]) -> tuple[Claim, ...]:
        """Give claims by their numbers, in that order."""
        found: dict[int, Claim] = {}
        with self._reading() as connection:
            for row in connection.execute(claims_of_numbers(list(numbers))) if numbers else ():
                found[row.number] = next(claim for claim in unpack_claims(row.claims) if claim.id == row.id)
        return tuple(found[number] for number in numbers)

    def count_unjudged(self) -> int:
        """
        Count the claims that nobody has judged; those of a text that was printed twice once.

        Without a query all are counted and the judged ones taken off, in half the time. Copies of a text
        that were read by different runs then count as one of them.
        """
        if self._query is not None:
            return self._count(self._restricted(self._unjudged(sa.func.count(CLAIMS.c.id.distinct()))))
        count = sa.func.count()
        of_each = sa.select(sa.func.max(DOCUMENTS.c.current)).group_by(DOCUMENTS.c.digest)
        texts = of_each.where(DOCUMENTS.c.current.is_not(None))
        judged = sa.select(JUDGEMENTS.c.row).where(_STANDING, *_IS_CLAIM).distinct().subquery()
        there = sa.exists().select_from(_CURRENT).where(CLAIMS.c.id == judged.c.row)
        known = self._count(sa.select(count).select_from(CLAIMS).where(CLAIMS.c.ledger.in_(texts)))
        return max(known - self._count(sa.select(count).select_from(judged).where(there)), 0)

    def count_judged_once(self, who: str) -> int:
        """Count the claims that exactly one reviewer has judged, and not this one."""
        return self._count(self._restricted(self._judged_once(who, sa.func.count(JUDGEMENTS.c.row.distinct()))))

    def count_done(self, who: str) -> int:
        """Count the claims that a reviewer has judged."""
        rows = sa.func.count(JUDGEMENTS.c.row.distinct())
        return self._count(sa.select(rows).where(JUDGEMENTS.c.who == who, _STANDING, *_IS_CLAIM))

    def last_of(self, who: str) -> Judgement | None:
        """Give the last judgement of a reviewer that stands; None without one."""
        number = sa.select(sa.func.max(JUDGEMENTS.c.number)).where(JUDGEMENTS.c.who == who, _STANDING)
        with self._reading() as connection:
            last = connection.scalar(number)
            return None if last is None else read_judgements(connection, number=last)[0]

    def _matching(
        self, ask: Callable[[int, K | None], list[tuple[K, int]]], limit: int, after: K | None
    ) -> list[tuple[K, int]]:
        """
        Take claims in an order, and of these the ones that the query finds.

        Where it finds few, these are put in order; else a stretch of the order at a time is held
        against it. To find all of many first takes longer than a reviewer should wait.

        Args:
            ask: Gives the next claims of the order behind a place, each with its place there.
            limit: Most of them.
            after: The place to begin behind.
        """
        if self._query is None or self._few is not None:
            return ask(limit, after)
        found: list[tuple[K, int]] = []
        size = _STRETCH
        while len(found) < limit:
            part = ask(size, after)
            found += self._kept(part)
            if len(part) < size:
                break
            after, size = part[-1][0], min(4 * size, _LONGEST)
        return found[:limit]

    def _kept(self, part: list[tuple[K, int]]) -> list[tuple[K, int]]:
        """Give those of some claims that the query finds."""
        if self._query is None or self._few is not None or not part:
            return part
        number = self._query.selected_columns[0]
        kept = {row[0] for row in self._all(self._query.where(number.in_([item[1] for item in part])))}
        return [item for item in part if item[1] in kept]

    def _unjudged(self, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401  # columns of any type
        return self._of_few(sa.select(*columns).select_from(_CURRENT).where(_UNJUDGED))

    def _judged_once(self, who: str, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401  # as above
        other = JUDGEMENTS.alias("other")
        again = sa.or_(other.c.who != JUDGEMENTS.c.who, other.c.number < JUDGEMENTS.c.number)
        twice = sa.exists().where(other.c.row == JUDGEMENTS.c.row, other.c.undone.is_(None), again)
        joined = _CURRENT.join(JUDGEMENTS, JUDGEMENTS.c.row == CLAIMS.c.id)
        question = sa.select(*columns).select_from(joined)
        return self._of_few(question.where(_STANDING, JUDGEMENTS.c.who != who, ~twice))

    def _of_few(self, question: sa.Select[Any]) -> sa.Select[Any]:
        return question if self._few is None else question.where(CLAIMS.c.number.in_(self._few))

    def _restricted(self, question: sa.Select[Any]) -> sa.Select[Any]:
        """Count what the query finds only; of few, that is said already."""
        if self._query is None or self._few is not None:
            return question
        return question.where(CLAIMS.c.number.in_(self._query))

    def _count(self, question: sa.Select[Any]) -> int:
        with self._reading() as connection:
            return connection.scalar(question) or 0

    def _all(self, question: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self._reading() as connection:
            return connection.execute(question).all()


def _pairs(rows: Sequence[sa.Row[Any]]) -> list[tuple[Any, int]]:
    return [(place, number) for place, number in map(tuple, rows)]
