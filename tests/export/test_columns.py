"""The contract of the claims table, and what stands in its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.export.base import Told
from allegedly.export.columns import CLAIM_COLUMNS, CLAIMS, with_policy
from allegedly.export.figures import Figure, figure_of
from allegedly.export.incidents import CONFLICT_COLUMNS, INCIDENT_COLUMNS
from allegedly.records.claims import ClaimNumber
from allegedly.records.claims_of import claims_of
from tests.export.ledgers import march, market

CONTRACT = """
claim_id event_id incident_id document_id publisher url published voice source_name source_type source_chain cue stance
factuality event_type event_mode actor_name actor_country actor_sector recipient_name recipient_country recipient_sector
date_start date_end date_precision date_from placename latitude longitude place_precision adm_1 adm_2 country killed_low
killed_best killed_high wounded_low wounded_best wounded_high number_words quote start end score review_state reviewer
run_id
""".split()


def _cells(told: Told) -> dict[str, Any]:
    return {column.name: column.cell(told) for column in CLAIM_COLUMNS}


def test_the_columns_are_the_contract() -> None:
    """Names and order are what users were promised."""
    assert [column.name for column in CLAIM_COLUMNS] == CONTRACT


@pytest.mark.parametrize("columns", [CLAIM_COLUMNS, INCIDENT_COLUMNS, CONFLICT_COLUMNS])
def test_columns_are_documented_and_distinct(columns: Any) -> None:
    """Every column has a help text of a sentence and a name of its own."""
    assert [column.name for column in columns if not column.help.strip().endswith(".")] == []
    assert len({column.name for column in columns}) == len(columns)


def test_incidents_add_what_was_promised() -> None:
    """Incidents tell who asserts and who denies, and how often it was told independently."""
    promised = (
        "number_of_sources number_of_origins asserted_by denied_by conceded_by conflicts first_reported last_updated"
    )
    names = [column.name for column in INCIDENT_COLUMNS]
    start = names.index("number_of_sources")
    assert names[start : start + 8] == promised.split()


def test_conflicts_are_pairs() -> None:
    """A conflict is a field, and twice a value with source and claim."""
    promised = "incident_id field value_a source_a claim_a value_b source_b claim_b"
    assert [column.name for column in CONFLICT_COLUMNS][:8] == promised.split()


def test_the_publisher_is_never_the_source() -> None:
    """A report's own voice has no source, even if its publisher is known."""
    cells = _cells(Told(replace(claims_of(march())[0], publisher="Northwire")))
    assert (cells["publisher"], cells["voice"], cells["source_name"]) == ("Northwire", "own", None)


def test_an_open_day_is_empty() -> None:
    """A missing first day is not filled with the day of publication; the last one says where it is from."""
    cells = _cells(Told(claims_of(market())[1]))
    assert (cells["date_start"], cells["date_end"], cells["date_from"]) == (None, "2024-05-07", "publication")


def test_several_parties_keep_their_places() -> None:
    """Cells of several parties have as many parts, known or not."""
    cells = _cells(Told(claims_of(march())[3]))
    assert (cells["recipient_name"], cells["recipient_sector"], cells["recipient_country"]) == (
        "traders; guards", "CVL; ", None,
    )  # fmt: skip


def test_best_stays_empty_for_bounds_and_vague_words() -> None:
    """`dozens` is no figure, and neither is `at least 4`."""
    cells = [_cells(Told(claim)) for claim in (*claims_of(market()), *claims_of(march()))]
    assert [cell["killed_best"] for cell in cells if cell["number_words"]] == [None, 3, None, None]


def _number(low: int | None, best: int | None, high: int | None) -> ClaimNumber:
    return ClaimNumber("q", "killed", (0, 1), "some", low, best, high, "exact")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], Figure()),
        ([_number(3, 3, 3)], Figure(3, 3, 3)),
        ([_number(12, 12, 12), _number(3, 3, 3)], Figure(12)),
        ([_number(None, None, 9), _number(4, None, None)], Figure(4)),
        ([_number(None, None, 9), _number(None, None, 5)], Figure()),
    ],
)
def test_of_several_numbers_only_the_largest_lower_bound_is_sure(numbers: list[ClaimNumber], expected: Figure) -> None:
    """Two figures of one event may be parts of it or one part of the other: no sum and no best is made up."""
    assert figure_of(replace(claims_of(market())[0], numbers=tuple(numbers)), "killed") == expected


def test_the_policy_is_a_column() -> None:
    """Where best was filled, the table says by which policy; else there is no such column."""
    told = Told(claims_of(market())[0])
    last = with_policy(CLAIMS, "acled").columns[-1]
    assert (last.name, last.cell(told)) == ("best_policy", "acled")
    assert with_policy(CLAIMS, None) is CLAIMS
