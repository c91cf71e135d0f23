"""
Fetching, politely and guarded: robots.txt, a pause between requests to one host, limits, public addresses only.

Every hop of a redirect is judged like the first one. User names and passwords
in URLs are neither sent nor stored. Proxies of the environment are not used:
the address that was checked is the one we connect to.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import SplitResult

from allegedly.errors import InputError
from allegedly.ingest.addresses import Resolve, checked_addresses
from allegedly.ingest.base import Options, Received, hold
from allegedly.ingest.connect import Answer, request
from allegedly.ingest.extras import version_of
from allegedly.ingest.headers import kept_headers, media_type_of
from allegedly.ingest.robots import MOST, Robots
from allegedly.ingest.urls import clean_url, join_url, split_url

AGENT: Final = "allegedly"
REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
UNCHANGED: Final = 304
_ACCEPT: Final = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf;q=0.9,*/*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a version of a page by; sent back to it the next time."""

    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Fetcher:
    """
    Fetches pages one at a time; made once per run.

    Args:
        options: Limits and manners.
        resolve: ``socket.getaddrinfo``, or what tests put in its place.
        sleep: Waits. Unit: seconds.
        clock: A clock that never goes back. Unit: seconds.
    """

    options: Options
    resolve: Resolve = socket.getaddrinfo
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)
    _robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self._robots = Robots(ask=lambda parts: self._follow(parts, {}, MOST, robots=False)[1], agent=AGENT)

    def fetch(self, url: str, validators: Validators | None = None) -> Received | None:
        """
        Fetch a page.

        Args:
            url: Its URL.
            validators: Of the version that is known; None fetches in any case.

        Returns:
            The page; None if it is the version that is known.

        Raises:
            InputError: If it may not or cannot be fetched within the limits.
            ExtraError: If urllib3 or Protego is not installed.
        """
        headers = _conditions(validators or Validators())
        parts, answer = self._follow(split_url(url), headers, self.options.max_bytes, robots=self.options.obey_robots)
        if answer.status == UNCHANGED:
            return None
        place = clean_url(url)
        if answer.status != 200:
            wait = answer.headers.get("retry-after", "")
            hint = f"the server asks to wait {wait}" if wait else "open it in a browser"
            raise InputError(f"{place}: the server answered {answer.status}", reason="http-status", hint=hint)
        media, charset = media_type_of(answer.headers.get("content-type", ""))
        return hold(
            place,
            answer.body,
            name=parts.path.rsplit("/", 1)[-1],
            url=clean_url(parts.geturl()),
            media_type=media,
            charset=charset,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            headers=kept_headers(answer.headers),
        )

    def _follow(
        self, parts: SplitResult, headers: dict[str, str], most: int, *, robots: bool
    ) -> tuple[SplitResult, Answer]:
        """Send the request and follow redirects; give the last URL and its answer."""
        first = clean_url(parts.geturl())
        for _ in range(self.options.max_redirects + 1):
            answer = self._hop(parts, headers, most, robots=robots)
            link = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not link:
                return parts, answer
            parts = split_url(join_url(parts.geturl(), link))
        raise InputError(f"{first}: more than {self.options.max_redirects} redirects", reason="too-many-redirects")

    def _hop(self, parts: SplitResult, headers: dict[str, str], most: int, *, robots: bool) -> Answer:
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        private = self.options.allow_private
        addresses = checked_addresses(host, port, allow_private=private, resolve=self.resolve)
        pause = self.options.delay
        if robots:
            self._robots.check(parts)
            pause = max(pause, self._robots.delay(parts))
        self._wait(host, pause)
        own = {
            "User-Agent": self.options.user_agent or f"{AGENT}/{version_of(AGENT)}",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        try:
            return request(parts, addresses, own | headers, timeout=self.options.timeout, most=most)
        finally:
            self._last[host] = self.clock()

    def _wait(self, host: str, pause: float) -> None:
        """Wait until the last request to a host is long enough ago."""
        if host in self._last:
            left = self._last[host] + pause - self.clock()
            if left > 0:
                self.sleep(left)


def _conditions(validators: Validators) -> dict[str, str]:
    """Give the headers that ask for a page only if it is another version."""
    given = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in given.items() if value}
