"""
Sums over all reports of a store, kept in memory until what they were made of changes.

Who accuses and who cites whom, pages of sources, how many incidents there are and what they can be chosen by.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from allegedly.store.briefs import BriefFilter, Choices, choices, count_briefs
from allegedly.store.clusters import ClusterStore
from allegedly.store.network import Tie, accusations, citations
from allegedly.store.sources import SourcePage, count_sources, list_sources
from allegedly.store.sql import SqlStore
from allegedly.web.kept import Kept


class Reports(NamedTuple):
    """
    Which reports a store holds, for what is summed over them; judgements do not count.

    Args:
        last: Number of the last ledger.
        changed: Retractions, restorations and new readings of old documents so far.
    """

    last: int
    changed: int


_Accused = tuple[Reports, Counter[tuple[str, str]]]
_accused: Kept[_Accused] = Kept(1)
_counted: Kept[int] = Kept(1)
_cited: Kept[tuple[Tie, ...]] = Kept(1)
_sources: Kept[SourcePage] = Kept(50)
_choices: Kept[Choices] = Kept(1)
_counts: Kept[int] = Kept(200)


def reports_in(store: SqlStore) -> Reports:
    """Say which reports there are."""
    state = ClusterStore(store).state()
    return Reports(state.ledgers, state.retractions)


def accusation_ties(store: SqlStore) -> tuple[Tie, ...]:
    """Give who accuses whom, in order of names; of what was counted before only new reports are looked at."""
    pairs = _accusations(store)
    return tuple(Tie("accuses", one, other, pairs[one, other]) for one, other in sorted(pairs))


def citation_ties(store: SqlStore) -> tuple[Tie, ...]:
    """Give who cites whom, in order of names."""
    return _cited.get(store, "cites", lambda: tuple(citations(store)), version=reports_in(store))


def number_of_sources(store: SqlStore) -> int:
    """Give how many sources there are."""
    return _counted.get(store, "sources", lambda: count_sources(store), version=reports_in(store))


def page_of_sources(store: SqlStore, *, begins: str, limit: int, after: str | None) -> SourcePage:
    """Give a page of sources; see :func:`allegedly.store.sources.list_sources`."""

    def make() -> SourcePage:
        return list_sources(store, begins=begins, limit=limit, after=after)

    return _sources.get(store, (begins, limit, after), make, version=reports_in(store))


def choices_of(store: SqlStore) -> Choices:
    """Give what incidents can be chosen by."""
    return _choices.get(store, "choices", lambda: choices(store), version=ClusterStore(store).generation())


def count_of(store: SqlStore, wanted: BriefFilter | None = None) -> int:
    """Count incidents."""
    return _counts.get(store, wanted, lambda: count_briefs(store, wanted), version=ClusterStore(store).generation())


def ties(store: SqlStore, *, relation: str = "", source: str = "", least: int = 1) -> list[Tie]:
    """
    Give ties, in order of names.

    Args:
        store: The store.
        relation: ``accuses`` or ``cites``; empty is both.
        source: Only those of this one.
        least: Only what occurs so often.
    """
    return [
        tie
        for tie in (*accusation_ties(store), *citation_ties(store))
        if tie.count >= least and relation in {"", tie.relation} and source in {"", tie.one, tie.other}
    ]


def _accusations(store: SqlStore) -> Counter[tuple[str, str]]:
    reports = reports_in(store)
    before = _accused.peek(store, "accuses")
    if before is not None and before[0] == reports:
        return before[1]
    if before is not None and before[0].changed == reports.changed:
        pairs = before[1] + accusations(store, since=before[0].last)
    else:
        pairs = accusations(store)
    _accused.put(store, "accuses", (reports, pairs))
    return pairs
