"""
What the ranker knows of a candidate: its own features, and those that the other names of the text give it.

All features lie between about -1 and 1 and are the same for all parties and
parts of the world: no country, name or language is a feature.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from allegedly.geo.candidates import COUNTRY, DISTRICT, REGION, TOWN, Floats, Ints, Pool
from allegedly.geo.context import Bond, Cues
from allegedly.geo.gazetteer import HOWS
from allegedly.geo.toponyms import FoundName
from allegedly.geo.votes import Votes
from allegedly.records.place import KINDS

OWN: Final = (
    "people", "people-below-most", "people-below-like", "most-people", "share-of-people", "capital",
    *(f"kind-{kind}" for kind in KINDS), *(f"how-{how}" for how in HOWS),
    "only-candidate", "candidates", "kind-as-stated", "kind-not-stated", "kind-stated-otherwise",
    "town-after-preposition", "type-natural", "type-facility", "type-people", "publishers-country", "dateline",
    "occurrences", "town-of-namesake", "region-of-namesake", "known-alternate",
)  # fmt: skip
CONTEXT: Final = (
    "country", "country-near", "country-named", "region", "region-near", "region-named", "top-country", "top-region",
    "inside-next", "inside-next-strictly", "around-next", "around-next-strictly", "like-in-list",
    "country-like-in-list", "nearest", "near", "nearest-log", "near-in-text", "dateline-country", "dateline-region",
    "dateline-near", "capital-by-country", "cluster", "cluster-size",
)  # fmt: skip
FEATURES: Final = OWN + CONTEXT

_EARTH = 6371.0088
_NEAREST = 60.0  # km over which nearness falls to a third
_NEAR = 300.0
_CLUSTER = 50.0
_SPOKEN_OF = 0.12  # share of votes above which a text speaks of a region
_INSIDE = 30.0  # km that count as the distance from a region or country to what lies in it
MOST_NEIGHBOURS = 60  # groups to which distances are measured
_DISTRICT_REACH = 60.0  # km within which a town may lie in a district of the same region


class Scene(NamedTuple):
    """
    The names of a text and what stands around them.

    Args:
        names: The names found.
        cues: The words beside each.
        bonds: Names side by side.
        publisher_country: Code of the publisher's country; None if unknown.
    """

    names: Sequence[FoundName]
    cues: Sequence[Cues]
    bonds: Sequence[Bond]
    publisher_country: str | None = None


def own_features(pool: Pool, scene: Scene) -> Floats:
    """Give what each candidate has by itself and by the words beside its name; (candidates, len(OWN))."""
    groups = pool.groups
    size = np.array([len(group.matches) for group in groups])[pool.group]
    area = pool.kind < DISTRICT
    towns = np.where(area, 0.0, pool.people)
    most = pool.tops(towns)[pool.group]
    order = np.where(np.arange(len(pool)) == pool.bests(towns)[pool.group], 1.0, 0.0)
    below = np.where(area, pool.people - pool.tops(np.where(area, pool.people, 0.0))[pool.group], towns - most)
    heads = 10**pool.people
    shared = np.where(area, pool.sums(heads * area)[pool.group], pool.sums(heads * ~area)[pool.group])
    stated = _by_group(pool, [_stated_kind(scene, group.members) for group in groups])
    same = stated == pool.kind
    close = (np.minimum(stated, pool.kind) >= REGION) & (np.maximum(stated, pool.kind) <= DISTRICT)
    types = [{scene.names[k].type for k in group.members} for group in groups]
    after = _any(pool, lambda k: scene.cues[k].place_before)
    dateline = _any(pool, lambda k: scene.cues[k].dateline)
    publisher = np.array([code == scene.publisher_country for code in (*pool.codes, "")])[pool.country]
    counts = _by_group(pool, [min(len(group.members), 8) for group in groups])
    columns = [
        pool.people / 8,
        (pool.people - pool.tops(pool.people)[pool.group]) / 4,
        below / 4,
        order * ~area,
        heads / shared,
        pool.capital,
        *(pool.kind == k for k in range(len(KINDS))),
        *(pool.how == k for k in range(len(HOWS))),
        size == 1,
        np.log(size) / 3,
        same,
        stated < 0,
        (stated >= 0) & ~same & ~close,
        after * (pool.kind == TOWN),
        _by_group(pool, ["LOC" in own for own in types]) * (pool.kind >= KINDS.index("natural")),
        _by_group(pool, ["FAC" in own for own in types]) * (pool.kind == KINDS.index("facility")),
        _by_group(pool, ["NORP" in own for own in types]) * (pool.kind == COUNTRY),
        publisher,
        dateline * (pool.kind == TOWN),
        counts / 8,
        *_namesakes(pool),
        (pool.how == HOWS.index("alternate")) * pool.people / 8,
    ]
    out: Floats = np.stack([np.asarray(column, np.float64) for column in columns], 1)
    return out


def context_features(pool: Pool, scene: Scene, chances: Floats, votes: Votes, nearness: Floats) -> Floats:
    """Give what the other names say of each candidate; (candidates, len(CONTEXT))."""
    inside, around = _containment(pool, scene, chances)
    alike, same_country = _alike(pool, scene, chances)
    distance = _distances(pool, chances)
    nearest = distance.min(1) if distance.shape[1] else np.full(len(pool), 2e4)
    by_text = nearness[pool.group][:, _settled(pool, chances)[1]]
    close = np.exp(-distance / _NEAR)
    near_text = (close * by_text).sum(1) / np.maximum(by_text.sum(1), 1.0)
    head = _dateline(pool, scene, chances)
    columns = [
        *votes,
        votes.country >= pool.tops(votes.country)[pool.group] - 1e-9,
        (votes.region >= pool.tops(votes.region)[pool.group] - 1e-9) & (votes.region > _SPOKEN_OF),
        *inside,
        *around,
        alike,
        same_country,
        np.exp(-nearest / _NEAREST),
        close.mean(1) if distance.shape[1] else np.zeros(len(pool)),
        -np.log10(1 + nearest) / 4,
        near_text,
        *head,
        pool.capital * votes.country,
        *_clusters(pool),
    ]
    out: Floats = np.stack([np.asarray(column, np.float64) for column in columns], 1)
    return out


def _by_group(pool: Pool, values: Sequence[float]) -> Floats:
    out: Floats = np.array(values, np.float64)[pool.group]
    return out


def _any(pool: Pool, test: Callable[[int], bool]) -> Floats:
    return _by_group(pool, [any(test(k) for k in group.members) for group in pool.groups])


def _namesakes(pool: Pool) -> list[Floats]:
    """Say which towns lie in a region that is a candidate as well ("New York"), and which regions hold such a town."""
    town, region = np.zeros(len(pool)), np.zeros(len(pool))
    for own in _spans(pool):
        towns, regions = own[pool.kind[own] == TOWN], own[pool.kind[own] == REGION]
        if len(towns) and len(regions):
            held = (pool.region[towns][:, None] == pool.region[regions][None]) & (pool.people[towns] > 4.5)[:, None]
            town[towns], region[regions] = held.any(1), held.any(0)
    return [town, region]


def _stated_kind(scene: Scene, members: Sequence[int]) -> int:
    """Give the number of the kind that the words beside a name state; -1 if they state none."""
    for k in members:
        said = scene.cues[k].kind_word or scene.cues[k].kind_before
        if said:
            return KINDS.index(said)
    return -1


def contains(pool: Pool, inner: Ints, outer: Ints) -> Floats:
    """Say which candidates may lie in which others; (inner, outer), 0 or 1."""
    i, o = inner[:, None], outer[None]
    kind_i, kind_o = pool.kind[i], pool.kind[o]
    country = (pool.country[i] == pool.country[o]) & (pool.country[i] >= 0)
    region = (pool.region[i] == pool.region[o]) & (pool.region[i] >= 0)
    in_country = (kind_o == COUNTRY) & (kind_i != COUNTRY) & country
    in_region = (kind_o == REGION) & (kind_i > REGION) & region
    lower = np.isin(kind_o, (DISTRICT, TOWN)) & (kind_i > REGION) & country
    near = km_between(pool, inner, outer) < _DISTRICT_REACH
    out: Floats = (in_country | in_region | (lower & near)).astype(np.float64)
    return out


def km_between(pool: Pool, one: Ints, other: Ints) -> Floats:
    """Give great-circle distances in km; (one, other)."""
    a, b = np.radians(pool.latitude[one])[:, None], np.radians(pool.latitude[other])[None]
    across = np.radians(pool.longitude[other])[None] - np.radians(pool.longitude[one])[:, None]
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    out: Floats = 2 * _EARTH * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return out


def _clusters(pool: Pool) -> list[Floats]:
    """Say how many of the other names have a candidate near each candidate, the likely ones and all others alike."""
    sizes = np.bincount(pool.group, minlength=len(pool.groups))
    weights = (1.0 / np.sqrt(sizes))[:MOST_NEIGHBOURS]
    columns = np.flatnonzero(pool.group < MOST_NEIGHBOURS)
    north, east = np.radians(pool.latitude), np.radians(pool.longitude)
    points = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], 1)
    near = points @ points[columns].T > math.cos(_CLUSTER / _EARTH)
    near &= (pool.kind[columns] != COUNTRY)[None] & (pool.kind != COUNTRY)[:, None]
    hit = np.maximum.reduceat(near, pool.starts[: len(weights)], axis=1) * weights
    others = weights.sum() - np.where(
        pool.group < MOST_NEIGHBOURS, weights[np.minimum(pool.group, len(weights) - 1)], 0.0
    )
    hit[pool.group[:, None] == np.arange(len(weights))[None]] = 0.0
    count = hit.sum(1)
    return [count / np.maximum(others, 0.5), np.log1p(count) / 2]


def _spans(pool: Pool) -> list[Ints]:
    """Give the numbers of each group's candidates."""
    return np.split(np.arange(len(pool)), pool.starts[1:])


