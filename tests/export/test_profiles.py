"""Profiles: the headers their users know, and what is filled and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.errors import ExportError
from allegedly.export.base import Table, Told
from allegedly.export.policy import best_by
from allegedly.export.profiles.acled import ACLED
from allegedly.export.profiles.gdelt import GDELT
from allegedly.export.profiles.plover import QUAD, SCORE, cameo_of
from allegedly.export.profiles.polecat import POLECAT
from allegedly.export.profiles.shared import TAIL
from allegedly.export.profiles.ucdp import UCDP
from allegedly.records.claims import Claim, ClaimParty
from allegedly.records.claims_of import claims_of
from allegedly.records.codes import EVENT_TYPES, MODES
from allegedly.records.ledger import DateRow
from tests.export.ledgers import march, market, material

# As in GEDEvent_v25_1.csv, the ACLED export of 2024, the POLECAT files of 2023 and GDELT's codebook 2.0.
HEADERS = {
    "ucdp": """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
        dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
        number_of_sources source_article source_office source_date source_headline source_original where_prec
        where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
        region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
        low gwnoa gwnob""".split(),
    "acled": """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
        assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1
        admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags
        timestamp""".split(),
    "polecat": [
        name.strip()
        for name in """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name,
        Actor Country, Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID,
        Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title,
        Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude,
        GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations,
        Story Locations, Language, Version""".split(",")
    ],
    "gdelt": [
        *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
        *(
            f"Actor{number}{part}"
            for number in (1, 2)
            for part in """Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code
            Type2Code Type3Code""".split()
        ),
        *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
        *"NumMentions NumSources NumArticles AvgTone".split(),
        *(
            f"{actor}Geo_{part}"
            for actor in ("Actor1", "Actor2", "Action")
            for part in "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
        ),
        "DATEADDED",
        "SOURCEURL",
    ],
}
PROFILES = {"ucdp": UCDP, "acled": ACLED, "polecat": POLECAT, "gdelt": GDELT}


def _cells(table: Table, claim: Claim) -> dict[str, Any]:
    return {column.name: column.cell(Told(claim)) for column in table.columns}


def _claim(**values: Any) -> Claim:
    return replace(claims_of(market())[0], **values)


def _party(sector: Any = None, country: str | None = None, type_: Any = "PER") -> ClaimParty:
    return ClaimParty((0, 1), "words", sector or "somebody", type_, country, sector)


@pytest.mark.parametrize("name", PROFILES)
def test_headers_are_those_users_know(name: str) -> None:
    """The profile's own columns come first, then ours."""
    names = [column.name for column in PROFILES[name].columns]
    assert names == [*HEADERS[name], *(column.name for column in TAIL)]


@pytest.mark.parametrize("name", PROFILES)
def test_every_column_is_explained(name: str) -> None:
    """A column is filled from something or says why it stays empty, in a sentence."""
    for column in PROFILES[name].columns:
        assert column.help.startswith("Stays empty: ") == (column.value is None)
        assert column.help.endswith(".")


@pytest.mark.parametrize("name", PROFILES)
def test_rows_are_claims_about_events(name: str) -> None:
    """Sayings without event are no rows; denials are, and say so."""
    rows = list(PROFILES[name].rows(material()))
    stances = [_cells(PROFILES[name], row.claim)["allegedly_stance"] for row in rows]
    assert stances == ["assert", "deny", *["assert"] * 5]


# ---------------------------------------------------------------------------------------------------------------- ucdp
@pytest.mark.parametrize(
    ("actor", "recipient", "kind"),
    [
        (_party("MIL"), _party("REB"), 1),
        (_party("REB"), _party("COP"), 1),
        (_party("REB"), _party("IMG"), 2),
        (_party("REB"), _party("CVL"), 3),
        (_party("MIL"), _party("REF"), 3),
        (_party("CVL"), _party("MIL"), None),
        (_party("REB"), _party("MED", type_="FAC"), None),
        (_party("REB"), _party(), None),
        (_party(), _party("REB"), None),
    ],
)
def test_type_of_violence_needs_both_sides(actor: ClaimParty, recipient: ClaimParty, kind: int | None) -> None:
    """State-based, non-state and one-sided follow from sectors; an unknown one leaves it open."""
    assert _cells(UCDP, _claim(actors=(actor,), recipients=(recipient,)))["type_of_violence"] == kind


def test_the_state_is_side_a() -> None:
    """In state-based violence UCDP puts the state first, whoever attacked."""
    cells = _cells(UCDP, _claim(actors=(_party("REB"),), recipients=(_party("MIL"),)))
    assert (cells["side_a"], cells["side_b"]) == ("MIL", "REB")


