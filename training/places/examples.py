"""Documents with names that are known beforehand, as the ranker sees them, and which candidates are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from allegedly.geo.candidates import Floats, Pool, gather, group_names
from allegedly.geo.features import FEATURES, OWN, Scene, own_features
from allegedly.geo.ranker import chances_of
from allegedly.geo.resolve import full_features, make_scene
from allegedly.geo.toponyms import Finder, FoundName
from allegedly.metrics.places import PlacedName, error_km, is_right
from allegedly.records.place import Place
from bench.readers.places import PlacedText
from bench.tasks.places import type_of

WEIGHTS = {"LGL": 1.0, "GeoWebNews": 3.0}  # LGL is local news of one country; what we read is news of the world


@dataclass(frozen=True, slots=True)
class Case:
    """Occurrences of a name that have the same right candidates; none right where the gazetteer lacks the place."""

    group: int
    count: int
    right: Floats


@dataclass(frozen=True, slots=True)
class Example:
    """A document: its candidates, their own features, and the cases to learn from."""

    document: PlacedText
    names: list[FoundName]
    scene: Scene
    pool: Pool
    own: Floats
    cases: list[Case]

    @property
    def weight(self) -> float:
        return WEIGHTS[self.document.corpus]


def make_example(
    document: PlacedText, typed: Sequence[tuple[int, int, str]], gazetteer: Finder, country: str | None
) -> Example:
    gold = gold_names(document)
    names = [FoundName(one.start, one.end, type_of((one.start, one.end), typed)) for one in gold]
    scene = make_scene(document.text, names, country)
    pool = gather(group_names(document.text, names, scene.cues, gazetteer))
    own = own_features(pool, scene) if len(pool) else np.zeros((0, len(OWN)))
    return Example(document, names, scene, pool, own, list(_cases(pool, gold)))


def gold_names(document: PlacedText) -> list[PlacedName]:
    """Give the names with coordinates, and LGL's without, which no gazetteer knows; none overlapping another."""
    out: list[PlacedName] = []
    for one in document.gold:
        if (one.point is not None or document.corpus == "LGL") and (not out or one.start >= out[-1].end):
            out.append(one)
    return out


def _cases(pool: Pool, gold: Sequence[PlacedName]) -> Iterator[Case]:
    for number, group in enumerate(pool.groups):
        counted: dict[tuple[bool, ...], int] = {}
        for k in group.members:
            right = tuple(_fits(gold[k], match.place) for match in group.matches)
            counted[right] = counted.get(right, 0) + 1
        for right, count in counted.items():
            yield Case(number, count, np.array(right, np.float64))


def _fits(gold: PlacedName, place: Place) -> bool:
    """Say whether a candidate may be meant; of seas and informal regions corpora give another point than we do."""
    found = PlacedName(0, 1, (place.latitude, place.longitude), place.id)
    vague = place.kind in {"informal", "natural"} and error_km(gold, found) <= place.radius_km
    return gold.point is not None and (vague or is_right(gold, found))


def features_of(example: Example, first: Floats) -> Floats:
    """Give the features of the second pass, with the votes of a first pass of these weights."""
    if not len(example.pool):
        return np.zeros((0, len(FEATURES)))
    return full_features(example.pool, example.scene, example.own, chances_of(example.pool, example.own @ first))
