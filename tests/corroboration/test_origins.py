"""Origins: groups, their evidence, round-ups, and what does not depend on the order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.corroboration.origins import group_origins, origins_by_document
from allegedly.records.document import Document
from tests.corroboration.origin_cases import read_cases
from tests.sites import SENTENCES

WIRE = " ".join(SENTENCES)


def _case(name: str) -> tuple[Document, ...]:
    return next(case.documents for case in read_cases() if case.id == name)


def test_nothing() -> None:
    """No documents have no origin."""
    assert group_origins([]) == ()


def test_a_document_alone() -> None:
    """A document alone is an origin without links."""
    (group,) = group_origins([Document(WIRE, id="a")])
    assert (group.documents, group.links) == (("a",), ())


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("exact-two", "exact-copy"),
        ("correction-toll", "near-copy"),
        ("trim-hard", "contains-copy"),
        ("credit-two-rewrites", "agency-credit"),
    ],
)
def test_reasons(case: str, reason: str) -> None:
    """Each reason is said, with words of both documents that show it."""
    documents = _case(case)
    (group,) = group_origins(documents)
    (link,) = group.links
    assert (link.reason, link.left_id, link.right_id) == (reason, *(document.id for document in documents))
    for document, spans in zip(documents, (link.left_spans, link.right_spans), strict=True):
        assert spans
        assert all(span.of(document.text).strip() for span in spans)
    assert (link.agency == "ap") == (reason == "agency-credit")


def test_evidence_is_what_is_shared() -> None:
    """The words shown of a copy stand in both documents."""
    left, right = _case("trim-hard")
    (group,) = group_origins([left, right])
    (span,) = group.links[0].right_spans
    assert span.of(right.text) in left.text


def test_a_round_up_is_in_every_group() -> None:
    """A digest of three reports belongs to each of them and adds no origin."""
    documents = _case("round-up")
    groups = group_origins(documents)
    assert len(groups) == 3
    assert all(documents[3].id in group.documents for group in groups)


def test_copies_of_a_round_up() -> None:
    """A round-up that is itself reprinted is still no origin."""
    documents = _case("round-up")
    reprints = [Document(documents[3].text, id="again"), Document(f"Briefly. {documents[3].text}", id="once more")]
    assert len(group_origins([*documents, *reprints])) == 3


def test_forty_outlets() -> None:
    """A story reprinted by forty outlets, each a little otherwise, is one origin."""
    sentences = WIRE.split(". ")
    reprints = [
        Document(". ".join(sentences[: 3 - n % 2]) + f". Readers of outlet {n} may write to us.", id=str(n))
        for n in range(40)
    ]
    (group,) = group_origins(reprints)
    assert len(group.documents) == 40


def test_two_documents_with_one_id() -> None:
    """The same document given twice is one origin."""
    (group,) = group_origins([Document(WIRE, id="a"), Document(WIRE, id="a")])
    assert group.documents == ("a", "a")


@settings(max_examples=15)
@given(st.permutations([document for name in ("mixed-six", "round-up") for document in _case(name)]))
def test_the_order_does_not_matter(documents: list[Document]) -> None:
    """However the documents come, the same ones are together."""
    groups = {frozenset(group.documents) for group in group_origins(documents)}
    assert groups == {
        frozenset(group.documents) for group in group_origins(sorted(documents, key=lambda document: document.id))
    }


def test_sides_are_treated_alike() -> None:
    """Exchanging the parties' names in all texts changes no group."""
    documents = _case("headline-loaded")
    swapped = [
        Document(
            document.text.replace("Belmora", "\0").replace("Ardania", "Belmora").replace("\0", "Ardania"),
            id=document.id,
        )
        for document in documents
    ]
    assert [group.documents for group in group_origins(swapped)] == [
        group.documents for group in group_origins(documents)
    ]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_texts(texts: list[str]) -> None:
    """Any texts fall into groups, and each document is in one at least."""
    documents = [Document(text, id=str(number)) for number, text in enumerate(texts)]
    grouped = {name for group in group_origins(documents) for name in group.documents}
    assert grouped == {document.id for document in documents}


def test_origins_by_document() -> None:
    """Copies share the name of a group, others do not; the same documents are compared once, in whatever order."""
    copies = _case("trim-hard")
    others = {document.id: document for document in (*copies, Document("Rain fell on the coast all night.", id="rain"))}
    asked: list[tuple[str, ...]] = []

    def texts_of(ids: Sequence[str]) -> list[Document]:
        asked.append(tuple(ids))
        return [others[name] for name in ids]

    origins = origins_by_document(texts_of)
    found = origins(tuple(others))
    assert (set(found), len(asked)) == (set(others), 1)
    assert origins(tuple(reversed(others))) == found
    first, second = (set(found[document.id]) for document in copies)
    assert (bool(first & second), first & set(found["rain"]), len(asked)) == (True, set(), 1)