def test_two_states_keep_their_order() -> None:
    """Between states who did it comes first."""
    cells = _cells(UCDP, _claim(actors=(_party("MIL", "XNA"),), recipients=(_party("GOV", "XSO"),)))
    assert (cells["side_a"], cells["side_b"]) == ("MIL", "GOV")


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        ("2024-05-06", "2024-05-06", 1), ("2024-05-01", "2024-05-06", 2), ("2024-05-01", "2024-05-07", 3),
        ("2024-05-01", "2024-05-31", 4), ("2024-01-01", "2024-12-31", 5), ("2023-01-01", "2024-12-31", None),
        (None, "2024-05-07", None),
    ],
)  # fmt: skip
def test_date_precision(first: str | None, last: str, precision: int | None) -> None:
    """Days become UCDP's five grades; an open end has none."""
    assert _cells(UCDP, _claim(date=DateRow(first, last)))["date_prec"] == precision


@pytest.mark.parametrize("name", PROFILES)
def test_a_day_that_is_none_is_an_error(name: str) -> None:
    """A date that no calendar has is named with its claim."""
    claim = _claim(date=DateRow("2024-02-30", "2024-03-01", "range", "stated"))
    with pytest.raises(ExportError, match=claim.id):
        _cells(PROFILES[name], claim)


def test_a_year_is_shared_by_both_days() -> None:
    """Over New Year there is no year."""
    assert _cells(UCDP, _claim(date=DateRow("2023-12-31", "2024-01-01")))["year"] is None


def test_deaths_follow_best() -> None:
    """Only with a figure are there deaths; they are civilians' if all to whom it was done are civilians."""
    plain, told = (_cells(UCDP, claim) for claim in (_claim(), best_by(lambda _figures: 12)(_claim())))
    assert (plain["best"], plain["deaths_civilians"], plain["deaths_unknown"]) == (None, None, None)
    assert (told["best"], told["deaths_civilians"], told["deaths_unknown"]) == (12, 12, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"), [(-90.0, -180.0, 1), (0.0, 0.0, 129961), (90.0, 180.0, 259200)]
)
def test_grid_cells(latitude: float, longitude: float, cell: int) -> None:
    """PRIO-GRID counts from the south-west corner, 720 cells a row."""
    claim = _claim()
    assert claim.place is not None
    moved = replace(claim, place=replace(claim.place, latitude=latitude, longitude=longitude))
    assert _cells(UCDP, moved)["priogrid_gid"] == cell


def test_a_country_is_no_point() -> None:
    """Coordinates of a country are no point and no grid cell."""
    cells = _cells(UCDP, claims_of(march())[1])
    assert (cells["where_prec"], cells["geom_wkt"], cells["priogrid_gid"]) == (6, None, None)


# --------------------------------------------------------------------------------------------------------------- acled
@pytest.mark.parametrize(
    ("type_", "modes", "recipient", "kind", "sub_kind"),
    [
        ("ASSAULT", ("drone",), "MIL", "Explosions/Remote violence", "Air/drone strike"),
        ("ASSAULT", ("suicide-attack", "explosives"), "MIL", "Explosions/Remote violence", "Suicide bomb"),
        ("ASSAULT", ("x-clash",), "MIL", "Battles", "Armed clash"),
        ("ASSAULT", ("abduct",), "CVL", "Violence against civilians", "Abduction/forced disappearance"),
        ("ASSAULT", ("abduct",), "MIL", None, None),
        ("ASSAULT", ("firearms",), "CVL", "Violence against civilians", "Attack"),
        ("ASSAULT", ("x-recapture",), None, None, None),
        ("ASSAULT", ("x-capture",), None, "Battles", "Non-state actor overtakes territory"),
        ("ASSAULT", (), "CVL", None, None),
        ("PROTEST", ("demo",), None, "Protests", None),
        ("PROTEST", ("riot",), None, "Riots", "Violent demonstration"),
        ("COERCE", ("arrest",), "CVL", "Strategic developments", "Arrests"),
        ("HARM", (), "CVL", None, None),
    ],
)
def test_sub_events(
    type_: Any, modes: tuple[str, ...], recipient: str | None, kind: str | None, sub_kind: str | None
) -> None:
    """Type, modes and sectors give ACLED's sub-event, or nothing where they do not tell."""
    recipients = (_party(recipient),) if recipient else ()
    cells = _cells(ACLED, _claim(type=type_, modes=modes, actors=(_party("REB"),), recipients=recipients))
    assert (cells["event_type"], cells["sub_event_type"]) == (kind, sub_kind)


def test_ground_regained_by_the_state() -> None:
    """A recapture by state forces is the government's."""
    cells = _cells(ACLED, _claim(modes=("x-recapture",), actors=(_party("MIL"),), recipients=()))
    assert cells["sub_event_type"] == "Government regains territory"


