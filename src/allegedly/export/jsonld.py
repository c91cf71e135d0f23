"""
JSON-LD 1.1: claims as schema.org ``Claim``, their words as Web Annotations, who made them as PROV-O.

A claim has no rating: nothing here says what is true. Its ``author`` is the
source inside the text (none for the report's own voice), its ``appearance`` the
document, whose ``publisher`` is another axis. The words are a target with a
``TextPositionSelector`` and a ``TextQuoteSelector`` that confirm each other. The run
that read it is an activity, each review another one, with the person who took it.

The context stands in the file itself; nothing is fetched to read it.

Offsets: code points of the text whose digest the document carries. The W3C left the unit open (web-annotation, issue
206), so ``al:offsetUnit`` says it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from allegedly.export.base import Material, Text, Told
from allegedly.export.columns import CHAIN
from allegedly.export.files import encoded
from allegedly.records.claims import Claim, ClaimParty, ClaimVoice
from allegedly.records.ids import run_id
from allegedly.records.ledger import DocumentRow, Run

_ONCE = frozenset({"SoftwareAgent", "Activity"})
AROUND = 32  # code points of prefix and suffix
Node = dict[str, Any]
CONTEXT: Node = {
    "@version": 1.1,
    "al": "urn:allegedly:",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "id": "@id",
    "type": "@type",
    "Claim": "schema:Claim",
    "NewsArticle": "schema:NewsArticle",
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "Thing": "schema:Thing",
    "name": "schema:name",
    "text": "schema:text",
    "author": "schema:author",
    "about": "schema:about",
    "appearance": {"@id": "schema:appearance", "@type": "@id"},
    "headline": "schema:headline",
    "publisher": "schema:publisher",
    "datePublished": "schema:datePublished",
    "inLanguage": "schema:inLanguage",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": "oa:hasTarget",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "describing": "oa:describing",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "Activity": "prov:Activity",
    "SoftwareAgent": "prov:SoftwareAgent",
    "Agent": "prov:Agent",
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "voices": {"@id": "al:voices", "@container": "@list"},
}


def write_jsonld(material: Material, stream: BinaryIO) -> None:
    """Write one JSON-LD file: the context, then the graph, document by document."""
    stream.write(b'{"@context": ' + encoded(json.dumps(CONTEXT)) + b', "@graph": [')
    seen: set[str] = set()
    first = True
    for node in (node for text in material.texts() for node in _nodes(text, material.policy)):
        if node["type"] in _ONCE and node["id"] in seen:
            continue  # a run has read many documents
        seen.add(node["id"] if node["type"] in _ONCE else "")
        stream.write(b"\n" if first else b",\n")
        stream.write(encoded(json.dumps(node, ensure_ascii=False, allow_nan=False)))
        first = False
    stream.write(b"\n]}\n")


def _nodes(text: Text, policy: str | None) -> Iterator[Node]:
    """Give the nodes of a document; a text that was printed twice gives its claims twice, each with its appearance."""
    document = text.ledger.document
    yield from _run(text.ledger.run)
    yield _document(document)
    for told in text.told:
        yield _claim(told, policy)
        yield _annotation(told, document)
        for who, made in told.review.taken:
            yield _review(told, who, made)


def _urn(kind: str, key: str) -> str:
    return f"urn:allegedly:{kind}:{quote(key, safe='')}"


def _filled(node: Node) -> Node:
    """Leave out what is not known: JSON-LD has no null."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}


def _run(run: Run) -> Iterator[Node]:
    program = _urn("program", run.version)
    yield {"id": program, "type": "SoftwareAgent", "name": f"allegedly {run.version}"}
    yield {
        "id": _urn("run", run_id(run)), "type": "Activity", "wasAssociatedWith": program, "al:pack": run.pack,
        "al:settings": run.settings,
    }  # fmt: skip


def _document(row: DocumentRow) -> Node:
    publisher = None if row.publisher is None else {"type": "Organization", "name": row.publisher}
    return _filled(
        {
            "id": _urn("document", row.id), "type": "NewsArticle", "headline": row.title, "publisher": publisher,
            "datePublished": row.published, "inLanguage": row.language, "al:url": row.url, "al:digest": row.digest,
        }
    )  # fmt: skip


