"""
Writes the file that :mod:`allegedly.geo.table` reads; the same places give the same bytes.

Areas (countries, regions, districts) come first, so that a region fits a two-byte
reference and areas carry a radius; inside, the more populous come first.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

from allegedly.errors import GazetteerError
from allegedly.geo.spelling import fold_name, loosen_key
from allegedly.geo.table import BLOCK, CAPITAL, COLUMNS, MAGIC, SCALE, SHOWN, TEXTS, check_byte
from allegedly.records.place import KINDS, PlaceKind

AREAS: Final = frozenset(("country", "region", "district"))
_MOST_AREAS: Final = 65_535  # two bytes, 0 stands for none
_MOST_PLACES: Final = 1 << 23
_WIDEST_KM: Final = 6_553.5


class Entry(NamedTuple):
    """
    A place to be written.

    Args:
        number: GeoNames' number, or one of ours from ``OWN_ID`` on.
        name: Name to show.
        latitude: Degrees north.
        longitude: Degrees east.
        country: Its code.
        kind: What it is.
        is_capital: Whether a state governs from here.
        population: Persons; 0 if unknown.
        region: Number of the first-level region; 0 if unknown.
        radius_km: For areas; towns have it from their population, others from their kind.
        names: Other names.
    """

    number: int
    name: str
    latitude: float
    longitude: float
    country: str
    kind: PlaceKind = "town"
    is_capital: bool = False
    population: int = 0
    region: int = 0
    radius_km: float = 0.0
    names: tuple[str, ...] = ()


def write_table(entries: Iterable[Entry], *, about: dict[str, Any]) -> bytes:
    """
    Give the bytes of a file of places.

    Args:
        entries: The places, in any order; each number once.
        about: What the header says beside the layout: title, sources.

    Raises:
        GazetteerError: More places than the format can hold.
    """
    places = sorted(entries, key=_order)
    areas = sum(place.kind in AREAS for place in places)
    if areas > _MOST_AREAS or len(places) > _MOST_PLACES:
        raise GazetteerError(f"{len(places):,} places, {areas:,} of them areas, are too many for one file")
    codes = sorted({place.country for place in places})
    sections = _place_columns(places, codes, areas) | _key_columns(places)
    return _join(sections, {**about, "places": len(places), "countries": codes})


def _order(place: Entry) -> tuple[bool, int, int]:
    return place.kind not in AREAS, -place.population, place.number


def _place_columns(places: Sequence[Entry], codes: list[str], areas: int) -> dict[str, Any]:
    rows = {place.number: row for row, place in enumerate(places[:areas], start=1)}
    code_rows = {code: row for row, code in enumerate(codes)}
    names, name_starts = _join_lines([place.name for place in places])
    return {
        "ids": [place.number for place in places],
        "latitudes": [round(place.latitude * SCALE) for place in places],
        "longitudes": [round(place.longitude * SCALE) for place in places],
        "populations": [min(place.population, 0xFFFFFFFF) for place in places],
        "countries": [code_rows[place.country] for place in places],
        "kinds": [KINDS.index(place.kind) + CAPITAL * place.is_capital for place in places],
        "regions": [rows.get(place.region, 0) for place in places],
        "radii": [round(min(place.radius_km, _WIDEST_KM) * 10) for place in places[:areas]],
        "names": names,
        "name_starts": name_starts,
    }


def _key_columns(places: Sequence[Entry]) -> dict[str, Any]:
    found: dict[str, set[int]] = {}
    for row, place in enumerate(places):
        shown = fold_name(place.name)
        for exact in {shown, *map(fold_name, place.names)} - {""}:
            posting = row << 9 | (SHOWN if exact == shown else 0) | check_byte(exact)
            found.setdefault(loosen_key(exact), set()).add(posting)
    keys = sorted(found, key=str.encode)
    postings = [sorted(found[key]) for key in keys]
    text, key_starts = _join_lines(keys)
    counts = [len(each) for each in postings]
    return {
        "keys": text,
        "key_starts": key_starts,
        "posting_starts": [0, *accumulate(counts)][:-1:BLOCK],
        "posting_counts": counts,
        "postings": [posting for each in postings for posting in each],
    }


def _join_lines(lines: Sequence[str]) -> tuple[bytes, list[int]]:
    """Join lines, each between two line ends, and give where each block of them starts."""
    text = bytearray(b"\n")
    starts = []
    for row, line in enumerate(lines):
        if row % BLOCK == 0:
            starts.append(len(text))
        text += line.replace("\n", " ").encode() + b"\n"
    return bytes(text), starts


def _join(sections: dict[str, Any], about: dict[str, Any]) -> bytes:
    body = bytearray()
    layout = {}
    for name in (*COLUMNS, *TEXTS):
        piece = sections[name] if name in TEXTS else _pack(sections[name], COLUMNS[name])
        layout[name] = [len(body), len(piece)]
        body += piece
    header = json.dumps({**about, "sections": layout}, ensure_ascii=False, sort_keys=True).encode()
    rest = len(header).to_bytes(4, "little") + header + bytes(body)
    return MAGIC + hashlib.sha256(rest).digest() + rest


def _pack(numbers: list[int], code: str) -> bytes:
    column = array(code, numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()
