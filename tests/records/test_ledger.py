"""The row classes mirror the JSON contract."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from allegedly.records import ledger as rows
from allegedly.records.ledger import Ledger, json_key

CONTRACT: dict[str, tuple[type[Any], str]] = {
    "ledger": (
        rows.Ledger,
        "schema document run sentences mentions entities times places attributions quantities events warnings",
    ),
    "document": (rows.DocumentRow, "id digest title url publisher published language text"),
    "run": (rows.Run, "version pack settings"),
    "mention": (rows.MentionRow, "id span head kind type entity reason"),
    "entity": (rows.EntityRow, "id name type country sector side mentions role actor members reason"),
    "time": (rows.TimeRow, "id span type value earliest latest precision from anchor rule reason readings whole"),
    "place": (
        rows.PlaceRow,
        """
        id span name gazetteer latitude longitude country precision candidates reason reading radius region claimants
        others named_by score
        """,
    ),
    "attribution": (
        rows.AttributionRow,
        "id source source_entity cue content form stance parent score source_type time said",
    ),
    "date": (rows.DateRow, "earliest latest precision from"),
    "quantity": (rows.QuantityRow, "id span measure words low best high qualifier"),
    "event": (
        rows.EventRow,
        "id trigger type modes actors recipients place time quantities voice factuality score date when",
    ),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_keys_and_their_order(name: str) -> None:
    """Each row has the keys of the contract, in its order."""
    row, keys = CONTRACT[name]
    assert [json_key(item.name) for item in fields(row)] == keys.split()


@pytest.mark.parametrize("row", [row for row, _ in CONTRACT.values()])
def test_every_field_has_help(row: type[Any]) -> None:
    """Each field says what it means."""
    assert [item.name for item in fields(row) if not item.metadata["help"].endswith(".")] == []


def test_words_of_a_span(ledger: Ledger) -> None:
    """The ledger gives the words of any of its spans."""
    assert ledger.words(ledger.events[1].trigger) == "killed"


def test_dictionary_writes_from(ledger: Ledger) -> None:
    """In the JSON form the field `from_` of a time is the key `from`."""
    assert ledger.to_dict()["times"][0]["from"] == "stated"


def test_shows_itself_in_notebooks(ledger: Ledger) -> None:
    """A notebook gets the annotated text."""
    assert '<div class="allegedly">' in ledger._repr_html_()
