"""
A single number from several, by a named policy and only if somebody asks for it.

``acled``: vague words count as that project's codebook has them (tens 10, dozens
12, hundreds 100, several and few 3 where no better is known), and of differing
reports the lowest figure stands. ``ucdp``: the figure that most parties and
outlets give; of equals the lower one; vague words and bounds count as their
lower bound. ``median``: the median of all figures, the lower of the middle two.
The policies follow the published rules as far as reports alone allow; neither
project has checked them. Figures summed over a longer time never count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, get_args

from allegedly.corroboration.stems import split_words
from allegedly.records.incidents import Figure
from allegedly.records.ledger import Number

Policy = Literal["acled", "ucdp", "median"]
POLICIES: tuple[Policy, ...] = get_args(Policy)

_VAGUE: Final = {
    "tens": 10, "dozen": 12, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "several": 3, "few": 3,
    "some": 3, "many": 10, "numerous": 10,
}  # fmt: skip


def estimate(figures: Iterable[Figure], policy: Policy) -> Number | None:
    """
    Give one number, or None where no figure allows it.

    Unit: as the figures.

    Args:
        figures: Figures of one measure; replaced and cumulative ones are left out.
        policy: Name of the policy.
    """
    values = [value for figure in standing(figures) if (value := _value(figure, policy)) is not None]
    return _CHOICES[policy](values) if values else None


def standing(figures: Iterable[Figure]) -> list[Figure]:
    """Keep the figures that count: of the event itself, and not replaced by the same party."""
    return [figure for figure in figures if figure.scope == "event" and not figure.replaced]


def _value(figure: Figure, policy: Policy) -> Number | None:
    if figure.best is not None:
        return figure.best
    if policy == "acled" and figure.qualifier == "vague":
        return next((_VAGUE[word] for word in split_words(figure.words) if word in _VAGUE), figure.low)
    return figure.low if figure.low is not None else figure.high


def _lowest(values: Sequence[Number]) -> Number:
    return min(values)


def _most_given(values: Sequence[Number]) -> Number:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _median(values: Sequence[Number]) -> Number:
    return sorted(values)[(len(values) - 1) // 2]


_CHOICES: Final[Mapping[Policy, Callable[[Sequence[Number]], Number]]] = {
    "acled": _lowest, "ucdp": _most_given, "median": _median,
}  # fmt: skip
