"""
How far reviewers agree: Krippendorff's alpha, and plain counts for each pair.

Alpha is 1 - observed / expected disagreement, for nominal values, any number
of reviewers and missing values, by way of coincidences (K. Krippendorff,
"Computing Krippendorff's Alpha-Reliability", 2011, section C). It is 1 for full
agreement and 0 for what chance gives; it is not defined where nothing varies.

Claims that one reviewer alone judged say nothing and are left out, and so is
"not sure": it is no decision, and is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from allegedly.review.layers import LAYERS, judged_layer
from allegedly.review.states import new_values
from allegedly.store.answers import Judgement

Unit = Mapping[str, str]  # what each reviewer says of one thing


@dataclass(frozen=True, slots=True)
class Alpha:
    """
    Krippendorff's alpha of some values.

    Args:
        what: What was compared: ``decision`` or a layer.
        value: Alpha, at most 1; None where it is not defined.
        reason: Why not: a fixed label; empty where it is.
        units: Claims with at least two values.
        values: Values of these.
        reviewers: Who gave them.
    """

    what: str
    value: float | None
    reason: str
    units: int
    values: int
    reviewers: int


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """
    Two reviewers side by side.

    Args:
        one: The first by the alphabet.
        other: The second.
        both: Claims that both decided.
        agreed: Those on which both decided the same, new values included.
        unsure: Claims that both judged and one of them was not sure about.
    """

    one: str
    other: str
    both: int
    agreed: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    How far reviewers agree.

    Args:
        alphas: Alpha of the decisions, then of each layer.
        pairs: All pairs of reviewers who judged a claim in common, by the alphabet.
        unsure: Judgements that are "not sure".
    """

    alphas: tuple[Alpha, ...]
    pairs: tuple[PairAgreement, ...]
    unsure: int


def agreement(judgements: Iterable[Judgement]) -> Agreement:
    """
    Say how far reviewers agree about claims.

    The values of ``decision`` are accepted, rejected, and corrected, whatever the
    correction; those of a layer are what it says after the review.

    Args:
        judgements: Any, oldest first; of each reviewer the last about a claim that stands counts.
    """
    claims = _by_claim(judgements)
    decisions = [{who: _decision(item) for who, item in claim.items() if item.decision != "unsure"} for claim in claims]
    alphas = [krippendorff_alpha(decisions, what="decision")]
    for layer in LAYERS:
        said = [{who: judged_layer(item, layer) for who, item in claim.items()} for claim in claims]
        alphas.append(krippendorff_alpha([_known(unit) for unit in said], what=layer))
    unsure = sum(item.decision == "unsure" for claim in claims for item in claim.values())
    return Agreement(tuple(alphas), tuple(_pairs(claims)), unsure)


def krippendorff_alpha(units: Iterable[Unit], *, what: str = "decision") -> Alpha:
    """
    Compute alpha for nominal values.

    Args:
        units: For each thing judged, the value of each reviewer who gave one.
        what: What is compared.

    Example:
        >>> krippendorff_alpha([{"A": "yes", "B": "yes"}, {"A": "no", "B": "no"}, {"A": "no", "B": "yes"}]).value
        0.4444444444444444
    """
    pairable = [unit for unit in units if len(unit) > 1]
    reviewers = len({who for unit in pairable for who in unit})
    totals: Counter[str] = Counter()
    agreed = 0.0  # the diagonal of the coincidence matrix
    for unit in pairable:
        counts = Counter(unit.values())
        totals.update(counts)
        agreed += sum(count * (count - 1) for count in counts.values()) / (len(unit) - 1)
    size = totals.total()
    expected = sum(count * (count - 1) for count in totals.values())
    if not pairable:
        return Alpha(what, None, "nobody judged the same claims", 0, 0, 0)
    if len(totals) == 1:
        return Alpha(what, None, "all values are the same", len(pairable), size, reviewers)
    value = ((size - 1) * agreed - expected) / (size * (size - 1) - expected)
    return Alpha(what, value, "", len(pairable), size, reviewers)


def _by_claim(judgements: Iterable[Judgement]) -> list[dict[str, Judgement]]:
    claims: dict[str, dict[str, Judgement]] = {}
    for item in judgements:
        if item.undone is None and item.row.startswith("c"):
            claims.setdefault(item.row, {})[item.who] = item
    return list(claims.values())


def _decision(judgement: Judgement) -> str:
    """Name a decision; a correction that changes nothing accepts."""
    return "accept" if judgement.decision == "change" and not new_values(judgement) else judgement.decision


def _known(unit: Mapping[str, str | None]) -> dict[str, str]:
    return {who: value for who, value in unit.items() if value is not None}


def _pairs(claims: Sequence[Mapping[str, Judgement]]) -> Iterable[PairAgreement]:
    both: Counter[tuple[str, str]] = Counter()
    agreed: Counter[tuple[str, str]] = Counter()
    unsure: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        for pair in combinations(sorted(claim), 2):
            one, other = (claim[who] for who in pair)
            if "unsure" in {one.decision, other.decision}:
                unsure[pair] += 1
                continue
            both[pair] += 1
            agreed[pair] += (_decision(one), new_values(one)) == (_decision(other), new_values(other))
    for pair in sorted(both | unsure):
        yield PairAgreement(*pair, both[pair], agreed[pair], unsure[pair])
