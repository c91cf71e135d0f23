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
        ("a3", "chain     Northwire (its own voice) > a2 Orr > a3 The militia"),
        ("a3", "holds     v2 ASSAULT/drone: did not happen"),
        ("a3", "score     0.9100"),
        ("a3", "offsets   source 50-61; cue 73-79; content 85-145"),
        ("3", "a3  The militia denies"),
        ("1", "a1  Orr asserts (quote)"),
        ("a2", "source    e2 Orr"),
        ("a2", 'printed   "he"'),
        ("a2", "kind      named"),
        ("a2", "role      Col."),
        ("a2", "country   -"),
        ("a2", "sector    MIL"),
        ("a2", "side      Nord"),
        ("a2", "coded by  no country in its words"),
        ("a3", "kind      armed group"),
        ("v1", "who did it    We (= Orr; The militia)"),
        ("e2", "e2  Orr (person)"),
        ("m2", 'm2  "Col. Orr" (name, person)'),
        ("v2", "[actor: drones] [event: killed] at least 12 [recipient: villagers]"),
        ("v2", "voice         2 Orr > 3 The militia"),
        ("q1", 'q1  "at least 12"'),
        ("q1", "v2  ASSAULT/drone, presented as: did not happen"),
        ("t1", 't1  "Monday" (date)'),
        ("t1", "days      2024-05-06"),
        ("t1", "because   counted from publication, Tue 2024-05-07"),
        ("t1", "rule      weekday"),
        ("t1", "v2  ASSAULT/drone, presented as: did not happen"),
        ("v2", "when          Monday: 2024-05-06 (counted from publication)"),
        ("v1", "date          by 2024-05-07 (day of publication)"),
        ("v2", "date          2024-05-06 (stated)"),
        ("a1", "said      by 2024-05-07 (day of publication)"),
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
    assert caught.value.hint == "it has a1 to a3, v1 to v2, e1 to e5, m1 to m6, q1 to q1, t1 to t1, p1 to p1"


def test_a_ledger_without_rows(ledger: Ledger) -> None:
    """The error says so where there are no rows at all."""
    bare = replace(ledger, attributions=(), events=(), entities=(), mentions=(), quantities=(), times=(), places=())
    with pytest.raises(UsageError) as caught:
        render_row(bare, "1")
    assert caught.value.hint == "it has no rows at all"


def test_a_source_without_an_entity(ledger: Ledger) -> None:
    """A claim without an entity keeps the words of its source, and nothing is said of codes."""
    bare = replace(ledger.attributions[0], source_entity=None, source_type=None)
    shown = render_row(replace(ledger, attributions=(bare, *ledger.attributions[1:])), "a1")
    assert ("a1  Col. Orr asserts (quote)" in shown, "sector" in shown, "kind" in shown) == (True, False, False)


def test_a_plural_source(ledger: Ledger) -> None:
    """A source that stands for several names them."""
    row = replace(ledger.attributions[0], source_entity="e1")
    shown = render_row(replace(ledger, attributions=(row, *ledger.attributions[1:])), "a1")
    assert "members   Orr; The militia" in shown
