"""
Bytes in, documents out: decode a text, or read JSON Lines one by one.

What cannot be read is said with its place (byte, line) and never guessed at: a
text in the wrong encoding would give spans of words that nobody printed.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from allegedly.errors import DocumentError, UnreadableDocument, UsageError
from allegedly.records.document import Document

_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\xd0\xcf\x11\xe0")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Line(msgspec.Struct):
    """One line of JSON Lines; keys that are not named here are none of our business."""

    text: str
    id: str | int = ""
    published: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None


_decoder = msgspec.json.Decoder(Line)


def decode_text(data: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """
    Decode a text, line ends untouched; a byte order mark is no part of it.

    Args:
        data: The file's bytes.
        name: What to call it in messages.
        encoding: Its encoding.

    Raises:
        UsageError: If there is no such encoding.
        UnreadableDocument: If it is binary, empty, or not in that encoding.
    """
    codec = _codec(encoding)
    if codec == "utf-8" and (data.startswith(_UTF16)):
        raise UnreadableDocument(f"{name}: this is UTF-16, not UTF-8", hint="add --encoding utf-16")
    if data.startswith(_MAGIC) or (b"\0" in data and not codec.startswith(("utf-16", "utf-32"))):
        raise UnreadableDocument(f"{name}: a binary file, not a text", hint="give the report as plain text")
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise _broken(data, error, name) from error
    if not text.strip():
        raise UnreadableDocument(f"{name}: the text is empty", hint="give a file with a report in it")
    return text


def _codec(encoding: str) -> str:
    """Give the canonical name of a text encoding."""
    try:
        codec = codecs.lookup(encoding)
        b" ".decode(encoding, "replace")  # codecs of bytes to bytes ("hex") are refused here
    except (LookupError, ValueError) as error:
        raise UsageError(f"there is no text encoding {encoding!r}", hint="try utf-8, cp1251 or latin-1") from error
    return codec.name


def _broken(data: bytes, error: UnicodeDecodeError, name: str) -> UnreadableDocument:
    line = data.count(b"\n", 0, error.start) + 1
    bad = f"0x{data[error.start]:02x}" if error.start < len(data) else "the end"
    return UnreadableDocument(
        f"{name}: broken {error.encoding} at byte {error.start} (line {line}): {bad}, {error.reason}",
        hint="say which encoding it is with --encoding, for example --encoding cp1252",
    )


def read_lines(
    lines: Iterable[bytes], *, name: str, failed: Callable[[DocumentError], None], encoding: str = "utf-8"
) -> Iterator[Document]:
    """
    Read documents from JSON Lines, one after the other as they are asked for.

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
    codec = _codec(encoding)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _document(line.removeprefix(codecs.BOM_UTF8), f"{name}:{number}", codec)
        except DocumentError as error:
            failed(error)


def _document(line: bytes, place: str, codec: str) -> Document:
    try:
        item = _decoder.decode(line if codec == "utf-8" else line.decode(codec).encode())
    except msgspec.ValidationError as error:
        raise UnreadableDocument(f"{place}: not a document: {error}", hint='it needs at least {"text": "…"}') from error
    except UnicodeDecodeError as error:
        raise _broken(line, error, place) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableDocument(f"{place}: no JSON: {error}", hint="each line must be one JSON object") from error
    if not item.text.strip():
        raise UnreadableDocument(f"{place}: the text is empty")
    if item.published is not None and not is_iso_date(item.published):
        raise UnreadableDocument(f"{place}: published is {item.published!r}, no ISO 8601 date")
    return Document(
        item.text,
        id=str(item.id),
        published=item.published,
        title=item.title,
        url=item.url,
        publisher=item.publisher,
    )


def is_iso_date(words: str) -> bool:
    """Say whether the words are a date or a date with time as ISO 8601 writes them."""
    try:
        datetime.fromisoformat(words)
    except ValueError:
        return False
    return True


def looks_like_html(text: str) -> bool:
    """Say whether a text begins as a web page does: its tags would be read as words."""
    return text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(("<!doctype html", "<html", "<?xml", "<head"))
