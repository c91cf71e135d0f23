"""What is dear to make is kept in memory: a bounded number of things of each store, the least used one goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from allegedly.store.sql import SqlStore

T = TypeVar("T")


class Kept(Generic[T]):
    """
    Things made of stores, by what they were made from; may be asked from several threads.

    Two threads that ask for one thing at once may both make it; either is as good.

    Args:
        most: Things kept of one store.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: WeakKeyDictionary[SqlStore, OrderedDict[Hashable, T]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, store: SqlStore, key: Hashable, make: Callable[[], T]) -> T:
        """
        Give a thing, made now if it is not kept.

        Args:
            store: What it is made of.
            key: All that it depends on.
            make: Makes it.
        """
        with self._lock:
            kept = self._made.setdefault(store, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        made = make()
        self.put(store, key, made)
        return made

    def put(self, store: SqlStore, key: Hashable, made: T) -> None:
        """Keep a thing."""
        with self._lock:
            kept = self._made.setdefault(store, OrderedDict())
            kept[key] = made
            while len(kept) > self._most:
                kept.popitem(last=False)

    def peek(self, store: SqlStore, key: Hashable) -> T | None:
        """Give a thing if it is kept."""
        with self._lock:
            return self._made.get(store, OrderedDict()).get(key)
