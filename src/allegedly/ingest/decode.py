"""
Bytes to text: what is no text in the stated encoding is said with its place, and never guessed at.

A text in the wrong encoding would give spans of words that nobody printed.
"""

from __future__ import annotations

import codecs
from datetime import datetime

from allegedly.errors import InputError, UsageError

_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\xd0\xcf\x11\xe0")
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """
    Decode a text, line ends untouched; a byte order mark is no part of it.

    Args:
        data: The file's bytes.
        name: What to call it in messages.
        encoding: Its encoding.

    Raises:
        UsageError: If there is no such encoding.
        InputError: If it is binary, empty, or not in that encoding.
    """
    codec = find_codec(encoding)
    if codec == "utf-8" and (data.startswith(UTF16)):
        raise InputError(f"{name}: this is UTF-16, not UTF-8", reason="encoding", hint="add --encoding utf-16")
    if is_binary(data) and not codec.startswith(("utf-16", "utf-32")):
        hint = "give the report as plain text"
        raise InputError(f"{name}: a binary file, not a text", reason="unsupported", hint=hint)
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise broken(data, error, name) from error
    if not text.strip():
        raise InputError(f"{name}: the text is empty", reason="empty", hint="give a file with a report in it")
    return text


def is_binary(data: bytes) -> bool:
    """Say whether bytes are those of a binary file, as far as their beginning and zero bytes tell."""
    return data.startswith(_MAGIC) or b"\0" in data


def find_codec(encoding: str) -> str:
    """
    Give the canonical name of a text encoding.

    Raises:
        UsageError: If there is no such encoding.
    """
    try:
        codec = codecs.lookup(encoding)
        b" ".decode(encoding, "replace")  # codecs of bytes to bytes ("hex") are refused here
    except (LookupError, ValueError) as error:
        raise UsageError(f"there is no text encoding {encoding!r}", hint="try utf-8, cp1251 or latin-1") from error
    return codec.name


def broken(data: bytes, error: UnicodeDecodeError, name: str) -> InputError:
    """Say at which byte, and in which line, a text leaves its encoding."""
    line = data.count(b"\n", 0, error.start) + 1
    bad = f"0x{data[error.start]:02x}" if error.start < len(data) else "the end"
    return InputError(
        f"{name}: broken {error.encoding} at byte {error.start} (line {line}): {bad}, {error.reason}",
        reason="encoding",
        hint="say which encoding it is with --encoding, for example --encoding cp1252",
    )


def is_iso_date(words: str) -> bool:
    """Say whether the words are a date or a date with time as ISO 8601 writes them."""
    try:
        datetime.fromisoformat(words)
    except ValueError:
        return False
    return True
