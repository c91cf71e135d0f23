"""
Stage one: countries and regions vote.

Each name spreads one vote over its candidates; countries, regions and demonyms
that are named outright weigh most, because theirs is all one country's. A
candidate counts the votes of all other names for its country and its region: of
the whole text, and of the names near it. (Cf. the country votes of CLIFF-CLAVIN,
D'Ignazio et al. 2014, and of Mordecai, Halterman 2017.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from allegedly.geo.candidates import COUNTRY, REGION, Floats, Ints, Pool
from allegedly.geo.toponyms import FoundName

NEAR_LETTERS: Final = 250.0  # code points over which a neighbour's vote falls to a third
MOST_OCCURRENCES = 5  # of one name that are looked at for neighbours


class Votes(NamedTuple):
    """
    What the other names say of each candidate.

    Shape: arrays over candidates, 0 to 1.

    Args:
        country: Share of its country among the votes of the text.
        country_near: The same among names near it.
        country_named: How surely its country is named outright elsewhere.
        region: Share of its region.
        region_near: The same among names near it.
        region_named: How surely its region is named outright elsewhere.
    """

    country: Floats
    country_near: Floats
    country_named: Floats
    region: Floats
    region_near: Floats
    region_named: Floats


def count_votes(pool: Pool, chances: Floats, nearness: Floats) -> Votes:
    """
    Count the votes of all other names.

    Args:
        pool: The candidates.
        chances: Probability of each candidate within its group, from the ranker's first pass.
        nearness: How near groups stand in the text; (groups, groups), 0 to 1.
    """
    weights = np.sqrt([len(group.members) for group in pool.groups])
    countries = _mass(pool, pool.country, chances)
    regions = _mass(pool, pool.region, chances)
    named = _mass(pool, pool.country, chances * (pool.kind == COUNTRY))
    named_regions = _mass(pool, pool.region, chances * (pool.kind == REGION))
    country = _share(pool, pool.country, countries * weights[:, None])
    country_near = _near(pool, pool.country, countries, nearness)
    country_named = _elsewhere(pool, pool.country, named)
    # a country is its own region: else it would lose against every town of its name
    whole = pool.kind == COUNTRY
    return Votes(
        country,
        country_near,
        country_named,
        region=np.where(whole, country, _share(pool, pool.region, regions * weights[:, None])),
        region_near=np.where(whole, country_near, _near(pool, pool.region, regions, nearness)),
        region_named=np.where(whole, country_named, _elsewhere(pool, pool.region, named_regions)),
    )


def text_nearness(pool: Pool, names: Sequence[FoundName]) -> Floats:
    """Say how near groups stand in the text, by their nearest occurrences; (groups, groups), 0 to 1, 0 with itself."""
    firsts = [group.members[:MOST_OCCURRENCES] for group in pool.groups]
    owner = np.array([g for g, members in enumerate(firsts) for _ in members], np.int64)
    at = np.array([names[k].start for members in firsts for k in members], np.float64)
    edges = np.r_[0, np.flatnonzero(np.diff(owner)) + 1] if len(owner) else owner
    gaps = np.abs(at[:, None] - at[None])
    gaps = np.minimum.reduceat(np.minimum.reduceat(gaps, edges, axis=0), edges, axis=1)
    out: Floats = np.exp(-gaps / NEAR_LETTERS)
    np.fill_diagonal(out, 0.0)
    return out


def _mass(pool: Pool, where: Ints, chances: Floats) -> Floats:
    """Add up the chances of each group by country or region; (groups, countries or regions)."""
    out = np.zeros((len(pool.groups), int(where.max(initial=-1)) + 1))
    known = where >= 0
    np.add.at(out, (pool.group[known], where[known]), chances[known])
    return out


def _pick(pool: Pool, where: Ints, table: Floats) -> Floats:
    """Read a table of (groups, countries or regions) off for each candidate; 0 where it has no region."""
    if not table.shape[1]:
        return np.zeros(len(pool))
    return np.where(where >= 0, table[pool.group, where], 0.0)


def _share(pool: Pool, where: Ints, mass: Floats) -> Floats:
    others = mass.sum(0)[None] - mass
    total = (mass.sum() - mass.sum(1))[:, None]
    return _pick(pool, where, others / np.maximum(total, 1.0))


def _near(pool: Pool, where: Ints, mass: Floats, nearness: Floats) -> Floats:
    others = nearness @ mass
    return _pick(pool, where, others / np.maximum(nearness.sum(1), 1.0)[:, None])


def _elsewhere(pool: Pool, where: Ints, mass: Floats) -> Floats:
    """Give the greatest mass in any other group."""
    if not mass.shape[1]:
        return np.zeros(len(pool))
    order = np.sort(mass, axis=0)
    top, second = order[-1], order[-2] if len(order) > 1 else np.zeros(mass.shape[1])
    return _pick(pool, where, np.where(mass >= top, second, top))
