"""
FollowTheMoney: JSON Lines of entities, as Aleph and OpenAleph load them.

``Article`` for the document, ``Person``, ``Organization`` and so on for those who
say something or take part, ``Mention`` for their names in the text, ``Event`` for
each claim about an event. The model has no word for "according to": an Event's
``summary`` is a fixed label with who says so, and its ``keywords`` carry voice,
stance, factuality and review state. Nobody is looked up in the world: an entity
is that of one document.

Needs followthemoney (``pip install 'allegedly[ftm]'``), imported when it is used;
it cleans values its own way: words are verbatim but for control characters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from allegedly.errors import ExportError
from allegedly.export.base import Material, Text, Told
from allegedly.export.columns import source_name
from allegedly.export.figures import number_words
from allegedly.export.files import encoded
from allegedly.records.ids import content_id, row_ids
from allegedly.records.ledger import EntityRow, Ledger

Values = Mapping[str, str | Iterable[str | None] | None]
Make = Callable[[str, str, Values], dict[str, Any]]
_SCHEMATA = {"PER": "Person", "ORG": "Organization", "MIL": "Organization"}
_STATE = frozenset({"GOV", "JUD", "LEG", "COP", "MIL"})


def write_ftm(material: Material, stream: BinaryIO) -> None:
    """
    Write entities, one a line.

    Raises:
        ExportError: If followthemoney is not installed.
    """
    make = _maker()
    for text in material.texts():
        encoded(text.ledger.document.text)  # refuses what the library would leave out without a word
        stream.writelines(
            encoded(json.dumps(entity, ensure_ascii=False, sort_keys=True)) + b"\n" for entity in _entities(text, make)
        )


def _maker() -> Make:
    try:
        from followthemoney import model  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ExportError(
            "this needs followthemoney, which is not installed", hint="pip install 'allegedly[ftm]'"
        ) from error

    def make(schema: str, key: str, values: Values) -> dict[str, Any]:
        entity = model.make_entity(schema)
        entity.id = key
        for name, value in values.items():
            found = [value] if isinstance(value, str) else [item for item in value or () if item]
            entity.add(name, sorted(set(found)), quiet=False)
        made: dict[str, Any] = entity.to_dict()
        made["properties"] = {name: sorted(found) for name, found in made["properties"].items()}
        return made

    return make


def _entities(text: Text, make: Make) -> Iterator[dict[str, Any]]:
    ledger = text.ledger
    ids = row_ids(ledger)
    document = content_id("d", ledger.document.id, ledger.document.digest)
    yield make("Article", document, _document(ledger))
    concerned = set(_concerned(ledger))
    named = {row.entity for row in ledger.mentions if row.kind == "name"}
    for row in ledger.entities:
        if row.id in concerned:
            schema = schema_of(row, named=row.id in named)
            yield make(schema, ids[row.id], _party(row, document, schema))
            yield make(
                "Mention", content_id("m", ids[row.id]),
                {"document": document, "resolved": ids[row.id], "name": row.name, "detectedSchema": schema},
            )  # fmt: skip
    entity_of = {row.id: ids[row.id] for row in ledger.entities}
    events = {row.id: row for row in ledger.events}
    for told in text.told:
        event = events.get(told.claim.key)
        if event is not None:
            involved = [entity_of[item.entity] for item in (*event.actors, *event.recipients) if item.entity]
            yield make("Event", told.claim.id, {**_event(told), "proof": document, "involved": involved})


def schema_of(row: EntityRow, *, named: bool) -> str:
    """
    Give the schema of an entity; ``LegalEntity``, the widest of them, where no narrower one is sure.

    Args:
        row: The entity.
        named: Whether the text names it; unnamed people ("traders") may be many.
    """
    if row.type == "PER" and not named:
        return "LegalEntity"
    if row.type in {"ORG", "MIL", "GPE"} and row.sector in _STATE:
        return "PublicBody"
    return _SCHEMATA.get(row.type, "LegalEntity")


def _concerned(ledger: Ledger) -> Iterator[str]:
    """Give those who say something or take part in an event."""
    for attribution in ledger.attributions:
        if attribution.source_entity is not None:
            yield attribution.source_entity
    for event in ledger.events:
        yield from (item.entity for item in (*event.actors, *event.recipients) if item.entity is not None)


def _document(ledger: Ledger) -> Values:
    row, run = ledger.document, ledger.run
    return {
        "title": row.title, "sourceUrl": row.url, "publisher": row.publisher, "publishedAt": row.published,
        "language": row.language, "notes": row.digest, "fileName": row.id,
        "bodyText": row.text, "generator": f"allegedly {run.version} {run.pack}",
    }  # fmt: skip


def _party(row: EntityRow, document: str, schema: str) -> Values:
    values: dict[str, str | None] = {"name": row.name, "country": row.country, "proof": document}
    return {**values, "position": row.role} if schema == "Person" else values


def _event(told: Told) -> Values:
    claim, review = told.claim, told.review
    place = claim.place
    by = source_name(claim) or ("not named" if claim.voices else "the report's own voice")
    return {
        "name": f"{claim.type}: {claim.trigger or ''}",
        "summary": f"according to: {by}",
        "description": claim.quote,
        "startDate": claim.date.earliest,
        "endDate": claim.date.latest,
        "location": None if place is None else place.name,
        "country": None if place is None else place.country,
        "sourceUrl": claim.url,
        "publisher": claim.publisher,
        "recordId": claim.id,
        "notes": number_words(claim),
        "keywords": [
            f"voice: {claim.voice}",
            f"stance: {claim.stance}",
            f"factuality: {claim.factuality}",
            *(f"mode: {mode}" for mode in claim.modes),
            f"review_state: {review.state}",
            *([f"reviewer: {review.reviewer}"] if review.reviewer else []),
            f"run_id: {claim.run}",
        ],
    }
