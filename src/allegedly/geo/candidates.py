"""
Candidates: the places that each name of a text may stand for, in arrays over the whole text.

Occurrences of one name are one group, as a name hardly changes its sense inside a
document (Gale et al. 1992; Leidner 2007): what one of them makes plain holds for
all. A word of kind behind the name ("region", "county") makes it another name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allegedly.geo.context import Cues
from allegedly.geo.gazetteer import HOWS, NameMatch
from allegedly.geo.toponyms import Finder, FoundName
from allegedly.records.place import KINDS, Place

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST: Final = 24  # candidates of one name that are weighed: the best known ones
COUNTRY, REGION, DISTRICT, TOWN = range(4)  # numbers in KINDS
WELL_KNOWN: Final = 100_000  # people
MOST_WORDS: Final = 6  # of an unknown name that are looked through
_SHORT: Final = 3  # letters
_OF_AREAS: Final = frozenset("county parish district region oblast province governorate raion".split())
_WORDS_OF: Final = {
    "district": ("County", "District", "Parish"), "region": ("Region", "Oblast", "Province"), "": ("Ocean",),
}  # fmt: skip
_AREA_KINDS: Final = frozenset(("region", "district", "informal", "natural"))
_AREAS: Final = frozenset(("country", "region", "informal"))
_KINDS_STATED: Final = {
    "region": frozenset(("region", "district", "informal")), "district": frozenset(("district", "region")),
    "natural": frozenset(("natural", "informal")),
}  # fmt: skip
_NAMED: Final = frozenset(("name", "alternate", "spelling"))
_POINTS: Final = re.compile(
    r"(?:(?:north|south|east|west|central|upper|lower|greater|downtown|inner|outer)[\w-]*\s+)+", re.IGNORECASE
)


class Group(NamedTuple):
    """
    The occurrences of one name.

    Args:
        members: Numbers of the found names, in order of the text.
        matches: Its candidates, at most :data:`MOST`.
        known: Number of places of that name in the gazetteer.
    """

    members: tuple[int, ...]
    matches: tuple[NameMatch, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Pool:
    """
    All candidates of a text, side by side; made by :func:`gather`.

    Shape: arrays over candidates, group after group; ``starts`` holds the first of each group.

    Args:
        groups: The names.
        starts: First candidate of each group.
        group: Group of each candidate.
        latitude: Degrees.
        longitude: Degrees.
        people: How well known it is, see :func:`known_by`.
        kind: Number in :data:`KINDS`.
        how: Number in ``HOWS``; a spelling of our own table counts as the name.
        country: Number of its country in ``codes``, -1 if it lies in none.
        region: Number of its first-level region in this text, -1 if it has none; a region's is its own.
        capital: Whether it is a capital.
        codes: Codes of the countries.
    """

    groups: tuple[Group, ...]
    starts: Ints
    group: Ints
    latitude: Floats
    longitude: Floats
    people: Floats
    kind: Ints
    how: Ints
    country: Ints
    region: Ints
    capital: NDArray[np.bool_]
    codes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.group)

    def sums(self, values: Floats) -> Floats:
        """Add values up within each group."""
        out: Floats = np.add.reduceat(values, self.starts)
        return out

    def tops(self, values: Floats) -> Floats:
        """Give the greatest value of each group."""
        out: Floats = np.maximum.reduceat(values, self.starts)
        return out

    def bests(self, values: Floats) -> Ints:
        """Give the candidate with the greatest value of each group, of equals the first."""
        stops = [*self.starts[1:].tolist(), len(values)]
        firsts = self.starts.tolist()
        return np.array([a + int(values[a:z].argmax()) for a, z in zip(firsts, stops, strict=True)], np.int64)


def group_names(text: str, names: Sequence[FoundName], cues: Sequence[Cues], gazetteer: Finder) -> list[Group]:
    """Put the occurrences of each name together and look it up once; names that are not known come back empty."""
    members: dict[tuple[str, str], list[int]] = {}
    for k, (name, cue) in enumerate(zip(names, cues, strict=True)):
        members.setdefault((text[name.start : name.end], cue.kind_word), []).append(k)
    longer = {words.rpartition(" ")[0]: words for words, _ in members if words.rpartition(" ")[2].lower() in _OF_AREAS}
    groups = []
    for (words, kind), own in members.items():
        found = look_up(words, gazetteer, kind)
        if words in longer:  # "Karveli" may be short for the "Karveli County" of the same text
            found = joined(found, gazetteer.find(longer[words]))
        else:
            found = joined(found, *(gazetteer.find(f"{words} {word}") for word in _WORDS_OF.get(kind, ())))
        found = of_kind(found, kind)
        if all(names[k].type == "NORP" for k in own):
            found = tuple(match for match in found if match.how == "demonym" or match.place.kind in _AREAS)
        groups.append(Group(tuple(own), best_known(found), len(found)))
    return groups


def look_up(words: str, gazetteer: Finder, kind: str = "") -> tuple[NameMatch, ...]:
    """
    Give the candidates of a name: a people's word is no town ("Canadian"), short capitals are abbreviations or nothing.

    Where the whole name is not known, it may be a seat of government, have a direction before it ("northern
    Veldra"), or hold a name that is well known ("University of Karveli").
    """
    bare = _POINTS.match(words)
    rest = words[bare.end() :] if bare else ""
    if rest and words[0].islower():  # "south Sudan" is part of Sudan, "South Sudan" is a state
        return look_up(rest, gazetteer)
    found = surest(tuple(gazetteer.find(words)))
    people = _people(words, gazetteer)
    if people is not None:
        kept = _AREAS if kind else {"country"}
        areas = [match for match in found if match.place.kind in kept or match.place.id == people.id]
        named = any(match.place.id == people.id for match in areas)  # "US" is name and adjective
        return tuple(areas if named else [*areas, NameMatch(people, "demonym")])
    if len(words) <= _SHORT and words.isupper():
        found = tuple(match for match in found if match.how == "abbreviation" or match.place.kind in _AREAS)
    if found:
        return found
    if (state := gazetteer.metonym(words)) is not None:
        return (NameMatch(state, "metonym"),)
    if rest and gazetteer.demonym(rest) is None:
        return look_up(rest, gazetteer)
    return _part_of(words.split(), gazetteer)


def of_kind(found: tuple[NameMatch, ...], kind: str) -> tuple[NameMatch, ...]:
    """Keep regions, districts, seas and the like where a word beside the name says that it is one, if there are any."""
    kinds = _KINDS_STATED.get(kind)
    stated = tuple(match for match in found if kinds and match.place.kind in kinds)
    return stated or found


def joined(found: tuple[NameMatch, ...], *others: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Add the areas among further candidates, as alternates: they go by another name here."""
    known = {match.place.id for match in found}
    more = {m.place.id: m.place for other in others for m in other if m.how != "loose" and m.place.kind in _AREA_KINDS}
    return (*found, *(NameMatch(place, "alternate") for place in more.values() if place.id not in known))


def _people(words: str, gazetteer: Finder) -> Place | None:
    """Give the country, region or continent of a people; no town that has a continent's name."""
    place = gazetteer.demonym(words)
    if place is None or place.kind in _AREAS:
        return place
    areas = (match.place for match in gazetteer.find(place.name) if match.place.kind in _AREAS)
    return next(areas, place)


def surest(found: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Leave out places whose name is only spelt like it, if there are others."""
    exact = tuple(match for match in found if match.how != "loose")
    return exact or found


def _part_of(words: Sequence[str], gazetteer: Finder) -> tuple[NameMatch, ...]:
    """Give the places of the longest well-known name inside an unknown one, of equals the first."""
    for size in range(min(len(words), MOST_WORDS) - 1, 0, -1):
        for first in range(min(len(words), MOST_WORDS) - size + 1):
            part = " ".join(words[first : first + size])
            if part[0].isupper() and len(part) > _SHORT:
                known = [m for m in gazetteer.find(part) if m.how in _NAMED and is_well_known(m.place)]
                if known:
                    return tuple(NameMatch(match.place, "loose") for match in known)
    return ()


def is_well_known(place: Place) -> bool:
    """Say whether a place is likely meant by its name alone, even inside another name."""
    return place.kind in _AREAS or place.is_capital or place.population >= WELL_KNOWN


def best_known(found: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Keep the candidates that can win: countries and regions, then the most populous of those with the name itself."""
    if len(found) <= MOST:
        return found
    return tuple(
        sorted(found, key=lambda m: (KINDS.index(m.place.kind) > REGION, m.how not in _NAMED, -m.place.population))[
            :MOST
        ]
    )


def known_by(place: Place) -> float:
    """
    Say how well known a place is: log10 of one more than its people.

    Seas and informal regions have none that are counted; they go by their size, a continent like a large country.
    """
    if place.population or place.kind not in {"natural", "informal"}:
        return math.log10(1 + place.population)
    return 2 * math.log10(1 + place.radius_km)


def gather(groups: Sequence[Group]) -> Pool:
    """Lay the candidates of all groups that have any side by side."""
    known = tuple(group for group in groups if group.matches)
    sizes = [len(group.matches) for group in known]
    matches = [match for group in known for match in group.matches]
    places = [match.place for match in matches]
    codes = {code: k for k, code in enumerate(dict.fromkeys(place.country for place in places if place.country))}
    own_region = [place.id if place.kind == "region" else place.region_id for place in places]
    regions = {name: k for k, name in enumerate(dict.fromkeys(name for name in own_region if name))}
    return Pool(
        groups=known,
        starts=np.cumsum([0, *sizes[:-1]]).astype(np.int64),
        group=np.repeat(np.arange(len(known)), sizes),
        latitude=np.array([place.latitude for place in places], np.float64),
        longitude=np.array([place.longitude for place in places], np.float64),
        people=np.array([known_by(place) for place in places], np.float64),
        kind=np.array([KINDS.index(place.kind) for place in places], np.int64),
        how=np.array([HOWS.index("name" if match.how == "spelling" else match.how) for match in matches], np.int64),
        country=np.array([codes.get(place.country, -1) for place in places], np.int64),
        region=np.array([regions[name] if name else -1 for name in own_region], np.int64),
        capital=np.array([place.is_capital for place in places], np.bool_),
        codes=tuple(codes),
    )
