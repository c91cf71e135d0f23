"""The network: everyone on a line of their own, in order of names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from allegedly.web.charts.network import Tie, network
from allegedly.web.charts.svg import to_svg

NAMES = {"a": "Southern Front", "b": "Veldran army", "c": "ICRC", "d": "Northwire"}
TIES = [Tie("accuses", "a", "b", 8), Tie("accuses", "b", "a", 3), Tie("cites", "d", "c", 2), Tie("cites", "d", "a")]


def test_every_name_and_number_is_drawn() -> None:
    """Names stand beside their marks, numbers above one on their lines."""
    drawn = to_svg(network(TIES, NAMES))
    assert all(f">{text}<" in drawn for text in (*NAMES.values(), "8", "3", "2"))


def test_all_ties_are_told_in_words() -> None:
    """Those who do not see the lines read them."""
    assert network(TIES, NAMES).description == (
        "Southern Front accuses Veldran army: 8. Veldran army accuses Southern Front: 3. "
        "Northwire cites ICRC: 2. Northwire cites Southern Front: 1."
    )


def test_equal_ties_are_added_up() -> None:
    """The same accusation from two documents is one line."""
    lines = network([Tie("accuses", "a", "b"), Tie("accuses", "a", "b", 4), Tie("cites", "a", "a")], NAMES)
    assert lines.description == "Southern Front accuses Veldran army: 5."


def test_names_stand_in_alphabetical_order() -> None:
    """Clockwise from the top, whoever has most ties."""
    nodes = network(TIES, NAMES).spec["datasets"]["nodes"]
    assert [row["name"] for row in nodes] == sorted(NAMES.values())
    assert [row["align"] for row in nodes] == ["left", "left", "right", "right"]


@pytest.mark.parametrize("number", [2, 7, 24])
def test_no_two_names_share_a_line(number: int) -> None:
    """On each side, names have room."""
    ties = [Tie("cites", f"n{index}", f"n{(index + 1) % number}") for index in range(number)]
    nodes = network(ties, {}).spec["datasets"]["nodes"]
    places = sorted((row["align"], row["y"]) for row in nodes)
    assert all(a[0] != b[0] or b[1] - a[1] >= 20 for a, b in pairwise(places))


def test_kinds_differ_by_form() -> None:
    """Citations are dashed."""
    drawn = to_svg(network(TIES, NAMES))
    assert 'stroke-dasharray="5,4"' in drawn


def test_the_busiest_are_shown() -> None:
    """Of many, those with most ties, and a note that says so."""
    ties = [Tie("cites", "hub", f"n{index:02}", index + 1) for index in range(40)]
    chart = network(ties, {}, most=10)
    assert {row["name"] for row in chart.spec["datasets"]["nodes"]} == {
        "hub",
        *(f"n{index}" for index in range(31, 40)),
    }
    assert chart.notes == ("the 10 of 41 with most ties",)


def test_swapped_names_swap_places_only() -> None:
    """Colour and place follow id and name, nothing else."""
    swapped = NAMES | {"a": NAMES["b"], "b": NAMES["a"]}
    rows = [
        {row["name"]: (row["x"], row["y"]) for row in network(TIES, names).spec["datasets"]["nodes"]}
        for names in (NAMES, swapped)
    ]
    assert rows[0] == rows[1]


def test_nobody_is_a_chart_too() -> None:
    """No tie draws an empty picture and says so."""
    chart = network([], {})
    assert chart.description == "Nobody accuses or cites anybody."
    assert to_svg(chart).startswith("<svg")
