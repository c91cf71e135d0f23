"""
What people decided about clusters: claims that belong together, and claims that do not.

A judgement names claims, not incidents, so it stays true when incidents are
made anew. Where two judgements contradict each other the later one holds; one
that was taken back does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allegedly.records.incidents import ClusterJudgement


@dataclass(frozen=True, slots=True)
class Constraints:
    """
    What must be together and what must not, by ids of claims.

    Args:
        together: Pairs that a person put together.
        apart: Pairs that a person set apart; both orders.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()


def constraints_of(judgements: Iterable[ClusterJudgement]) -> Constraints:
    """
    Read constraints off judgements; the latest word on a pair holds.

    A merge joins every claim that it names on one side with every one on the other; a
    split sets every claim taken out apart from every claim that stays, and keeps those taken out together.
    """
    word: dict[tuple[str, str], bool] = {}
    for judgement in sorted(judgements, key=lambda item: item.number):
        if judgement.undone is None:
            for pair, joined in _pairs(judgement):
                word.pop(pair, None)
                word[pair] = joined
    together = tuple(pair for pair, joined in word.items() if joined)
    apart = {pair for pair, joined in word.items() if not joined}
    return Constraints(together, frozenset(apart | {(right, left) for left, right in apart}))


def _pairs(judgement: ClusterJudgement) -> list[tuple[tuple[str, str], bool]]:
    if judgement.decision == "merge":
        crossing = [_pair(one, other) for one in judgement.left for other in judgement.right]
        return [(pair, True) for pair in crossing if pair[0] != pair[1]]
    inner = [_pair(judgement.left[0], other) for other in judgement.left[1:]]
    crossing = [_pair(one, other) for one in judgement.left for other in judgement.right]
    return [*((pair, True) for pair in inner), *((pair, False) for pair in crossing)]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
