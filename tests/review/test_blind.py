"""Hiding parties: labels, places and descriptions that stay, publisher, offsets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import ArgumentRow, AttributionRow, EntityRow, EventRow, Ledger, MentionRow, PlaceRow, Run
from allegedly.review.blind import Blind, Shown, blind
from tests.export.ledgers import at, document_row

TEXT = (
    "OSTIA (Northwire) — Sorland’s army shelled Ostia, the River Guard said. Sorlandish officials denied it 🔥. "
    "Northwire could not reach the River Guard, nor Ann Or in Sorland."
)
_KINDS = {"Sorland": "GPE", "River Guard": "MIL", "Ann Or": "PER", "Ostia": "GPE"}


def _ledger() -> Ledger:
    """Give a report of which a state, a force, a person and a town are named."""
    mentions = [
        ("Sorland", 0, "e1", "name"), ("Sorland’s army", 0, "e5", "nominal"), ("the River Guard", 0, "e2", "name"),
        ("Sorlandish", 0, "e1", "name"), ("the River Guard", 1, "e2", "name"), ("Ann Or", 0, "e3", "name"),
        ("Sorland", 2, "e1", "name"), ("OSTIA", 0, "e4", "name"), ("Ostia", 0, "e4", "name"),
    ]  # fmt: skip
    rows = tuple(
        MentionRow(f"m{k}", at(TEXT, words, skip), at(TEXT, words, skip), kind, _KINDS.get(words, "GPE"), entity)  # type: ignore[arg-type]
        for k, (words, skip, entity, kind) in enumerate(mentions, 1)
    )
    entities = tuple(
        EntityRow(key, name, kind, country, None, None, (), actor=country if key == "e1" else None)  # type: ignore[arg-type]
        for key, name, kind, country in (
            ("e1", "Sorland", "GPE", "XSO"), ("e2", "the River Guard", "MIL", "XSO"), ("e3", "Ann Or", "PER", None),
            ("e4", "Ostia", "GPE", "XSO"), ("e5", "Sorland’s army", "MIL", "XSO"),
        )
    )  # fmt: skip
    guard = at(TEXT, "the River Guard")
    content = at(TEXT, "Sorland’s army shelled Ostia")
    saying = AttributionRow("a1", (guard,), "e2", (at(TEXT, "said"),), (content,), "indirect", "assert", None, 0.9)
    event = EventRow(
        "v1", at(TEXT, "shelled"), "ASSAULT", (), (ArgumentRow(at(TEXT, "Sorland’s army"), "e5"),), (), "p1", None, (),
        ("a1",), "+", 0.9,
    )  # fmt: skip
    places = (PlaceRow("p1", at(TEXT, "Ostia"), "Ostia"), PlaceRow("p2", at(TEXT, "OSTIA"), "Ostia"))
    return Ledger(
        document=document_row(TEXT, id="one", title="The River Guard speaks", url="u", publisher="Northwire"),
        run=Run("0", "", ""), sentences=((0, len(TEXT)),), mentions=rows, entities=entities, places=places,
        attributions=(saying,), events=(event,),
    )  # fmt: skip


HIDDEN = blind(_ledger())


def test_names_become_labels() -> None:
    """The same label for each name of one entity; towns and descriptions stay; the publisher is one, too."""
    assert HIDDEN.words((0, len(TEXT))) == (
        "OSTIA (Publisher) — Party A’s army shelled Ostia, Party B said. Party A officials denied it 🔥. "
        "Publisher could not reach Party B, nor Party C in Party A."
    )


def test_a_claim_is_shown_with_labels() -> None:
    """Source, parties and words are replaced; publisher, title, address and codes are gone; spans stay."""
    (claim,) = claims_of(_ledger())
    shown = HIDDEN.claim(claim)
    assert (shown.publisher, shown.title, shown.url) == (None, None, None)
    assert (shown.voices[0].words, shown.voices[0].name, shown.actors[0].words) == (
        "Party B",
        "Party B",
        "Party A’s army",
    )
    assert (shown.actors[0].name, shown.actors[0].country) == ("Party A’s army", None)
    assert shown.quote == "Party A’s army shelled Ostia"
    assert (shown.span, shown.actors[0].span, shown.id) == (claim.span, claim.actors[0].span, claim.id)


def test_pieces_say_what_is_hidden() -> None:
    """They join without gaps, and only labels are marked."""
    span = at(TEXT, "Sorland’s army")
    assert HIDDEN.pieces(span) == (
        Shown((span[0], span[0] + 7), "Party A", hidden=True),
        Shown((span[0] + 7, span[1]), "’s army", hidden=False),
    )


def test_a_mark_is_widened_to_whole_names() -> None:
    """A source that is a part of a name is marked with all of it."""
    start, end = at(TEXT, "the River Guard")
    assert HIDDEN.snap((start + 4, end)) == (start, end)
    assert HIDDEN.words((start + 4, end)) == "Party B"
    assert HIDDEN.snap((0, 3)) == (0, 3)


def test_names_are_hidden_in_other_words() -> None:
    """The name of an entity, say; no name within another word."""
    assert HIDDEN.hide("Sorland and Sorlanders") == "Party A and Sorlanders"


def test_a_text_without_names_is_as_it_was() -> None:
    """Nothing is hidden, and nothing fails."""
    ledger = Ledger(document=document_row("It rained."), run=Run("0", "", ""))
    assert blind(ledger) == Blind("It rained.", (), {})
    assert blind(ledger).hide("It rained.") == "It rained."


def test_many_parties_have_many_letters() -> None:
    """After Z comes AA."""
    words = [f"Gr{chr(97 + k // 26)}{chr(97 + k % 26)}" for k in range(28)]
    text = " ".join(words)
    mentions = tuple(MentionRow(f"m{k}", at(text, w), at(text, w), "name", "ORG", f"e{k}") for k, w in enumerate(words))
    entities = tuple(EntityRow(f"e{k}", w, "ORG", None, None, None, ()) for k, w in enumerate(words))
    ledger = Ledger(document=document_row(text), run=Run("0", "", ""), mentions=mentions, entities=entities)
    assert blind(ledger).words((0, len(text))).endswith("Party Y Party Z Party AA Party AB")


def test_swapped_names_are_shown_alike() -> None:
    """What a reviewer sees does not depend on which party bears which name."""
    ledger = _ledger()
    text = TEXT.replace("the River Guard", "the #####")
    names = tuple(replace(row, name="the #####") if row.id == "e2" else row for row in ledger.entities)
    other = replace(ledger, document=replace(ledger.document, text=text), entities=names)
    spans = tuple(
        replace(row, span=at(text, "the #####", int(row.id == "m5"))) if row.entity == "e2" else row
        for row in ledger.mentions[:5]
    )
    shown = blind(replace(other, mentions=spans, places=ledger.places)).words((0, at(text, " said")[1]))
    assert shown == "OSTIA (Publisher) — Party A’s army shelled Ostia, Party B said"


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_pieces_cover_any_stretch(start: int, length: int) -> None:
    """Whatever is asked for is given once, without gaps; what is not hidden is verbatim."""
    end = min(start + length, len(TEXT))
    pieces = HIDDEN.pieces((start, end))
    assert [piece.span[0] for piece in pieces[1:]] == [piece.span[1] for piece in pieces[:-1]]
    assert (pieces[0].span[0], pieces[-1].span[1]) == (start, end)
    assert all(piece.hidden or piece.words == TEXT[slice(*piece.span)] for piece in pieces)


@pytest.mark.parametrize("name", ["Sorland", "River Guard", "Ann Or", "Northwire"])
def test_no_name_is_left(name: str) -> None:
    """Neither in the text nor in the claim, but for places."""
    (claim,) = claims_of(_ledger())
    assert name not in HIDDEN.words((0, len(TEXT))) + repr(HIDDEN.claim(claim))
