"""
Which pages were visited, and what servers gave to recognise their versions by: a file of JSON Lines kept between runs.

A page counts as visited only when what came of it is stored: until
:meth:`Visits.commit` nothing is written, so that a killed run fetches again.
Lines are only added; the last one of a URL holds, and a torn one is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from allegedly.errors import UsageError
from allegedly.ingest.base import Received
from allegedly.ingest.fetch import Validators


class _Visit(msgspec.Struct):
    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Visits:
    """
    The visits of this run and of those before.

    Args:
        path: The file; None remembers nothing between runs.
    """

    path: Path | None = None
    _known: dict[str, Validators] = field(default_factory=dict)
    _new: list[_Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path is not None:
            self._known = {visit.url: Validators(visit.etag, visit.last_modified) for visit in _read(self.path)}

    def validators(self, url: str) -> Validators | None:
        """Give what the server gave at the last visit; None if there was none."""
        return self._known.get(url)

    def visited(self, url: str) -> bool:
        """Say whether a page was visited before, and what came of it stored."""
        return url in self._known

    def note(self, received: Received) -> None:
        """Note a visit; it holds when it is committed."""
        headers = dict(received.headers)
        self._new.append(_Visit(received.place, headers.get("etag", ""), headers.get("last-modified", "")))

    def commit(self) -> None:
        """
        Write down the visits noted since the last time.

        Raises:
            UsageError: If the file cannot be written.
        """
        visits, self._new = self._new, []
        self._known |= {visit.url: Validators(visit.etag, visit.last_modified) for visit in visits}
        if self.path is None or not visits:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(b"".join(b"\n" + msgspec.json.encode(visit) + b"\n" for visit in visits))
        except OSError as error:
            raise UsageError(f"{self.path}: visits cannot be kept there: {error.strerror}") from error


def _read(path: Path) -> Iterator[_Visit]:
    decoder = msgspec.json.Decoder(_Visit)
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    for line in lines:
        try:
            if line:
                yield decoder.decode(line)
        except msgspec.DecodeError:
            continue  # torn by a kill
