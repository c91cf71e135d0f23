"""
Files and folders: which files an input means, in a stable order, and each of them opened.

Folders are walked to the bottom, names in order; hidden files are left out. A
link to a folder is followed unless that folder was entered before, so that
loops end.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from allegedly.ingest.base import Failure, Received, fail, unreadable
from allegedly.ingest.detect import HEAD, is_gzip


def walk_files(path: Path) -> Iterator[Path | Failure]:
    """
    Give the file, or all files below the folder, in order of their names.

    Folders that may not be entered, and what is no regular file, are failures.
    """
    yield from _walk(path, set())


def _walk(path: Path, entered: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        status = path.stat()
        if not stat.S_ISDIR(status.st_mode):
            yield path if stat.S_ISREG(status.st_mode) else _no_file(path)
            return
        if (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        inside = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except (OSError, ValueError) as error:
        yield fail(str(path), unreadable(str(path), error))
        return
    for name in inside:
        yield from _walk(path / name, entered)


def _no_file(path: Path) -> Failure:
    return Failure(str(path), "unreadable", f"{path}: no regular file", "give a file or a folder")


def size_of(path: Path) -> int:
    """Give the size of a file in bytes; 0 if that cannot be found out."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def receive_file(path: Path) -> Received:
    """Make a file something received; it is opened later."""
    return Received(str(path), lambda: open_file(path), name=path.name)


def receive_stream(stream: BinaryIO) -> Received:
    """Make standard input something received; it is not closed."""
    return Received("standard input", lambda: cast("BinaryIO", _Unclosed(stream)))


def open_file(path: Path) -> BinaryIO:
    """
    Open a file for reading.

    Raises:
        InputError: If it cannot be opened.
    """
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(str(path), error) from error


def look_into(received: Received) -> tuple[bytes, Received]:
    """
    Give the first bytes of something received, and the same with those bytes still to be read.

    Raises:
        InputError: If it cannot be opened or read.
    """
    stream = _buffered(received.open())
    try:
        head = stream.peek(HEAD)[:HEAD]
    except OSError as error:
        stream.close()
        raise unreadable(received.place, error) from error
    return head, _with_stream(received, cast("BinaryIO", stream))


def unpacked(received: Received, head: bytes) -> Received:
    """Give what is inside gzip, if it is that; WARC readers unpack by themselves."""
    if not is_gzip(head):
        return received
    return _with_stream(received, cast("BinaryIO", gzip.GzipFile(fileobj=received.open())))


def _with_stream(received: Received, stream: BinaryIO) -> Received:
    return replace(received, open=lambda: stream)


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), buffer_size=2 * HEAD)


class _Unclosed(io.RawIOBase):
    """A stream that others go on with: reading ends, it stays open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
