"""Figures over time: bounds that are open stay open."""

from __future__ import annotations

import pytest

from allegedly.records.incidents import Cell, Figure, Incident, IncidentParty, Point
from allegedly.web.charts.base import Look
from allegedly.web.charts.colours import colour_of
from allegedly.web.charts.figures import PartyFigures, figures_of, figures_over_time
from allegedly.web.charts.svg import to_svg
from tests.web.charts.conftest import figure


def _rows(*figures: Figure) -> list[dict[str, object]]:
    chart = figures_over_time([PartyFigures("icrc", "ICRC", figures)], "killed")
    rows: list[dict[str, object]] = chart.spec["datasets"]["figures"]
    return rows


@pytest.mark.parametrize(
    ("bounds", "opening", "ends"),
    [
        ((7, 7, 7), "", [7]),
        ((12, None, None), "up", [12]),
        ((None, None, 4), "down", [4]),
        ((15, None, 20), "", [15, 20]),
        ((4, 5, 6), "", [5]),
        ((0, None, 0), "", [0]),
    ],
    ids=["stated", "at least", "up to", "range", "about", "nobody"],
)
def test_marks_stand_at_what_is_stated(
    bounds: tuple[float | None, float | None, float | None], opening: str, ends: list[float]
) -> None:
    """No number is made up: neither the open end of a bound nor the middle of a range."""
    (row,) = _rows(figure("words", *bounds, said="2024-05-07"))
    assert (row["opening"], row["ends"]) == (opening, ends)


def test_replaced_figures_are_hollow() -> None:
    """An earlier figure of the same party keeps its place, without its filling."""
    old = Figure("c1", "seven", 7, 7, 7, "exact", "event", "2024-05-07", True)
    rows = _rows(old, figure("nine", 9, 9, 9, said="2024-05-09"))
    assert [row["fill"] for row in rows] == [Look().paper, colour_of("icrc")]


def test_figures_of_one_day_stand_side_by_side() -> None:
    """Two parties on one day do not cover each other."""
    parties = [PartyFigures(id_, id_, (figure("9", 9, 9, 9, said="2024-05-07"),)) for id_ in ("a", "b")]
    rows = figures_over_time(parties, "killed").spec["datasets"]["figures"]
    assert [row["shift"] for row in rows] == [-7.0, 7.0]


def test_what_has_no_day_or_number_is_counted() -> None:
    """It is left out, and said to be."""
    left_out = (figure("some", None, None, None, said="2024-05-07"), figure("9", 9, 9, 9, said=None))
    chart = figures_over_time([PartyFigures("a", "A", left_out)], "wounded")
    assert chart.notes == ("2 without a day or a number, not shown",)
    assert to_svg(chart).startswith("<svg")


def test_words_are_shown_verbatim() -> None:
    """The figure's own words stand beside its mark, its party in the key."""
    drawn = to_svg(
        figures_over_time(
            [PartyFigures("a", "Veldran army", (figure("at least a dozen", 12, None, None, said="2024-05-07"),))],
            "killed",
        )
    )
    assert all(f">{words}<" in drawn for words in ("at least a dozen", "Veldran army"))


def test_figures_are_read_from_an_incident() -> None:
    """Each party's figures of one measure, in order of names."""
    nine = figure("9", 9, 9, 9, said="2024-05-07")
    points = (
        Point(
            "killed",
            "",
            "",
            "disputed",
            (Cell("b", "asserts", figures=(nine,)), Cell("a", "asserts", figures=(nine, nine))),
        ),
        Point("wounded", "", "", "one-sided", (Cell("a", "asserts", figures=(nine,)),)),
    )
    parties = (IncidentParty("b", "Army", ()), IncidentParty("a", "Front", ()), IncidentParty("c", "Silent", ()))
    incident = Incident(id="i1", type="ASSAULT", parties=parties, points=points, claims=("c1",), documents=("d",))
    assert figures_of(incident, "killed") == [
        PartyFigures("b", "Army", (nine,)),
        PartyFigures("a", "Front", (nine, nine)),
    ]
