"""The gazetteer's bench: counts per category, candidates near gold points, times."""

from __future__ import annotations

import pytest

from allegedly.geo.gazetteer import Gazetteer
from bench.tasks import gazetteer as bench
from bench.tasks.gazetteer import Case


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer.open()


def test_recall_counts_any_and_first(shipped: Gazetteer) -> None:
    """A name counts as right if any candidate is in the country, and as first if the first one is."""
    cases = [Case("Kyiv", "UKR", "a"), Case("Tripoli", "LBN", "a"), Case("Kyiv", "FRA", "b")]
    assert bench.recall(shipped, cases) == {"a": (2, 2, 1), "b": (1, 0, 0)}


def test_corpus_recall_is_by_distance(shipped: Gazetteer) -> None:
    """A toponym counts if a candidate, a demonym's or a metonym's place is near; one without a point does not count."""
    rows = [{"toponyms": [
        {"name": "Kyiv", "lat": "50.4", "lon": "30.5"}, {"name": "Kyiv", "lat": "10", "lon": "10"},
        {"name": "Syrian", "lat": "35", "lon": "38"}, {"name": "Nowhere at all", "lat": None},
    ]}]  # fmt: skip
    assert bench.corpus_recall(shipped, rows) == (3, 2)


def test_times_are_per_name() -> None:
    """The time of a look-up is that of one name."""
    assert 0 <= bench.least_microseconds(len, ["a", "b"] * 500, rounds=2) < 100


def test_all_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints recall, times, memory and size."""
    monkeypatch.setattr(bench, "read_cases", lambda: [Case("Kyiv", "UKR", "a")])
    assert bench.main([]) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("| all ", "look-up, new name", "memory", "on disk"))
