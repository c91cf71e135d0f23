"""Numbers of a claim by what they count: one low, best and high for a cell each."""

from __future__ import annotations

from dataclasses import dataclass

from allegedly.records.claims import Claim, ClaimNumber
from allegedly.records.codes import Measure
from allegedly.records.ledger import Number

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Figure:
    """
    What a claim says of one measure.

    Args:
        low: Smallest value its words allow.
        best: The value, if its words state one (or a number policy was asked for).
        high: Largest value its words allow.
    """

    low: Number | None = None
    best: Number | None = None
    high: Number | None = None


def figure_of(claim: Claim, measure: Measure) -> Figure:
    """
    Give what a claim says of a measure.

    Of several numbers of the same event only this is certain: it is at least
    the largest of the lower bounds, be they parts of one another or of a whole.
    """
    numbers = [item for item in claim.numbers if item.measure == measure]
    if len(numbers) == 1:
        return Figure(numbers[0].low, numbers[0].best, numbers[0].high)
    return Figure(low=max((bound for bound in map(_low, numbers) if bound is not None), default=None))


def _low(number: ClaimNumber) -> Number | None:
    return number.low


def number_words(claim: Claim) -> str | None:
    """Give the words of all numbers, each after what it counts, in order of the text."""
    ordered = sorted(claim.numbers, key=lambda item: item.span)
    return SEPARATOR.join(f"{item.measure}: {item.words}" for item in ordered) or None