@pytest.mark.parametrize(
    ("party", "inter"),
    [
        (_party("MIL", "XNA"), "State forces"),
        (_party("MIL", "XSO"), "External/Other forces"),
        (_party("MIL"), None),
        (_party("REB"), "Rebel group"),
        (_party("UNO"), "External/Other forces"),
        (_party("OPP"), None),
        (_party("MED", type_="FAC"), None),
        (_party(), None),
    ],
)
def test_kinds_of_actors(party: ClaimParty, inter: str | None) -> None:
    """Sector and country say what kind of actor it is where it happened."""
    assert _cells(ACLED, _claim(actors=(party,)))["inter1"] == inter


def test_forces_are_of_no_side_where_the_place_is_unknown() -> None:
    """Without the event's country nobody knows whether forces are at home."""
    assert _cells(ACLED, _claim(actors=(_party("MIL", "XNA"),), place=None))["inter1"] is None


def test_protesters() -> None:
    """Civilians who protest are protesters, or rioters."""
    peaceful = _cells(ACLED, _claim(type="PROTEST", modes=("demo",), actors=(_party("CVL"),)))
    violent = _cells(ACLED, _claim(type="PROTEST", modes=("riot",), actors=(_party("CVL"),)))
    assert (peaceful["inter1"], violent["inter1"]) == ("Protesters", "Rioters")


def test_an_interaction_needs_both() -> None:
    """One known actor is no interaction."""
    both = _cells(ACLED, _claim())
    one = _cells(ACLED, _claim(recipients=()))
    assert (both["interaction"], one["interaction"]) == ("Rebel group-Civilians", None)


def test_fatalities_are_never_zero_for_want_of_a_figure() -> None:
    """Where ACLED writes 0, we have nothing."""
    assert _cells(ACLED, _claim(numbers=()))["fatalities"] is None


# ------------------------------------------------------------------------------------------------------ polecat, gdelt
def test_our_own_types_and_modes_are_not_plovers() -> None:
    """HARM is no PLOVER type and `x-clash` no PLOVER mode; they stand in our own columns."""
    harm, clash = (_cells(POLECAT, claim) for claim in (claims_of(market())[2], claims_of(march())[3]))
    assert (harm["Event Type"], harm["Quad Code"], harm["allegedly_event_type"]) == (None, None, "HARM")
    assert (clash["Event Mode"], clash["allegedly_event_mode"]) == ("firearms", "firearms; x-clash")


def test_polecat_names_places() -> None:
    """A town is a city, its region a province, its GeoNames number is known."""
    cells = _cells(POLECAT, _claim())
    assert [cells[name] for name in ("City", "District", "Province", "GeoNames ID", "Raw Placename")] == [
        "Karveli", None, "Upper Valley", "99", "Karveli",
    ]  # fmt: skip


def test_every_plover_type_has_a_quad_class() -> None:
    """All types but our own three have a quad class, and all but ACCUSE a score."""
    assert set(EVENT_TYPES) - set(QUAD) == {"HARM", "DAMAGE", "CONTROL"}
    assert set(QUAD) - set(SCORE) == {"ACCUSE"}


@pytest.mark.parametrize(
    ("type_", "modes", "code"),
    [
        ("AGREE", (), "030"), ("ASSAULT", (), None), ("ASSAULT", ("drone",), "195"),
        ("ASSAULT", ("aerial", "drone"), "195"), ("ASSAULT", ("drone", "firearms"), None), ("REQUEST", (), None),
        ("ACCUSE", (), None), ("ACCUSE", ("investigate",), "090"), ("COERCE", ("curfew",), "1723"),
        ("COERCE", ("curfew", "arrest"), "170"), ("HARM", (), None),
    ],
)  # fmt: skip
def test_cameo_codes(type_: Any, modes: tuple[str, ...], code: str | None) -> None:
    """A mode gives the code, several that differ give the root, and where PLOVER merged roots there is none."""
    assert cameo_of(_claim(type=type_, modes=modes)) == code


def test_gdelt_counts_one_claim() -> None:
    """Days are numbers, actors are codes, and a row is one claim in one report."""
    cells = _cells(GDELT, _claim(actors=(_party("JRN", "XNA"),)))
    assert [cells[name] for name in ("SQLDATE", "MonthYear", "Year", "Actor1Code", "NumMentions", "QuadClass")] == [
        20240506, 202405, 2024, "XNAMED", 1, 4,
    ]  # fmt: skip


def test_no_month_over_two() -> None:
    """Days in two months have no month, and no day."""
    cells = _cells(GDELT, _claim(date=DateRow("2024-04-30", "2024-05-01")))
    assert (cells["SQLDATE"], cells["MonthYear"], cells["Year"]) == (None, None, 2024)


def test_modes_in_the_tables_exist() -> None:
    """Every mode that a profile looks for is one that the reader can give."""
    from allegedly.export.profiles import acled, plover  # noqa: PLC0415  # its tables

    wanted = {mode for _, mode, _ in acled._BY_MODE} | {mode for mode, _ in acled._ON_CIVILIANS}
    assert wanted | {mode for _, mode in plover._CAMEO} <= set(MODES)
