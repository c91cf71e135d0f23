"""Slow down those who guess: after some free attempts, each further one has to wait twice as long as the one before."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from threading import Lock

LONGEST = 300.0  # seconds; more would let anybody keep a user out by guessing
FORGOTTEN = 3600.0  # seconds without an attempt after which it starts over
MOST_KEYS = 20_000


@dataclass(slots=True)
class _Tries:
    count: int
    last: float
    until: float


class Throttle:
    """
    Counts attempts by key, in memory; used from many threads.

    An attempt counts before it is known whether it fails: many at once gain nothing.

    Args:
        clock: Seconds that only go up.
        most_keys: What is counted at the same time; the key that was quiet for longest is forgotten first.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, most_keys: int = MOST_KEYS) -> None:
        self._clock, self._most = clock, most_keys
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = Lock()

    def attempt(self, keys: Iterable[tuple[str, int]]) -> int:
        """
        Count an attempt, or refuse it.

        Args:
            keys: What is counted, each with how many attempts are free.

        Returns:
            Seconds to wait if it is refused (it then counts for none of the keys), else 0.
        """
        with self._lock:
            now, asked = self._clock(), tuple(keys)
            waits = [self._tries[key].until - now for key, _ in asked if key in self._tries]
            if max(waits, default=0) > 0:
                return ceil(max(waits))
            for key, free in asked:
                self._count(key, free, now)
            return 0

    def forget(self, key: str) -> None:
        """Start over with a key: whoever it is has shown that they need not guess."""
        with self._lock:
            self._tries.pop(key, None)

    def pardon(self, key: str) -> None:
        """Take one attempt back: it did not fail, but others of the same key may be guesses."""
        with self._lock:
            tries = self._tries.get(key)
            if tries is not None:
                tries.count, tries.until = max(tries.count - 1, 0), 0.0

    def _count(self, key: str, free: int, now: float) -> None:
        tries = self._tries.pop(key, None)
        if tries is None or now - tries.last > FORGOTTEN:
            tries = _Tries(0, now, 0.0)
        tries.count, tries.last = tries.count + 1, now
        over = tries.count - free
        tries.until = now + min(2.0 ** min(over, 20), LONGEST) if over >= 0 else 0.0
        self._tries[key] = tries
        while len(self._tries) > self._most:
            self._tries.popitem(last=False)
