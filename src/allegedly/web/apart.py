"""
Work that pages would feel: done in processes beside the server, or in the server itself where that is not asked for.

Python runs one thread of a process at a time. Making incidents again takes seconds
at a hundred thousand claims, a map of thousands of them one; done in the server,
every page would wait for it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import active_children, get_context, parent_process
from typing import Any, TypeVar

from allegedly.store.opening import open_store
from allegedly.store.sql import SqlStore

T = TypeVar("T")
_WORKERS = 2  # so that a picture does not wait for incidents; each is started when it is first needed
_NICENESS = 5  # pages go first


class Workers:
    """
    Runs functions of a store; used from many threads.

    Args:
        store: The store.
        apart: In processes of their own; otherwise whoever asks does the work.
    """

    def __init__(self, store: SqlStore, *, apart: bool) -> None:
        self._store, self._apart = store, apart
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def run(self, function: Callable[..., T], *given: Any) -> T:  # noqa: ANN401  # whatever the function takes
        """
        Run a function and give what it gives.

        Args:
            function: One that can be named in another process; takes the store, then ``given``.
            given: What can be sent there.
        """
        if not self._apart:
            return function(self._store, *given)
        pool = self._running()
        try:
            return pool.submit(_with_store, self._store.address, function, *given).result()
        except BrokenProcessPool:  # one was killed from outside: the next call starts others
            with self._lock:
                self._pool = None if self._pool is pool else self._pool
            raise

    def close(self) -> None:
        """End the processes; what they were writing is taken back, and made by whoever looks next."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                for process in active_children():  # the pool would wait for what they are at
                    process.terminate()

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Started afresh and not forked: this process has threads, and connections that two must not share.
                self._pool = ProcessPoolExecutor(_WORKERS, get_context("spawn"), _begin)
            return self._pool


def _with_store(address: str, function: Callable[..., T], *given: Any) -> T:  # noqa: ANN401  # as above
    return function(_opened(address), *given)


@cache
def _opened(address: str) -> SqlStore:
    return open_store(address)


def _begin() -> None:
    """Stand back for pages, and end when the server has ended, however that came about."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: Any) -> None:  # noqa: ANN401  # a process, of a class without a public name
    parent.join()
    os._exit(0)
