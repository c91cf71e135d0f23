"""
Coreference chains against gold chains: MUC, B-cubed, CEAF-e and their mean.

A chain is a collection of mentions; a mention is anything hashable that both
sides name alike. :func:`score_headed_chains` makes such names from phrases by
their head words, as the scorer of CorefUD does (Nedoluzhko et al. 2022).

- ``muc`` counts the links that hold a chain together (Vilain et al. 1995).
- ``b_cubed`` asks of each mention how much of its chain is right (Bagga & Baldwin 1998).
- ``ceaf_e`` aligns chains one to one, as similar as can be (Luo 2005, the similarity phi-4).
- ``linked`` counts the mentions that stand in chains on both sides.

Mentions that one side lacks count as in the reference scorer (Pradhan et al.
2014): they are misses of the side that has them. Numerators and denominators of
documents are added up before dividing. Chains of a single mention are left out
on both sides unless they are asked for: they say nothing of coreference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final, TypeVar

from allegedly.errors import UsageError
from allegedly.metrics.mentions import TypedMention, match_heads
from allegedly.metrics.spans import Score, Scores

M = TypeVar("M", bound=Hashable)
Common = Mapping[tuple[int, int], int]  # how many mentions a gold chain and a predicted one share

CONLL: Final = ("muc", "b_cubed", "ceaf_e")

# B-cubed and CEAF count fractions. They are kept as whole millionths of a mention or chain, because sums of whole
# numbers do not depend on the order in which documents are added.
_WHOLE: Final = 1_000_000


def score_chains(
    gold: Iterable[Collection[M]], predicted: Iterable[Collection[M]], *, singletons: bool = False
) -> Scores:
    """
    Score the chains of one document.

    Args:
        gold: Chains; no mention stands in two.
        predicted: Chains found; no mention stands in two.
        singletons: Keep chains of one mention, too.

    Raises:
        UsageError: If a mention stands twice on one side.

    Example:
        >>> scores = score_chains([["Orr", "he", "him"]], [["Orr", "he"], ["him", "Taal"]])
        >>> round(scores["muc"].recall), round(scores["muc"].precision)
        (50, 50)
    """
    ours, theirs = _checked(gold, singletons=singletons), _checked(predicted, singletons=singletons)
    where = {mention: k for k, chain in enumerate(theirs) for mention in chain}
    common = Counter((i, where[mention]) for i, chain in enumerate(ours) for mention in chain if mention in where)
    sizes, found = [len(chain) for chain in ours], [len(chain) for chain in theirs]
    return {
        "linked": Score(common.total(), sum(sizes), sum(found)),
        # A chain of n mentions is held together by n - 1 links; cutting it into p parts cuts p - 1 of them.
        "muc": Score(common.total() - len(common), sum(sizes) - len(sizes), sum(found) - len(found)),
        "b_cubed": _b_cubed(common, sizes, found),
        "ceaf_e": _ceaf(common, sizes, found),
    }


def score_headed_chains(
    gold: Sequence[Collection[TypedMention]], predicted: Sequence[Collection[TypedMention]], *, singletons: bool = False
) -> Scores:
    """
    Score chains of phrases that are the same if their heads touch; types are not looked at.

    Chains of one mention are left out, unless asked for, before mentions are paired.

    Offsets: all spans index the document's text.

    Args:
        gold: Chains of phrases.
        predicted: Chains found.
        singletons: Keep chains of one mention, too.
    """
    least = 1 if singletons else 2
    ours, theirs = ([list(chain) for chain in side if len(chain) >= least] for side in (gold, predicted))
    flat_ours = [mention for chain in ours for mention in chain]
    flat_theirs = [mention for chain in theirs for mention in chain]
    partner = {k: i for i, k in match_heads(flat_ours, flat_theirs)}
    # A mention is named by its place among the gold ones; one without partner gets a number that no gold mention has.
    named = iter(partner.get(k, len(flat_ours) + k) for k in range(len(flat_theirs)))
    numbers = iter(range(len(flat_ours)))
    return score_chains(
        [[next(numbers) for _ in chain] for chain in ours],
        [[next(named) for _ in chain] for chain in theirs],
        singletons=singletons,
    )


def conll_f1(scores: Scores) -> float:
    """
    Give the mean F1 of MUC, B-cubed and CEAF-e, as the CoNLL-2012 shared task ranked systems.

    Unit: 0 to 100.
    """
    return fmean(scores.get(measure, Score()).f1 for measure in CONLL)


def heaviest_assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """
    Pair rows with columns one to one so that the sum of their weights is greatest.

    The Hungarian method with potentials (Kuhn 1955; Jonker & Volgenant 1987), of
    cubic cost: meant for the few chains that overlap, not for whole documents.

    Args:
        weights: One row of equal length for each item; no weight is below 0.

    Returns:
        (row, column), as many as the shorter side has, in order of rows.

    Example:
        >>> heaviest_assignment([[3.0, 2.0], [2.0, 0.0]])
        [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in heaviest_assignment(list(zip(*weights, strict=True))))
    # Row 0 and column 0 stand for "none yet"; rows and columns proper are counted from 1.
    row_potential = [0.0] * (len(weights) + 1)
    column_potential = [0.0] * (len(weights[0]) + 1)
    row_of = [0] * (len(weights[0]) + 1)
    for row in range(1, len(weights) + 1):
        _augment(weights, row, row_of, row_potential, column_potential)
    return sorted((row - 1, column - 1) for column, row in enumerate(row_of) if row and column)


