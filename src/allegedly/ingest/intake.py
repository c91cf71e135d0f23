"""
The one entry to taking in: inputs of any kind in, arrivals, failures and skips out, in the order of the inputs.

An input is a path, a folder, a URL, or ``-`` for standard input. What it is, is
found out by looking inside; one bad input never stops the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from allegedly.errors import ExtraError, InputError, UsageError
from allegedly.ingest.arrive import arrive
from allegedly.ingest.base import Arrival, Failure, Feeder, Item, Kind, Options, Received, Skipped, fail, hold
from allegedly.ingest.dates import read_published
from allegedly.ingest.decode import find_codec
from allegedly.ingest.detect import detect_kind, unpack_head
from allegedly.ingest.feeds import Entry, read_feed, read_opml, text_of_entry
from allegedly.ingest.fetch import Fetcher
from allegedly.ingest.files import look_into, receive_file, receive_stream, size_of, unpacked, walk_files
from allegedly.ingest.html import feed_html
from allegedly.ingest.jsonl import feed_json, feed_lines
from allegedly.ingest.pdf import feed_pdf
from allegedly.ingest.text import feed_text
from allegedly.ingest.urls import clean_url, is_url
from allegedly.ingest.visits import Visits
from allegedly.ingest.warc import open_wacz, open_warc

FEEDERS: Final[dict[Kind, Feeder]] = {
    "text": feed_text,
    "jsonl": feed_lines,
    "json": feed_json,
    "html": feed_html,
    "pdf": feed_pdf,
}
ARCHIVES: Final = {"warc": open_warc, "wacz": open_wacz}
_NAME_IT: Final = "name the file itself to have it followed"
_URL_WEIGHT: Final = 50_000  # bytes that one page stands for in the measure of progress


class _Unit(NamedTuple):
    """
    One input, or one file of a folder.

    Args:
        input: What to take in.
        weight: Its share of the progress. Unit: bytes.
        asked: True if the user named it; nothing that was merely found in a folder is reason to go to the network.
    """

    input: Path | str | Failure
    weight: int
    asked: bool = True


@dataclass(slots=True)
class Intake:
    """
    One run of taking in; iterated once.

    Args:
        inputs: Paths, folders, URLs, ``-``.
        options: How.
        visits: What is known of pages from earlier runs.

    Attributes:
        total: What there is to do. Unit: bytes, estimated for URLs.
        done: How much of it is done.

    Raises:
        UsageError: If there is no such encoding.
    """

    inputs: Iterable[str | Path]
    options: Options = field(default_factory=Options)
    visits: Visits = field(default_factory=Visits)
    fetcher: Fetcher | None = None
    total: int = field(init=False)
    done: int = field(init=False, default=0)
    _units: list[_Unit] = field(init=False)
    _met: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        find_codec(self.options.encoding)
        self._units = [unit for one in self.inputs for unit in _units(one)]
        self.total = sum(unit.weight for unit in self._units)

    def __iter__(self) -> Iterator[Item]:
        """Take the inputs in, one after the other."""
        before = 0
        for unit in self._units:
            yield from self._of_unit(unit, before)
            before += unit.weight
            self.done = before

    def hand_over(self, received: Received) -> Iterator[Item]:
        """Take in what somebody has handed over; nothing that is named in it is fetched."""
        yield from _guarded(received.place, lambda: self._of_head(*look_into(received), asked=False))

    def _of_unit(self, unit: _Unit, before: int) -> Iterator[Item]:
        if isinstance(unit.input, Failure):
            yield unit.input
        elif isinstance(unit.input, Path):
            yield from self._of_file(unit.input, before, asked=unit.asked)
        elif unit.input == "-":
            received = receive_stream(sys.stdin.buffer)
            yield from _guarded(received.place, lambda: self._of_received(received))
        else:
            yield from self._of_url(unit.input)

    def _of_file(self, path: Path, before: int, *, asked: bool) -> Iterator[Item]:
        """Take a file in; how far its stream was read is how much is done."""

        def items() -> Iterator[Item]:
            head, received = look_into(receive_file(path))
            with received.open() as stream:
                for item in self._of_head(head, received, asked=asked):
                    if not stream.closed:
                        self.done = before + stream.tell()
                    yield item

        yield from _guarded(str(path), items)

    def _of_received(self, received: Received) -> Iterator[Item]:
        yield from self._of_head(*look_into(received))

    def _of_head(self, head: bytes, received: Received, *, asked: bool = True) -> Iterator[Item]:
        """
        Look inside and hand over to whoever reads that.

        Raises:
            InputError: If nothing, or nothing more, can be taken from it.
            ExtraError: If the library for it is not installed.
        """
        kind = detect_kind(
            unpack_head(head), place=received.place, name=received.name, media_type=received.media_type
        )  # fmt: skip
        if kind in ARCHIVES:
            for part in ARCHIVES[kind](received, self.options):
                yield from [part] if isinstance(part, Failure) else self._of_part(part)
            return
        received = unpacked(received, head)
        if kind == "feed":
            entries = read_feed(received, self.options)
            yield from self._of_entries(received.place, entries, follow=self.options.follow and asked)
        elif kind == "opml" and not asked:
            yield Failure(received.place, "unsupported", f"{received.place}: a list of feeds in a folder", _NAME_IT)
        elif kind == "opml":
            for url in read_opml(received, self.options):
                yield from self._of_url(url)
        else:
            yield from FEEDERS[kind](received, self.options)

    def _of_part(self, part: Received) -> Iterator[Item]:
        """Take in one page of an archive; a feed or archive inside it is none of our business."""

        def items() -> Iterator[Item]:
            head, received = look_into(part)
            kind = detect_kind(head, place=part.place, media_type=part.media_type)
            yield from FEEDERS[kind](received, self.options) if kind in {"html", "pdf", "text"} else ()

        yield from _guarded(part.place, items)

    def _of_url(self, url: str) -> Iterator[Item]:
        """Fetch what a URL names and take it in; the visit is noted if all went well."""
        place = clean_url(url)
        if place in self._met:
            yield Skipped(place, "repeated")
            return
        self._met.add(place)
        received: Received | None = None
        well = True

        def items() -> Iterator[Item]:
            nonlocal received
            self.fetcher = self.fetcher or Fetcher(self.options)
            received = self.fetcher.fetch(url, self.visits.validators(place))
            yield from [Skipped(place, "unchanged")] if received is None else self._of_received(received)

        for item in _guarded(place, items):
            well = well and not isinstance(item, Failure)
            yield item
        if received is not None and well:
            self.visits.note(received)

    def _of_entries(self, place: str, entries: tuple[Entry, ...], *, follow: bool) -> Iterator[Item]:
        """Take in what a feed names; what the page does not say of itself, the feed says."""
        for number, entry in enumerate(entries, 1):
            if entry.url and self.options.known(entry.url):
                yield Skipped(entry.url, "known")
            elif not follow:
                yield from _guarded(place, partial(self._in_feed, place, number, entry))
            elif not is_url(entry.url):
                message = f"{place}#{number}: the entry names no page"
                yield Failure(f"{place}#{number}", "unsupported", message, "add --no-follow to take the feed's text")
            else:
                yield from (_filled(item, entry) for item in self._of_url(entry.url))

    def _in_feed(self, place: str, number: int, entry: Entry) -> Iterator[Item]:
        """Take in the text of an entry itself."""
        part = f"{place}#{number}"
        found, data = text_of_entry(entry, place=part), entry.text.encode()
        yield arrive(found, data, place=part, received=hold(part, data), options=self.options)


def ingest(inputs: Iterable[str | Path], options: Options | None = None) -> Iterator[Item]:
    """
    Take documents in.

    Args:
        inputs: Paths of files and folders, URLs, ``-`` for standard input; what each is, is found out.
        options: Limits and manners.

    Yields:
        Arrivals, failures and skips, in the order of the inputs and of what is inside them.

    Raises:
        UsageError: If the options cannot be used; never because of an input.
    """
    yield from Intake(inputs, options or Options())


def _units(one: str | Path) -> Iterator[_Unit]:
    """Give the files that an input means; URLs and standard input as they are."""
    if isinstance(one, str) and (one == "-" or "://" in one):
        yield _Unit(one, _URL_WEIGHT)
        return
    for path in walk_files(Path(one)):
        yield _Unit(path, 0 if isinstance(path, Failure) else size_of(path), asked=path == Path(one))


def _guarded(place: str, items: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """Let nothing that an input does to a library stop the run."""
    try:
        yield from items()
    except InputError as error:
        yield fail(place, error)
    except ExtraError as error:
        yield Failure(place, "extra-missing", f"{place}: {error}", error.hint)
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001  # parsers of hostile formats raise anything
        yield Failure(place, "damaged", f"{place}: cannot be read: {type(error).__name__}: {error}")


def _filled(item: Item, entry: Entry) -> Item:
    """Add what the feed says of an entry where the page itself says nothing."""
    if not isinstance(item, Arrival):
        return item
    document, retrieval = item.document, item.retrieval
    dated = None if document.published else read_published(entry.published_as)
    document = replace(
        document,
        title=document.title or entry.title,
        publisher=document.publisher or entry.publisher,
        published=document.published or dated,
        language=document.language or entry.language,
    )
    published_as = entry.published_as if dated else retrieval.published_as
    return Arrival(document, replace(retrieval, published_as=published_as, byline=retrieval.byline or entry.byline))
