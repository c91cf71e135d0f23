"""
Label Studio: one task a document, the marks as a prediction for a person to correct.

Regions and relations follow Label Studio's JSON for ``<Labels>`` and
``<Relations>`` on ``<Text>``; :data:`CONFIG` is the labelling set-up that fits.

Offsets: code points, as Label Studio counts since its frontend of 2021.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from allegedly.export.base import Material, Text
from allegedly.export.files import encoded
from allegedly.export.marks import LAYERS, Arrow, Mark, marks_of

CONFIG = (
    '<View><Relations><Relation value="actor"/><Relation value="recipient"/><Relation value="place"/>'
    '<Relation value="time"/><Relation value="quantity"/><Relation value="source"/><Relation value="cue"/>'
    '<Relation value="continued"/><Relation value="voice"/></Relations><Labels name="label" toName="text">'
    + "".join(f'<Label value="{layer}"/>' for layer in LAYERS)
    + '</Labels><Text name="text" value="$text" granularity="symbol"/></View>'
)


def write_label_studio(material: Material, stream: BinaryIO) -> None:
    """Write a JSON list of tasks, one document after the other."""
    stream.write(b"[")
    for number, text in enumerate(material.texts()):
        stream.write(b",\n" if number else b"\n")
        stream.write(encoded(json.dumps(_task(text), ensure_ascii=False)))
    stream.write(b"\n]\n")


def _task(text: Text) -> dict[str, Any]:
    document = text.ledger.document
    known = {
        "id": document.id, "digest": document.digest, "title": document.title, "url": document.url,
        "publisher": document.publisher, "published": document.published,
    }  # fmt: skip
    run = text.ledger.run
    marks, arrows = marks_of(text)
    scores = [item.claim.score for item in text.told]
    prediction = {
        "model_version": f"allegedly {run.version} {run.pack} {run.settings}",
        "score": min(scores, default=0.0),
        "result": [*(_region(mark, document.text) for mark in marks), *map(_relation, arrows)],
    }
    return {
        "data": {"text": document.text, **{key: value for key, value in known.items() if value is not None}},
        "meta": {"claims": list(_claims(text))},
        "predictions": [prediction],
    }


def _claims(text: Text) -> Iterator[dict[str, str]]:
    for item in text.told:
        claim, review = item.claim, item.review
        yield {
            "claim_id": claim.id, "key": claim.key, "run_id": claim.run, "review_state": review.state,
            "reviewer": review.reviewer,
        }  # fmt: skip


def _region(mark: Mark, text: str) -> dict[str, Any]:
    start, end = mark.span
    return {
        "id": mark.key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "score": mark.score,
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [mark.layer]},
        "meta": {"label": mark.label, **mark.values},
    }


def _relation(arrow: Arrow) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": arrow.start,
        "to_id": arrow.end,
        "direction": "right",
        "labels": [arrow.label],
    }
