"""What is dear to make is kept in memory: a bounded number of things of each store, the least used one goes first."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from allegedly.store.sql import SqlStore

T = TypeVar("T")
SLOW = 0.3  # seconds; of what takes longer to make, the one of before is shown meanwhile
_log = logging.getLogger("allegedly.web")


@dataclass(slots=True)
class _Entry(Generic[T]):
    """A thing, what it was made from, and how long that took; whoever makes it holds the lock."""

    made: tuple[Hashable, T] | None = None
    seconds: float = 0.0
    making: threading.Lock = field(default_factory=threading.Lock)


class Kept(Generic[T]):
    """
    Things made of stores; may be asked from several threads, and one thing is made by one of them only.

    Args:
        most: Things kept of one store.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: WeakKeyDictionary[SqlStore, OrderedDict[Hashable, _Entry[T]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, store: SqlStore, key: Hashable, make: Callable[[], T], *, version: Hashable = None) -> T:
        """
        Give a thing, made now if it is not kept, or is kept as it was before.

        Args:
            store: What it is made of.
            key: Which thing it is.
            make: Makes it.
            version: What it depends on beside the key.
        """
        entry = self._entry(store, key)
        found = _current(entry, version)
        if found is None:
            with entry.making:
                found = _current(entry, version) or _renew(entry, version, make)
        return found[1]

    def latest(self, store: SqlStore, key: Hashable, make: Callable[[], T], *, version: Hashable) -> tuple[Hashable, T]:
        """
        Give a thing and its version; of one that is slow to make, the one of before while another is made.

        Args:
            store: What it is made of.
            key: Which thing it is.
            make: Makes it.
            version: What it depends on beside the key, as it is now.
        """
        entry = self._entry(store, key)
        before = entry.made
        if before is None or before[0] == version or entry.seconds <= SLOW:
            return version, self.get(store, key, make, version=version)
        if entry.making.acquire(blocking=False):
            threading.Thread(target=_renew_behind, args=(entry, version, make), daemon=True).start()
        return before

    def put(self, store: SqlStore, key: Hashable, made: T) -> None:
        """Keep a thing."""
        self._entry(store, key).made = (None, made)

    def peek(self, store: SqlStore, key: Hashable) -> T | None:
        """Give a thing if it is kept."""
        with self._lock:
            entry = self._entries.get(store, OrderedDict()).get(key)
        return entry.made[1] if entry is not None and entry.made is not None else None

    def _entry(self, store: SqlStore, key: Hashable) -> _Entry[T]:
        with self._lock:
            kept = self._entries.setdefault(store, OrderedDict())
            entry = kept.setdefault(key, _Entry())
            kept.move_to_end(key)
            while len(kept) > self._most:
                kept.popitem(last=False)
            return entry


def _current(entry: _Entry[T], version: Hashable) -> tuple[Hashable, T] | None:
    made = entry.made
    return made if made is not None and made[0] == version else None


def _renew(entry: _Entry[T], version: Hashable, make: Callable[[], T]) -> tuple[Hashable, T]:
    """Make a thing; for whoever holds the lock."""
    begin = time.monotonic()
    made = (version, make())
    entry.made, entry.seconds = made, time.monotonic() - begin
    return made


def _renew_behind(entry: _Entry[T], version: Hashable, make: Callable[[], T]) -> None:
    try:
        _renew(entry, version, make)
    except Exception:  # noqa: BLE001  # the thread has nobody to tell; the next visit tries again
        _log.exception("a chart could not be drawn")
    finally:
        entry.making.release()
