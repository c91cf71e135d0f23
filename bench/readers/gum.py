"""GUM: nested mentions with heads and types, and their coreference chains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allegedly.metrics.mentions import TypedMention
from bench.corpora import load_corpora
from bench.found import Found

KINDS = {"name": "name", "nom": "nominal", "pron": "pronoun"}

# Ours leave the possessive sign and what a clause adds at the end to the phrase around; GUM puts the sign inside.
# Spans of both sides are compared without either.
_EDGE = re.compile(r"(?:[’']s|[’']|[\s,;:])+$")


@dataclass(frozen=True, slots=True)
class Chained:
    """
    A document with its mentions and chains.

    Args:
        id: Name of the document.
        genre: Kind of text.
        text: The document.
        chains: Mentions by chain, those of one mention included, by the corpus's name of the chain.
    """

    id: str
    genre: str
    text: str
    chains: dict[str, list[Found]]

    @property
    def mentions(self) -> list[Found]:
        """Give all mentions, in order of the text, outer ones first."""
        found = (mention for chain in self.chains.values() for mention in chain)
        return sorted(found, key=lambda mention: (mention.span[0], -mention.span[1]))


def read_gum(split: str = "dev") -> list[Chained]:
    """Read a split of GUM."""
    return [parse_gum(row) for row in load_corpora()[f"gum_{split}"].lines()]


def parse_gum(row: dict[str, Any]) -> Chained:
    """Read one document."""
    chains: dict[str, list[Found]] = {}
    for entity in row["entities"]:
        mention = Found(
            (entity["s"], entity["e"]), (entity["hs"], entity["he"]), KINDS[entity["kind"]], entity["etype"]
        )
        chains.setdefault(entity["grp"], []).append(mention)
    return Chained(row["doc"], row["genre"], row["text"], chains)


def typed_mentions(text: str, found: Iterable[Found]) -> list[TypedMention]:
    """
    Give mentions as the measures take them, without a possessive sign or punctuation at the end.

    Offsets: spans index ``text``.
    """
    return [TypedMention(trim_end(text, mention), mention.head, mention.type) for mention in found]


def trim_end(text: str, mention: Found) -> tuple[int, int]:
    """Cut possessive sign and punctuation off the end of a mention, but never its head."""
    start, end = mention.span
    edge = _EDGE.search(text[start:end])
    return (start, max(start + edge.start(), min(mention.head[1], end))) if edge and edge.start() else (start, end)
