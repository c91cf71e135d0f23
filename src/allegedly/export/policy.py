"""
Number policies by name: one best figure from bounds and vague words, only when asked for.

What a policy makes of figures is decided in one place, for incidents and
claims alike (``allegedly.corroboration.policies``); exports do not know that
room and are handed the rule. The table then gets a column with the policy's
name, so that no figure stands there without the rule that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # the list of policies is part of --help and must cost nothing
    from allegedly.records.claims import Claim, ClaimNumber
    from allegedly.records.incidents import Figure
    from allegedly.records.ledger import Number

Policy = Literal["acled", "ucdp", "median"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
_PEOPLE = frozenset({"killed", "injured"})  # what the policies were made for


def best_by(estimate: Callable[[Sequence[Figure]], Number | None]) -> Callable[[Claim], Claim]:
    """
    Give what fills the best figures of killed and injured in a claim.

    Args:
        estimate: Gives one number for figures, or None where its policy has no rule for their words.
    """
    from allegedly.records.incidents import Figure as Found  # noqa: PLC0415  # see above

    def filled(number: ClaimNumber, claim: Claim) -> ClaimNumber:
        if number.measure not in _PEOPLE:
            return number
        figure = Found(claim.id, number.words, number.low, number.best, number.high, number.qualifier, "event")
        return replace(number, best=estimate((figure,)))

    def apply(claim: Claim) -> Claim:
        numbers = tuple(filled(number, claim) for number in claim.numbers)
        return replace(claim, numbers=numbers) if numbers else claim

    return apply
