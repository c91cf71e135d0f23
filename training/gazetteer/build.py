"""From raw facts to the entries of the shipped file: countries, regions, districts, towns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import pi, sqrt
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from allegedly.geo.alternates import useful_names
from allegedly.geo.designators import strip_designator
from allegedly.geo.spelling import fold_name
from allegedly.geo.table import OWN_ID
from allegedly.geo.write import Entry
from allegedly.records.place import great_circle_km
from allegedly.resources.lexicon import load_table
from training.gazetteer.sources import Sources, Unit, point_key

REGIONS = Path(__file__).parent / "regions.tsv"
COUNTRIES = Path(__file__).parent / "countries.tsv"
COLUMNS = ("id", "number", "name", "names", "latitude", "longitude")
SMALLEST_REGION_KM = 5.0
SMALLEST_DISTRICT_KM = 3.0
SMALL_TOWN = 5_000  # people
# Tongues written in other scripts: news has several romanisations of their small towns too.
ROMANISED = frozenset(
    "ab am ar av az ba be bg bn bo ce cv dv dz el fa gu he hi hy ja ka kk km kn ko ku ky lo mk ml mn mr my ne or os pa"
    " ps ru sd si sr ta te tg th ti tk tt udm ug uk ur uz zh".split()
)
_ELSEWHERE = {"IL.WE": "PS.WE"}  # GeoNames files places of the West Bank under two codes
_CODES = {"XK": "XKX"}
_GONE = frozenset(("AN", "CS"))  # states that are no more, still listed
_BARE_IS_A_TOWN = frozenset(("USA",))  # where nobody calls a county by its bare name


class Region(NamedTuple):
    """A line of the table of regions."""

    code: str
    number: int
    name: str
    names: tuple[str, ...]
    point: tuple[float, float] | None


def read_regions(path: Path = REGIONS) -> dict[str, Region]:
    """Read the table of regions by code."""
    regions = {}
    for code, number, name, names, latitude, longitude in load_table(path, COLUMNS):
        point = (float(latitude), float(longitude)) if latitude else None
        regions[code] = Region(code, int(number), name, tuple(filter(None, names.split("|"))), point)
    return regions


def make_entries(sources: Sources, regions: dict[str, Region]) -> Iterator[Entry]:
    """Give all entries of the shipped gazetteer."""
    codes = country_codes(sources)
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    districts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in sources.towns:
        region = _region_code(town)
        members[region].append(town)
        unit = sources.units.get(point_key(town["countrycode"], town), Unit("", ""))
        if unit.district:
            districts[region, unit.district].append(town)
    yield from _countries(sources, codes)
    for code, region in regions.items():
        if region.point or members[code]:
            yield _region_entry(region, codes[code[:2]], members[code])
    for (code, name), towns in districts.items():
        if not _is_town_itself(name, towns):
            yield _district_entry(name, codes[code[:2]], regions.get(code), towns)
    seats = _capitals(sources)
    for town in sources.towns:
        code = _region_code(town)
        languages = sources.countries[town["countrycode"]]["languages"].split(",")
        entry = _town_entry(town, codes[code[:2]], regions.get(code), languages)
        yield entry._replace(is_capital=town["geonameid"] in seats)


def _capitals(sources: Sources) -> set[int]:
    """Give the numbers of capitals: in each country the most populous town of that name, shown rather than other."""
    best: dict[str, dict[str, Any]] = {}

    def rank(town: dict[str, Any]) -> tuple[bool, int]:
        is_shown = fold_name(town["name"]) == fold_name(sources.countries[town["countrycode"]]["capital"])
        return is_shown, town["population"]

    for town in sources.towns:
        two = town["countrycode"]
        capital = fold_name(sources.countries[two]["capital"])
        if not capital or capital not in map(fold_name, (town["name"], *town["alternatenames"])):
            continue
        if two not in best or rank(town) > rank(best[two]):
            best[two] = town
    return {town["geonameid"] for town in best.values()}


def country_codes(sources: Sources) -> dict[str, str]:
    """Give our code of each two-letter code."""
    return {two: _CODES.get(two, country["iso3"]) for two, country in sorted(sources.countries.items())}


def _region_code(town: dict[str, Any]) -> str:
    code = f"{town['countrycode']}.{town['admin1code']}"
    return _ELSEWHERE.get(code, code)


def _countries(sources: Sources, codes: dict[str, str]) -> Iterator[Entry]:
    known = sources.points | {
        two: (float(latitude), float(longitude))
        for two, latitude, longitude in load_table(COUNTRIES, ("id", "latitude", "longitude"))
    }
    for two, country in sources.countries.items():
        point = known.get(two) or _mean([town for town in sources.towns if town["countrycode"] == two])
        if point is None or two in _GONE:
            continue
        radius = sqrt(country["areakm2"] / pi)
        yield Entry(
            country["geonameid"], country["name"], *point, codes[two], "country",
            population=country["population"], radius_km=radius,
        )  # fmt: skip


def _region_entry(region: Region, country: str, towns: Sequence[dict[str, Any]]) -> Entry:
    point = region.point or _mean(towns)
    assert point is not None
    bare = {strip_designator(name) for name in (region.name, *region.names)} - {region.name, None}
    return Entry(
        region.number, region.name, *point, country, "region", population=_people(towns), region=region.number,
        radius_km=max(SMALLEST_REGION_KM, _radius(point, towns)), names=(*region.names, *sorted(filter(None, bare))),
    )  # fmt: skip


def _district_entry(name: str, country: str, region: Region | None, towns: Sequence[dict[str, Any]]) -> Entry:
    point = _mean(towns)
    assert point is not None
    number = OWN_ID + (crc32(f"{country}|{region.code if region else ''}|{name}".encode()) & (OWN_ID - 1))
    bare = None if country in _BARE_IS_A_TOWN else strip_designator(name)
    return Entry(
        number, name, *point, country, "district", population=_people(towns), region=region.number if region else 0,
        radius_km=max(SMALLEST_DISTRICT_KM, _radius(point, towns)), names=(bare,) if bare and bare != name else (),
    )  # fmt: skip


def _town_entry(town: dict[str, Any], code: str, region: Region | None, languages: Sequence[str]) -> Entry:
    """A small town where Latin letters are used has other names only in other tongues."""
    population = town["population"]
    is_known_abroad = population >= SMALL_TOWN or languages[0].partition("-")[0] in ROMANISED
    return Entry(
        town["geonameid"], town["name"], town["latitude"], town["longitude"], code,
        population=population, region=region.number if region else 0,
        names=useful_names(town["name"], town["alternatenames"] if is_known_abroad else ()),
    )  # fmt: skip


def _is_town_itself(name: str, towns: Sequence[dict[str, Any]]) -> bool:
    """Say whether a district is one town under its own name, as communes of France are."""
    return len(towns) == 1 and (strip_designator(name) or name) == towns[0]["name"]


def _people(towns: Iterable[dict[str, Any]]) -> int:
    return sum(town["population"] for town in towns)


def _mean(towns: Sequence[dict[str, Any]]) -> tuple[float, float] | None:
    """Give the plain mean of the towns' points; towns across the date line do not pull it round the globe."""
    if not towns:
        return None
    base = towns[0]["longitude"]
    east = sum((town["longitude"] - base + 180) % 360 - 180 for town in towns) / len(towns) + base
    return sum(town["latitude"] for town in towns) / len(towns), (east + 180) % 360 - 180


def _radius(point: tuple[float, float], towns: Sequence[dict[str, Any]]) -> float:
    """Give the distance that nine of ten towns keep from the point, km."""
    if not towns:
        return 0.0
    distances = sorted(great_circle_km(*point, town["latitude"], town["longitude"]) for town in towns)
    return distances[int(len(distances) * 0.9)] if len(distances) > 1 else distances[0]


def assert_unique(entries: Iterable[Entry]) -> list[Entry]:
    """Give the entries as a list; a number that stands twice is an error of the sources."""
    kept = list(entries)
    twice = [number for number, count in Counter(entry.number for entry in kept).items() if count > 1]
    assert not twice, f"numbers stand twice: {twice[:10]}"
    return kept
