"""
From claims and judgements to incidents: pairs, clusters, and what belongs to them.

:func:`corroborate` is a pure function. :class:`Corroborator` gives the same
result while claims arrive: it keeps the scores of pairs and the incidents of
clusters that did not change. Claims without event join the incident of the
claim they refer to; a statement that refers to nothing belongs to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allegedly.corroboration.assemble import OriginsOf, make_incident
from allegedly.corroboration.blocking import candidate_pairs, makes_incident
from allegedly.corroboration.clustering import cluster
from allegedly.corroboration.items import Item, items_of
from allegedly.corroboration.judging import Constraints, constraints_of
from allegedly.corroboration.parties import Parties
from allegedly.corroboration.references import find_antecedents, refers_back
from allegedly.corroboration.scorer import Scorer, load_scorer
from allegedly.corroboration.similarity import are_incompatible
from allegedly.corroboration.stance import accused_by
from allegedly.records.claims import Claim
from allegedly.records.incidents import ClusterJudgement, Incident


def corroborate(
    claims: Iterable[Claim],
    judgements: Iterable[ClusterJudgement] = (),
    *,
    scorer: Scorer | None = None,
    origins: OriginsOf | None = None,
    only: Collection[str] | None = None,
) -> tuple[Incident, ...]:
    """
    Put claims together to incidents.

    A pure function: the order of claims and judgements changes nothing, and the same text printed by
    several outlets counts as one claim.

    Args:
        claims: All claims of whole documents.
        judgements: What people decided about clusters.
        scorer: Scores pairs; the shipped one by default.
        origins: Gives the groups of one origin that each of some documents belongs to; without it, equal texts are one.
        only: Ids of the claims to put together; the others only tell what their documents are about.

    Returns:
        The incidents, last reported first.
    """
    worker = Corroborator(scorer=scorer, origins=origins, only=only)
    worker.judge(judgements)
    worker.add(claims)
    return worker.incidents()


@dataclass(slots=True)
class Corroborator:
    """
    Incidents while claims arrive; thrown away afterwards, nothing in it is the truth.

    Args:
        scorer: Scores pairs.
        origins: Gives the groups of one origin that each of some documents belongs to.
        only: Ids of the claims to put together; None for all.
    """

    scorer: Scorer | None = None
    origins: OriginsOf | None = None
    only: Collection[str] | None = None
    _claims: dict[str, list[Claim]] = field(default_factory=dict)
    _judgements: dict[int, ClusterJudgement] = field(default_factory=dict)
    _scores: dict[tuple[str, str], float] = field(default_factory=dict)
    _items: dict[str, Item] = field(default_factory=dict)
    _made: dict[tuple[tuple[str, str], ...], Incident] = field(default_factory=dict)

    def add(self, claims: Iterable[Claim]) -> None:
        """Take claims in; whole documents at a time. A claim that is there already, in that document, is not added."""
        fresh: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            printed = self._claims.setdefault(claim.id, [])
            if all(other.document != claim.document for other in printed):
                printed.append(claim)
                fresh[claim.digest].append(claim)
        for said in fresh.values():
            kept = {claim.id for claim in said if self._counts(claim) and makes_incident(claim.type, claim.factuality)}
            self._items |= {item.id: item for item in items_of(said) if item.id in kept and item.id not in self._items}

    def judge(self, judgements: Iterable[ClusterJudgement]) -> None:
        """Take judgements in; one of the same number replaces the one before, as when it is undone."""
        self._judgements |= {item.number: item for item in judgements}

    def incidents(self) -> tuple[Incident, ...]:
        """Give the incidents, last reported first."""
        clusters = self.clusters()
        where = {claim: number for number, members in enumerate(clusters) for claim in members}
        links, joined = self._references(where)
        made: dict[tuple[tuple[str, str], ...], Incident] = {}
        for number, members in enumerate(clusters):
            prints = [claim for name in (*members, *joined.get(number, ())) for claim in self._claims[name]]
            key = tuple(sorted((claim.id, claim.document) for claim in prints))
            made[key] = self._made.get(key) or make_incident(prints, links, origins=self.origins)
        self._made = made
        return tuple(sorted(made.values(), key=lambda item: (item.last_updated or "", item.id), reverse=True))

    def clusters(self) -> list[list[str]]:
        """Give the clusters as ids of claims with events, each in order of ids."""
        names = sorted(self._items)
        items = [self._items[name] for name in names]
        number = {name: k for k, name in enumerate(names)}
        constraints = constraints_of(self._judgements.values())
        together = [(number[a], number[b]) for a, b in constraints.together if a in number and b in number]
        edges = self._edges(items)
        found: list[list[str]] = []
        likely = [pair for pair, score in edges.items() if score >= self._scorer().candidate]
        parts = _parts(len(items), [*likely, *together])
        for part, inner in zip(parts, _edges_by_part(parts, edges), strict=True):
            found += _cluster_part(part, items, inner, together, constraints, self._scorer().threshold)
        return found

    def _edges(self, items: Sequence[Item]) -> dict[tuple[int, int], float]:
        """Score the candidate pairs that have no score yet."""
        scorer = self._scorer()
        edges: dict[tuple[int, int], float] = {}
        fresh: dict[tuple[str, str], float] = {}
        for left, right in candidate_pairs(items):
            one, other = items[left], items[right]
            key = (one.id, other.id)
            score = self._scores.get(key)
            if score is None:
                score = 0.0 if are_incompatible(one, other) else scorer.score(one, other)
            fresh[key] = edges[left, right] = score
        self._scores = fresh
        return edges

    def _references(self, where: Mapping[str, int]) -> tuple[dict[str, tuple[Claim, ...]], dict[int, list[str]]]:
        """Link statements without event to what they refer to, and give those that join each cluster."""
        documents: dict[str, list[Claim]] = defaultdict(list)
        for printed in self._claims.values():
            documents[printed[0].digest].append(printed[0])
        links: dict[str, tuple[Claim, ...]] = {}
        joined: dict[int, list[str]] = defaultdict(list)
        for said in documents.values():
            for claim_id, antecedents in link_references(said, where).items():
                links[claim_id] = antecedents
                if claim_id not in where and (self.only is None or claim_id in self.only):
                    joined[where[antecedents[0].id]].append(claim_id)
        return links, joined

    def _counts(self, claim: Claim) -> bool:
        return self.only is None or claim.id in self.only

    def _scorer(self) -> Scorer:
        return self.scorer or load_scorer()


def link_references(said: Sequence[Claim], where: Mapping[str, int]) -> dict[str, tuple[Claim, ...]]:
    """
    Link the statements of one document that have no event to the claims they refer to.

    Args:
        said: All claims of the document.
        where: The cluster of each claim that is in one.
    """
    if not any(map(refers_back, said)):
        return {}
    parties = Parties()
    ordered = sorted(said, key=lambda claim: (claim.span, claim.id))
    known = [
        (claim, parties.of_claim(claim), accused_by(claim, parties))
        for claim in ordered
        if claim.id in where and claim.event is not None
    ]
    links = {}
    for claim in ordered:
        if refers_back(claim) and (found := find_antecedents(claim, known, parties.of_claim(claim))):
            links[claim.id] = found
    return links


def _parts(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Part items into groups that no pair connects."""
    roots = list(range(count))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    for left, right in pairs:
        one, other = sorted((root(left), root(right)))
        roots[other] = one
    parts: dict[int, list[int]] = defaultdict(list)
    for number in range(count):
        parts[root(number)].append(number)
    return list(parts.values())


