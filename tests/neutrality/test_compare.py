"""What counts as a difference, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.neutrality.compare import compare_readings
from allegedly.neutrality.data import Pair
from allegedly.records.ledger import (
    ArgumentRow,
    AttributionRow,
    EntityRow,
    EventRow,
    MentionRow,
    PlaceRow,
    QuantityRow,
    TimeRow,
)
from tests.neutrality.conftest import readings

# "Obo said the Free Isles fled." and "The Free Isles said Obo fled."
FIRST = {"a": (0, 3), "cue": (4, 8), "b": (9, 23), "trigger": (24, 28), "content": (9, 28)}
SECOND = {"a": (0, 14), "cue": (15, 19), "b": (20, 23), "trigger": (24, 28), "content": (20, 28)}


def rows(spans: dict[str, tuple[int, int]], codes: tuple[str, str]) -> dict[str, Any]:
    """Give all kinds of rows for one filling; A says that B retreated."""
    return {
        "sentences": ((0, 29),),
        "mentions": (
            MentionRow("m1", spans["a"], spans["a"], "name", "GPE", "e1"),
            MentionRow("m2", spans["b"], spans["b"], "name", "GPE", "e2"),
        ),
        "entities": (
            EntityRow("e1", "A", "GPE", codes[0], "GOV", codes[0], ("m1",)),
            EntityRow("e2", "B", "GPE", codes[1], "GOV", codes[1], ("m2",)),
        ),
        "places": (PlaceRow("p1", spans["b"], "B"),),
        "times": (TimeRow("t1", spans["cue"], "DATE"),),
        "attributions": (
            AttributionRow(
                "a1", (spans["a"],), "e1", (spans["cue"],), (spans["content"],), "indirect", "assert", None, 0.9,
                "named",
            ),
        ),
        "quantities": (QuantityRow("q1", spans["trigger"], "killed", "fled", 1, 1, 1, "exact"),),
        "events": (
            EventRow(
                "v1", spans["trigger"], "RETREAT", ("withdraw",), (ArgumentRow(spans["b"], "e2"),), (), "p1", "t1",
                ("q1",), ("a1",), "+", 0.8,
            ),
        ),
    }  # fmt: skip


def first() -> dict[str, Any]:
    """Rows of the first filling."""
    return rows(FIRST, ("OBO", "FRI"))


def second() -> dict[str, Any]:
    """Rows of the second filling."""
    return rows(SECOND, ("FRI", "OBO"))


def labels(pair: Pair, one: dict[str, Any], other: dict[str, Any], *, same_kind: bool = True) -> list[str]:
    """Compare and give the labels of the differences."""
    return [item.label for item in compare_readings(*readings(pair, one, other, same_kind=same_kind))]


def changed(name: str, number: int = 0, **values: Any) -> dict[str, Any]:
    """Give the rows of the second filling, one of them changed."""
    made = second()
    kept = list(made[name])
    kept[number] = replace(kept[number], **values)
    return made | {name: tuple(kept)}


def test_exchanged_ledgers_do_not_differ(pair: Pair) -> None:
    """Where nothing but the parties is exchanged there is no difference."""
    assert labels(pair, first(), second()) == []


@pytest.mark.parametrize("without", [("mentions", "entities"), ("events",), ("attributions", "events")])
def test_empty_layers_compare(pair: Pair, without: tuple[str, ...]) -> None:
    """A reader that fills in fewer rows compares as well."""
    empty: dict[str, Any] = dict.fromkeys(without, ())
    one, other = first() | empty, second() | empty
    if "entities" in empty:
        nobody = {"source_entity": None}
        one["attributions"] = tuple(replace(row, **nobody) for row in one["attributions"])
        other["attributions"] = tuple(replace(row, **nobody) for row in other["attributions"])
        one["events"] = tuple(replace(row, actors=()) for row in one["events"])
        other["events"] = tuple(replace(row, actors=()) for row in other["events"])
    assert labels(pair, one, other) == []


@pytest.mark.parametrize(
    ("label", "name", "values"),
    [
        ("sentence", "sentences", None),
        ("stance", "attributions", {"stance": "deny"}),
        ("attribution", "attributions", {"form": "direct"}),
        ("attribution", "attributions", {"content": ((24, 28),)}),
        ("attribution", "attributions", {"parent": "a1"}),
        ("argument", "attributions", {"source": ()}),
        ("entity", "attributions", {"source_entity": "e2"}),
        ("entity", "attributions", {"source_entity": None}),
        ("code", "attributions", {"source_type": "official"}),
        ("score", "attributions", {"score": 0.921}),
        ("event-type", "events", {"type": "CONCEDE"}),
        ("event-type", "events", {"modes": ()}),
        ("event", "events", {"trigger": (24, 29)}),
        ("factuality", "events", {"factuality": "?"}),
        ("voice", "events", {"voice": ()}),
        ("argument", "events", {"actors": ()}),
        ("argument", "events", {"place": None}),
        ("argument", "events", {"time": None}),
        ("entity", "events", {"actors": (ArgumentRow((20, 23), "e1"),)}),
        ("quantity", "quantities", {"best": 2}),
        ("score", "events", {"score": 0.5}),
        ("code", "entities", {"country": "OBO"}),
        ("code", "entities", {"country": None}),
        ("code", "entities", {"sector": "MIL"}),
        ("code", "entities", {"side": None}),
        ("code", "entities", {"actor": "x"}),
        ("entity", "entities", {"type": "ORG"}),
        ("entity", "entities", {"role": "president"}),
        ("entity", "entities", {"members": ("e2",)}),
    ],
)
def test_each_difference_has_its_label(pair: Pair, label: str, name: str, values: dict[str, Any] | None) -> None:
    """One change in one row is one difference, with its label."""
    other = second() | {"sentences": ()} if values is None else changed(name, **values)
    assert labels(pair, first(), other) == [label]


@pytest.mark.parametrize("values", [{"kind": "nominal"}, {"type": "ORG"}])
def test_mentions_of_another_kind_are_a_difference(pair: Pair, values: dict[str, Any]) -> None:
    """A name that is no name in the other ledger is found, as is one of another type."""
    assert labels(pair, first(), changed("mentions", **values)) == ["entity", "entity"]


def test_mentions_of_no_entity_count(pair: Pair) -> None:
    """A mention that only one ledger has is found even if it belongs to no entity."""
    other = second()
    other["mentions"] += (MentionRow("m3", (15, 19), (15, 19), "nominal", "PER", None),)
    assert labels(pair, first(), other) == ["entity"]


@pytest.mark.parametrize(
    ("name", "label"), [("attributions", "attribution"), ("events", "event"), ("entities", "entity")]
)
def test_missing_rows_are_differences(pair: Pair, name: str, label: str) -> None:
    """A row that only one ledger has is a difference, whichever has it."""
    assert label in labels(pair, first(), second() | {name: ()})
    assert label in labels(pair, first() | {name: ()}, second())


def test_scores_may_differ_a_little(pair: Pair) -> None:
    """Scores within 0.02 are the same, the edge included."""
    assert labels(pair, first(), changed("events", score=0.82)) == []


def test_codes_of_third_states_must_be_the_same(pair: Pair) -> None:
    """A country that is no party is not exchanged."""
    one = first()
    one["entities"] = (one["entities"][0], replace(one["entities"][1], country="QAT"))
    assert labels(pair, one, changed("entities", 1, country="QAT")) == []
    assert labels(pair, one, changed("entities", 1, country="EGY")) == ["code"]


def test_two_chains_for_one_are_a_difference(pair: Pair) -> None:
    """Mentions that are one entity in one ledger and two in the other are found."""
    other = second()
    other["entities"] = (replace(other["entities"][0], mentions=("m1", "m2")),)
    assert "entity" in labels(pair, first(), other)


def test_mentions_inside_a_name_do_not_count(pair: Pair) -> None:
    """Other names have other words; a mention of "Isles" has no counterpart in "Obo"."""
    one = first()
    one["mentions"] += (MentionRow("m3", (18, 23), (18, 23), "name", "LOC", "e3"),)
    one["entities"] += (EntityRow("e3", "Isles", "LOC", None, None, None, ("m3",)),)
    assert labels(pair, one, second()) == []


def test_rows_in_another_order_are_a_difference(pair: Pair) -> None:
    """The order of the rows may not change."""
    other = second()
    other["entities"] = other["entities"][::-1]
    assert "order" in labels(pair, first(), other)


def test_groups_may_have_countries_of_their_own(pair: Pair) -> None:
    """Codes of groups need to be told apart alike, not to be one or the other."""
    groups = replace(pair, kind="group")
    one, other = rows(FIRST, ("MLI", "NER")), rows(SECOND, ("NER", "MLI"))
    assert labels(groups, one, other) == []
    assert labels(groups, one, rows(SECOND, ("MLI", "MLI"))) == ["code", "code"]


def test_entities_and_codes_of_unlike_parties_are_not_compared(pair: Pair) -> None:
    """An army and a group have sectors of their own, a state has a nationality and a group has none."""
    assert labels(pair, first(), changed("entities", sector="REB", type="MIL"), same_kind=False) == []
    assert labels(pair, first(), changed("entities", sector=None), same_kind=False) == []


def test_claims_of_unlike_parties_are_compared(pair: Pair) -> None:
    """What a state and a group say and do must be read alike."""
    assert labels(pair, first(), changed("attributions", stance="doubt"), same_kind=False) == ["stance"]


def test_differences_carry_the_words(pair: Pair) -> None:
    """A difference shows what stands in either ledger."""
    found = compare_readings(*readings(pair, first(), changed("attributions", source=())))
    assert [(item.first, item.second) for item in found] == [("Obo", "")]
