"""Fixed labels and harmless words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.records.codes import FACTUALITIES, STANCES
from allegedly.records.ledger import Ledger, Number, QuantityRow
from allegedly.render import labels

JUDGING = {"true", "false", "verified", "fact", "lie", "wrong", "right", "terrorist", "regime"}


def test_every_code_has_a_label() -> None:
    """Stances and factualities are labelled, all of them."""
    assert (set(STANCES), set(FACTUALITIES)) == (set(labels.STANCE), set(labels.FACTUALITY))


def test_no_label_judges() -> None:
    """No label says who is right."""
    words = " ".join([*labels.STANCE.values(), *labels.FACTUALITY.values(), labels.NO_NAME]).split()
    assert JUDGING & set(words) == set()


@pytest.mark.parametrize(
    ("low", "best", "high", "words", "expected"),
    [
        (12, None, None, "at least 12", '12 or more ("at least 12")'),
        (12, 12, 12, "12", "12"),
        (12, 12, 12, "twelve", '12 ("twelve")'),
        (None, None, 40, "up to 40", "up to 40"),
        (10, None, 20, "10 to 20", "10 to 20"),
        (None, None, None, "dozens", 'no figure ("dozens")'),
        (31000, None, None, "over 31,000", '31,000 or more ("over 31,000")'),
    ],
)
def test_numbers(low: Number | None, best: Number | None, high: Number | None, words: str, expected: str) -> None:
    """A number is shown as its words bound it, with the words where they say more."""
    row = QuantityRow("q1", (0, 1), "killed", words, low, best, high, "exact")
    assert labels.number_label(row) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-05-07", "Tue 2024-05-07"),
        ("2024-05-07T23:59:00+02:00", "Tue 2024-05-07"),
        (None, "no date"),
        ("yesterday\n", "yesterday"),
    ],
)
def test_dates(published: str | None, expected: str) -> None:
    """A date is shown with its weekday, anything else as it is."""
    assert labels.published_label(published) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a\r\n\tb", "a b"),
        ("a\x1b[0mb", "a\ufffd[0mb"),
        ("\u202eabc", "\ufffdabc"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_cleans_for_one_line(words: str, expected: str) -> None:
    """Control and direction signs are shown as such, joined emoji stay joined."""
    assert labels.clean(words) == expected


def test_narrator_without_publisher(ledger: Ledger) -> None:
    """A report of nobody in particular speaks as the report."""
    assert (
        labels.narrator(replace(ledger, document=replace(ledger.document, publisher=None)))
        == "the report (its own voice)"
    )
