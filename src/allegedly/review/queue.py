"""
Which claims to review next.

Four orders, each with its use:

- ``uncertain``: lowest score first, where errors are most frequent;
- ``disputed``: claims behind conflicts of incidents first, newest conflicts first, then as ``uncertain``;
- ``random``: in the order of their ids, from a pivot that a seed makes. Ids are hashes of what the rows say, so any
  stretch of them is a fair sample: the only order whose answers measure precision;
- ``second``: what exactly one other reviewer has judged; that answer is not shown.

Nobody is asked twice, and but for ``second`` nobody is asked what somebody else has judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from allegedly.errors import UsageError
from allegedly.records.claims import Claim
from allegedly.records.ids import content_id
from allegedly.store.reviewing import End, ReviewStore
from allegedly.store.sql import SqlStore

Order = Literal["uncertain", "disputed", "random", "second"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
_CONFLICTS = 100  # looked at together at first, then four times as many, and so on
_MOST_CONFLICTS = 6_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What a reviewer wants to see.

    Args:
        who: The reviewer.
        order: In which order.
        query: Only claims that this query finds; empty is all.
        seed: Makes the pivot of ``random``.
    """

    who: str
    order: Order = "uncertain"
    query: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    A page of claims to review.

    Args:
        claims: The claims as they were read, each once.
        after: What the next page begins after; None on the last one.
        places: For each claim, what a page that begins behind it begins after.
    """

    claims: tuple[Claim, ...]
    after: str | None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How far a review has come.

    Args:
        waiting: Claims that wait for this reviewer in this order.
        done: Claims that this reviewer has judged, in any order.
    """

    waiting: int
    done: int


def next_claims(store: SqlStore, asked: Asked, *, limit: int = 1, after: str | None = None) -> Waiting:
    """
    Give the next claims to review.

    Args:
        store: The store; for ``disputed`` its incidents as they were last made.
        asked: By whom, and in which order.
        limit: Most of them, 1 to 1,000.
        after: ``after`` of the page before, or the place of a claim on it.

    Raises:
        UsageError: If ``after`` is none of this order's, or nobody asks.
        QueryError: If the query cannot be understood.
    """
    if not asked.who.strip():
        raise UsageError("a review needs somebody who makes it", hint="say who reviews")
    if asked.order not in ORDERS:
        raise UsageError(f"there is no order {asked.order!r}", hint=f"orders are {', '.join(ORDERS)}")
    if not 1 <= limit <= 1000:
        raise UsageError(f"a page of {limit} claims", hint="ask for 1 to 1000")
    rows = ReviewStore(store, query=asked.query)
    found = _ORDERS[asked.order](rows, asked, limit + 1, after)
    shown = found[:limit]
    claims = rows.claims([number for _, number in shown])
    places = tuple(place for place, _ in shown)
    once = {claim.id: k for k, claim in reversed(list(enumerate(claims)))}  # a text printed twice has its claims twice
    kept = sorted(once.values())
    following = places[-1] if len(found) > limit else None
    return Waiting(tuple(claims[k] for k in kept), following, tuple(places[k] for k in kept))


def count_claims(store: SqlStore, asked: Asked) -> Counts:
    """Count what waits for a reviewer, and what that reviewer has done."""
    rows = ReviewStore(store, query=asked.query)
    waiting = rows.count_judged_once(asked.who) if asked.order == "second" else rows.count_unjudged()
    return Counts(waiting, rows.count_done(asked.who))


def pivot(seed: str) -> str:
    """Give the id that the random order of a seed begins at."""
    return content_id("c", "review", seed)


_Found = list[tuple[str, int]]  # where the next page begins, and the number of a claim


def _uncertain(rows: ReviewStore, asked: Asked, limit: int, after: str | None) -> _Found:  # noqa: ARG001  # as the others
    begin = None
    if after is not None:
        score, number = _place(after, "s")
        begin = (float(score), int(number))
    found = rows.by_score(limit=limit, after=begin)
    return [(f"s~{score!r}~{number}", number) for (score, number), _ in found]


def _disputed(rows: ReviewStore, asked: Asked, limit: int, after: str | None) -> _Found:
    found: dict[int, str] = {}
    if after is not None and after.startswith("s~"):
        return _uncertain(rows, asked, limit, after)
    end: End | None = None
    if after is not None:
        since, incident, place, k = _place(after, "d")
        end = (since, incident, int(place), int(k))
    size = _CONFLICTS
    while len(found) < limit and (ends := rows.in_conflict(limit=size, after=end)):
        end, size = ends[-1][0], min(4 * size, _MOST_CONFLICTS)
        numbers = rows.unjudged([claim for _, claim in ends])
        for at, claim in ends:
            if claim in numbers:
                found.setdefault(numbers[claim], "~".join(("d", *map(str, at))))
    first = [(place, number) for number, place in found.items()][:limit]
    if len(first) == limit:
        return first
    more = _uncertain(rows, asked, limit, None)
    return [*first, *((place, number) for place, number in more if number not in found)][:limit]


def _random(rows: ReviewStore, asked: Asked, limit: int, after: str | None) -> _Found:
    begin = pivot(asked.seed)
    (last,) = (begin,) if after is None else _place(after, "i")
    wrapped = last < begin
    found = rows.by_id(limit=limit, above=last, below=begin if wrapped else None)
    if not wrapped and len(found) < limit:
        found += rows.by_id(limit=limit - len(found), below=begin)
    return [(f"i~{claim}", number) for claim, number in found]


def _second(rows: ReviewStore, asked: Asked, limit: int, after: str | None) -> _Found:
    (last,) = ("0",) if after is None else _place(after, "n")
    return [(f"n~{place}", number) for place, number in rows.judged_once(asked.who, limit=limit, after=int(last))]


_PLACES: Final[dict[str, tuple[type, ...]]] = {"s": (float, int), "d": (str, str, int, int), "n": (int,), "i": (str,)}


def _place(after: str, letter: str) -> list[str]:
    """Read where a page begins: the letter of its order, then what that order goes by."""
    first, *parts = after.split("~")
    try:
        for kind, part in zip(_PLACES[letter], parts, strict=True):
            kind(part)
    except ValueError as error:
        raise _nowhere(after) from error
    if first != letter:
        raise _nowhere(after)
    return parts


def _nowhere(after: str) -> UsageError:
    return UsageError(f"{after!r} is no place in this order", hint="give what the page before ended with")


_ORDERS: Final[dict[Order, Callable[[ReviewStore, Asked, int, str | None], _Found]]] = {
    "uncertain": _uncertain,
    "disputed": _disputed,
    "random": _random,
    "second": _second,
}
