"""
Which place each name of a text is, how surely, and why; or that nobody can tell, and why.

Two stages after :mod:`allegedly.geo.candidates`: countries, regions and peoples
vote, then a ranker weighs every candidate of every name by what it is, by the
words beside the name and by the other names. A place is given only if the
ranker is sure enough of it; else the candidates are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from allegedly.geo.candidates import Floats, Pool, gather, group_names
from allegedly.geo.context import read_bonds, read_cues
from allegedly.geo.features import Scene, context_features, own_features
from allegedly.geo.gazetteer import NameMatch
from allegedly.geo.ranker import Ranker, chances_of, load_ranker
from allegedly.geo.reasons import Reason, explain
from allegedly.geo.toponyms import Finder, FoundName
from allegedly.geo.votes import count_votes, text_nearness
from allegedly.records.codes import PlacePrecision
from allegedly.records.place import Place, distance_km

SURE_OF_COUNTRY: Final = 0.8  # confidence in a place from which on it tells which country a text speaks of
LEAST_NAMES: Final = 3  # names that must tell it
SMALL: Final = 200_000  # people; a larger town is known by its name alone
LEAST_SURE: Final = 0.3  # confidence below which a place is not given
SAME_PLACE: Final = 50.0  # km within which candidates of one country are one place for a map: a town and its district
NAMESAKE: Final = 161.0  # km within which a region's name alone is taken for its town's
MOST_OTHERS: Final = 3
SURE_AS_LISTED: Final = 0.8  # least confidence in seas, informal regions and sights that are alone of their name
_OUTRIGHT: Final = frozenset(("name", "alternate", "spelling"))
_LISTED: Final = frozenset(("informal", "natural", "facility"))
_AREA: Final = 50.0  # km of radius from which a natural feature is as vague as a region
_SPOT: Final = 10.0  # km of radius up to which it is as exact as a town


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    One name of a text with its place.

    Args:
        name: The name as found.
        place: The place; None if it is not known which.
        precision: What the coordinates stand for; None without a place.
        radius: Uncertainty; None without a place. Unit: km.
        candidates: Number of places of that name in the gazetteer.
        others: Ids of the next best candidates, best first, at most three.
        reason: What decided, or why nothing did.
        confidence: How often such a name is resolved rightly: of the place, else of the best candidate; 0 to 1.
        how: How the name matched: "demonym", "metonym" and so on; empty for an unknown name.
    """

    name: FoundName
    place: Place | None
    precision: PlacePrecision | None
    radius: float | None
    candidates: int
    others: tuple[str, ...]
    reason: Reason
    confidence: float
    how: str


def resolve_places(
    text: str,
    names: Sequence[FoundName],
    gazetteer: Finder,
    *,
    publisher_country: str | None = None,
    ranker: Ranker | None = None,
) -> list[Resolved]:
    """
    Say which places the names of a text are.

    Args:
        text: The document.
        names: The names, in order, not overlapping; offsets into ``text``.
        gazetteer: The places of each name.
        publisher_country: ISO 3166-1 alpha-3 code of the publisher's country, if known.
        ranker: Weights; the shipped ones if None.

    Returns:
        One for each name, in the same order.

    Raises:
        LexiconError: If the shipped weights cannot be read.
    """
    scene = make_scene(text, names, publisher_country)
    groups = group_names(text, names, scene.cues, gazetteer)
    out: list[Resolved | None] = [None] * len(names)
    for group in groups:
        if not group.matches:
            for k in group.members:
                out[k] = _unknown(names[k])
    pool = gather(groups)
    if len(pool):
        for k, resolved in _decide(pool, scene, ranker or load_ranker()):
            out[k] = resolved
    return _without_strangers([resolved for resolved in out if resolved is not None])


def _without_strangers(resolved: list[Resolved]) -> list[Resolved]:
    """
    Leave open the small towns of countries that a text speaks of nowhere else.

    A gazetteer lacks most villages, and a namesake on the other side of the world is all that it has: "Karari" in a
    report from Omdurman. Sure places of at least three other names must tell where the text is, and one that is
    sure itself stays.
    """
    told: dict[str, set[str]] = {}
    for one in resolved:
        if one.place is not None and one.confidence >= SURE_OF_COUNTRY:
            for country in {one.place.country, *one.place.claimants}:
                told.setdefault(country, set()).add(_key(one))
    names = set().union(*told.values())
    return [_left_open(one) if _is_stranger(one, told, names) else one for one in resolved]


def _is_stranger(one: Resolved, told: Mapping[str, set[str]], names: set[str]) -> bool:
    own, place = {_key(one)}, one.place
    if place is None or one.confidence >= SURE_OF_COUNTRY or len(names - own) < LEAST_NAMES:
        return False
    small = place.kind in {"town", "district"} and place.population < SMALL
    return small and not told.get(place.country, set()) - own


