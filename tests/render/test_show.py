"""One row, explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.errors import UsageError
from allegedly.records.ledger import Ledger
from allegedly.render.show import render_row


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a3", "[source: The militia], he added, [cue: denied] that [content: drones killed at least 12 villagers"),
        ("a3", "chain     Northwire (its own voice) > a2 he > a3 The militia"),
        ("a3", "holds     v2 ASSAULT/drone: did not happen"),
        ("a3", "score     0.9100"),
        ("a3", "offsets   source 50-61; cue 73-79; content 85-145"),
        ("3", "a3  The militia denies"),
        ("1", "a1  Col. Orr asserts (quote)"),
        ("v2", "[actor: drones] [event: killed] at least 12 [recipient: villagers]"),
        ("v2", "voice         2 he > 3 The militia"),
        ("q1", 'q1  "at least 12"'),
        ("q1", "v2  ASSAULT/drone, presented as: did not happen"),
        ("t1", 't1  "on Monday"'),
        ("p1", 'p1  "Port Azel"'),
        ("p1", "read by   allegedly 0.0.0, pack sha256:000000000000"),
        ("a1", "nothing here has been checked by a person"),
    ],
)
def test_shows(row: str, words: str, ledger: Ledger) -> None:
    """Sentence, chain, scores, offsets and run of a row are there."""
    assert words in render_row(ledger, row)


@pytest.mark.parametrize("row", ["a9", "9", "x", "", "²"])
def test_no_such_row(row: str, ledger: Ledger) -> None:
    """A row that is not there is an error that lists those that are."""
    with pytest.raises(UsageError) as caught:
        render_row(ledger, row)
    assert caught.value.hint == "it has a1 to a3, v1 to v2, q1 to q1, t1 to t1, p1 to p1"


def test_a_ledger_without_rows(ledger: Ledger) -> None:
    """The error says so where there are no rows at all."""
    bare = replace(ledger, attributions=(), events=(), quantities=(), times=(), places=())
    with pytest.raises(UsageError) as caught:
        render_row(bare, "1")
    assert caught.value.hint == "it has no rows at all"
