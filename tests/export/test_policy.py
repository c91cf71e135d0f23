"""Number policies: a claim's best figures are filled by the rule that incidents have too."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from allegedly.corroboration import policies
from allegedly.export.policy import POLICIES, best_by
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from tests.export.ledgers import march, market


def _by(policy: Any, claim: Claim) -> list[Any]:
    return [number.best for number in best_by(partial(policies.estimate, policy=policy))(claim).numbers]


def test_the_policies_are_those_of_incidents() -> None:
    """Claims and incidents know the same names."""
    assert policies.POLICIES == POLICIES


def test_vague_words() -> None:
    """Dozens are 12 for ACLED, and no figure for the others."""
    dozens = claims_of(market())[0]
    assert [_by(policy, dozens) for policy in POLICIES] == [[12], [None], [None]]


@pytest.mark.parametrize("policy", POLICIES)
def test_stated_figures_and_lower_bounds(policy: str) -> None:
    """What the words state stays, and "at least 4" is its bound."""
    assert _by(policy, claims_of(market())[2]) == [3]
    assert _by(policy, claims_of(march())[3])[0] == 4


def test_a_policy_touches_best_only() -> None:
    """Words and bounds stay as they are."""
    (number,) = best_by(lambda _figures: 7)(claims_of(market())[0]).numbers
    assert (number.words, number.low, number.best, number.high) == ("dozens", None, 7, None)


def test_only_people_are_estimated() -> None:
    """Other things that are counted have no policy."""
    claim = claims_of(market())[0]
    money = replace(claim, numbers=(replace(claim.numbers[0], measure="money"),))
    assert best_by(lambda _figures: 7)(money) == money


def test_a_claim_without_numbers_stays_itself() -> None:
    """Nothing is filled where nothing is counted."""
    claim = claims_of(march())[0]
    assert best_by(lambda _figures: 7)(claim) is claim
