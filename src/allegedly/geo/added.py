"""Imported dumps: where they are stored, which there are, how one is added."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, NamedTuple

from allegedly.errors import GazetteerError
from allegedly.geo.dump import read_dump
from allegedly.geo.table import PlaceTable
from allegedly.geo.write import write_table

SUFFIX: Final = ".places"
_TITLE = re.compile(r"[A-Za-z0-9][\w-]{0,40}")


class Added(NamedTuple):
    """
    What an import gave.

    Args:
        path: The stored file.
        places: Places in it.
        lines: Lines of the dump.
        bad: Numbers of the lines that could not be used.
        replaced: Whether an older import of that name was there.
    """

    path: Path
    places: int
    lines: int
    bad: list[int]
    replaced: bool


def added_folder(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Give the folder of imported dumps in the user's data folder; it need not exist."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or ".")
    if platform == "win32":
        data = Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        data = home / "Library" / "Application Support"
    else:
        data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "allegedly" / "gazetteer"


def added_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Give the imported dumps, in order of their names."""
    folder = folder or added_folder()
    return tuple(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()


def add_dump(path: Path, shipped: PlaceTable, *, folder: Path | None = None) -> Added:
    """
    Import a country dump of GeoNames; an older import of the same name is replaced, at once or not at all.

    Args:
        path: The dump.
        shipped: The shipped table, for the codes of countries.
        folder: Where to store it; the user's data folder if not given.

    Raises:
        GazetteerError: It is no dump, or cannot be stored.
    """
    folder = folder or added_folder()
    if not _TITLE.fullmatch(path.stem):
        raise GazetteerError(
            f"{path}: this name cannot be a gazetteer's", path=path, hint="call it after its country, as UA.txt"
        )
    dump = read_dump(path, shipped.header["codes"])
    about = {"title": path.stem, "sources": {path.name: f"{dump.lines} lines"}, "licence": "GeoNames, CC BY 4.0"}
    stored = folder / f"{path.stem}{SUFFIX}"
    replaced = stored.is_file()
    _store(stored, write_table(dump.entries, about=about))
    return Added(stored, len(dump.entries), dump.lines, dump.bad, replaced)


def _store(file: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there."""
    temporary: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".part", delete=False) as part:
            temporary = Path(part.name)
            part.write(data)
        temporary.replace(file)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise GazetteerError(
            f"{file}: the gazetteer cannot be stored: {error.strerror}",
            path=file,
            hint="make room, or set XDG_DATA_HOME",
        ) from error
