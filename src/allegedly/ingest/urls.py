"""URLs as they may be stored: without user name, password, fragment, and without the values of secret parameters."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from allegedly.errors import InputError

WEB: Final = ("http", "https")
_SECRET = re.compile(
    r"(?P<key>(?:^|[&;])(?:[\w.-]*(?:token|password|passwd|secret|signature|credential)|api[_-]?key|apikey|auth|sig|sid"
    r"|jsessionid|phpsessid)=)[^&;]*",
    re.IGNORECASE,
)


def is_url(words: str) -> bool:
    """Say whether an input is the address of something on the web."""
    return words.lower().startswith(("http://", "https://"))


def clean_url(url: str) -> str:
    """
    Give a URL as it may be stored and shown; what is no URL on the web is left as it is.

    Example:
        >>> clean_url("HTTPS://ann:secret@News.example/a?id=3&api_key=77#top")
        'https://news.example/a?id=3&api_key='
    """
    if not is_url(url):
        return url
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return re.sub(r"//[^/]*@", "//", url)
    place = f"[{host}]" if ":" in host else host
    place = place if port is None else f"{place}:{port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path, _SECRET.sub(r"\g<key>", parts.query), ""))


def split_url(url: str) -> SplitResult:
    """
    Take a URL apart, its host in ASCII (IDNA); user name, password and fragment are left out.

    Raises:
        InputError: If it is no URL that can be fetched.
    """
    shown = clean_url(url)
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode()
        port = parts.port
    except ValueError as error:  # UnicodeError is one
        raise InputError(f"{shown}: no URL: {error}", reason="unsupported") from error
    if parts.scheme.lower() not in WEB or not host or any(sign.isspace() or sign < " " for sign in url.strip()):
        raise InputError(f"{shown}: no http or https URL", reason="unsupported")
    place = f"[{host}]" if ":" in host else host
    place = place if port is None else f"{place}:{port}"
    return SplitResult(parts.scheme.lower(), place, parts.path or "/", parts.query, "")


def join_url(base: str, link: str) -> str:
    """Give the full URL of a link on a page; the link itself if it cannot be joined."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link
