"""Which headers of a response are kept: those that say something of the document, none that say something of us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KEPT: Final = (
    "content-language", "content-length", "content-type", "date", "etag", "last-modified", "server", "via",
)  # fmt: skip


def kept_headers(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give the headers that are kept, names in lower case and in order."""
    lower = {name.lower(): value for name, value in headers.items()}
    return tuple((name, lower[name]) for name in KEPT if name in lower)


def media_type_of(content_type: str) -> tuple[str, str]:
    """
    Split a Content-Type.

    Returns:
        Media type and charset, both in lower case; empty where they are not stated.

    Example:
        >>> media_type_of('Text/HTML; Charset="UTF-8"')
        ('text/html', 'utf-8')
    """
    media, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media.strip().lower(), value.strip().strip("\"'").lower()
    return media.strip().lower(), ""