def _pairs(pool: Pool, scene: Scene, kinds: tuple[str, ...]) -> list[tuple[int, int, Bond]]:
    """Give pairs of groups that stand side by side somewhere, each once for each kind."""
    group_of = {k: g for g, group in enumerate(pool.groups) for k in group.members}
    found: dict[tuple[int, int, str, bool], Bond] = {}
    for bond in scene.bonds:
        a, b = group_of.get(bond.first), group_of.get(bond.second)
        if bond.kind in kinds and a is not None and b is not None and a != b:
            found.setdefault((a, b, bond.kind, bond.strict), bond)
    return [(a, b, bond) for (a, b, _, _), bond in found.items()]


def _containment(pool: Pool, scene: Scene, chances: Floats) -> tuple[list[Floats], list[Floats]]:
    """Say how surely a neighbour contains each candidate, or lies in it; loosely and strictly bound."""
    inside = [np.zeros(len(pool)), np.zeros(len(pool))]
    around = [np.zeros(len(pool)), np.zeros(len(pool))]
    spans = _spans(pool)
    for first, second, bond in _pairs(pool, scene, ("inside", "around")):
        inner, outer = spans[first], spans[second]
        if bond.kind == "around":
            inner, outer = outer, inner
        held = contains(pool, inner, outer)
        k = int(bond.strict)
        inside[k][inner] = np.maximum(inside[k][inner], (held * np.sqrt(chances[outer])[None]).max(1))
        around[k][outer] = np.maximum(around[k][outer], (held * np.sqrt(chances[inner])[:, None]).max(0))
    return inside, around


