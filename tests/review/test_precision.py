"""Precision by reviewers: which judgements count, layer by layer, and Wilson's interval."""

from __future__ import annotations

import pytest

from allegedly.records.claims_of import claims_of
from allegedly.review.layers import LAYERS, judged_layer, layer_values
from allegedly.review.precision import Precision, measured_precision, wilson
from allegedly.store.answers import Judgement
from tests.export.ledgers import march, market
from tests.review.judging import judged, plain

CLAIMS = [*claims_of(market()), *claims_of(march())]


def _found(*judgements: Judgement, **options: str) -> dict[tuple[bool, str], Precision]:
    return {(row.blind, row.layer): row for row in measured_precision(judgements, **options)}  # type: ignore[arg-type]


# Figures computed by hand from Wilson's formula; 81 of 263 is R. G. Newcombe's example (1998).
@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (9, 10, 0.5958, 0.9821)],
)
def test_wilsons_interval(right: int, count: int, low: float, high: float) -> None:
    """It holds at the ends and for few cases."""
    assert wilson(right, count) == pytest.approx((low, high), abs=5e-5)


def test_no_cases_no_interval() -> None:
    """Without a case there is nothing to bound."""
    assert wilson(0, 0) is None


def test_only_the_random_order_is_a_sample() -> None:
    """Other orders are left out, or labelled when they are asked for."""
    one, other = (
        judged("Ana", "accept", CLAIMS[0], queue="random"),
        judged("Ana", "reject", CLAIMS[1], queue="disputed"),
    )
    assert _found(one, other)[False, "claim"].right + _found(one, other)[False, "claim"].wrong == 1
    everything = _found(one, other, sample="all")[False, "claim"]
    assert (everything.right, everything.wrong, everything.sample) == (1, 1, "all")


def test_nobody_judged_nothing_measured() -> None:
    """Without a judgement in the random order there is no row."""
    assert measured_precision([judged("Ana", "accept", CLAIMS[0])]) == ()


def test_blind_and_open_stand_apart() -> None:
    """Each way of looking has its own figures."""
    found = _found(
        judged("Ana", "accept", CLAIMS[0], queue="random"),
        judged("Ben", "reject", CLAIMS[0], queue="random", blind=True),
    )
    assert (found[False, "claim"].precision, found[True, "claim"].precision) == (1, 0)


def test_a_correction_is_wrong_in_its_layer_alone() -> None:
    """The other layers of that claim are right, the claim as a whole is not."""
    found = _found(judged("Ana", "change", CLAIMS[0], {"stance": "deny"}, queue="random"))
    assert found[False, "claim"].wrong == 1
    assert {layer for layer in LAYERS if found[False, layer].wrong} == {"stance"}


def test_wrong_without_correction_tells_nothing_of_layers() -> None:
    """It counts against the claim, and is counted apart in each layer."""
    found = _found(judged("Ana", "reject", CLAIMS[0], queue="random"))
    stance = found[False, "stance"]
    assert (found[False, "claim"].precision, stance.precision, stance.low, stance.unsaid) == (0, None, None, 1)


def test_unsure_and_open_claims_are_counted_apart() -> None:
    """Neither is right or wrong."""
    row = _found(
        judged("Ana", "unsure", CLAIMS[0], queue="random"),
        judged("Ana", "accept", CLAIMS[1], queue="random"),
        judged("Ben", "reject", CLAIMS[1], queue="random"),
    )[False, "claim"]
    assert (row.right, row.wrong, row.unsure, row.open, row.precision) == (0, 0, 1, 1, None)


def test_what_the_reader_left_out_is_no_matter_of_precision() -> None:
    """A layer in which nothing was read does not count, whatever a person adds."""
    claim = next(item for item in CLAIMS if not item.numbers)
    added = plain(next(item for item in CLAIMS if item.numbers))["numbers"]
    row = _found(judged("Ana", "change", claim, {"numbers": added}, queue="random"))[False, "number"]
    assert (row.right, row.wrong, row.unsaid) == (0, 0, 0)


def test_a_voice_does_not_hold_its_stance() -> None:
    """Another stance leaves the source as it is; another name does not."""
    claim = plain(next(item for item in CLAIMS if item.voices))
    voice = claim["voices"][-1]
    same = claim | {"voices": [*claim["voices"][:-1], voice | {"stance": "deny"}]}
    other = claim | {"voices": [*claim["voices"][:-1], voice | {"name": "Nord"}]}
    assert layer_values(same, "source") == layer_values(claim, "source") != layer_values(other, "source")


def test_a_date_that_is_only_bounded_by_publication_says_nothing() -> None:
    """What was not stated is no reading of the text."""
    bounded = {"date": {"earliest": None, "latest": "2024-05-07", "precision": "open", "from_": "publication"}}
    assert layer_values(bounded, "date") == ""
    assert layer_values({"date": bounded["date"] | {"from_": "stated"}}, "date") != ""


@pytest.mark.parametrize("decision", ["reject", "unsure"])
def test_who_does_not_say_what_is_right_says_nothing_of_a_layer(decision: str) -> None:
    """Only acceptances and corrections tell."""
    assert judged_layer(judged("Ana", decision, CLAIMS[0]), "stance") is None  # type: ignore[arg-type]
