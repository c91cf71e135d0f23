"""Our own tables of places: codes, claimants, balance, errors."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import LexiconError
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.policy import COLUMNS, SHIPPED_TABLES, load_policy
from allegedly.geo.spelling import fold_name
from allegedly.geo.words import COLUMNS as WORD_COLUMNS
from allegedly.geo.words import SHIPPED_ACTORS, load_words
from allegedly.records.place import Place, PlaceKind
from allegedly.resources.lexicon import load_table

DISPUTED = load_table(SHIPPED_TABLES / "disputed.tsv", COLUMNS["disputed"])
SYNONYMS = load_table(SHIPPED_TABLES / "spellings.tsv", WORD_COLUMNS["spellings"])
CODES = {row[0] for row in load_table(SHIPPED_ACTORS / "states.tsv", WORD_COLUMNS["states"])} | {"SGS"}


@pytest.mark.parametrize("row", DISPUTED, ids=lambda row: row[0])
def test_disputes_name_at_least_two(row: list[str]) -> None:
    """A disputed area has two claimants or more, in alphabetical order, by codes that the tables of actors know."""
    claimants = row[8].split("|")
    assert len(claimants) >= 2
    assert claimants == sorted(set(claimants))
    assert set(claimants) <= CODES


@pytest.mark.parametrize("row", DISPUTED, ids=lambda row: row[0])
def test_a_disputed_area_belongs_to_nobody_else(row: list[str]) -> None:
    """The code of an area is that of a claimant, or of none."""
    assert row[4] in {"", *row[8].split("|"), "SGS", "ESH"}


@pytest.mark.parametrize("table", COLUMNS)
def test_codes_are_known(table: str) -> None:
    """Codes of countries are those of the tables of actors."""
    rows = load_table(SHIPPED_TABLES / f"{table}.tsv", COLUMNS[table])
    assert {row[4] for row in rows} - CODES - {""} == set()


@pytest.mark.parametrize("table", COLUMNS)
def test_no_name_stands_twice_in_a_line(table: str) -> None:
    """Each name of a place is listed once, as far as the exact key goes."""
    rows = load_table(SHIPPED_TABLES / f"{table}.tsv", COLUMNS[table])
    names = {row[0]: [fold_name(name) for name in (row[1], *row[2].split("|")) if name] for row in rows}
    assert [id_ for id_, keys in names.items() if len(keys) != len(set(keys))] == []


def test_every_synonym_leads_to_one_place(shipped: Gazetteer) -> None:
    """All names of a line of spellings find the same place, so none is preferred."""
    lost = []
    for id_, names, _, _ in SYNONYMS:
        found = [{match.place.id for match in shipped.find(name) if match.how != "loose"} for name in names.split("|")]
        if not set.intersection(*found):
            lost.append(id_)
    assert lost == []


def test_every_demonym_leads_to_a_place(shipped: Gazetteer) -> None:
    """No demonym leads nowhere."""
    assert [word for word in load_words().demonyms if shipped.demonym(word) is None] == []


def test_every_metonym_leads_to_a_state(shipped: Gazetteer) -> None:
    """No seat of government leads nowhere."""
    assert [word for word in load_words().metonyms if shipped.metonym(word) is None] == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("x\tX\t\ttown\tAAA\t95\t0\t1", "impossible coordinates"),
        ("x\tX\t\ttown\tAAA\tnorth\t0\t1", "impossible coordinates"),
        ("x\tX\t\tvolcano\tAAA\t1\t0\t1", "unknown kind"),
        ("x\tX\t\ttown\tAAA\t1\t0\t0", "impossible coordinates"),
        ("x\tX\t\ttown\tAAA\t1\tnan\t1", "impossible coordinates"),
        ("x\tX\ttown", "fields"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    """A line that cannot be used is an error with file and line."""
    for table in COLUMNS:
        shutil.copy(SHIPPED_TABLES / f"{table}.tsv", tmp_path)
    path = tmp_path / "informal.tsv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, line, ""]), "utf-8")
    with pytest.raises(LexiconError, match=problem) as caught:
        load_policy(tmp_path)
    assert (caught.value.path, caught.value.line) == (path, len(lines) + 1)


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(["UKR", "GEO", "AZE", "SDN", "ISR", "PSE", "IND", "CYP", ""]),
    st.sampled_from(["town", "district", "region", "country"]),
)
def test_the_smallest_area_that_covers_a_place(
    latitude: float, longitude: float, country: str, kind: PlaceKind
) -> None:
    """The index finds what going through all areas finds, near their borders too."""
    policy = load_policy()
    place = Place("geonames:1", "Azel", latitude, longitude, country, kind)
    disputes = policy._disputes
    assert policy.dispute_of(place) == next((area for area in disputes if area.covers(place)), None)
    for area in (area.place for area in disputes):
        inside = replace(place, latitude=area.latitude, longitude=area.longitude)
        assert policy.dispute_of(inside) == next((one for one in disputes if one.covers(inside)), None)
