"""Ledgers on the two dev sets of our own gold; of the invented one headlines and running text apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allegedly.metrics import macro_f1, score_ledger
from allegedly.metrics.spans import Scores
from bench.readers.ledgers import Ledger, is_headline, read_ledgers
from bench.systems import Ledgers, empty_ledger
from bench.tasks import Result, f1_of, make_result

Read = Callable[[Sequence[tuple[str, str]]], Ledgers]

MEASURES = (
    "attribution detected", "attribution lenient", "stance", "event detected", "event typed", "actor", "recipient",
    "place", "time", "quantity", "voice", "factuality", "row",
)  # fmt: skip


def run_ledgers(corpus: str, read: Read) -> dict[str, Result]:
    """Score one corpus: all documents and, where it has both, headlines and running text apart."""
    golds = read_ledgers(corpus)
    scores = score_documents(golds, read([(gold["id"], gold["text"]) for gold in golds]))
    parts: dict[str, list[Scores]] = {corpus: scores}
    if "invented" in corpus:
        headline = [is_headline(gold) for gold in golds]
        parts[f"{corpus}, headlines"] = [s for s, single in zip(scores, headline, strict=True) if single]
        parts[f"{corpus}, running text"] = [s for s, single in zip(scores, headline, strict=True) if not single]
    reads = {measure: f1_of(measure) for measure in MEASURES}
    return {
        task: make_result(task, (corpus,), documents, {**reads, "factuality macro-F1": macro_f1})
        for task, documents in parts.items()
    }


def score_documents(golds: Sequence[Ledger], ledgers: Ledgers) -> list[Scores]:
    """Score ledgers against gold, by id; a document without a ledger counts as empty."""
    found = {ledger.get("document", ledger)["id"]: ledger for ledger in ledgers}
    return [score_ledger(gold, found.get(gold["id"]) or empty_ledger(gold["id"], gold["text"])) for gold in golds]
