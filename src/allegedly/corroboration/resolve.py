"""
From links between documents to groups of one origin.

Documents that are linked are of one origin, and so on from link to link, with
one exception: a round-up that takes passages from several reports would make
one origin of them all. Such a document is seen as several parts, each linked
for itself, and belongs to the group of each part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from allegedly.corroboration.pairs import Link
from allegedly.records.span import Span

WIDE: Final = 0.7  # share of a document from which a link is about all of it
WHOLE: Final = 0.9  # share from which a document is an excerpt of the other, not a report that went into it

Apart = Callable[[int, int], bool]


class Sets:
    """
    Sets of numbers that grow together (union-find); the least number names its set.

    Args:
        count: How many numbers there are, from 0.
    """

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def add(self) -> int:
        """Make one more number."""
        self._parents.append(len(self._parents))
        return self._parents[-1]

    def root(self, number: int) -> int:
        """Give the name of the set that a number is in."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first


@dataclass(slots=True)
class _Part:
    """A part of a document, and the links that are about it."""

    node: int
    links: list[Link] = field(default_factory=list)


def resolve_groups(count: int, links: Sequence[Link], *, apart: Apart) -> list[list[int]]:
    """
    Group documents.

    Args:
        count: How many documents there are.
        links: Why two of them are of one origin.
        apart: Says whether two documents are about other events.

    Returns:
        The groups' documents in order, groups in order of their first; each document is in one group at least.
    """
    of: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.reason != "exact-copy":
            of[link.left].append(link)
            of[link.right].append(link)
    sets = Sets(count)
    parts = {number: _split(number, own, sets, apart) for number, own in of.items()}
    follows = {link.right: link.left for link in links if link.reason == "exact-copy"}
    for link in links:
        left, right = (_node(link, number, parts, follows) for number in (link.left, link.right))
        if left is not None and right is not None:
            sets.join(left, right)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(count):
        followed = follows.get(number, number)
        nodes = [part.node for part in parts.get(followed, ())] or [followed]
        for root in sorted({sets.root(node) for node in nodes}):
            groups[root].append(number)
    return sorted(groups.values())


def _node(link: Link, number: int, parts: dict[int, list[_Part]], follows: dict[int, int]) -> int | None:
    """
    Give the part of a document that a link is about.

    A link about all of a document in several parts joins none of them; the
    other document follows it if it has no part of its own.
    """
    if link.reason == "exact-copy":
        return None
    own = parts[number]
    if len(own) == 1:
        return own[0].node
    found = [part.node for part in own if link in part.links]
    other = link.other(number)
    if not found and len(parts[other]) == 1 and len(parts[other][0].links) == 1:
        follows.setdefault(other, number)
    return found[0] if found else None


def _split(number: int, links: list[Link], sets: Sets, apart: Apart) -> list[_Part]:
    """Part a document by the passages that its links are about; most have one part."""
    parts: list[_Part] = []
    narrow = [link for link in links if link.reason != "agency-credit" and link.share(number) < WIDE]
    for link in sorted(narrow, key=lambda link: link.spans(number)[0].start):
        fitting = next((part for part in parts if _belongs(link, part, number, apart)), None)
        if fitting is None:
            fitting = _Part(number if not parts else sets.add())
            parts.append(fitting)
        fitting.links.append(link)
    if len(parts) < 2:
        return [_Part(number, links)]
    rest = [link for link in links if link.reason == "agency-credit"]
    parts[0].links += rest
    return parts


def _belongs(link: Link, part: _Part, number: int, apart: Apart) -> bool:
    """Say whether a link is about a part: about the same words, or nothing speaks for two reports."""
    return any(
        _overlap(link.spans(number), other.spans(number)) >= 0.5 or not _two_reports(link, other, number, apart)
        for other in part.links
    )


def _two_reports(one: Link, other: Link, number: int, apart: Apart) -> bool:
    """Say whether two documents went into a third: they are of other events, or each has more than the third took."""
    left, right = one.other(number), other.other(number)
    return apart(left, right) or max(one.share(left), other.share(right)) < WHOLE


def _overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Give how much of the shorter stretch of text the other covers, 0 to 1; from the first span to the last."""
    (start, end), (first, last) = _reach(one), _reach(other)
    return max(0, min(end, last) - max(start, first)) / min(end - start, last - first)


def _reach(spans: Iterable[Span]) -> tuple[int, int]:
    ordered = sorted(spans)
    return ordered[0].start, max(span.end for span in ordered)