def _alike(pool: Pool, scene: Scene, chances: Floats) -> tuple[Floats, Floats]:
    """Say how surely a neighbour in a list is of the same kind, and in the same country."""
    alike, same = np.zeros(len(pool)), np.zeros(len(pool))
    spans = _spans(pool)
    for a, b, _ in _pairs(pool, scene, ("list",)):
        for one, other in ((spans[a], spans[b]), (spans[b], spans[a])):
            kind = pool.kind[one][:, None] == pool.kind[other][None]
            country = (pool.country[one][:, None] == pool.country[other][None]) & (pool.kind[one] != COUNTRY)[:, None]
            alike[one] = np.maximum(alike[one], (kind * chances[other]).sum(1))
            same[one] = np.maximum(same[one], (country * kind * chances[other]).sum(1))
    return alike, same


def _settled(pool: Pool, chances: Floats) -> tuple[Ints, Ints]:
    """Give the likeliest candidates of the surest groups that are points (no countries), and their groups."""
    bests = pool.bests(chances)
    points = np.flatnonzero(pool.kind[bests] != COUNTRY)
    sure = points[np.argsort(-chances[bests[points]], kind="stable")][:MOST_NEIGHBOURS]
    return bests[sure], sure


def _distances(pool: Pool, chances: Floats) -> Floats:
    """Give the distance of each candidate to the settled ones of other groups; (candidates, groups), km."""
    bests, groups = _settled(pool, chances)
    out = km_between(pool, np.arange(len(pool)), bests)
    held = contains(pool, bests, np.arange(len(pool))).T > 0
    out[held & (pool.kind <= REGION)[:, None]] = _INSIDE
    out[pool.group[:, None] == groups[None]] = 2e4
    return out


def _dateline(pool: Pool, scene: Scene, chances: Floats) -> list[Floats]:
    """Say whether each candidate is in the country or region of the dateline's place, and how near to it."""
    heads = [g for g, group in enumerate(pool.groups) if any(scene.cues[k].dateline for k in group.members)]
    zero = np.zeros(len(pool))
    if not heads:
        return [zero, zero, zero]
    best = pool.bests(chances)[heads[0]]
    other = pool.group != heads[0]
    region = (pool.region == pool.region[best]) & (pool.region >= 0)
    near = np.exp(-km_between(pool, np.arange(len(pool)), np.array([best]))[:, 0] / _NEAR)
    return [other * (pool.country == pool.country[best]), other * region, other * near]
