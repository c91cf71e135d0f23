"""What is kept in memory: made once, by one thread, and shown as it was while something slow is made anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from allegedly.web.kept import SLOW, Kept
from allegedly.web.site import Site


class Maker:
    """
    Makes numbers, and counts how often it was asked.

    Args:
        seconds: How long that takes.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls, self._seconds = 0, seconds

    def __call__(self) -> int:
        """Make the next one."""
        self.calls += 1
        time.sleep(self._seconds)
        return self.calls


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    assert true()


def test_a_thing_is_made_once(site: Site) -> None:
    """The same version is given again; another one is made."""
    kept, make = Kept[int](5), Maker()
    assert [kept.get(site.store, "a", make, version=version) for version in (1, 1, 2, 2)] == [1, 1, 2, 2]


def test_many_threads_make_it_once(site: Site) -> None:
    """Threads that ask at once wait for the one that makes it."""
    kept, make = Kept[int](5), Maker(0.2)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.get(site.store, "a", make), range(8)))
    assert (found, make.calls) == ([1] * 8, 1)


def test_the_least_used_goes_first(site: Site) -> None:
    """Only so many are kept."""
    kept = Kept[int](2)
    for key in ("a", "b", "a", "c"):
        kept.get(site.store, key, Maker())
    assert [kept.peek(site.store, key) for key in ("a", "b", "c")] == [1, None, 1]


def test_what_is_quick_is_always_new(site: Site) -> None:
    """Nobody is shown what was, if what is takes no time."""
    kept, make = Kept[int](5), Maker()
    assert [kept.latest(site.store, "a", make, version=version) for version in "xy"] == [("x", 1), ("y", 2)]


def test_what_is_slow_is_shown_as_it_was(site: Site) -> None:
    """The one of before is given at once, with its version, and one thread makes the other."""
    kept, make = Kept[int](5), Maker(SLOW + 0.05)
    assert kept.latest(site.store, "a", make, version="x") == ("x", 1)
    begin = time.monotonic()
    assert [kept.latest(site.store, "a", make, version="y") for _ in range(5)] == [("x", 1)] * 5
    assert time.monotonic() - begin < SLOW
    wait_for(lambda: kept.latest(site.store, "a", make, version="y") == ("y", 2))
    assert make.calls == 2


def test_what_cannot_be_made(site: Site) -> None:
    """An error reaches who asked, keeps nothing, and holds nobody up."""
    kept = Kept[int](5)

    def fail() -> int:
        raise ValueError("no number")

    with pytest.raises(ValueError, match="no number"):
        kept.get(site.store, "a", fail)
    assert kept.get(site.store, "a", Maker()) == 1


def test_an_error_behind(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be made anew stays as it was, the log says why, and the next visit tries again."""
    kept, make = Kept[int](5), Maker(SLOW + 0.05)
    tried = threading.Event()

    def fail() -> int:
        tried.set()
        raise ValueError

    kept.latest(site.store, "a", make, version="x")
    assert kept.latest(site.store, "a", fail, version="y") == ("x", 1)
    wait_for(lambda: tried.is_set() and "could not be drawn" in caplog.text)
    kept.latest(site.store, "a", make, version="y")
    wait_for(lambda: kept.latest(site.store, "a", make, version="y") == ("y", 2))
