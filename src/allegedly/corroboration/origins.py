"""
Origins: which documents go back to one report, so that a story reprinted by forty outlets is counted once.

Four reasons join documents, each shown with its evidence: the same words
(``exact-copy``), nearly the same (``near-copy``), a passage of one in the other
(``contains-copy``), and one agency credited for reports of one event
(``agency-credit``). Independent reports of one incident share facts, phrases and
quotations, and stay apart. In doubt documents are joined: an origin too few is
a smaller fault than a confirmation that is none.

A round-up that contains reports of several origins belongs to each of them and
adds none. The cost grows nearly in step with the number of documents: copies are
found by MinHash, passages by winnowing, credits by agency, and each document is
compared with one of each group only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from allegedly.corroboration.assemble import OriginsOf
from allegedly.corroboration.blocks import Credits
from allegedly.corroboration.copies import Fingerprints
from allegedly.corroboration.facts import are_other_events
from allegedly.corroboration.pairs import Link, Report, credit_link, exact_link, judge_pair
from allegedly.corroboration.resolve import Sets, resolve_groups
from allegedly.corroboration.signatures import Neighbours, Signature, method, sign
from allegedly.records.document import Document

_ALIKE = 0.7  # share of both documents
_TRIES = 3  # documents alike that another is compared with


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """
    Documents of one origin; immutable.

    Args:
        documents: Their ids, in the order they were given in.
        links: Why they are together; empty for a document alone.
    """

    documents: tuple[str, ...]
    links: tuple[Link, ...]


def group_origins(
    documents: Sequence[Document], *, signatures: Mapping[str, Signature] | None = None
) -> tuple[OriginGroup, ...]:
    """
    Group documents by origin; the number of groups is the number of origins.

    Nothing is said of who copied from whom. A document may stand in several
    groups (a round-up), and every document stands in at least one.

    Args:
        documents: The documents, in any order; the order of groups follows it.
        signatures: Signatures made before, by id; those of another method are made anew.

    Returns:
        The groups, in order of their first documents.
    """
    found = _Found([Report(number, document) for number, document in enumerate(documents)])
    alone = list(_join_exact(found))
    _join_near(found, alone, signatures or {})
    _join_passages(found, alone)
    _join_credits(found, alone)
    return tuple(found.groups())


def origins_by_document(texts_of: Callable[[Sequence[str]], Iterable[Document]]) -> OriginsOf:
    """
    Make what counts the origins of an incident: only its own documents are compared, when they are asked for.

    Args:
        texts_of: Gives documents by their ids.

    Returns:
        A function that gives, for ids of documents, the names of the groups that each belongs to.
    """

    @lru_cache(maxsize=10_000)
    def origins(ids: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for number, group in enumerate(group_origins(list(texts_of(ids)))):
            for document in group.documents:
                found.setdefault(document, []).append(str(number))
        return found

    return lambda ids: origins(tuple(sorted(ids)))


@dataclass(slots=True)
class _Found:
    """The links found so far, and the documents so much alike that one of them stands for all in comparisons."""

    reports: list[Report]
    links: list[Link] = field(default_factory=list)
    _alike: Sets = field(init=False)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._alike = Sets(len(self.reports))

    def take(self, link: Link | None) -> None:
        """Take a link, if there is one."""
        if link is None:
            return
        self.links.append(link)
        if link.reason != "agency-credit" and min(link.left_share, link.right_share) >= _ALIKE:
            self._alike.join(link.left, link.right)

    def others(self, report: Report, candidates: Iterable[int]) -> Iterator[Report]:
        """Go through the candidates worth comparing: a few of those alike, none twice, none that is alike already."""
        tries: dict[int, int] = {}
        for number in candidates:
            root = self._alike.root(number)
            pair = (min(number, report.number), max(number, report.number))
            if root != self._alike.root(report.number) and tries.get(root, 0) < _TRIES and pair not in self._seen:
                tries[root] = tries.get(root, 0) + 1
                self._seen.add(pair)
                yield self.reports[number]

    def linked(self) -> set[tuple[int, int]]:
        """Give the pairs that are linked."""
        return {(link.left, link.right) for link in self.links}

    def groups(self) -> Iterator[OriginGroup]:
        """Give the groups."""
        for numbers in resolve_groups(len(self.reports), self.links, apart=self._are_apart):
            inside = frozenset(numbers)
            links = tuple(link for link in self.links if {link.left, link.right} <= inside)
            yield OriginGroup(tuple(self.reports[number].document.id for number in numbers), links)

    def _are_apart(self, one: int, other: int) -> bool:
        return are_other_events(self.reports[one].facts, self.reports[other].facts)


def _join_exact(found: _Found) -> Iterator[Report]:
    """Join documents of the same words, and give the first of each."""
    firsts: dict[str, Report] = {}
    for report in found.reports:
        first = firsts.setdefault(report.words.digest, report) if len(report.words) else report
        if first is report:
            yield report
        else:
            found.take(exact_link(first, report))


def _join_near(found: _Found, alone: list[Report], known: Mapping[str, Signature]) -> None:
    """Join near copies, found by their signatures."""
    neighbours = Neighbours()
    for report in alone:
        signature = known.get(report.document.id)
        if signature is None or signature.method != method():
            signature = sign(report.words)
        for other in found.others(report, neighbours.of(signature)):
            found.take(judge_pair(other, report))
        neighbours.add(report.number, signature)


def _join_passages(found: _Found, alone: list[Report]) -> None:
    """Join what shares long passages, found by their fingerprints."""
    index = Fingerprints()
    for report in alone:
        for other in found.others(report, index.candidates(report.words)):
            found.take(judge_pair(other, report))
        index.add(report.number, report.words)


def _join_credits(found: _Found, alone: list[Report]) -> None:
    """Join reports of one event that credit one agency."""
    index = Credits()
    linked = found.linked()
    for report in alone:
        for agency, candidates in index.candidates(report):
            for number in candidates:
                if (number, report.number) not in linked:
                    found.take(credit_link(found.reports[number], report, agency))
        index.add(report)
