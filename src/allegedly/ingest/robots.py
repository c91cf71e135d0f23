"""
What a site asks of robots (RFC 9309), by Protego; asked once per site and run.

No file means no wishes. A site whose file cannot be had is left alone, as the
RFC wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult

from allegedly.errors import InputError
from allegedly.ingest.connect import Answer
from allegedly.ingest.extras import load_extra

if TYPE_CHECKING:
    from protego import Protego

MOST: Final = 512_000  # bytes; RFC 9309 asks for at least 500 kibibytes
LONGEST_DELAY: Final = 60.0  # seconds


@dataclass(slots=True)
class Robots:
    """
    The wishes of the sites met so far.

    Args:
        ask: Fetches a URL, redirects followed, robots.txt not asked.
        agent: Our name, as it may stand in the file.
    """

    ask: Callable[[SplitResult], Answer]
    agent: str
    _sites: dict[tuple[str, str], Protego | None] = field(default_factory=dict)

    def check(self, parts: SplitResult) -> None:
        """
        Ask whether a page may be fetched.

        Raises:
            InputError: If it may not, or if nobody answers.
        """
        site = self._of(parts)
        place = parts.geturl()
        if site is None:
            raise InputError(f"{place}: the site's robots.txt cannot be had", reason="robots", hint="try again later")
        if not site.can_fetch(place, self.agent):
            hint = "ask the publisher, or save the page yourself"
            raise InputError(f"{place}: the site asks robots to stay away (robots.txt)", reason="robots", hint=hint)

    def delay(self, parts: SplitResult) -> float:
        """Give the pause between two requests that the site asks for. Unit: seconds."""
        site = self._of(parts)
        wish = site.crawl_delay(self.agent) if site is not None else None
        return min(float(wish or 0), LONGEST_DELAY)

    def _of(self, parts: SplitResult) -> Protego | None:
        key = (parts.scheme, parts.netloc)
        if key not in self._sites:
            self._sites[key] = self._load(parts)
        return self._sites[key]

    def _load(self, parts: SplitResult) -> Protego | None:
        protego: type[Protego] = load_extra("protego", "asking robots.txt").Protego
        try:
            answer = self.ask(parts._replace(path="/robots.txt", query=""))
        except InputError:
            return None
        if answer.status == 200:
            return protego.parse(answer.body.decode("utf-8", "replace"))
        return protego.parse("") if 400 <= answer.status < 500 else None
