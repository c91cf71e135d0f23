"""Krippendorff's alpha against the figures of his own examples; pairs and layers by hand."""

from __future__ import annotations

import pytest

from allegedly.records.claims_of import claims_of
from allegedly.review.agreement import Alpha, PairAgreement, agreement, krippendorff_alpha
from tests.export.ledgers import market
from tests.review.judging import judged


def _units(*rows: str) -> list[dict[str, str]]:
    """Read a line for each reviewer, a column for each thing judged; a dot is no value."""
    columns = zip(*(row.split() for row in rows), strict=True)
    return [{str(who): value for who, value in enumerate(column) if value != "."} for column in columns]


# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A, B and C with their nominal alphas.
@pytest.mark.parametrize(
    ("rows", "value", "units", "values"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095, 10, 20),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692, 12, 24),
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743, 11, 40,
        ),
    ],
)  # fmt: skip
def test_alpha_is_that_of_the_paper(rows: tuple[str, ...], value: float, units: int, values: int) -> None:
    """Two reviewers, many values; four reviewers, missing values."""
    found = krippendorff_alpha(_units(*rows))
    assert (round(found.value or 0, 3), found.units, found.values) == (value, units, values)


def test_alpha_by_hand() -> None:
    """Two agree on a and on b, and differ once: 1 - (2/6) / (18/30) = 4/9."""
    assert krippendorff_alpha(_units("a b a", "a b b")).value == pytest.approx(4 / 9)


def test_full_agreement_is_one() -> None:
    """Whatever the values, if there are several."""
    assert krippendorff_alpha(_units("a b a c", "a b a c", ". b a c")).value == 1


def test_worse_than_chance_is_below_zero() -> None:
    """Reviewers who always differ: observed 1, expected 2/3 of (n = 4)."""
    assert krippendorff_alpha(_units("a b", "b a")).value == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("units", "reason", "count"),
    [
        (_units("a a a", "a a a"), "all values are the same", 3),
        (_units("a . b", ". a ."), "nobody judged the same claims", 0),
        ([], "nobody judged the same claims", 0),
    ],
)
def test_without_variation_alpha_is_not_defined(units: list[dict[str, str]], reason: str, count: int) -> None:
    """There is no figure, and a reason instead."""
    found = krippendorff_alpha(units)
    assert (found.value, found.reason, found.units) == (None, reason, count)


def test_decisions_count_whatever_the_correction() -> None:
    """Two corrections agree as decisions, and differ in the layer that they correct."""
    first, second, *_ = claims_of(market())
    found = agreement([
        judged("Ana", "change", first, {"factuality": "?"}),
        judged("Ben", "change", first, {"factuality": "~"}),
        judged("Ana", "accept", second),
        judged("Ben", "accept", second),
    ])  # fmt: skip
    alphas = {alpha.what: alpha for alpha in found.alphas}
    assert alphas["decision"] == Alpha("decision", 1.0, "", 2, 4, 2)
    assert alphas["factuality"].value == pytest.approx(1 - (2 / 4) / (10 / 12))
    assert alphas["stance"].value == 1
    assert found.pairs == (PairAgreement("Ana", "Ben", 2, 1, 0),)


def test_not_sure_is_no_decision() -> None:
    """It is counted apart, for all and for the pair."""
    found = agreement([judged("Ana", "unsure"), judged("Ben", "accept"), judged("Cem", "accept")])
    assert found.unsure == 1
    assert found.pairs == (
        PairAgreement("Ana", "Ben", 0, 0, 1), PairAgreement("Ana", "Cem", 0, 0, 1),
        PairAgreement("Ben", "Cem", 1, 1, 0),
    )  # fmt: skip


def test_the_last_word_counts_and_only_of_claims() -> None:
    """What was taken back, what was said before and what is about other rows is left out."""
    found = agreement([
        judged("Ana", "reject"), judged("Ana", "accept"), judged("Ben", "accept"),
        judged("Ben", "reject", undone="2025"), judged("Ana", "accept", "q1"), judged("Ben", "reject", "q1"),
    ])  # fmt: skip
    assert found.pairs == (PairAgreement("Ana", "Ben", 1, 1, 0),)


def test_a_change_of_nothing_accepts() -> None:
    """A correction that repeats what was read is an agreement with who accepts it."""
    claim = claims_of(market())[0]
    found = agreement([judged("Ana", "change", claim, {"type": claim.type}), judged("Ben", "accept", claim)])
    assert found.pairs == (PairAgreement("Ana", "Ben", 1, 1, 0),)
