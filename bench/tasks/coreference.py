"""
Coreference on GUM dev: CoNLL F1 over chains of two mentions and more, mentions matched by their heads.

Whole documents are read as one text. Besides all chains, those of actors are
scored: gold chains of persons and organizations against found chains of types
that are mapped to these, and once more with places, because GUM calls a
country a place even where it acts. Chains are chosen by their own type on
each side, never by what they match. A system that takes mentions is also given
the gold ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allegedly.metrics.coreference import conll_f1, score_headed_chains
from allegedly.metrics.mentions import TypedMention
from allegedly.metrics.spans import Scores, add_scores
from bench.found import Found, FoundChain
from bench.readers.gum import Chained, read_gum
from bench.tasks import Result, by_group, f1_of, make_result
from bench.tasks.mentions import GUM_TYPES

Read = Callable[[str], list[FoundChain]]
ReadOf = Callable[[str, Sequence[Found]], list[FoundChain]]
Chains = list[list[TypedMention]]

ACTORS = frozenset(("person", "organization"))
PARTS: dict[str, frozenset[str]] = {
    "": frozenset(GUM_TYPES.values()),
    ", actors": ACTORS,
    ", actors and places": ACTORS | {"place"},
}
# What is given to a system together with gold mentions: the type of ours that is nearest to GUM's.
NEAREST = {
    "person": "PER", "organization": "ORG", "place": "GPE", "object": "OBJECT", "event": "EVENT", "time": "TIME",
    "abstract": "ABSTRACT", "animal": "ANIMAL", "plant": "PLANT", "substance": "SUBSTANCE",
}  # fmt: skip


def run_coreference(read: Read, read_of: ReadOf | None = None) -> dict[str, Result]:
    """Score the chains of GUM dev; ``read_of`` is also given the gold mentions."""
    documents = read_gum()
    results = _results("coreference, GUM", documents, [read(document.text) for document in documents])
    if read_of:
        given = [read_of(document.text, nearest_types(document.mentions)) for document in documents]
        results |= _results("coreference, GUM with gold mentions", documents, given)
    return results


def _results(task: str, documents: Sequence[Chained], found: Sequence[list[FoundChain]]) -> dict[str, Result]:
    """Score all chains, and those of actors."""
    reads = {"CoNLL": conll_f1, "linked": f1_of("linked")}
    reads |= {measure: f1_of(measure) for measure in ("muc", "b_cubed", "ceaf_e")}
    results = {}
    for part, types in PARTS.items():
        pairs = [
            (gold_chains(document, types), found_chains(chains, types))
            for document, chains in zip(documents, found, strict=True)
        ]
        scores = [score_headed_chains(gold, predicted) for gold, predicted in pairs]
        details = by_group(scores, [document.genre for document in documents], conll_f1)
        details["with single mentions"] = conll_f1(_sum(pairs))
        results[task + part] = make_result(task + part, ("gum_dev",), scores, reads, details=details)
    return results


def _sum(pairs: Sequence[tuple[Chains, Chains]]) -> Scores:
    """Score documents with the chains of one mention."""
    return add_scores(score_headed_chains(gold, predicted, singletons=True) for gold, predicted in pairs)


def gold_chains(document: Chained, types: frozenset[str]) -> Chains:
    """Give the gold chains of some types."""
    return [
        [TypedMention(mention.span, mention.head) for mention in chain]
        for chain in document.chains.values()
        if chain[0].type in types
    ]


def found_chains(chains: Sequence[FoundChain], types: frozenset[str]) -> Chains:
    """Give the found chains whose own type is mapped to some types."""
    return [
        [TypedMention(mention.span, mention.head) for mention in chain.mentions]
        for chain in chains
        if GUM_TYPES[chain.type] in types
    ]


def nearest_types(mentions: Sequence[Found]) -> list[Found]:
    """Give gold mentions with types that our systems know."""
    return [mention._replace(type=NEAREST[mention.type]) for mention in mentions]
