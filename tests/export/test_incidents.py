"""Incidents and conflicts: what their rows say of their claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.export.base import Material
from allegedly.export.incidents import CONFLICTS, INCIDENTS
from allegedly.export.places import coarsen, read_coarsening
from allegedly.records.claims_of import claims_of
from allegedly.records.incidents import Estimate, Figure, Incident
from tests.export.ledgers import judged, market, material, reviewed, strike


def _rows(given: Material, table: Any = INCIDENTS) -> list[dict[str, Any]]:
    return [{column.name: column.cell(row) for column in table.columns} for row in table.rows(given)]


def _row(cluster: Incident, **options: Any) -> dict[str, Any]:
    (row,) = _rows(material(incidents=[cluster], **options))
    return row


def _with_figures(*figures: Figure) -> Incident:
    cluster = strike()
    happened, killed = cluster.points
    cell = replace(killed.cells[0], figures=figures)
    return replace(cluster, points=(happened, replace(killed, cells=(cell,))))


def test_an_incident_says_who_says_what() -> None:
    """Who asserts and who denies stand side by side; nobody is right."""
    row = _row(strike())
    assert (row["asserted_by"], row["denied_by"], row["conceded_by"]) == ("Nord", "=The Front", None)


def test_conceding_a_figure_is_not_conceding_the_event() -> None:
    """Only what is said of the event and of who did it counts."""
    assert _row(strike())["conceded_by"] is None


def test_parties_are_named_once() -> None:
    """Whom several claims name is in the cell once, with country and sector in their places."""
    row = _row(strike())
    assert (row["actor_name"], row["actor_sector"], row["recipient_name"]) == ("=The Southern Front", "REB", "traders")


def test_the_review_state_is_that_of_all_claims() -> None:
    """If its claims differ it is mixed, and all who decided are named."""
    (row,) = _rows(reviewed())
    assert (row["review_state"], row["reviewer"]) == ("mixed", "=Rana; Omar")
    assert _row(strike())["review_state"] == "unchecked"


def test_figures_that_stand_bound_the_toll() -> None:
    """Replaced figures and tolls of a longer time do not count; no best is made up."""
    row = _row(strike())
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (3, None, None)


@pytest.mark.parametrize(
    ("bounds", "low", "high"),
    [
        ([(3, 3, 3), (7, 7, 7)], 3, 7),
        ([(3, 3, 3), (12, None, None)], 3, None),
        ([(None, None, 9), (4, None, 6)], 4, 9),
        ([(None, 40, None)], 40, 40),
        ([], None, None),
    ],
)
def test_ends_of_all_figures(bounds: list[tuple[int | None, ...]], low: int | None, high: int | None) -> None:
    """From the lowest that any claim allows to the highest, which is open if one is."""
    figures = [Figure("c", "some", *ends, "exact", "event") for ends in bounds]  # type: ignore[arg-type]
    row = _row(_with_figures(*figures))
    assert (row["killed_low"], row["killed_high"]) == (low, high)


def test_best_is_a_policys() -> None:
    """What a policy gave stands in best."""
    row = _row(replace(strike(), best=(Estimate("killed", "acled", 12),)))
    assert (row["killed_best"], row["wounded_best"]) == (12, None)


def test_one_wanted_claim_brings_the_whole_incident() -> None:
    """A query that finds the accusation gives the denial too."""
    first, second, *_ = claims_of(market())
    row = _row(strike(), wanted=lambda claim: claim.id == first.id)
    assert row["claim_ids"] == f"{first.id}; {second.id}"


def test_an_incident_without_wanted_claim_is_left_out() -> None:
    """What nobody asked for is not written."""
    assert _rows(material(incidents=[strike()], wanted=lambda _claim: False)) == []


def test_the_gate_leaves_accepted_claims() -> None:
    """With the gate, claims that nobody accepted are not named."""
    first = claims_of(market())[0]
    row = _row(strike(), judgements=[judged(first, "accept")], only_accepted=True)
    assert (row["claim_ids"], row["review_state"]) == (first.id, "accepted")


def test_the_place_of_an_incident_gets_coarser_too() -> None:
    """What is hidden of its claims is hidden of the incident."""
    row = _row(strike(), prepare=coarsen(read_coarsening("country")))
    assert (row["placename"], row["latitude"], row["adm_1"], row["country"]) == (None, None, None, "XNA")


def test_an_incident_without_place() -> None:
    """Nothing is made up."""
    assert _row(replace(strike(), place=None))["country"] is None


def test_conflicts_are_rows() -> None:
    """Both values, with source, claim, review and run each."""
    (row,) = _rows(reviewed(), CONFLICTS)
    first, second, *_ = claims_of(market())
    assert [row[name] for name in ("value_a", "source_a", "claim_a", "review_state_a", "reviewer_a")] == [
        "=happened", "Nord", first.id, "accepted", "=Rana",
    ]  # fmt: skip
    assert [row[name] for name in ("value_b", "source_b", "claim_b", "review_state_b", "since")] == [
        "did not happen", "=The Front", second.id, "issue", "2024-05-07",
    ]  # fmt: skip


def test_a_conflict_needs_both_claims() -> None:
    """With the gate, a value that nobody accepted is not set against another."""
    first = claims_of(market())[0]
    given = material(incidents=[strike()], judgements=[judged(first, "accept")], only_accepted=True)
    assert _rows(given, CONFLICTS) == []
