"""
Flat names: exact words and type, on news (PUD), web text (EWT) and the local press of five regions (Worldwide).

    python -m bench.details "names, Worldwide" [--larger]

What each set calls a name differs. Universal NER has PER, ORG and LOC only, and
its annotators put buildings, bridges and bases under LOC, armies under ORG, and
drop nationalities; Worldwide, mapped to four types as Stanza does, calls
nationalities MISC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from allegedly.metrics.mentions import TypedSpan, score_names
from allegedly.metrics.spans import Score, Scores
from bench.readers.flat_names import NamedText, read_ewt_names, read_pud_news
from bench.readers.worldwide import read_worldwide
from bench.tasks import Result, by_group, f1_of, f1_of_all, make_result

Read = Callable[[str], list[TypedSpan]]

UNER_TYPES: Mapping[str, str] = {
    "PER": "PER", "ORG": "ORG", "MIL": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
}  # fmt: skip
# Weapons and vehicles are products there; events, works and agreements miscellaneous.
WORLDWIDE_TYPES: Mapping[str, str] = {
    **UNER_TYPES, "NORP": "MISC", "WEA": "MISC", "VEH": "MISC", "EVENT": "MISC", "MISC": "MISC",
}  # fmt: skip
THREE = ("PER", "ORG", "LOC")
_REGION = "region "


def run_uner(read: Read) -> dict[str, Result]:
    """Score names on the news half of PUD and on EWT dev."""
    sets = {"names, PUD news": ("uner_pud", read_pud_news()), "names, EWT": ("uner_ewt_dev", read_ewt_names())}
    results = {}
    for task, (corpus, documents) in sets.items():
        scores = score_texts(documents, read, UNER_TYPES)
        results[task] = make_result(task, (corpus,), scores, {"name": f1_of("name")}, details=_per_type(scores, THREE))
    return results


def run_worldwide(read: Read, *, full: bool = False) -> dict[str, Result]:
    """Score names by region: all, the worst region, and how evenly regions fare (100 less worst from mean)."""
    documents = read_worldwide(full=full)
    regions = [document.group for document in documents]
    scores = score_texts(documents, read, WORLDWIDE_TYPES)
    details = by_group(scores, regions, f1_of("name")) | _per_type(scores, (*THREE, "MISC"))
    scores = [one | {_REGION + region: one["name"]} for one, region in zip(scores, regions, strict=True)]
    reads = {
        "name": f1_of("name"),
        "three types": f1_of_all([f"name {kind}" for kind in THREE]),
        "worst region": lambda total: min(_regions(total)),
        "evenness": lambda total: 100 - (fmean(_regions(total)) - min(_regions(total))),
    }
    task = "names, Worldwide in full" if full else "names, Worldwide"
    return {task: make_result(task, ("worldwide_newswire",), scores, reads, details=details)}


def score_texts(documents: Sequence[NamedText], read: Read, types: Mapping[str, str]) -> list[Scores]:
    """Score each document; types that ``types`` does not map are dropped."""
    return [score_names(document.names, read(document.text), types=types) for document in documents]


def _regions(scores: Scores) -> list[float]:
    """Give the F1 of each region."""
    return [score.f1 for measure, score in scores.items() if measure.startswith(_REGION)] or [0.0]


def _per_type(scores: Sequence[Scores], types: Sequence[str]) -> dict[str, float]:
    """Give the F1 of each type."""
    return {kind: sum((one.get(f"name {kind}", Score()) for one in scores), Score()).f1 for kind in types}
