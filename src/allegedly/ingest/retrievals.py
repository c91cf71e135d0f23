"""
What is known of retrievals, kept in a file of JSON Lines beside the store.

Lines are only added, each before its document is committed: a document in the
store always has its line, and the last line of a document holds.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from allegedly.errors import UsageError
from allegedly.ingest.base import Arrival
from allegedly.settings import default_store


def folder_beside(store: str | Path) -> Path:
    """Give the folder beside a store in a file; for one on a server, where the usual one would be."""
    place = default_store() if "://" in str(store) else Path(store)
    return place.with_name(f"{place.name}.intake")


class Retrievals:
    """
    The file, open for adding while the context lasts.

    Args:
        path: The file; made with its folder when the first line is added.

    Raises:
        UsageError: If it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, arrival: Arrival) -> None:
        """
        Add what is known of a document.

        Raises:
            UsageError: If it cannot be written.
        """
        row = {"document": arrival.document.id, "text": arrival.document.digest} | asdict(arrival.retrieval)
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("ab")
            self._file.write(msgspec.json.encode(row) + b"\n")
            self._file.flush()
        except OSError as error:
            raise UsageError(f"{self.path}: retrievals cannot be kept there: {error.strerror}") from error
