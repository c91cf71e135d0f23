"""
Time expressions: WikiWars 1-16, TimeBank, AQUAINT, MEANTIME, and what two rule taggers said of the same texts.

WikiWars 17-22 and TempEval-3 Platinum are kept aside and never read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from allegedly.metrics.timexes import Timex
from bench.corpora import Corpus, load_corpora

GOLD = {
    "WikiWars": "timex_wikiwars",
    "TimeBank": "timex_timebank",
    "AQUAINT": "timex_aquaint",
    "MEANTIME": "timex_meantime",
}
KEPT_ASIDE = frozenset(("test",))  # splits that are never read

_TEMPEVAL = "TempEval-3 (UzZaman et al. 2013), repository StructTempRel-EMNLP17 at d6518a5"
_CORPORA = (
    Corpus(
        "timex_wikiwars",
        "wikiwars/wikiwars_timex3.jsonl",
        "WikiWars 1.0.4 (Mazur and Dale 2010), TIMEX3 conversion of SynTime at 1aef302",
        "CC BY-SA 3.0",
        "documents 1-16; 17-22 are kept aside; the conversion calls every type DATE, so no type figure is given",
        "c8e5b0fcaf977c5364510e13bf9d963931b6d911a7006c906ad522d884ddee69",
    ),
    Corpus(
        "timex_timebank",
        "tempeval3/timebank.jsonl",
        _TEMPEVAL,
        "none stated; texts belong to their publishers: measure, never redistribute",
        "whole: 183 documents",
        "850bcf5a5cad83aeecaab6ff6e2766aaa54dc705845c5611f5c9ce4ef55dc825",
    ),
    Corpus(
        "timex_aquaint",
        "tempeval3/aquaint.jsonl",
        _TEMPEVAL,
        "none stated; texts belong to their publishers: measure, never redistribute",
        "whole: 73 documents",
        "71867076c1975c0666edbfc76ee71badf6344ab30d735a927306ba8e38a79c16",
    ),
    Corpus(
        "timex_meantime",
        "meantime/meantime_en.jsonl",
        "MEANTIME (Minard et al. 2016), English, first sentences; repository StructTempRel-EMNLP17 at d6518a5",
        "CC BY 4.0",
        "whole: 120 documents",
        "a278f80c23fa717e03a9a095fa396bd7878e6d57d037f63d759fc85cf30dbd62",
    ),
)


@dataclass(frozen=True, slots=True)
class TimedText:
    """
    A document with its time expressions.

    Args:
        id: Name of the document.
        corpus: Name of its corpus in tables.
        text: The document.
        published: Publication date; None if the corpus gives none that can be read.
        gold: Its time expressions, in order.
    """

    id: str
    corpus: str
    text: str
    published: date | None
    gold: list[Timex]


def corpus_of(name: str) -> Corpus:
    """Give a corpus of time expressions: as ``corpora.toml`` has it, else as written down here."""
    return load_corpora().get(name) or next(corpus for corpus in _CORPORA if corpus.name == name)


def read_timed(corpus: str) -> list[TimedText]:
    """Read a corpus by its name in tables."""
    return list(parse_timed(corpus, _lines(corpus_of(GOLD[corpus]))))


def _lines(corpus: Corpus) -> Iterator[dict[str, Any]]:
    with corpus.verify().open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def parse_timed(corpus: str, rows: Iterable[dict[str, Any]]) -> Iterator[TimedText]:
    """Read rows of a corpus; what is kept aside is left out."""
    for row in rows:
        if row.get("split") not in KEPT_ASIDE:
            gold = sorted(parse_timex(timex) for timex in row["timex"])
            yield TimedText(row["id"], corpus, row["text"], parse_day(row.get("dct")), gold)


def parse_timex(row: dict[str, Any]) -> Timex:
    """Read one expression; a missing value is empty."""
    return Timex(row["start"], row["end"], row["type"], row.get("value") or "")


def parse_day(written: str | None) -> date | None:
    """Read a publication date, with or without its time of day; None if it is written otherwise."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def read_stored(system: str, corpus: str) -> dict[str, list[Timex]]:
    """Read what a tagger said of a corpus, by document."""
    name = corpus.lower()
    file = Corpus(f"{system}_{name}", f"rivals_time/{system}_{name}.jsonl", "", "", "", STORED[f"{system}_{name}"])
    return {row["id"]: [parse_timex(timex) for timex in row["timex"]] for row in _lines(file)}


# Digests of the stored outputs.
STORED = {
    "heideltime_aquaint": "71384a472dd3f070254d7d831ce2ad2e1bdb184adde7a4bf810091455bdc6462",
    "heideltime_meantime": "6817650b470702818818f88f786694065c07cb6f4790d2fc587ff3b5184e8f82",
    "heideltime_timebank": "00dbda7a97123cf0169cd753db2393febac043593f9153f1a9b3d69077819fa9",
    "heideltime_wikiwars": "a53719a389926818b0c650634231bff071688e444a04d487442b7de853764f66",
    "sutime_aquaint": "cff7f8447a6ce86916b339ae249bfe364b87ee59a6cf1b99abd65d73dec3e0ad",
    "sutime_meantime": "d28ef885e116ddf0b3a15103ebe68f064472f58d1dd587900334bf8e8fb49e06",
    "sutime_timebank": "97e532ee2ec02308e4133183934b6360dfa1c8828f69e79c17e9308a874df49d",
    "sutime_wikiwars": "62d13aeaf9c0c06ee080582c68ea5f26a27e5ec359e298055ba1f6b4ed582746",
}
