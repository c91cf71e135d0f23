"""JSON-LD, as rdflib and PyLD read it without a network."""

from __future__ import annotations

import io
import json
import warnings
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, Graph, Namespace, URIRef

from allegedly.export.base import Material
from allegedly.export.jsonld import CONTEXT
from allegedly.export.write import write_export
from allegedly.records.claims_of import claims_of
from tests.export.ledgers import MARKET, market, material, plain, reviewed
from tests.hostile import HOSTILE

OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("https://schema.org/")


def _written(given: Material) -> bytes:
    stream = io.BytesIO()
    write_export("jsonld", given, stream)
    return stream.getvalue()


def _graph(given: Material) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib 7 warns of its own classes
        return Graph().parse(data=_written(given), format="json-ld")


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The graph of both ledgers."""
    return _graph(reviewed())


def _refuse(url: str, _options: Any) -> Any:
    raise AssertionError(f"{url} was to be fetched")


def test_nothing_is_fetched() -> None:
    """PyLD expands it with a loader that refuses everything, and no key is lost for want of a meaning."""
    document = json.loads(_written(reviewed()))
    expanded = jsonld.expand(document, {"documentLoader": _refuse})
    assert len(expanded) == len(document["@graph"])
    lost = [key for node in document["@graph"] for key in node if not key.startswith("al:") and key not in CONTEXT]
    assert lost == []


def test_each_claim_is_one(graph: Graph) -> None:
    """There are as many schema.org claims as claims, each with the document it appears in."""
    claims = set(graph.subjects(RDF.type, SCHEMA.Claim))
    assert len(claims) == 8
    assert {str(next(graph.objects(claim, SCHEMA.appearance))) for claim in claims} == {
        "urn:allegedly:document:Karveli%2F1", "urn:allegedly:document:march",
    }  # fmt: skip


def test_a_text_printed_twice_appears_twice() -> None:
    """The same claim in two documents is one claim with two appearances and two annotations."""
    ledger = market()
    again = replace(ledger, document=replace(ledger.document, id="other", publisher="Veldra Today"))
    graph = _graph(material(ledger, again))
    first = URIRef(f"urn:allegedly:claim:{claims_of(ledger)[0].id}")
    assert len(set(graph.objects(first, SCHEMA.appearance))) == 2
    assert len(set(graph.subjects(OA.hasBody, first))) == 2


def test_no_claim_is_rated(graph: Graph) -> None:
    """No rating, no review of truth, no schema.org Event that would say that it took place."""
    assert not [predicate for predicate in graph.predicates() if "rating" in str(predicate).lower()]
    kinds = set(graph.objects(None, RDF.type))
    assert not kinds & {SCHEMA.ClaimReview, SCHEMA.Rating, SCHEMA.Event}


def test_the_author_is_the_source(graph: Graph) -> None:
    """Who says it is the author, who printed it the publisher of the document; the own voice has no author."""
    first = URIRef(f"urn:allegedly:claim:{claims_of(market())[0].id}")
    author = next(graph.objects(first, SCHEMA.author))
    document = next(graph.objects(first, SCHEMA.appearance))
    publisher = next(graph.objects(document, SCHEMA.publisher))
    names = [str(next(graph.objects(node, SCHEMA.name))) for node in (author, publisher)]
    assert names == ["the Nord health ministry", "Northwire"]
    assert len(list(graph.subject_objects(SCHEMA.author))) == 4


def test_selectors_agree(graph: Graph) -> None:
    """The quote selector's words stand where the position selector says, with what is around them."""
    annotation = URIRef(f"urn:allegedly:annotation:Karveli%2F1%3A{claims_of(market())[0].id}")
    (where,) = graph.objects(annotation, OA.hasTarget)
    selectors = list(graph.objects(where, OA.hasSelector))
    values = {
        str(predicate).rsplit("#", 1)[-1]: value.toPython()
        for node in selectors
        for predicate, value in graph.predicate_objects(node)
        if str(predicate).startswith(str(OA))
    }  # type: ignore[attr-defined]
    start, end = values["start"], values["end"]
    assert MARKET[start:end] == values["exact"]
    assert MARKET[:start].endswith(values["prefix"])
    assert MARKET[end:].startswith(values["suffix"])


def test_claims_are_generated_by_a_run(graph: Graph) -> None:
    """Each claim and each annotation came from the one run, and the run is a program's."""
    runs = set(graph.objects(None, PROV.wasGeneratedBy))
    assert len(runs) == 1
    agent = next(graph.objects(runs.pop(), PROV.wasAssociatedWith))
    assert (agent, RDF.type, PROV.SoftwareAgent) in graph


def test_reviews_are_activities_of_people(graph: Graph) -> None:
    """Each judgement says what it used, who took it and when."""
    reviews = [node for node in graph.subjects(RDF.type, PROV.Activity) if ":review:" in str(node)]
    who = sorted(
        str(next(graph.objects(next(graph.objects(node, PROV.wasAssociatedWith)), SCHEMA.name))) for node in reviews
    )
    assert who == ["=Rana", "=Rana", "Omar"]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "surrogate"])
def test_hostile_texts_survive(name: str) -> None:
    """The quote of any text comes back from the JSON as it was."""
    ledger = plain(HOSTILE[name], id=f"<{name}> %é")
    nodes = json.loads(_written(material(ledger)))["@graph"]
    texts = [node["text"] for node in nodes if node["type"] == "Claim"]
    assert texts == [claim.quote for claim in claims_of(ledger)]
    assert len(_graph(material(ledger))) > 0
