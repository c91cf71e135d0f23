"""
UCDP GED: the columns of the georeferenced event data set, versions 17.1 to 25.1.

Ours are claims, not coded events: UCDP's own identifiers, its lists of
conflicts, dyads and actors, and its judgement of clarity are not ours to fill.
"""

from __future__ import annotations

from allegedly.export.base import Column
from allegedly.export.columns import joined, name_of, of_place, source_name
from allegedly.export.figures import figure_of
from allegedly.export.profiles.shared import (
    ARMED_GROUPS,
    STATE_FORCES,
    are_civilian,
    empty,
    first,
    length_of,
    profile,
    told,
    year_of,
)
from allegedly.records.claims import Claim, ClaimParty, ClaimPlace
from allegedly.records.ledger import Number

_WHERE = {"exact": 1, "town": 1, "district": 3, "region": 4, "country": 6}
_POINTS = frozenset({"exact", "town"})
_OF_UCDP = "an identifier of UCDP's own."
_CELL, _CELLS = 0.5, 720  # PRIO-GRID: degrees, cells in a row (Tollefsen, Strand and Buhaug 2012)


def _violence(claim: Claim) -> int | None:
    """Give 1 state-based, 2 non-state, 3 one-sided, by the sectors of the first on each side; None if one is open."""
    one, other = first(claim.actors), first(claim.recipients)
    if one is None or other is None or one.sector not in STATE_FORCES | ARMED_GROUPS:
        return None
    if are_civilian(claim.recipients):
        return 3
    if other.sector not in STATE_FORCES | ARMED_GROUPS:
        return None
    return 1 if {one.sector, other.sector} & STATE_FORCES else 2


def _sides(claim: Claim) -> tuple[tuple[ClaimParty, ...], tuple[ClaimParty, ...]]:
    """Give side A and B: who did it and to whom, but in state-based violence a state is always side A."""
    one, other = first(claim.actors), first(claim.recipients)
    states = (one is not None and one.sector in STATE_FORCES, other is not None and other.sector in STATE_FORCES)
    turned = _violence(claim) == 1 and states == (False, True)
    return (claim.recipients, claim.actors) if turned else (claim.actors, claim.recipients)


def _date_precision(claim: Claim) -> int | None:
    """Give 1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 up to a year; None if an end is open."""
    days = length_of(claim)
    if days is None or days > 366:
        return None
    return next(code for code, longest in enumerate((1, 6, 7, 31, 366), 1) if days <= longest)


def _point(place: ClaimPlace) -> str | None:
    if place.latitude is None or place.longitude is None or place.precision not in _POINTS:
        return None
    return f"POINT ({place.longitude} {place.latitude})"


def _grid_cell(place: ClaimPlace) -> int | None:
    if place.latitude is None or place.longitude is None or place.precision not in _POINTS:
        return None
    row, column = int((place.latitude + 90) / _CELL), int((place.longitude + 180) / _CELL)
    return min(row, _CELLS // 2 - 1) * _CELLS + min(column, _CELLS - 1) + 1


def _civilians(claim: Claim) -> Number | None:
    return figure_of(claim, "killed").best if are_civilian(claim.recipients) else None


def _unknown(claim: Claim) -> Number | None:
    return None if are_civilian(claim.recipients) else figure_of(claim, "killed").best


_IDENTITY = (
    told("id", "label", "Our claim_id: text, as UCDP's number is not ours to give.", lambda claim: claim.id),
    empty("relid", _OF_UCDP),
    told("year", "integer", "Year of the event, if date_start and date_end share one.", year_of),
    empty("active_year", "needs all deaths of the dyad in that year."),
    empty("code_status", "UCDP's own editing state; ours is allegedly_review_state."),
    told(
        "type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided, from the sectors of both sides; empty "
        "if either is not coded.", _violence,
    ),
    *(empty(name, _OF_UCDP) for name in ("conflict_dset_id", "conflict_new_id", "conflict_name")),
    *(empty(name, _OF_UCDP) for name in ("dyad_dset_id", "dyad_new_id", "dyad_name")),
    empty("side_a_dset_id", _OF_UCDP),
    empty("side_a_new_id", _OF_UCDP),
    told(
        "side_a", "text", "Who did it; in state-based violence the state.",
        lambda claim: joined(_sides(claim)[0], name_of),
    ),
    empty("side_b_dset_id", _OF_UCDP),
    empty("side_b_new_id", _OF_UCDP),
    told("side_b", "text", "The other side.", lambda claim: joined(_sides(claim)[1], name_of)),
)  # fmt: skip
_SOURCES = (
    told("number_of_sources", "integer", "1: a row is one report.", lambda _claim: 1),
    told("source_article", "text", "Address of the report.", lambda claim: claim.url),
    told("source_office", "text", "Its publisher.", lambda claim: claim.publisher),
    told("source_date", "text", "When it was published.", lambda claim: claim.published),
    told("source_headline", "text", "Its headline.", lambda claim: claim.title),
    told("source_original", "text", "Who says so inside the text; empty: the report itself.", source_name),
)
_WHERE_WHEN = (
    Column(
        "where_prec", "integer", "1 exact or town, 3 district, 4 region, 6 country.",
        of_place(lambda place: _WHERE.get(place.precision or "")),
    ),
    Column("where_coordinates", "text", "Name of the place.", of_place(lambda place: place.name or None)),
    Column("where_description", "text", "Words for the place, verbatim.", of_place(lambda place: place.words or None)),
    Column("adm_1", "text", "First-level administrative unit.", of_place(lambda place: place.region)),
    empty("adm_2", "the gazetteer holds no second level."),
    Column("latitude", "number", "Latitude.", of_place(lambda place: place.latitude)),
    Column("longitude", "number", "Longitude.", of_place(lambda place: place.longitude)),
    Column("geom_wkt", "label", "A point, for exact places and towns only.", of_place(_point)),
    Column("priogrid_gid", "integer", "PRIO-GRID cell, for exact places and towns only.", of_place(_grid_cell)),
    Column("country", "label", "ISO 3166-1 alpha-3 code, not UCDP's name.", of_place(lambda place: place.country)),
    empty("country_id", "Gleditsch and Ward number; we hold no table of them."),
    empty("region", "UCDP's own regions."),
    empty("event_clarity", "UCDP's own judgement."),
    told(
        "date_prec", "integer", "1 a day, 2 up to 6 days, 3 a week, 4 up to a month, 5 up to a year.", _date_precision
    ),
    told("date_start", "day", "First day; empty if open.", lambda claim: claim.date.earliest),
    told("date_end", "day", "Last day; empty if open.", lambda claim: claim.date.latest),
)  # fmt: skip
_DEATHS = (
    empty("deaths_a", "who of the dead belonged to which side is not read."),
    empty("deaths_b", "as deaths_a."),
    told("deaths_civilians", "number", "As best, if all to whom it was done are coded civilians.", _civilians),
    told("deaths_unknown", "number", "As best otherwise.", _unknown),
    told(
        "best", "number", "Killed, if the words state a number, or by the policy asked for.",
        lambda claim: figure_of(claim, "killed").best,
    ),
    told("high", "number", "Largest number the words allow.", lambda claim: figure_of(claim, "killed").high),
    told("low", "number", "Smallest number the words allow.", lambda claim: figure_of(claim, "killed").low),
    empty("gwnoa", "Gleditsch and Ward number; we hold no table of them."),
    empty("gwnob", "as gwnoa."),
)  # fmt: skip

UCDP = profile((*_IDENTITY, *_SOURCES, *_WHERE_WHEN, *_DEATHS))
