"""
The gold corpora: where they lie, and whether they are the ones the floors were measured on.

Nothing of them is in the repository. They are looked for in ``../shared/data``,
seen from the repository, or below the folder that ``ALLEGEDLY_SHARED`` names.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LIST = HERE / "corpora.toml"


class CorpusMissingError(Exception):
    """A corpus is not on this machine: what needs it cannot be run."""


class CorpusChangedError(Exception):
    """A corpus is there, but is not the one whose digest is written down."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """
    One gold file; made by :func:`load_corpora`.

    Args:
        name: Name in ``corpora.toml``, ``floors.json`` and tables.
        path: File below the data folder.
        origin: Where it comes from.
        licence: As stated there.
        split: Which part it is, and how it was parted.
        digest: SHA-256 of the file, hexadecimal.
    """

    name: str
    path: str
    origin: str
    licence: str
    split: str
    digest: str

    @property
    def file(self) -> Path:
        """Where the file should be."""
        return shared_folder() / "data" / self.path

    def verify(self) -> Path:
        """
        Give the file, if it is the right one.

        Raises:
            CorpusMissingError: If there is no such file.
            CorpusChangedError: If its digest is another.
        """
        if not self.file.is_file():
            raise CorpusMissingError(f"{self.name}: no file {self.file}")
        found = hashlib.sha256(self.file.read_bytes()).hexdigest()
        if found != self.digest:
            raise CorpusChangedError(
                f"{self.name}: {self.file} has digest {found[:12]}…, corpora.toml says {self.digest[:12]}…"
            )
        return self.file

    def lines(self) -> Iterator[dict[str, Any]]:
        """Read the JSON objects of the file, line by line."""
        with gzip.open(self.verify(), "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)


def shared_folder() -> Path:
    """Give the folder that holds the corpora and the shared scorers."""
    stated = os.environ.get("ALLEGEDLY_SHARED")
    return Path(stated) if stated else HERE.parent.parent / "shared"


def load_corpora(path: Path = LIST) -> dict[str, Corpus]:
    """Read the list of corpora."""
    with path.open("rb") as file:
        return {name: Corpus(name=name, **entry) for name, entry in tomllib.load(file).items()}
