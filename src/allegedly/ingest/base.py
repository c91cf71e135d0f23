"""
What taking in gives: arrivals, failures, and what was passed over; what it is given: raw bytes and options.

One input may give many items. A feeder knows one format and nothing else: bytes
in, items out, in the order in which they stand there. It never stops at a bad
part: that becomes a :class:`Failure` with one of the reasons below.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol

from allegedly.errors import InputError, UsageError
from allegedly.records.document import Document
from allegedly.records.retrieval import Retrieval

Kind = Literal["text", "jsonl", "json", "html", "feed", "opml", "pdf", "warc", "wacz"]
REASONS: Final = (
    "address-refused",  # a private, loopback or otherwise reserved address
    "damaged",  # begins as what it is and cannot be read as that
    "empty",  # no words in it
    "encoding",  # no text in the encoding stated
    "encrypted",  # wants a password
    "extra-missing",  # an optional library is not installed
    "http-status",  # the server answered with an error
    "json",  # no JSON, or JSON that is no document
    "network",  # no connection, or one that broke off
    "no-text",  # a page or PDF from which no text could be taken
    "not-found",  # no such file
    "robots",  # the site asks robots to stay away
    "too-large",  # more bytes than allowed
    "too-many-redirects",
    "too-slow",  # took longer than allowed
    "unreadable",  # may not be opened, or is no file
    "unsupported",  # a format that is not read
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came in, with how it came in."""

    document: Document
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Failure:
    """
    What gave no document, and why.

    Args:
        place: The input, or the part of it.
        reason: One of :data:`REASONS`.
        message: What happened and where.
        hint: What to do next.
    """

    place: str
    reason: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """
    What was passed over on purpose.

    Args:
        place: The input, or the part of it.
        reason: ``unchanged``: the server says so. ``known``: taken in before. ``repeated``: met before in this run.
    """

    place: str
    reason: Literal["unchanged", "known", "repeated"]


# What opening, reading and unpacking raise.
BROKEN: Final = (OSError, EOFError, zlib.error)
Item = Arrival | Failure | Skipped


def fail(place: str, error: InputError) -> Failure:
    """Turn an error into an item."""
    return Failure(place, error.reason, str(error), error.hint)


@dataclass(frozen=True, slots=True)
class Received:
    """
    Bytes to take in, and what is known of them before anybody has looked inside; opened once.

    Args:
        place: What to call them.
        open: Gives them as a stream.
        name: File name, or the last part of the URL; empty if there is none.
        url: Where they were fetched, without credentials.
        media_type: As the server states it, lower case, without parameters.
        charset: As the server states it.
        retrieved: When they were fetched, ISO 8601.
        headers: Headers of the response that are kept.
    """

    place: str
    open: Callable[[], BinaryIO]
    name: str = ""
    url: str | None = None
    media_type: str = ""
    charset: str = ""
    retrieved: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def read(self, most: int) -> bytes:
        """
        Read all of it.

        Raises:
            InputError: If it is longer than ``most`` bytes or cannot be read.
        """
        try:
            with self.open() as stream:
                data = stream.read(most + 1)
        except BROKEN as error:
            raise unreadable(self.place, error) from error
        if len(data) > most:
            raise InputError(
                f"{self.place}: longer than {most:,} bytes", reason="too-large", hint="raise the limit with --max-bytes"
            )
        return data


def hold(place: str, data: bytes, **known: str | tuple[tuple[str, str], ...] | None) -> Received:
    """Make bytes in memory something received; further fields by name."""
    return Received(place, lambda: io.BytesIO(data), **known)  # type: ignore[arg-type]  # fields by name


def unreadable(place: str, error: Exception) -> InputError:
    """Say why something cannot be opened or read."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return InputError(f"{place}: breaks off or is damaged: {words}", reason="damaged", hint="copy it again")
    reason = "not-found" if isinstance(error, FileNotFoundError) else "unreadable"
    return InputError(f"{place}: {words}", reason=reason, hint="give a file that exists and may be read")


def digest_of(data: bytes) -> str:
    """Give the ``sha256:`` of raw bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How to take in; immutable.

    Args:
        encoding: Encoding of text files and JSON Lines.
        max_bytes: Unit: bytes. A larger page, PDF, text or line is refused; JSON Lines and archives may be longer.
        allow_private: Fetch from private and loopback addresses too.
        obey_robots: Ask robots.txt before each page.
        delay: Unit: seconds between two requests to one host.
        timeout: Unit: seconds for one request, from connecting to the last byte.
        max_redirects: More of them in a row are given up.
        max_entries: Entries of one feed that are followed, newest first as the feed has them.
        follow: Fetch the pages that a feed names; otherwise the text in the feed itself is taken.
        user_agent: How we introduce ourselves; empty: name and version.
        keep: Folder for the raw bytes, each in a file named after its digest; None keeps none.
        known: Says whether what stands at a place was taken in before; asked for entries of feeds only.

    Raises:
        UsageError: If a number is out of range.
    """

    encoding: str = "utf-8"
    max_bytes: int = 50_000_000
    allow_private: bool = False
    obey_robots: bool = True
    delay: float = 1.0
    timeout: float = 30.0
    max_redirects: int = 5
    max_entries: int = 500
    follow: bool = True
    user_agent: str = ""
    keep: Path | None = None
    known: Callable[[str], bool] = field(default=lambda _: False)

    def __post_init__(self) -> None:
        least = {"max_bytes": 1, "delay": 0, "timeout": 0.001, "max_redirects": 0, "max_entries": 1}
        wrong = [name for name, bound in least.items() if not getattr(self, name) >= bound]
        if wrong:
            raise UsageError(f"too small: {', '.join(f'{name} = {getattr(self, name)}' for name in wrong)}")
        if not self.user_agent.isprintable() or not self.user_agent.isascii():
            raise UsageError("the user agent must be printable ASCII")


class Feeder(Protocol):
    """Reads one format; implementations are functions."""

    def __call__(self, received: Received, options: Options) -> Iterator[Item]:
        """
        Give the items of one input, in order.

        Raises:
            InputError: If nothing, or nothing more, can be taken from it.
            ExtraError: If the library for it is not installed.
        """
        ...
