"""
Augmentation of annotated texts: casing, typographic quotes and dashes, short texts joined as on a page. Offsets follow.

Parties need no exchange: the encoder reads their names as signs
(:mod:`allegedly.resources.parties`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from training.corpora import Annotated

PLAIN_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}
PLAIN_DASHES = {"–": "-", "—": "-"}


def augment(raw: Annotated, rng: np.random.Generator, *, corpus: str) -> Annotated:
    """Give a varied copy of ``raw``; spans follow the words they stand for."""
    text = raw.text
    if rng.random() < 0.3:
        text = text.translate(str.maketrans(PLAIN_QUOTES))
    if rng.random() < 0.3:
        text = text.translate(str.maketrans(PLAIN_DASHES))
    headline = raw.sentences is not None and len(raw.sentences) == 1 and corpus != "ledger_gold"
    if headline and rng.random() < 0.25:
        text = "".join(c.upper() if k == 0 or text[k - 1] in " -“‘'\"" else c for k, c in enumerate(text))
    elif rng.random() < (0.06 if headline else 0.02):
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    if len(text) != len(raw.text):  # a title-cased ligature grew; offsets must not move
        text = raw.text
    return replace(raw, text=text)


def _mapped(spans: Any, span: Callable[[Sequence[int]], list[int]]) -> Any:  # JSON
    return None if spans is None else [span(s) for s in spans]


def _rows(rows: list[dict[str, Any]] | None, span: Callable[[Sequence[int]], list[int]]) -> list[dict[str, Any]] | None:
    """Move the spans of attributions or events in the ``ledger_gold`` form."""
    if rows is None:
        return None
    out = []
    for row in rows:
        new = dict(row)
        for key in ("source", "cue", "content", "actors", "recipients", "places", "times"):
            if key in row:
                new[key] = [span(s) for s in row[key]]
        if "trigger" in row:
            new["trigger"] = span(row["trigger"])
            new["quantities"] = [q | {"span": span(q["span"])} for q in row["quantities"]]
        out.append(new)
    return out


def joined(raws: Sequence[Annotated]) -> Annotated:
    """Put texts of one corpus after one another as paragraphs of one text, as a newspaper page has them."""
    if len(raws) == 1:
        return raws[0]
    text = ""
    sentences, attributions, events = [], [], []
    for n, raw in enumerate(raws):
        text += "\n\n" if text else ""
        base = len(text)

        def span(pair: Sequence[int], base: int = base) -> list[int]:
            return [pair[0] + base, pair[1] + base]

        rename = {row["id"]: f"{n}.{row['id']}" for row in [*(raw.attributions or []), *(raw.events or [])]}
        sentences += _mapped(raw.sentences or [], span)
        attributions += [
            a | {"id": rename[a["id"]], "parent": rename.get(a["parent"] or "")}
            for a in _rows(raw.attributions or [], span) or []
        ]
        events += [
            e | {"id": rename[e["id"]], "voice": [rename[v] for v in e["voice"]]}
            for e in _rows(raw.events or [], span) or []
        ]
        text += raw.text
    return Annotated(raws[0].id, text, sentences, attributions, events)


def pages(raws: Sequence[Annotated], rng: np.random.Generator, share: float) -> list[Annotated]:
    """Shuffle texts and join some of the short ones, two to four together; the rest stay alone."""
    out, waiting = [], []
    for k in rng.permutation(len(raws)).tolist():
        raw = raws[k]
        if len(raw.text) < 500 and rng.random() < share:
            waiting.append(raw)
            if len(waiting) >= rng.integers(2, 5):
                out.append(joined(waiting))
                waiting = []
        else:
            out.append(raw)
    return out + waiting
