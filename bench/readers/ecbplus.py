"""ECB+: event mentions in checked sentences, their arguments, and the chains across documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from allegedly.corroboration.items import Gist, Item, make_gist, make_item
from bench.corpora import load_corpora

_ACTION = re.compile(r"(?:NEG_)?ACTION")
_PLACE = "LOC_"
_TIME = "TIME_"


@dataclass(frozen=True, slots=True)
class Topic:
    """
    The event mentions of one topic: two stories of one kind that are easily mixed up.

    Args:
        name: Its number.
        split: ``train`` or ``dev``.
        items: The mentions, as the scorer compares them.
        chains: The chain of each mention; a mention alone has one of its own.
        lemmas: The words of each mention, for the baseline.
        documents: The text of each document by its id.
    """

    name: str
    split: str
    items: tuple[Item, ...]
    chains: tuple[str, ...]
    lemmas: tuple[str, ...]
    documents: dict[str, str]


def read_ecbplus(split: str) -> list[Topic]:
    """
    Read the topics of a split: ``train`` or ``dev``.

    Only mentions in the sentences that Cybulska checked count, as in the literature: 3,808 and 1,245.
    """
    topics: dict[str, list[dict[str, Any]]] = {}
    for row in load_corpora()["ecbplus"].lines():
        if row["split"] == split:
            topics.setdefault(row["topic"], []).append(row)
    return [parse_topic(name, split, rows) for name, rows in sorted(topics.items(), key=lambda item: int(item[0]))]


def parse_topic(name: str, split: str, rows: list[dict[str, Any]]) -> Topic:
    """Read the documents of one topic."""
    items: list[Item] = []
    chains: list[str] = []
    lemmas: list[str] = []
    for row in rows:
        checked = set(row["validated_sentences"] or ())
        gist = make_gist(row["text"])
        for mention in sorted(row["mentions"], key=lambda mention: (mention["start"], mention["id"])):
            if mention["kind"] == "event" and mention["sentence"] in checked:
                items.append(_item(row, mention, gist))
                chains.append(mention["chain"] or f"{row['id']}:{mention['id']}")
                lemmas.append(_words(row, mention))
    return Topic(name, split, tuple(items), tuple(chains), tuple(lemmas), {row["id"]: row["text"] for row in rows})


def _words(row: dict[str, Any], mention: dict[str, Any]) -> str:
    return " ".join(row["tokens"][k] for k in mention["tokens"])


def _item(row: dict[str, Any], mention: dict[str, Any], gist: Gist) -> Item:
    """Give a mention with the arguments of its sentence: the nearest before it acts, the nearest after it bears."""
    sentence = mention["sentence"]
    numbers = [k for k, number in enumerate(row["token_sentence"]) if number == sentence]
    beside = [m for m in row["mentions"] if m["sentence"] == sentence and m["kind"] != "event"]
    people = [m for m in beside if not m["tag"].startswith((_PLACE, _TIME))]
    people.sort(key=lambda m: m["start"])
    before = [m for m in people if m["end"] <= mention["start"]]
    after = [m for m in people if m["start"] >= mention["end"]]
    return make_item(
        id=f"{row['id']}:{mention['id']}",
        document=row["id"],
        position=mention["start"],
        trigger=_words(row, mention),
        actors=[_words(row, m) for m in before[-1:]],
        recipients=[_words(row, m) for m in after[:1]],
        places=[_words(row, m) for m in beside if m["tag"].startswith(_PLACE)],
        times=[_words(row, m) for m in beside if m["tag"].startswith(_TIME)],
        context=" ".join(row["tokens"][k] for k in numbers),
        gist=gist,
        sentence=sentence,
    )