def _key(one: Resolved) -> str:
    return one.place.id if one.place else ""


def _left_open(one: Resolved) -> Resolved:
    others = (one.place.id, *one.others)[:MOST_OTHERS] if one.place else one.others
    return replace(one, place=None, precision=None, radius=None, others=others, reason="unresolved-elsewhere")


def make_scene(text: str, names: Sequence[FoundName], publisher_country: str | None) -> Scene:
    """Read what stands around the names."""
    return Scene(names, read_cues(text, names), read_bonds(text, names), publisher_country)


def rank(pool: Pool, scene: Scene, ranker: Ranker) -> tuple[Floats, Floats]:
    """Run both passes; give the chance of each candidate and its features."""
    own = own_features(pool, scene)
    features = full_features(pool, scene, own, chances_of(pool, own @ ranker.first))
    return chances_of(pool, features @ ranker.second), features


def full_features(pool: Pool, scene: Scene, own: Floats, chances: Floats) -> Floats:
    """Put the votes of the first pass beside a candidate's own features; (candidates, len(FEATURES))."""
    nearness = text_nearness(pool, scene.names)
    votes = count_votes(pool, chances, nearness)
    return np.concatenate([own, context_features(pool, scene, chances, votes, nearness)], 1)


def _decide(pool: Pool, scene: Scene, ranker: Ranker) -> Iterator[tuple[int, Resolved]]:
    """Choose for each group; give the number of each name with its place."""
    chances, features = rank(pool, scene, ranker)
    beside = {k for bond in scene.bonds for k in (bond.first, bond.second)}
    beside |= {k for k, cue in enumerate(scene.cues) if cue.kind_word or cue.kind_before or cue.dateline}
    matches = [match for group in pool.groups for match in group.matches]
    for first, group in zip(pool.starts.tolist(), pool.groups, strict=True):
        order = [first + k for k in np.argsort(-chances[first : first + len(group.matches)], kind="stable").tolist()]
        best = matches[order[0]]
        same = [k for k in order[1:] if is_same(best.place, matches[k].place)]
        rivals = [k for k in order[1:] if k not in same]
        if scene.cues[group.members[0]].kind_word not in {"region", "district"}:
            best = _town_first(best, [matches[k] for k in same])
        chance = 1.0 - float(chances[rivals].sum())
        confidence = ranker.confidence(features[order[0]], chance)
        if not rivals and best.how in _OUTRIGHT and best.place.kind in _LISTED:
            confidence = max(confidence, SURE_AS_LISTED)
        others = tuple(matches[k].place.id for k in order if matches[k] is not best)
        gain = features[order[0]] - features[rivals[0]] if rivals else None
        bound = beside.intersection(group.members)
        for k in group.members:
            reason = explain(gain, ranker.second, bound=not bound or k in bound)
            yield k, _resolved(scene.names[k], best, confidence, (len(group.matches), others, reason, group.known))


def _resolved(
    name: FoundName, best: NameMatch, confidence: float, weighed: tuple[int, tuple[str, ...], Reason, int]
) -> Resolved:
    _, others, reason, known = weighed
    place = best.place
    if confidence < LEAST_SURE:
        others = (place.id, *others)[:MOST_OTHERS]
        return Resolved(name, None, None, None, known, others, "unresolved-ambiguous", confidence, best.how)
    kept = others[:MOST_OTHERS]
    return Resolved(name, place, precision_of(place), place.radius_km, known, kept, reason, confidence, best.how)


def _unknown(name: FoundName) -> Resolved:
    return Resolved(name, None, None, None, 0, (), "unresolved-unknown-name", 0.0, "")


def _town_first(best: NameMatch, same: Sequence[NameMatch]) -> NameMatch:
    """Take the town rather than the district or region around it that has its name, unless a word says otherwise."""
    if best.place.kind not in {"district", "region"}:
        return best
    towns = (match for match in same if match.place.kind == "town" and match.how != "loose")
    return next((m for m in towns if distance_km(m.place, best.place) <= NAMESAKE), best)


def is_same(one: Place, other: Place) -> bool:
    """Say whether two places are one on a map: near each other in one country, as a town and its region are."""
    if one.country != other.country or "country" in {one.kind, other.kind}:
        return False
    return distance_km(one, other) <= max(SAME_PLACE, one.radius_km, other.radius_km)


def precision_of(place: Place) -> PlacePrecision:
    """
    Say what the coordinates of a place stand for.

    A country is never a point; informal regions are as vague as regions; natural features go by their size.
    """
    match place.kind:
        case "country" | "region" | "district" | "town":
            return place.kind
        case "informal":
            return "region"
        case "facility":
            return "exact"
        case "natural":
            return "region" if place.radius_km >= _AREA else "district" if place.radius_km > _SPOT else "exact"
