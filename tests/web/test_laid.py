"""A document laid out: numbers, parts, marks cut off at the edges of a part."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import NotInStore
from allegedly.records.document import Document
from allegedly.web.laid import laid_out, lay_out, number_words
from tests.fakes import FakeReader
from tests.web.pages import demo_site

SENTENCE = "The army said rebels killed 3 people. "


def test_a_short_text_is_one_part() -> None:
    """What is not long is not divided."""
    assert lay_out(FakeReader().read(Document(SENTENCE))).parts == ((0, len(SENTENCE)),)


@pytest.mark.parametrize("count", [50, 51, 77])
def test_parts_begin_with_sentences(count: int) -> None:
    """A long text is divided where sentences begin; parts join, and none is a scrap."""
    document = lay_out(FakeReader().read(Document(SENTENCE * count)), size=200)
    lengths = [end - start for start, end in document.parts]
    assert all(left[1] == right[0] for left, right in itertools.pairwise(document.parts))
    assert (document.parts[0][0], document.parts[-1][1]) == (0, count * len(SENTENCE))
    assert all(start % len(SENTENCE) == 0 for start, _ in document.parts)
    assert min(lengths) >= 100
    assert max(lengths) <= 400


def test_a_text_without_sentences_is_divided_all_the_same() -> None:
    """No part is longer than twice the size."""
    document = lay_out(FakeReader().read(Document("x" * 5_000)), size=100)
    assert max(end - start for start, end in document.parts) <= 200


def test_each_claim_is_in_one_part() -> None:
    """The claims of all parts are the claims, and each is in the part that it is said to be in."""
    document = lay_out(FakeReader().read(Document(SENTENCE * 40)), size=200)
    found = [(claim, part) for part in range(1, len(document.parts) + 1) for claim in document.claims_in(part)]
    assert [claim for claim, _ in found] == list(document.claims)
    assert all(document.part_of(claim.span[0]) == part for claim, part in found)


def test_a_mark_across_an_edge_is_in_both_parts() -> None:
    """What reaches beyond a part is cut off there, and goes on in the next."""
    document = lay_out(FakeReader().read(Document("The army said " + "rebels killed 3 people and " * 40)), size=100)
    kinds = [{mark.kind for mark in document.pieces(part)[0].marks} for part in range(2, len(document.parts) + 1)]
    assert len(kinds) > 3
    assert all("content" in found for found in kinds)


def test_claims_by_id() -> None:
    """A claim is found by its id; another id finds none."""
    document = lay_out(FakeReader().read(Document(SENTENCE)))
    assert document.claim(document.claims[0].id) == document.claims[0]
    assert document.claim("c0") is None


@given(st.sets(st.integers(1, 40), min_size=1))
def test_numbers_drawn_together(numbers: set[int]) -> None:
    """Reading the words back gives the numbers."""
    found: list[int] = []
    for part in number_words(sorted(numbers)).split():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    assert found == sorted(numbers)


def test_layouts_are_kept(tmp_path: Path) -> None:
    """The same reading is laid out once; a document that is not there is an error."""
    with demo_site(tmp_path) as site, site.view() as view:
        assert laid_out(site, view, "northwire") is laid_out(site, view, "northwire")
        with pytest.raises(NotInStore, match="there is no document x"):
            laid_out(site, view, "x")