def _augment(
    weights: Sequence[Sequence[float]],
    row: int,
    row_of: list[int],
    row_potential: list[float],
    column_potential: list[float],
) -> None:
    """Give one more row a column along the cheapest path of changes; cost is weight with its sign changed."""
    width = len(column_potential)
    reached = [float("inf")] * width
    previous = [0] * width
    done = [False] * width
    row_of[0] = row
    column = 0
    while row_of[column]:
        done[column] = True
        here = row_of[column]
        for other in range(1, width):
            if not done[other]:
                cost = -weights[here - 1][other - 1] - row_potential[here] - column_potential[other]
                if cost < reached[other]:
                    reached[other], previous[other] = cost, column
        nearest = min((other for other in range(1, width) if not done[other]), key=reached.__getitem__)
        step = reached[nearest]
        for other in range(width):
            if done[other]:
                row_potential[row_of[other]] += step
                column_potential[other] -= step
            else:
                reached[other] -= step
        column = nearest
    while column:
        row_of[column] = row_of[previous[column]]
        column = previous[column]
    row_of[0] = 0


def _checked(chains: Iterable[Collection[M]], *, singletons: bool) -> list[list[M]]:
    """Give the chains that count, and refuse a mention that stands twice."""
    kept = [list(chain) for chain in chains]
    mentions = Counter(mention for chain in kept for mention in chain)
    if twice := [mention for mention, count in mentions.items() if count > 1]:
        raise UsageError(
            f"{len(twice)} mentions stand twice in the chains of one side, such as {twice[0]!r}",
            hint="give each mention to one chain only",
        )
    return [chain for chain in kept if len(chain) >= (1 if singletons else 2)]


def _b_cubed(common: Common, sizes: Sequence[int], found: Sequence[int]) -> Score:
    """Count, for each mention, the share of its chain that the other side has in one chain with it."""
    recalled = sum(count * count / sizes[i] for (i, _), count in common.items())
    right = sum(count * count / found[k] for (_, k), count in common.items())
    return Score(round(right * _WHOLE), sum(sizes) * _WHOLE, sum(found) * _WHOLE, round(recalled * _WHOLE))


def _ceaf(common: Common, sizes: Sequence[int], found: Sequence[int]) -> Score:
    """Add up the similarity of chains under the best alignment."""
    total = 0.0
    for group in _overlapping(common):
        rows, columns = sorted({i for i, _ in group}), sorted({k for _, k in group})
        similar = [[2 * common.get((i, k), 0) / (sizes[i] + found[k]) for k in columns] for i in rows]
        total += sum(similar[row][column] for row, column in heaviest_assignment(similar))
    return Score(round(total * _WHOLE), len(sizes) * _WHOLE, len(found) * _WHOLE)


def _overlapping(common: Common) -> list[list[tuple[int, int]]]:
    """
    Part the pairs of overlapping chains into groups that have no chain in common.

    Each group can be aligned by itself, which keeps the cubic cost small: most
    chains overlap with one or two others.
    """
    by_gold: dict[int, list[int]] = defaultdict(list)
    by_found: dict[int, list[int]] = defaultdict(list)
    for i, k in common:
        by_gold[i].append(k)
        by_found[k].append(i)
    groups: list[list[tuple[int, int]]] = []
    seen: set[int] = set()
    for start in by_gold:
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], []
        while waiting:
            i = waiting.pop()
            group += [(i, k) for k in by_gold[i]]
            new = {other for k in by_gold[i] for other in by_found[k]} - seen
            seen |= new
            waiting += new
        groups.append(group)
    return groups
