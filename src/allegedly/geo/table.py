"""
One file of places and their names, read-only: the shipped gazetteer, or an imported dump.

The whole file is read once into memory (about 15 MB for the shipped one) and
looked at in place: columns of numbers, and one sorted text of loose keys that is
bisected and then searched. Nothing is decoded before it is asked for, and
nothing changes after opening, so threads may share a table.

Layout: 8 bytes of magic, the SHA-256 of all that follows, the length of the
header (4 bytes, little-endian), the header (JSON) and the sections it lists.
:mod:`allegedly.geo.write` writes it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal
from zlib import crc32

from allegedly.errors import GazetteerError
from allegedly.records.place import KINDS, Place, town_radius_km

MAGIC: Final = b"ALLGAZ1\n"
DIGEST: Final = 32  # bytes
BLOCK: Final = 16  # names or keys that share one start
SCALE: Final = 10_000  # coordinates are kept to 11 m
OWN_ID: Final = 1 << 31  # numbers from here on are ours, below are GeoNames'
CAPITAL: Final = 128  # flag beside the kind
SHOWN: Final = 256  # flag of a posting: the key is that of the name shown
# Columns by the type of their numbers (array's codes, little-endian in the file); the others are text.
COLUMNS: Final = {
    "ids": "I", "latitudes": "i", "longitudes": "i", "populations": "I", "countries": "B", "kinds": "B", "regions": "H",
    "radii": "H", "name_starts": "I", "key_starts": "I", "posting_starts": "I", "posting_counts": "H", "postings": "I",
}  # fmt: skip
_RADII_KM: Final = {
    "country": 300.0,
    "region": 80.0,
    "district": 20.0,
    "natural": 10.0,
    "informal": 30.0,
    "facility": 2.0,
}
TEXTS: Final = ("names", "keys")

Fit = Literal["name", "alternate", "loose"]  # how a name fits a place of a table


class PlaceTable:
    """
    An open file of places; made by :meth:`open`, immutable.

    Args:
        header: What the file says of itself.
        sections: The columns and texts by name.
    """

    def __init__(self, header: dict[str, Any], sections: dict[str, Any]) -> None:
        self.header = header
        self._ids: Sequence[int] = sections["ids"]
        self._id_bytes = bytes(sections["ids"])
        self._latitudes: Sequence[int] = sections["latitudes"]
        self._longitudes: Sequence[int] = sections["longitudes"]
        self._populations: Sequence[int] = sections["populations"]
        self._countries: Sequence[int] = sections["countries"]
        self._kinds: Sequence[int] = sections["kinds"]
        self._regions: Sequence[int] = sections["regions"]
        self._radii: Sequence[int] = sections["radii"]
        self._name_starts: Sequence[int] = sections["name_starts"]
        self._names: bytes = sections["names"]
        self._key_starts: Sequence[int] = sections["key_starts"]
        self._keys: bytes = sections["keys"]
        self._posting_starts: Sequence[int] = sections["posting_starts"]
        self._posting_counts: Sequence[int] = sections["posting_counts"]
        self._postings: Sequence[int] = sections["postings"]
        self._codes: list[str] = header["countries"]

    @classmethod
    def open(cls, path: Path) -> PlaceTable:
        """
        Read a file and check it whole.

        Raises:
            GazetteerError: The file is missing, truncated, changed, or no gazetteer of this version.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GazetteerError(
                f"{path}: the gazetteer cannot be read: {error.strerror}", path=path, hint=_HINT
            ) from error
        return cls(*_parse(data, path))

    def __len__(self) -> int:
        return len(self._ids)

    @cached_property
    def _heads(self) -> list[bytes]:
        """Give the first key of each block, between its line ends."""
        keys, starts = self._keys, self._key_starts
        return [keys[start - 1 : keys.index(b"\n", start) + 1] for start in starts]

    @cached_property
    def _key_ends(self) -> list[int]:
        """Give where each block of keys ends."""
        return [*self._key_starts[1:], len(self._keys)]

    def find(self, loose: str, exact: str) -> list[tuple[int, Fit]]:
        """
        Give the rows of the places that have a loose key, and say which of them have the exact one.

        Args:
            loose: Key by :func:`allegedly.geo.spelling.loosen_key`.
            exact: Key by :func:`allegedly.geo.spelling.fold_name`.
        """
        line = b"\n%b\n" % loose.encode(errors="replace")  # half a surrogate pair is no name
        block = bisect_right(self._heads, line) - 1
        if block < 0:
            return []
        start = self._key_starts[block] - 1
        found = self._keys.find(line, start, self._key_ends[block])
        if found < 0:
            return []
        row = block * BLOCK + self._keys.count(b"\n", start, found)
        first = self._posting_starts[block] + sum(self._posting_counts[block * BLOCK : row])
        check = check_byte(exact)
        return [
            (posting >> 9, "loose" if posting & 255 != check else "name" if posting & SHOWN else "alternate")
            for posting in self._postings[first : first + self._posting_counts[row]]
        ]

    def begins(self, loose: str) -> bool:
        """Say whether a longer key begins with these words."""
        line = b"\n%b " % loose.encode(errors="replace")
        heads = self._heads
        block = bisect_right(heads, line)
        if block < len(heads) and heads[block].startswith(line):
            return True
        start = self._key_starts[block - 1] - 1 if block else 0
        return block > 0 and self._keys.find(line, start, self._key_ends[block - 1]) >= 0

    def name(self, index: int) -> str:
        """Give the name of the place in a row."""
        block = index // BLOCK
        starts = self._name_starts
        start = starts[block]
        end = starts[block + 1] if block + 1 < len(starts) else len(self._names)
        return self._names[start:end].split(b"\n", index % BLOCK + 1)[index % BLOCK].decode()

    def population(self, index: int) -> int:
        """Give the population of the place in a row, persons; 0 if unknown."""
        return self._populations[index]

    def place(self, index: int) -> Place:
        """Give the place in a row; its claimants are policy and not known here."""
        kind, region, population = self._kinds[index], self._regions[index], self._populations[index]
        radius = self._radii[index] / 10 if index < len(self._radii) else 0
        return Place(
            id=place_id(self._ids[index]),
            name=self.name(index),
            latitude=self._latitudes[index] / SCALE,
            longitude=self._longitudes[index] / SCALE,
            country=self._codes[self._countries[index]],
            kind=KINDS[kind % CAPITAL],
            is_capital=kind >= CAPITAL,
            population=population,
            region=self.name(region - 1) if region else None,
            region_id=place_id(self._ids[region - 1]) if region else None,
            radius_km=radius or _RADII_KM.get(KINDS[kind % CAPITAL]) or town_radius_km(population),
        )

    def row(self, id_: str) -> int | None:
        """Give the row of an id; None if it is not here."""
        number = _number(id_)
        return None if number is None else self._find_number(number)

    def _find_number(self, number: int) -> int | None:
        """Search the column of ids as bytes: faster than making an index that is seldom needed."""
        needle, found = number.to_bytes(4, sys.byteorder), -1
        column = self._id_bytes
        while (found := column.find(needle, found + 1)) >= 0:
            if found % 4 == 0:
                return found // 4
        return None

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Give all numbers."""
        return frozenset(self._ids)

    def number(self, index: int) -> int:
        """Give the number of the place in a row."""
        return self._ids[index]

    def countries(self) -> Iterator[int]:
        """Go through the rows of countries; they are areas, which come first and alone have a radius."""
        wanted = KINDS.index("country")
        return (row for row, kind in enumerate(self._kinds[: len(self._radii)]) if kind == wanted)


_HINT: Final = "reinstall allegedly, or import the dump again with `allegedly gazetteer add FILE`"


def check_byte(exact: str) -> int:
    """Give the byte that tells exact names from others under one loose key; one of 256 is wrongly taken as exact."""
    return crc32(exact.encode(errors="replace")) & 255


def place_id(number: int) -> str:
    """Write a number of the file as an id."""
    return f"geonames:{number}" if number < OWN_ID else f"allegedly:u{number - OWN_ID:08x}"


def _number(id_: str) -> int | None:
    origin, _, rest = id_.partition(":")
    try:
        if origin == "geonames":
            return int(rest)
        return OWN_ID + int(rest[1:], 16) if origin == "allegedly" and rest[:1] == "u" else None
    except ValueError:
        return None


def stored_digest(path: Path) -> str:
    """
    Give the digest that a file says of itself, in hex, without reading it whole.

    Raises:
        GazetteerError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC) + DIGEST)[len(MAGIC) :].hex()
    except OSError as error:
        raise GazetteerError(f"{path}: {error.strerror or error}", path=path, hint=_HINT) from error


def _parse(data: bytes, path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    start = len(MAGIC) + DIGEST
    if data[: len(MAGIC)] != MAGIC:
        raise GazetteerError(f"{path}: this is no gazetteer of this version", path=path, hint=_HINT)
    if hashlib.sha256(memoryview(data)[start:]).digest() != data[len(MAGIC) : start]:
        raise GazetteerError(f"{path}: the gazetteer is truncated or was changed", path=path, hint=_HINT)
    size = int.from_bytes(data[start : start + 4], "little")
    body = start + 4 + size
    header = json.loads(data[start + 4 : body])
    sections: dict[str, Any] = {}
    for name, (offset, length) in header["sections"].items():
        piece = memoryview(data)[body + offset : body + offset + length]
        sections[name] = bytes(piece) if name in TEXTS else _column(piece, COLUMNS[name])
    return header, sections


def _column(piece: memoryview, code: str) -> Sequence[int]:
    """Read numbers in place; on a big-endian machine from a turned copy."""
    if sys.byteorder == "little":
        return piece.cast(code)  # type: ignore[call-overload,no-any-return]
    turned = array(code, bytes(piece))
    turned.byteswap()
    return turned
