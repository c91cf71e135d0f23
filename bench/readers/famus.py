"""FAMuS: a report's event and a candidate source document; does the source tell of the same event?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from allegedly.corroboration.items import Item, make_gist, make_item
from bench.corpora import load_corpora

_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+|$)")


@dataclass(frozen=True, slots=True)
class SourcePair:
    """
    A report and a candidate source.

    Args:
        id: Name of the pair.
        event: The marked event of the report.
        sentences: Each sentence of the source, as if it told of one event.
        same: Whether the source tells of the event.
    """

    id: str
    event: Item
    sentences: tuple[Item, ...]
    same: bool


def read_famus() -> list[SourcePair]:
    """Read the dev pairs."""
    return [_pair(row) for row in load_corpora()["famus_dev"].lines()]


def _pair(row: dict) -> SourcePair:  # type: ignore[type-arg]
    report, trigger, source = row["report"], row["trigger"]["text"], row["source"]
    gist = make_gist(source)
    event = make_item(
        id="report", document="report", position=0, trigger=trigger, context=report, gist=make_gist(report)
    )
    sentences = tuple(
        make_item(id=f"s{k}", document="source", position=k, trigger=words, context=words, gist=gist)
        for k, words in enumerate(_SENTENCE.findall(source))
        if words.strip()
    )
    return SourcePair(row["id"], event, sentences, bool(row["valid_source"]))
