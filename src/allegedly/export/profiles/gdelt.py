"""
GDELT 2.0 events: its 61 columns, parted by tabs; with a header line, which GDELT's own files lack.

PLOVER sectors become CAMEO types (media is JRN there and MED here, health MED
there and HLH here). GDELT counts mentions over the whole web; a row here is one claim in one report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from allegedly.export.base import Cell, Column
from allegedly.export.columns import of_place
from allegedly.export.profiles.plover import QUAD_NUMBER, cameo_of, quad_of
from allegedly.export.profiles.shared import day_of, days_of, empty, first, profile, told, year_of
from allegedly.records.claims import Claim, ClaimParty, ClaimPlace

_TYPES: Final = {
    code: code
    for code in "GOV MIL COP SPY JUD LEG PTY OPP REB UAF CRM CVL REF EDU BUS MNC LAB AGR ELI NGO IGO IMG ISM".split()
} | {"JRN": "MED", "MED": "HLH"}
_WIDER: Final = {"country": 1, "region": 5, "town": 4, "exact": 4}
_IN_THE_STATES: Final = {"country": 1, "region": 2, "town": 3, "exact": 3}
_ELSEWHERE = "places of actors are not read; the place is the event's."
_FIPS = "FIPS 10-4 code; we hold no table of them."


def _compact(claim: Claim) -> Cell:
    day = day_of(claim)
    return None if day is None else int(f"{day:%Y%m%d}")


def _month(claim: Claim) -> Cell:
    days = days_of(claim)
    if days is None or (days[0].year, days[0].month) != (days[1].year, days[1].month):
        return None
    return int(f"{days[0]:%Y%m}")


def _actor(name: str, which: Callable[[Claim], tuple[ClaimParty, ...]]) -> tuple[Column, ...]:
    def of(value: Callable[[ClaimParty], Cell]) -> Callable[[Claim], Cell]:
        def read(claim: Claim) -> Cell:
            party = first(which(claim))
            return None if party is None else value(party)

        return read

    def kind(party: ClaimParty) -> str | None:
        return _TYPES.get(party.sector or "")

    unread = "not read."
    return (
        told(f"{name}Code", "label", "Country and CAMEO type of the first.",
             of(lambda party: f"{party.country or ''}{kind(party) or ''}" or None)),
        told(f"{name}Name", "text", "Its name in the text, else its words.",
             of(lambda party: party.name or party.words)),
        told(f"{name}CountryCode", "label", "ISO 3166-1 alpha-3 code.", of(lambda party: party.country)),
        empty(f"{name}KnownGroupCode", "CAMEO's list of groups is not ours."),
        empty(f"{name}EthnicCode", unread),
        empty(f"{name}Religion1Code", unread),
        empty(f"{name}Religion2Code", unread),
        told(f"{name}Type1Code", "label", "CAMEO type, from its sector.", of(kind)),
        empty(f"{name}Type2Code", "a party has one sector."),
        empty(f"{name}Type3Code", "a party has one sector."),
    )  # fmt: skip


def _nowhere(name: str) -> tuple[Column, ...]:
    parts = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(empty(f"{name}Geo_{part}", _ELSEWHERE) for part in parts)


def _place_type(place: ClaimPlace) -> Cell:
    if place.gazetteer is None:
        return None
    return (_IN_THE_STATES if place.country == "USA" else _WIDER).get(place.precision or "")


def _part(digits: int) -> Callable[[Claim], Cell]:
    def read(claim: Claim) -> Cell:
        code = cameo_of(claim)
        return None if code is None else code[:digits]

    return read


GDELT = profile(
    (
        told("GLOBALEVENTID", "label", "Our claim_id: text, not a number.", lambda claim: claim.id),
        told("SQLDATE", "integer", "The day as YYYYMMDD, if it is one.", _compact),
        told("MonthYear", "integer", "The month as YYYYMM, if it is one.", _month),
        told("Year", "integer", "The year, if it is one.", year_of),
        empty("FractionDate", "says no more than SQLDATE."),
        *_actor("Actor1", lambda claim: claim.actors),
        *_actor("Actor2", lambda claim: claim.recipients),
        empty("IsRootEvent", "GDELT's guess of importance."),
        told("EventCode", "label", "CAMEO code of type and mode; empty where PLOVER merged several.", _part(4)),
        told("EventBaseCode", "label", "Its first three digits.", _part(3)),
        told("EventRootCode", "label", "Its first two digits.", _part(2)),
        told("QuadClass", "integer", "1 to 4, from the quad class.",
             lambda claim: QUAD_NUMBER.get(quad_of(claim) or "")),
        empty("GoldsteinScale", "we hold no table of it; PLOVER's score stands in the polecat profile."),
        told("NumMentions", "integer", "1: a row is one claim.", lambda _claim: 1),
        told("NumSources", "integer", "1: a row is one claim.", lambda _claim: 1),
        told("NumArticles", "integer", "1: a row is one claim.", lambda _claim: 1),
        empty("AvgTone", "tone is not measured."),
        *_nowhere("Actor1"),
        *_nowhere("Actor2"),
        Column("ActionGeo_Type", "integer", "1 country, 2 US state, 3 US city, 4 city, 5 region, if resolved.",
               of_place(_place_type)),
        Column("ActionGeo_FullName", "text", "Name of the place.", of_place(lambda place: place.name or None)),
        empty("ActionGeo_CountryCode", f"{_FIPS} The ISO code stands in the claims export."),
        empty("ActionGeo_ADM1Code", _FIPS),
        empty("ActionGeo_ADM2Code", _FIPS),
        Column("ActionGeo_Lat", "number", "Latitude.", of_place(lambda place: place.latitude)),
        Column("ActionGeo_Long", "number", "Longitude.", of_place(lambda place: place.longitude)),
        empty("ActionGeo_FeatureID", "GNS or GNIS number; the gazetteer has others."),
        empty("DATEADDED", "GDELT's own time of adding."),
        told("SOURCEURL", "text", "Address of the report.", lambda claim: claim.url),
    ),
    delimiter="\t",
)  # fmt: skip
