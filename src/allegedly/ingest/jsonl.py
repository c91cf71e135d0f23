"""
JSON Lines, one document a line, and JSON files that hold one document or a list of them.

Lines are read one by one, so that a file of any length needs the memory of its
longest line. Each document's raw bytes are its line.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import msgspec

from allegedly.errors import DocumentError, InputError
from allegedly.ingest.arrive import Found, arrive
from allegedly.ingest.base import BROKEN, Arrival, Failure, Item, Options, Received, fail, hold, unreadable
from allegedly.ingest.decode import broken, decode_text, find_codec
from allegedly.ingest.shapes import read_object
from allegedly.records.document import Document


def feed_lines(received: Received, options: Options) -> Iterator[Item]:
    """
    Take JSON Lines in; empty lines are passed over.

    Raises:
        InputError: If the file cannot be opened or breaks off.
        UsageError: If there is no such encoding.
    """
    codec = find_codec(options.encoding)
    try:
        with received.open() as lines:
            for number, line in enumerate(_lines(lines, options.max_bytes), 1):
                if line.strip():
                    yield _item(line, f"{received.place}:{number}", codec, received, options)
    except BROKEN as error:
        raise unreadable(received.place, error) from error


def _lines(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Give the lines; of one that is longer than allowed only so much that it is seen to be too long."""
    while line := stream.readline(most + 1):
        yield line
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := stream.readline(most)) and not rest.endswith(b"\n"):
                pass


def _item(line: bytes, place: str, codec: str, received: Received, options: Options) -> Arrival | Failure:
    if len(line) > options.max_bytes:
        return Failure(place, "too-large", f"{place}: longer than {options.max_bytes:,} bytes")
    try:
        return arrive(read_line(line, place, codec), line, place=place, received=received, options=options)
    except InputError as error:
        return fail(place, error)


def read_line(line: bytes, place: str, codec: str = "utf-8") -> Found:
    """
    Read one line.

    Args:
        line: Its bytes.
        place: What to call it in messages.
        codec: Canonical name of its encoding.

    Raises:
        InputError: If it is no document.
    """
    line = line.removeprefix(codecs.BOM_UTF8)
    try:
        item = msgspec.json.decode(line if codec == "utf-8" else line.decode(codec).encode())
    except UnicodeDecodeError as error:
        raise broken(line, error, place) from error
    except (msgspec.DecodeError, RecursionError) as error:
        hint = "each line must be one JSON object"
        raise InputError(f"{place}: no JSON: {error}", reason="json", hint=hint) from error
    return read_object(item, place)


def feed_json(received: Received, options: Options) -> Iterator[Item]:
    """
    Take a JSON file in: one document over several lines, a list of them, or JSON Lines under another name.

    Raises:
        InputError: If it is too large, or no JSON.
        UsageError: If there is no such encoding.
    """
    data = received.read(options.max_bytes)
    text = decode_text(data, name=received.place, encoding=options.encoding)
    try:
        item = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        if len(text.splitlines()) < 2:
            raise InputError(f"{received.place}: no JSON: {error}", reason="json") from error
        yield from feed_lines(_again(received, data), options)
        return
    if not isinstance(item, list):
        yield _of_object(item, received.place, data, received, options)
        return
    for number, part in enumerate(item, 1):
        yield _of_object(part, f"{received.place}#{number}", msgspec.json.encode(part), received, options)


def _again(received: Received, data: bytes) -> Received:
    """Give what was read once more."""
    return hold(
        received.place, data, name=received.name, url=received.url, retrieved=received.retrieved,
        headers=received.headers,
    )  # fmt: skip


def _of_object(item: object, place: str, data: bytes, received: Received, options: Options) -> Arrival | Failure:
    try:
        return arrive(read_object(item, place), data, place=place, received=received, options=options)
    except InputError as error:
        return fail(place, error)


def read_lines(
    lines: Iterable[bytes], *, name: str, failed: Callable[[DocumentError], None], encoding: str = "utf-8"
) -> Iterator[Document]:
    """
    Read documents from lines, one after the other as they are asked for.

    A line that is no document is handed to ``failed`` with its number, and the
    rest goes on; empty lines are skipped.

    Args:
        lines: The lines, as bytes.
        name: What to call the input in messages.
        failed: Takes what could not be read.
        encoding: Encoding of the lines.

    Raises:
        UsageError: If there is no such encoding.
    """
    codec = find_codec(encoding)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            found = read_line(line, place, codec)
        except DocumentError as error:
            failed(error)
        else:
            yield arrive(found, line, place=place, received=hold(name, line), options=Options()).document
