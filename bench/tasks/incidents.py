"""
Incidents: clusters on ECB+ dev, the same event in another document on FAMuS dev, disagreement on MAVERICK.

    python -m bench.tasks.incidents [--raw]

ECB+: gold mentions in checked sentences, gold arguments of the same sentence,
each topic by itself (two stories of one kind that are easily mixed up), CoNLL F1
with mentions alone counted, as the literature has it. ``--raw`` also reads the
raw texts with our reader: found triggers that overlap a gold mention stand for
it, the others are left out of both sides, gold ones nobody found stay alone.

FAMuS has no train file at hand: the one threshold is set on half of dev and
measured on the other half, both ways round; no weight is trained on it.

Rivals: every two mentions with the same head are one event; every two of the
same day and place are (ECB+'s words of time and place).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from allegedly.corroboration.clustering import cluster
from allegedly.corroboration.conflicts import figures_conflict
from allegedly.corroboration.items import Item
from allegedly.corroboration.scorer import Scorer, load_scorer
from allegedly.corroboration.similarity import are_incompatible
from allegedly.metrics.coreference import CONLL, conll_f1, score_chains
from allegedly.metrics.spans import Score, Scores
from bench.readers.ecbplus import Topic, read_ecbplus
from bench.readers.famus import SourcePair, read_famus
from bench.readers.maverick import read_maverick
from bench.tables import print_table
from bench.tasks import Result, f1_of, make_result, right_or_wrong

Clusters = Callable[[Sequence[Item]], list[list[int]]]


def run_incidents(clusters: Clusters) -> dict[str, Result]:
    """Measure clusters on ECB+, and the shipped scorer and figures on the other two corpora."""
    return {
        "incidents, ECB+": score_topics(clusters),
        "incidents, FAMuS": score_sources(read_famus()),
        "incidents, MAVERICK": score_disagreement(),
    }


def ours(items: Sequence[Item]) -> list[list[int]]:
    """Cluster by the shipped scorer; every pair of a topic is compared."""
    scorer = load_scorer()
    edges = {
        (left, right): 0.0 if are_incompatible(items[left], items[right]) else scorer.score(items[left], items[right])
        for left, right in combinations(range(len(items)), 2)
    }
    return cluster([item.id for item in items], edges, threshold=scorer.threshold)


def same_head(items: Sequence[Item]) -> list[list[int]]:
    """Cluster by the stem of the head word."""
    return _grouped(items, lambda item: item.head)


def same_day_and_place(items: Sequence[Item]) -> list[list[int]]:
    """Cluster by words of time and place; mentions that have neither stay alone."""
    return _grouped(items, lambda item: (item.times, item.places) if item.times or item.places else item.id)


RIVALS: Mapping[str, Clusters] = {"allegedly": ours, "same head": same_head, "same day and place": same_day_and_place}


def _grouped(items: Sequence[Item], key: Callable[[Item], object]) -> list[list[int]]:
    groups: dict[object, list[int]] = {}
    for number, item in enumerate(items):
        groups.setdefault(key(item), []).append(number)
    return list(groups.values())


def score_topics(clusters: Clusters, split: str = "dev") -> Result:
    """Score clusters of each topic of ECB+."""
    topics = read_ecbplus(split)
    documents = [score_topic(topic, clusters(topic.items)) for topic in topics]
    details = {f"topic {topic.name}": conll_f1(scores) for topic, scores in zip(topics, documents, strict=True)}
    reads = {"CoNLL": conll_f1, **{measure: f1_of(measure) for measure in CONLL}}
    return make_result("incidents, ECB+", ("ecbplus",), documents, reads, details=details)


def score_topic(topic: Topic, found: list[list[int]]) -> Scores:
    """Score the clusters of one topic; mentions alone count."""
    gold: dict[str, list[int]] = {}
    for number, chain in enumerate(topic.chains):
        gold.setdefault(chain, []).append(number)
    return score_chains(gold.values(), found, singletons=True)


def score_sources(pairs: Sequence[SourcePair]) -> Result:
    """Score whether a source tells of a report's event; the threshold of each half is set on the other."""
    scorer = load_scorer()
    values = [source_score(scorer, pair) for pair in pairs]
    documents: list[Scores] = []
    for half in (0, 1):
        other = [(value, pair.same) for k, (value, pair) in enumerate(zip(values, pairs, strict=True)) if k % 2 != half]
        border = best_border(other)
        documents += [
            {"accuracy": right_or_wrong(right=(value >= border) == pair.same)}
            for k, (value, pair) in enumerate(zip(values, pairs, strict=True))
            if k % 2 == half
        ]
    return make_result("incidents, FAMuS", ("famus_dev",), documents, {"accuracy": f1_of("accuracy")})


