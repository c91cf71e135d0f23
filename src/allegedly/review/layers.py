"""
The layers of a claim that reviewers judge: which of its columns make each, and what a judgement says about it.

An accepted claim is right in every layer; a corrected one in those whose
columns the correction leaves as they were. A claim that is only said to be
wrong tells nothing about its layers, as nobody said what is wrong in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

import msgspec

from allegedly.review.states import new_values
from allegedly.store.answers import Judgement

Layer = Literal["source", "stance", "span", "type", "actor", "recipient", "date", "place", "number", "factuality"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
_COLUMNS: Final[Mapping[Layer, tuple[str, ...]]] = {
    "source": ("voice", "voices"),
    "stance": ("stance",),
    "span": ("span",),
    "type": ("type", "modes"),
    "actor": ("actors",),
    "recipient": ("recipients",),
    "date": ("date",),
    "place": ("place",),
    "number": ("numbers",),
    "factuality": ("factuality",),
}
_OF_SOURCE: Final = frozenset(("words", "name", "entity", "country", "sector", "side", "actor"))


def layer_values(row: Mapping[str, Any], layer: Layer) -> str:
    """Give what a claim says in a layer, as text that is equal where it says the same; empty where it says nothing."""
    values = [row.get(column) for column in _COLUMNS[layer]]
    if layer == "source":  # a voice also holds its stance, which is a layer of its own
        values[1] = [{name: voice.get(name) for name in _OF_SOURCE} for voice in values[1] or ()]
    elif layer == "date":
        date = values[0] or {}
        values = [{name: date.get(name) for name in ("earliest", "latest")}] if date.get("from_") == "stated" else []
    return msgspec.json.encode(values, order="sorted").decode() if any(values) else ""


def judged_layer(judgement: Judgement, layer: Layer) -> str | None:
    """Give what a reviewer says a claim says in a layer; None if the judgement does not tell."""
    if judgement.decision in {"reject", "unsure"}:
        return None
    return layer_values({**judgement.before, **new_values(judgement)}, layer)