def _edges_by_part(
    parts: Sequence[Sequence[int]], edges: Mapping[tuple[int, int], float]
) -> list[dict[tuple[int, int], float]]:
    """Give the edges inside each part; unlikely ones between parts join nothing."""
    where = {number: k for k, part in enumerate(parts) for number in part}
    found: list[dict[tuple[int, int], float]] = [{} for _ in parts]
    for (left, right), score in edges.items():
        if where[left] == where[right]:
            found[where[left]][left, right] = score
    return found


def _cluster_part(  # one connected part with all that bears on it
    part: Sequence[int],
    items: Sequence[Item],
    edges: Mapping[tuple[int, int], float],
    together: Sequence[tuple[int, int]],
    constraints: Constraints,
    threshold: float,
) -> list[list[str]]:
    if len(part) == 1:
        return [[items[part[0]].id]]
    local = {number: k for k, number in enumerate(part)}
    names = [items[number].id for number in part]

    def forbidden(left: int, right: int) -> bool:
        one, other = items[part[left]], items[part[right]]
        return (one.id, other.id) in constraints.apart or are_incompatible(one, other)

    found = cluster(
        names,
        {(local[left], local[right]): score for (left, right), score in edges.items()},
        threshold=threshold,
        together=[(local[left], local[right]) for left, right in together if left in local],
        forbidden=forbidden,
    )
    return [[names[k] for k in members] for members in found]
