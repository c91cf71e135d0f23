"""Attributions whose source is a pronoun or a description, with who it is: ledger gold and GUM's discourse trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.corpora import load_corpora
from bench.found import Found, Pair
from bench.readers.gum import Chained, read_gum

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """
    An attribution of the ledger gold whose source is named elsewhere in the text.

    Args:
        source: Spans of the source.
        cue: Spans of the cue.
        name: Who the source is, in the text's own words.
    """

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    name: str


@dataclass(frozen=True, slots=True)
class ChainedSource:
    """
    An attribution of GUM whose source is a pronoun or a description of somebody with a name.

    Args:
        source: The source's mention.
        names: The names in its gold chain.
    """

    source: Found
    names: tuple[Found, ...]


def read_named_sources(corpus: str) -> list[tuple[str, str, list[NamedSource]]]:
    """Read name, text and cases of the documents of a ledger gold."""
    return [(row["id"], row["text"], named_sources(row)) for row in load_corpora()[corpus].lines()]


def named_sources(row: dict[str, Any]) -> list[NamedSource]:
    """Give the attributions of a document whose source has a name that is not the source itself."""
    cases = []
    for attribution in row["attributions"]:
        name = attribution["source_name"]
        words = " ".join(row["text"][start:end] for start, end in attribution["source"])
        if name and words and words.casefold() != name.casefold():
            cases.append(NamedSource(_pairs(attribution["source"]), _pairs(attribution["cue"]), name))
    return cases


def _pairs(spans: Sequence[Sequence[int]]) -> tuple[Pair, ...]:
    """Give spans as pairs."""
    return tuple((start, end) for start, end in spans)


def read_chained_sources() -> list[tuple[str, Chained, list[ChainedSource]]]:
    """Read split, document and cases of GUM's news and interviews; the texts are those of GUM."""
    documents = {document.text: (split, document) for split in SPLITS for document in read_gum(split)}
    rows = load_corpora()["gum_attribution_news"].lines()
    return [(*documents[row["text"]], chained_sources(row, documents[row["text"]][1])) for row in rows]


def chained_sources(row: dict[str, Any], document: Chained) -> list[ChainedSource]:
    """Give the attributions of a document whose source is a pronoun or description in a chain with a name."""
    cases = []
    for attribution in row["attributions"]:
        chain = document.chains.get((attribution.get("source_entity") or {}).get("cluster", ""), [])
        spans = _pairs(attribution["source"])
        source = next((mention for mention in chain if mention.span in spans), None)
        names = tuple(mention for mention in chain if mention.kind == "name")
        if source and source.kind != "name" and names:
            cases.append(ChainedSource(source, names))
    return cases
