"""
Names of places against gold: found, and put within 161 km of where they are (Gritta et al. 2020; Wang and Hu 2019).

- ``found``: spans that overlap, one to one, in order of the gold.
- ``placed``: found, and within 161 km or the same entry of the same gazetteer. Its recall is the share of all gold
  names that are right, its precision that of all names to which coordinates were given.
- ``placed, countries by code``: the same, but a country is right if it is the same country and only then: points of
  countries are conventions, which differ between gazetteers by hundreds of kilometres.
- ``placed if found``: ``placed`` among the names that were found. On given spans, the figure that papers call Acc@161.

Gold names without coordinates are left out, as the corpora do not say where they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegedly.metrics.spans import Score, Scores

MEASURES = ("found", "placed", "placed, countries by code", "placed if found")
NEAR = 161.0  # km: a hundred miles, the limit that papers use
_EARTH = 12742.0  # km: twice the mean radius, as the shared scorer has it


@dataclass(frozen=True, slots=True)
class PlacedName:
    """
    A name of a place and where it is.

    Args:
        start: First code point.
        end: Code point after the last.
        point: Latitude and longitude, degrees; None if it is not known.
        id: Id in a gazetteer, with its prefix: "geonames:703448".
        country: Code of the country, if the place is a country; None for all else.
    """

    start: int
    end: int
    point: tuple[float, float] | None = None
    id: str | None = None
    country: str | None = None


def score_places(gold: Sequence[PlacedName], predicted: Sequence[PlacedName]) -> Scores:
    """
    Score the names of one document.

    Offsets: all spans index the document's text.

    Example:
        >>> gold = [PlacedName(3, 8, (50.45, 30.52)), PlacedName(20, 25, (55.75, 37.62))]
        >>> scores = score_places(gold, [PlacedName(3, 8, (50.40, 30.50)), PlacedName(20, 25, (43.2, -2.0))])
        >>> scores["found"].f1, scores["placed"].recall
        (100.0, 50.0)
    """
    known = [name for name in gold if name.point is not None]
    pairs = pair_places(known, predicted)
    placed = sum(name.point is not None for name in predicted)
    right = sum(is_right(one, other) for one, other in pairs)
    by_code = sum(is_right_by_code(one, other) for one, other in pairs)
    return {
        "found": Score(len(pairs), len(known), len(predicted)),
        "placed": Score(right, len(known), placed),
        "placed, countries by code": Score(by_code, len(known), placed),
        "placed if found": Score(right, len(pairs), len(pairs)),
    }


def pair_places(gold: Iterable[PlacedName], predicted: Sequence[PlacedName]) -> list[tuple[PlacedName, PlacedName]]:
    """Pair names that overlap, in order of the gold: each takes what it shares most with, of equals the last."""
    used: set[int] = set()
    pairs: list[tuple[PlacedName, PlacedName]] = []
    for one in gold:
        best = (0, -1)
        for k, other in enumerate(predicted):
            if k not in used:
                best = max(best, (min(one.end, other.end) - max(one.start, other.start), k))
        if best[0] > 0:
            used.add(best[1])
            pairs.append((one, predicted[best[1]]))
    return pairs


def is_right(gold: PlacedName, predicted: PlacedName) -> bool:
    """Say whether a name was put near enough, or taken for the same entry of the gazetteer."""
    if predicted.point is None:
        return False
    return (gold.id is not None and gold.id == predicted.id) or error_km(gold, predicted) <= NEAR


def is_right_by_code(gold: PlacedName, predicted: PlacedName) -> bool:
    """Say whether a name was put right, countries compared by their codes."""
    if gold.country is None:
        return is_right(gold, predicted)
    return predicted.point is not None and gold.country == predicted.country


def error_km(gold: PlacedName, predicted: PlacedName) -> float:
    """
    Measure how far a name was put from where it is; endless without coordinates.

    Unit: km, along a great circle (haversine).
    """
    if gold.point is None or predicted.point is None:
        return math.inf
    (a, b), (c, d) = gold.point, predicted.point
    p, q, across = math.radians(a), math.radians(c), math.radians(d - b)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(across / 2) ** 2
    return _EARTH * math.asin(min(1.0, math.sqrt(h)))
