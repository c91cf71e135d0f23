"""
GeoNames' country dumps (``UA.zip`` or ``UA.txt``): every village, for those who fetched one.

A dump is read line by line; lines that cannot be used are counted and left out,
and what is no dump at all, or ends in the middle of a line, is refused. The
result is a file like the shipped one (:mod:`allegedly.geo.write`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from allegedly.errors import GazetteerError
from allegedly.geo.alternates import useful_names
from allegedly.geo.designators import strip_designator
from allegedly.geo.write import Entry
from allegedly.records.place import PlaceKind

COLUMNS: Final = 19
_MOST_BAD: Final = 0.1  # of all lines: a dump has hardly any
_TRIED: Final = 50  # lines after which a file of nothing but bad ones is given up
_HINT: Final = "give a country dump of GeoNames as it is: UA.zip or UA.txt, 19 columns parted by tabs"
_CAPITAL: Final = "PPLC"
_KINDS: Final[dict[str, PlaceKind]] = {
    "ADM1": "region", "ADM1H": "region", "ADM2": "district", "ADM3": "district",
    "RGN": "informal", "AREA": "informal", "RGNH": "informal",
    "AIRB": "facility", "AIRF": "facility", "AIRP": "facility", "MILB": "facility", "DAM": "facility",
    "PRN": "facility",
    "SEA": "natural", "GULF": "natural", "STRT": "natural", "LK": "natural", "RSV": "natural", "STM": "natural",
    "ISL": "natural", "ISLS": "natural", "PEN": "natural", "MTS": "natural", "MT": "natural", "PASS": "natural",
    "VAL": "natural", "DSRT": "natural",
}  # fmt: skip
_TOWNS: Final = "P"  # feature class of all settlements
_AREA_KM: Final = {"region": 80.0, "district": 20.0}  # a dump knows no extent


class Dump(NamedTuple):
    """
    What was read of a dump.

    Args:
        entries: The places.
        lines: Lines in all.
        bad: Numbers of the lines that could not be used, from 1.
    """

    entries: list[Entry]
    lines: int
    bad: list[int]


def read_dump(path: Path, codes: Mapping[str, str]) -> Dump:
    """
    Read a country dump.

    Args:
        path: The file, as text or zipped.
        codes: Codes of countries by GeoNames' two letters.

    Raises:
        GazetteerError: No dump, truncated, or more than a tenth of it cannot be used; names file and line.
    """
    rows: dict[int, tuple[Entry, str]] = {}
    bad: list[int] = []
    number = 0
    with _open(path) as lines:
        for number, line in enumerate(_decoded(lines, path), start=1):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) < COLUMNS and not line.endswith("\n") and number > 1:
                raise _error(path, number, f"the dump ends in the middle of a line, after {len(fields)} columns")
            try:
                found = _read_line(fields, codes)
            except (ValueError, KeyError):
                bad.append(number)
                if len(bad) == number == _TRIED:
                    break
                continue
            if found is not None:
                rows[found[0].number] = found
    if not rows or len(bad) > _MOST_BAD * number:
        raise _error(
            path, bad[0] if bad else number, f"{len(bad):,} of {number:,} lines are no lines of a GeoNames dump"
        )
    return Dump(_with_regions(rows), number, bad)


def _read_line(fields: list[str], codes: Mapping[str, str]) -> tuple[Entry, str] | None:
    """Make an entry of a line, with the code of its region; None for what news does not name."""
    if len(fields) != COLUMNS:
        raise ValueError(len(fields))
    number, name, _, names, latitude, longitude, feature_class, feature, country = fields[:9]
    region, population = fields[10], fields[14]
    north, east = float(latitude), float(longitude)
    if not (name and -90 <= north <= 90 and -180 <= east <= 180 and 0 < int(number) < 1 << 31):
        raise ValueError(number)
    kind = "town" if feature_class == _TOWNS else _KINDS.get(feature)
    if kind is None or not country:
        return None
    bare = strip_designator(name) if kind == "region" else None
    entry = Entry(
        int(number), name, north, east, codes[country], kind, is_capital=feature == _CAPITAL,
        population=max(0, int(population or 0)), radius_km=_AREA_KM.get(kind, 0.0),
        names=useful_names(name, [*names.split(","), *([bare] if bare else [])]),
    )  # fmt: skip
    return entry, f"{country}.{region}"


def _with_regions(rows: Mapping[int, tuple[Entry, str]]) -> list[Entry]:
    """Tie each place to the region of its code."""
    regions = {code: entry.number for entry, code in rows.values() if entry.kind == "region"}
    return [entry._replace(region=regions.get(code, 0)) for entry, code in rows.values()]


@contextmanager
def _open(path: Path) -> Iterator[io.BufferedIOBase]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as lines:
                yield lines  # type: ignore[misc]  # a member is read as a buffered file
        else:
            with path.open("rb") as file:
                yield file
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise GazetteerError(f"{path}: the dump cannot be read: {error}", path=path, hint=_HINT) from error


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """Choose the dump in an archive: its other text is a read-me."""
    names = [name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith("readme")]
    if len(names) != 1:
        raise _error(path, 0, f"the archive holds {len(names)} dumps, not one")
    return names[0]


def _decoded(lines: io.BufferedIOBase, path: Path) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _error(path, number, "this is no UTF-8 text, so no dump") from error


def _error(path: Path, line: int, problem: str) -> GazetteerError:
    return GazetteerError(f"{path}{f':{line}' if line else ''}: {problem}", path=path, line=line, hint=_HINT)
