"""
From scored pairs to clusters: average linkage on a sparse graph, with pairs that must or cannot be together.

The result is a pure function of items, scores and constraints: neither the
order in which claims were added nor what was clustered before changes it.
A pair that was never compared counts as 0 with a tenth of the weight of one that
was, so a few likely pairs do not join two large groups that share nothing else.
Clusters never reach beyond a part of the graph that likely pairs connect.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence

Edges = Mapping[tuple[int, int], float]
_Sum = tuple[float, int]  # of scores, and how many

UNSEEN = 0.1  # weight of a pair that was never compared
Forbidden = Callable[[int, int], bool]


def cluster(
    names: Sequence[str],
    edges: Edges,
    *,
    threshold: float,
    together: Iterable[tuple[int, int]] = (),
    forbidden: Forbidden = lambda _left, _right: False,
) -> list[list[int]]:
    """
    Join what belongs together, likeliest first, as long as the mean score of all pairs stays at the threshold.

    Args:
        names: Ids of the items; ties are broken by them, so that their order means nothing.
        edges: Scores of the pairs that were compared (smaller number first), 0 to 1.
        threshold: Mean score of the pairs between two clusters that joins them.
        together: Pairs that a person put together; they are joined first, whatever else holds.
        forbidden: Says of two items that they cannot be together.

    Returns:
        Clusters of item numbers, each in order of names, in order of their first names.

    Example:
        >>> cluster("abc", {(0, 1): 0.9, (1, 2): 0.2}, threshold=0.5)
        [[0, 1], [2]]
    """
    work = _Linkage(names, edges, threshold, forbidden)
    for left, right in together:
        work.put_together(left, right)
    work.run()
    found = [sorted(members, key=names.__getitem__) for members in work.members.values()]
    return sorted(found, key=lambda members: names[members[0]])


class _Linkage:
    """
    One clustering under way.

    Args:
        names: Ids of the items.
        edges: Scores of pairs.
        threshold: Mean score that joins.
        forbidden: Says of two items that they cannot be together.
    """

    def __init__(self, names: Sequence[str], edges: Edges, threshold: float, forbidden: Forbidden) -> None:
        self._names, self._threshold, self._forbidden = names, threshold, forbidden
        self.members: dict[int, list[int]] = {number: [number] for number in range(len(names))}
        self._where = list(range(len(names)))
        self._sums: list[dict[int, _Sum]] = [{} for _ in names]
        self._heap: list[tuple[float, str, str, int, int, int, int]] = []
        for (left, right), score in edges.items():
            self._sums[left][right] = self._sums[right][left] = (score, 1)

    def put_together(self, left: int, right: int) -> None:
        """Join the clusters of two items without asking."""
        one, other = self._where[left], self._where[right]
        if one != other:
            self._join(one, other)

    def run(self) -> None:
        """Join the likeliest two clusters until none reach the threshold."""
        for one in self.members:
            for other in self._sums[one]:
                if one < other:
                    self._offer(one, other)
        while self._heap:
            _, _, _, one, other, size, other_size = heapq.heappop(self._heap)
            fresh = (len(self.members.get(one, ())), len(self.members.get(other, ()))) == (size, other_size)
            if fresh and not self._excluded(one, other):
                kept = self._join(one, other)
                for third in self._sums[kept]:
                    self._offer(kept, third)

    def _offer(self, one: int, other: int) -> None:
        """Queue a pair of clusters, if its mean score is high enough; sizes tell later whether it still stands."""
        size, other_size = len(self.members[one]), len(self.members[other])
        total, seen = self._sums[one][other]
        mean = total / (seen + UNSEEN * (size * other_size - seen))
        if mean >= self._threshold:
            first, second = sorted(min(map(self._names.__getitem__, self.members[k])) for k in (one, other))
            heapq.heappush(self._heap, (-mean, first, second, one, other, size, other_size))

    def _excluded(self, one: int, other: int) -> bool:
        return any(self._forbidden(left, right) for left in self.members[one] for right in self.members[other])

    def _join(self, one: int, other: int) -> int:
        """Put the smaller cluster into the larger one and add up their scores."""
        if (len(self._sums[one]), one) < (len(self._sums[other]), other):
            one, other = other, one
        moved = self.members.pop(other)
        self.members[one] += moved
        for member in moved:
            self._where[member] = one
        mine, theirs = self._sums[one], self._sums[other]
        mine.pop(other, None)
        theirs.pop(one, None)
        for third, score in theirs.items():
            had = mine.get(third, (0.0, 0))
            mine[third] = self._sums[third][one] = (had[0] + score[0], had[1] + score[1])
            del self._sums[third][other]
        self._sums[other] = {}
        return one
