"""The figures of the store: the data they are measured on, and that each is measured."""

from __future__ import annotations

from pathlib import Path

from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.store.opening import open_store
from bench.store import QUERIES, add_lines, time_queries
from bench.store_data import variants
from tests.stores import fake_ledger

BASE = [
    encode_ledger(fake_ledger("The Ardian army said rebels killed 34 villagers near Ostan.")),
    encode_ledger(fake_ledger("Omar Talis denied troops arrested 12 farmers.")),
]


def test_variants_are_ledgers() -> None:
    """Every variant holds together, says something else, and is the same every time."""
    made = list(variants(BASE, 20))
    ledgers = [decode_ledger(data) for data in made]
    assert made == list(variants(BASE, 20))
    assert len({ledger.document.text for ledger in ledgers}) == 20
    assert {len(ledger.document.text) for ledger in ledgers} == {
        len(decode_ledger(data).document.text) for data in BASE
    }


def test_variants_go_on() -> None:
    """A later part of the variants is what it would have been in one go."""
    assert list(variants(BASE, 3, first=5)) == list(variants(BASE, 8))[5:]


def test_each_query_is_timed(tmp_path: Path) -> None:
    """All queries are understood, and each has a time and its number of claims."""
    with open_store(tmp_path / "s.db", create=True) as store:
        added, seconds = add_lines(store, variants(BASE, 30))
        found = time_queries(store)
    assert (added, seconds > 0, [row["query"] for row in found]) == (30, True, list(QUERIES))
    assert all(0 < row["median_ms"] <= row["slowest_ms"] for row in found)
    assert {row["query"]: row["claims"] for row in found}[""] == 30