def source_score(scorer: Scorer, pair: SourcePair) -> float:
    """Give how well the best sentence of the source fits the event, and how well the whole does."""
    scores = sorted((scorer.score(pair.event, sentence) for sentence in pair.sentences), reverse=True)
    return max(scores[:1], default=0.0)


def best_border(cases: Sequence[tuple[float, bool]]) -> float:
    """Give the border that parts cases best; of equals the lowest."""
    borders = sorted({value for value, _ in cases})
    return max(borders, key=lambda border: (sum((value >= border) == same for value, same in cases), -border))


def score_disagreement() -> Result:
    """Score whether the figures of the reports of an event are flagged as conflicting."""
    documents: list[Scores] = []
    failures = []
    for event in read_maverick():
        flagged = any(figures_conflict(one, other) for one, other in combinations(event.deaths, 2))
        documents.append({"flag": Score(int(flagged and event.disagree), int(event.disagree), int(flagged))})
        if flagged != event.disagree:
            failures.append(f"{event.id}: {[(f.low, f.best, f.high) for f in event.deaths]}")
    return make_result("incidents, MAVERICK", ("maverick",), documents, {"flag": f1_of("flag")}, failures=failures)


def score_raw() -> Result:
    """Read the raw texts of ECB+ dev with our reader, and score the clusters of what was found."""
    from allegedly.corroboration.corroborate import corroborate  # noqa: PLC0415 - needs the pack
    from allegedly.reader import load  # noqa: PLC0415
    from allegedly.records.claims_of import claims_of  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415

    reader = load()
    topics = read_ecbplus("dev")
    documents = []
    for topic in topics:
        claims = [
            claim for name, text in topic.documents.items() for claim in claims_of(reader.read(Document(text, id=name)))
        ]
        incidents = corroborate(claims)
        where = {claim: number for number, incident in enumerate(incidents) for claim in incident.claims}
        documents.append(score_topic(topic, _matched(topic, claims, where)))
    reads = {"CoNLL": conll_f1, **{measure: f1_of(measure) for measure in CONLL}}
    return make_result("incidents, ECB+ from raw text", ("ecbplus",), documents, reads)


def _matched(topic: Topic, claims: Sequence, where: Mapping[str, int]) -> list[list[int]]:  # type: ignore[type-arg]
    """Give the cluster of each gold mention: that of the found claim whose trigger stands at its place."""
    at: dict[tuple[str, int], int] = {}
    for claim in claims:
        if claim.id in where and claim.trigger is not None:
            start = claim.span[0] + max(claim.quote.find(claim.trigger), 0)
            at[claim.document, start] = where[claim.id]
    groups: dict[object, list[int]] = {}
    for number, item in enumerate(topic.items):
        groups.setdefault(at.get((item.document, item.position), item.id), []).append(number)
    return list(groups.values())


def main() -> None:
    """Print the figures, rivals beside ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", action="store_true", help="also from raw text (needs the pack; minutes)")
    options = parser.parse_args()
    rows = [[name, *_cells(score_topics(clusters))] for name, clusters in RIVALS.items()]
    if options.raw:
        rows.append(["allegedly, from raw text", *_cells(score_raw())])
    print_table(["ECB+ dev", "CoNLL", *CONLL], rows)
    others = (score_sources(read_famus()), score_disagreement())
    print_table(
        ["figure", "value"],
        [[f"{result.task}, {name}", f"{value:.1f}"] for result in others for name, value in result.figures.items()],
    )


def _cells(result: Result) -> list[str]:
    return [f"{value:.1f}" for value in result.figures.values()]


if __name__ == "__main__":
    main()
