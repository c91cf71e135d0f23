"""
The JSON objects that are documents: ours, NGEC's, trafilatura's and auto-archiver's.

Ours is strict, as it is documented: a wrong type or date is an error. The
others are what those programs write, so that missing and odd values are passed
over and the text alone must be there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from allegedly.errors import InputError
from allegedly.ingest.arrive import Found
from allegedly.ingest.decode import is_iso_date

_TRAFILATURA: Final = frozenset(("fingerprint", "raw_text", "source-hostname", "hostname", "source"))
_HINT: Final = 'it needs at least {"text": "…"}'


class Line(msgspec.Struct):
    """One object of our own form; keys that are not named here are none of our business."""

    text: str
    id: str | int = ""
    published: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None


class Shape(NamedTuple):
    """
    One program's form of a document.

    Args:
        name: Name of the program.
        fits: Says whether an object has this form.
        found: Reads it.
    """

    name: str
    fits: Callable[[Mapping[str, Any]], bool]
    found: Callable[[Mapping[str, Any], str], Found]


def read_object(item: object, place: str) -> Found:
    """
    Read one decoded JSON value.

    Args:
        item: The value.
        place: What to call it in messages.

    Raises:
        InputError: If it is no document of any known form.
    """
    if isinstance(item, Mapping):
        for shape in SHAPES:
            if shape.fits(item):
                return _with_text(shape.found(item, place), place)
    return _with_text(_ours(item, place), place)


def _with_text(found: Found, place: str) -> Found:
    if not found.text.strip():
        raise InputError(f"{place}: the text is empty", reason="empty")
    try:
        found.text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{place}: holds half a character (a lone surrogate)", reason="encoding") from error
    return found


def _ours(item: object, place: str) -> Found:
    try:
        line = msgspec.convert(item, Line)
    except msgspec.ValidationError as error:
        raise InputError(f"{place}: not a document: {error}", reason="json", hint=_HINT) from error
    if line.published is not None and not is_iso_date(line.published):
        raise InputError(f"{place}: published is {line.published!r}, no ISO 8601 date", reason="json")
    return Found(
        text=line.text,
        kind="jsonl",
        extractor="allegedly",
        version="1",
        id=str(line.id),
        title=line.title,
        url=line.url,
        publisher=line.publisher,
        published_as=line.published,
        language=line.language,
    )


def _ngec(item: Mapping[str, Any], place: str) -> Found:
    return _foreign(
        "NGEC", item, place, text="event_text", date="date", language="lang", id="id", publisher="publisher"
    )


def _trafilatura(item: Mapping[str, Any], place: str) -> Found:
    return _foreign(
        "trafilatura",
        item,
        place,
        text="text" if item.get("text") else "raw_text",
        url="source" if item.get("source") else "url",
        publisher="source-hostname" if item.get("source-hostname") else "sitename",
        date="date",
        id="id",
        language="language",
    )


def _auto_archiver(item: Mapping[str, Any], place: str) -> Found:
    return _foreign("auto-archiver", item["metadata"], place, text="content", date="timestamp")


def _foreign(program: str, item: Mapping[str, Any], place: str, **keys: str) -> Found:
    """Read another program's object: ``keys`` says which of its keys holds what."""
    text = item.get(keys["text"])
    if not isinstance(text, str):
        raise InputError(f"{place}: not a document: no text in {keys['text']}, where {program} has it", reason="json")

    def words(name: str) -> str | None:
        value = item.get(keys.get(name, name))
        return str(value) if isinstance(value, (str, int)) and value != "" else None

    return Found(
        text=text,
        kind="jsonl",
        extractor=program,
        version="",
        id=words("id") or "",
        title=words("title"),
        url=words("url"),
        publisher=words("publisher"),
        published_as=words("date"),
        language=words("language"),
        byline=words("author"),
    )


SHAPES: Final = (
    Shape("NGEC", lambda item: "event_text" in item, _ngec),
    Shape("auto-archiver", lambda item: isinstance(item.get("metadata"), Mapping) and "status" in item, _auto_archiver),
    Shape("trafilatura", lambda item: not _TRAFILATURA.isdisjoint(item), _trafilatura),
)