def _claim(told: Told, policy: str | None) -> Node:
    claim = told.claim
    return _filled(
        {
            "id": _urn("claim", claim.id),
            "type": "Claim",
            "text": claim.quote,
            "author": None if claim.source is None else _source(claim.source),
            "appearance": _urn("document", claim.document),
            "about": _event(claim, policy),
            "voices": [voice.name or voice.words or "" for voice in claim.voices],
            "al:voice": claim.voice,
            "al:sourceChain": CHAIN.join(voice.name or voice.words or "" for voice in claim.voices),
            "al:stance": claim.stance,
            "al:factuality": claim.factuality,
            "al:score": claim.score,
            "al:incident": told.cluster,
            "al:reviewState": told.review.state,
            "al:reviewer": told.review.reviewer,
            "al:runId": claim.run,
            "wasGeneratedBy": _urn("run", claim.run),
        }
    )


def _source(voice: ClaimVoice) -> Node | None:
    if voice.name is None and voice.words is None:
        return None
    kinds = {"PER": "Person", "ORG": "Organization", "MIL": "Organization"}
    return _filled(
        {
            "type": kinds.get(voice.entity or "", "Thing"), "name": voice.name or voice.words,
            "al:words": voice.words, "al:country": voice.country, "al:sector": voice.sector,
        }
    )  # fmt: skip


def _event(claim: Claim, policy: str | None) -> Node | None:
    """Say what the claim is about; a bare node of ours, as schema.org's Event would say that it took place."""
    if claim.event is None:
        return None
    place, when = claim.place, claim.date
    return _filled(
        {
            "id": _urn("event", claim.event),
            "al:eventType": claim.type,
            "al:eventMode": list(claim.modes),
            "al:actor": [_party(party) for party in claim.actors],
            "al:recipient": [_party(party) for party in claim.recipients],
            "al:earliest": when.earliest,
            "al:latest": when.latest,
            "al:datePrecision": when.precision,
            "al:dateFrom": when.from_,
            "al:place": None if place is None else _filled(
                {
                    "al:placename": place.name, "al:gazetteer": place.gazetteer, "al:latitude": place.latitude,
                    "al:longitude": place.longitude, "al:radiusKm": place.radius, "al:country": place.country,
                    "al:placePrecision": place.precision, "al:claimant": sorted(place.claimants),
                }
            ),
            "al:number": [
                _filled(
                    {
                        "al:measure": number.measure, "al:words": number.words, "al:low": number.low,
                        "al:best": number.best, "al:high": number.high, "al:qualifier": number.qualifier,
                        "al:bestPolicy": policy,
                    }
                )
                for number in claim.numbers
            ],
        }
    )  # fmt: skip


def _party(party: ClaimParty) -> Node:
    return _filled(
        {
            "name": party.name or party.words, "al:words": party.words, "al:country": party.country,
            "al:sector": party.sector,
        }
    )  # fmt: skip


def _annotation(told: Told, document: DocumentRow) -> Node:
    claim = told.claim
    start, end = claim.span
    text = document.text
    return {
        "id": _urn("annotation", f"{document.id}:{claim.id}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": _urn("claim", claim.id),
        "wasGeneratedBy": _urn("run", claim.run),
        "target": {
            "type": "SpecificResource",
            "source": _urn("document", document.id),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end, "al:offsetUnit": "code points"},
                {
                    "type": "TextQuoteSelector", "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND],
                },
            ],
        },
    }  # fmt: skip


def _review(told: Told, who: str, made: str) -> Node:
    return {
        "id": _urn("review", f"{told.claim.id}:{made}:{who}"),
        "type": "Activity",
        "used": _urn("claim", told.claim.id),
        "endedAtTime": made,
        "wasAssociatedWith": {
            "id": _urn("reviewer", who), "type": "Agent", "name": who
        },
        "al:reviewState": told.review.state,
    }  # fmt: skip
