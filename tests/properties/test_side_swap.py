"""Exchanging two parties' names exchanges them in the ledger and changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from bench.side_swap import PAIRS, TEXTS, compare, measure, rate, swapped_texts
from tests.fakes import FakeReader

LEAST = 0.88  # share of rows that must be the same; the figure itself is published in docs/evaluation.md


class Partial(FakeReader):
    """A reader that takes what one side says for a denial."""

    def read(self, document: Document) -> Ledger:
        """Read, and turn the stance of one party's words round."""
        ledger = super().read(document)
        rows = tuple(
            replace(row, stance="deny") if "Ruritania" in ledger.words(row.source[0]) else row
            for row in ledger.attributions
        )
        return replace(ledger, attributions=rows)


def test_a_fair_reader_passes() -> None:
    """Names of other lengths do not count as a difference."""
    outcome = compare(
        FakeReader(),
        ["", "Ruritania", " said ", "Obo", " killed 3 men."],
        ["", "Obo", " said ", "Ruritania", " killed 3 men."],
    )
    assert (outcome.same, outcome.rows) == (True, 6)


def test_a_partial_reader_is_found_out() -> None:
    """A reader that treats the sides differently does not pass."""
    outcome = compare(Partial(), ["", "Ruritania", " said it rained."], ["", "Obo", " said it rained."])
    assert (outcome.same, outcome.common) == (False, 0)


def test_every_text_is_read_both_ways() -> None:
    """Each text stands for each pair, and its names are really exchanged."""
    texts = [("".join(one), "".join(other)) for one, other in swapped_texts()]
    assert len(texts) == len(PAIRS) * len(TEXTS)
    assert all(one != other for one, other in texts)


@pytest.mark.weights
def test_the_shipped_reader_is_fair(real_reader: Any) -> None:
    """The shipped pack treats both sides of every pair alike, up to the published figure."""
    assert rate(measure(real_reader)) >= LEAST
