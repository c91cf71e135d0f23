"""
Keep the incidents of a store up to date: make again what new documents and judgements touch.

Incidents join claims that are about days not far apart. So it is enough to look at
the incidents with claims about days within :data:`REACH` of what the new ones are
about. Where somebody has corrected a claim, or said that it is wrong, the documents it stands in
count as new; to accept one changes nothing. Where documents were retracted or read anew, or clusters
judged, all is made again, in batches by day of publication.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from allegedly.corroboration.assemble import OriginsOf
from allegedly.corroboration.corroborate import corroborate
from allegedly.corroboration.items import days_of, published_on
from allegedly.corroboration.reviewed import changed_since, reviewed_claims
from allegedly.records.claims import Claim
from allegedly.records.incidents import ClusterJudgement
from allegedly.store.cluster_state import State
from allegedly.store.clusters import ClusterStore

REACH: Final = 12  # days; two windows of the blocking and a little
BATCH: Final = 4_000  # documents that are taken at once
Progress = Callable[[int, int], None]


def refresh(
    store: ClusterStore,
    *,
    anew: bool = False,
    origins: OriginsOf | None = None,
    progress: Progress | None = None,
) -> bool:
    """
    Bring the incidents of a store up to date.

    Args:
        store: The incidents of a store.
        anew: Throw everything derived away first.
        origins: Gives the groups of one origin that each of some documents belongs to; without it, equal texts are one.
        progress: Is told how many documents are done, and of how many.

    Returns:
        Whether anything had to be made.
    """
    wanted, made = store.state(), store.made_from()
    if made == wanted and not anew:
        return False
    if made is None or anew or not _only_grown(made, wanted):
        store.clear()
        made = State(0, 0, 0)
    fresh = _documents_to_take(store, made, wanted)
    if not fresh:
        store.replace((), (), wanted)
    judgements = store.judgements()
    done = 0
    for batch in _batches(fresh):
        _take(store, batch, judgements, wanted, origins)
        done += len(batch)
        if progress is not None:
            progress(done, len(fresh))
    return True


def _only_grown(made: State, wanted: State) -> bool:
    return (made.retractions, made.judgements) == (wanted.retractions, wanted.judgements)


def _documents_to_take(store: ClusterStore, made: State, wanted: State) -> list[tuple[int, str | None]]:
    """Give number and publication day of the documents that are new, or whose claims people see otherwise now."""
    if made.ledgers == 0:
        return store.documents_since(0)
    rows = changed_since(store, made, wanted)
    return store.documents_since(made.ledgers, besides=store.documents_with(rows) if rows else ())


def _batches(fresh: Sequence[tuple[int, str | None]]) -> list[list[tuple[int, str | None]]]:
    """Part documents into batches; those of one day stay together."""
    batches: list[list[tuple[int, str | None]]] = [[]]
    for _, day in groupby(fresh, key=lambda item: (item[1] or "")[:10]):
        same = list(day)
        if batches[-1] and len(batches[-1]) + len(same) > BATCH:
            batches.append([])
        batches[-1] += same
    return [batch for batch in batches if batch]


def _take(
    store: ClusterStore,
    batch: Sequence[tuple[int, str | None]],
    judgements: Sequence[ClusterJudgement],
    state: State,
    origins: OriginsOf | None,
) -> None:
    """Make the incidents again that a batch of documents touches; other claims of their documents are only context."""
    documents = {number for number, _ in batch}
    read = list(store.claims_of(documents))
    fresh = reviewed_claims(store, read)
    touched = store.incidents_with(claim.id for claim in read)
    touched |= {name for first, last in _spans([*read, *fresh]) for name in store.incidents_between(first, last)}
    touched |= store.incidents_with(_judged(judgements))
    held = {claim for incident in store.incidents_of(touched) for claim in incident.claims}
    claims = [*fresh, *reviewed_claims(store, store.claims_of(store.documents_of(touched) - documents))]
    wanted = held | {claim.id for claim in fresh}
    days = {claim.id: day_of(claim) for claim in claims}
    store.replace(touched, corroborate(claims, judgements, origins=origins, only=wanted), state, days=days)


def day_of(claim: Claim) -> str:
    """Give the first day that a claim is about, that of its publication where none is stated; "" if unknown."""
    days = days_of(claim)
    day = published_on(claim) if days is None else days[0]
    return "" if day is None else date.fromordinal(day).isoformat()


def _spans(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Give the spans of days within reach of claims, overlapping ones joined; unknown days are a span of their own."""
    known = sorted({day_of(claim) for claim in claims})
    spans: list[tuple[str, str]] = [("", "")] if "" in known else []
    for day in known:
        if day:
            middle = date.fromisoformat(day)
            first, last = ((middle + timedelta(days=k * REACH)).isoformat() for k in (-1, 1))
            if spans and spans[-1][1] >= first and spans[-1][1]:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
    return spans


def _judged(judgements: Sequence[ClusterJudgement]) -> set[str]:
    """Give the claims that merges put together, however far apart they are."""
    return {claim for item in judgements if item.decision == "merge" for claim in (*item.left, *item.right)}
