"""
How often the reader is right, measured by reviewers, layer by layer.

Only answers given in the ``random`` order are a fair sample; what was looked
at because it was uncertain or disputed is wrong more often than the rest. The
interval is Wilson's (E. B. Wilson, "Probable Inference, the Law of Succession,
and Statistical Inference", JASA 22, 1927), which holds for small samples and near 0 and 1.

A claim that several people judged counts once if they agree, else as open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from allegedly.review.layers import LAYERS, Layer, judged_layer, layer_values
from allegedly.review.states import Standing, standing_of
from allegedly.store.answers import Judgement

Z95: Final = 1.959963984540054  # of the normal distribution, for 95 %
Sample = Literal["random", "all"]


@dataclass(frozen=True, slots=True)
class Precision:
    """
    What reviewers found of one layer.

    Args:
        layer: ``claim`` for the claim as a whole, or a layer.
        sample: ``random``: a fair sample; ``all``: whatever was judged, which is none.
        blind: Whether outlet and parties were hidden.
        right: Claims in which it is right.
        wrong: Claims in which it is wrong.
        unsure: Claims that somebody was not sure about.
        open: Claims on which reviewers differ.
        unsaid: Claims that are wrong without a correction, which tells nothing of this layer.
        precision: right / (right + wrong); None without any.
        low: Lower end of Wilson's 95 % interval; None without any.
        high: Its upper end.
    """

    layer: Layer | Literal["claim"]
    sample: Sample
    blind: bool
    right: int
    wrong: int
    unsure: int
    open: int
    unsaid: int
    precision: float | None
    low: float | None
    high: float | None


def measured_precision(judgements: Iterable[Judgement], *, sample: Sample = "random") -> tuple[Precision, ...]:
    """
    Measure the precision of the reader from judgements.

    A layer counts where the reader says something in it; what it left out is a matter of recall.

    Args:
        judgements: Of claims that count now, oldest first.
        sample: ``random``, or ``all`` for every order; the latter is no fair sample.

    Returns:
        Seen openly, then blind: the claim as a whole, then each layer; nothing for a way nobody judged in.
    """
    claims: dict[bool, dict[str, list[Judgement]]] = {False: {}, True: {}}
    for item in judgements:
        if item.undone is None and item.row.startswith("c") and (sample == "all" or item.queue == "random"):
            claims[item.blind].setdefault(item.row, []).append(item)
    return tuple(
        row
        for blind, found in claims.items()
        if found
        for row in _rows([standing_of(items) for items in found.values()], sample, blind=blind)
    )


def wilson(right: int, count: int, *, z: float = Z95) -> tuple[float, float] | None:
    """
    Give Wilson's interval of a share; None without cases.

    Example:
        >>> tuple(round(end, 4) for end in wilson(9, 10))
        (0.5958, 0.9821)
    """
    if count == 0:
        return None
    share, spread = right / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _rows(found: Sequence[Standing], sample: Sample, *, blind: bool) -> Iterable[Precision]:
    unsure = sum(item.state == "work-needed" for item in found)
    differing = sum(item.state == "conflict" for item in found)
    agreed = [item for item in found if item.state in {"accepted", "changed", "issue"}]
    right = sum(item.state == "accepted" for item in agreed)
    yield _precision("claim", (right, len(agreed) - right, unsure, differing, 0), sample=sample, blind=blind)
    for layer in LAYERS:
        said = [(item, layer_values(item.judgements[-1].before, layer)) for item in agreed]
        said = [(item, value) for item, value in said if value]
        after = [(value, judged_layer(item.judgements[-1], layer)) for item, value in said]
        kept = sum(value == now for value, now in after)
        unsaid = sum(now is None for _, now in after)
        yield _precision(
            layer, (kept, len(after) - kept - unsaid, unsure, differing, unsaid), sample=sample, blind=blind
        )


def _precision(
    layer: Layer | Literal["claim"], counts: tuple[int, int, int, int, int], *, sample: Sample, blind: bool
) -> Precision:
    right, wrong = counts[:2]
    interval = wilson(right, right + wrong)
    share = None if interval is None else right / (right + wrong)
    low, high = interval or (None, None)
    return Precision(layer, sample, blind, *counts, share, low, high)
