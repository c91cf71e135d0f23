"""
ACLED: the columns of its event files since 2023.

Event types follow our proposed table from PLOVER types and modes to ACLED
sub-events (codebook 2024). A sub-event that only a coder can tell (peaceful or
met with force, lost or regained ground) stays empty unless a mode says it.
"""

from __future__ import annotations

from typing import Final

from allegedly.export.base import Cell, Column
from allegedly.export.columns import joined, name_of, of_place
from allegedly.export.figures import figure_of
from allegedly.export.profiles.shared import (
    STATE_FORCES,
    are_civilian,
    days_of,
    empty,
    first,
    length_of,
    profile,
    told,
)
from allegedly.records.claims import Claim, ClaimParty

_BATTLES, _REMOTE, _CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
_PROTESTS, _RIOTS, _STRATEGIC = "Protests", "Riots", "Strategic developments"
_VIOLENCE = "Political violence"
_EVENT_TYPE: Final = {
    "Armed clash": _BATTLES, "Government regains territory": _BATTLES,
    "Non-state actor overtakes territory": _BATTLES, "Air/drone strike": _REMOTE, "Suicide bomb": _REMOTE,
    "Shelling/artillery/missile attack": _REMOTE, "Remote explosive/landmine/IED": _REMOTE, "Grenade": _REMOTE,
    "Sexual violence": _CIVILIANS, "Attack": _CIVILIANS, "Abduction/forced disappearance": _CIVILIANS,
    "Violent demonstration": _RIOTS, "Agreement": _STRATEGIC, "Arrests": _STRATEGIC,
    "Change to group/activity": _STRATEGIC, "Disrupted weapons use": _STRATEGIC,
    "Headquarters or base established": _STRATEGIC, "Looting/property destruction": _STRATEGIC,
    "Non-violent transfer of territory": _STRATEGIC,
}  # fmt: skip
# Modes that name a sub-event whoever is involved; the first that fits counts.
_BY_MODE: Final = (
    ("ASSAULT", "suicide-attack", "Suicide bomb"), ("ASSAULT", "drone", "Air/drone strike"),
    ("ASSAULT", "aerial", "Air/drone strike"), ("ASSAULT", "x-missile", "Shelling/artillery/missile attack"),
    ("ASSAULT", "heavy-weapons", "Shelling/artillery/missile attack"), ("ASSAULT", "x-grenade", "Grenade"),
    ("ASSAULT", "explosives", "Remote explosive/landmine/IED"), ("ASSAULT", "x-clash", "Armed clash"),
    ("PROTEST", "riot", "Violent demonstration"), ("COERCE", "arrest", "Arrests"),
    ("MOBILIZE", "x-regroup", "Change to group/activity"), ("MOBILIZE", "x-intercept", "Disrupted weapons use"),
    ("MOBILIZE", "x-base", "Headquarters or base established"),
    ("RETREAT", "x-handover", "Non-violent transfer of territory"),
)  # fmt: skip
_ON_CIVILIANS: Final = (
    ("sexual", "Sexual violence"), ("abduct", "Abduction/forced disappearance"), ("targeted", "Attack"),
    ("firearms", "Attack"), ("beat", "Attack"), ("primitive", "Attack"), ("torture", "Attack"),
)  # fmt: skip
_GROUPS: Final = {
    "REB": "Rebel group", "PRM": "Political militia",
    "CVL": "Civilians", "REF": "Civilians", "JRN": "Civilians", "MED": "Civilians", "EDU": "Civilians",
    "REL": "Civilians", "LAB": "Civilians", "AGR": "Civilians", "NGO": "External/Other forces",
    "IGO": "External/Other forces", "UNO": "External/Other forces", "EUR": "External/Other forces",
}  # fmt: skip
_THINGS: Final = frozenset({"FAC", "LOC", "VEH", "WEA"})
_PRECISION: Final = {"exact": 1, "town": 1, "district": 2, "region": 3}


def _sub_event(claim: Claim) -> str | None:
    for kind, mode, name in _BY_MODE:
        if claim.type == kind and mode in claim.modes:
            return name
    if claim.type != "ASSAULT":
        return None
    if are_civilian(claim.recipients):
        return next((name for mode, name in _ON_CIVILIANS if mode in claim.modes), None)
    return _taken(claim)


def _taken(claim: Claim) -> str | None:
    """Say who took ground, where the words say that ground was taken and the taker is coded."""
    party = first(claim.actors)
    sector = None if party is None else party.sector
    if "x-recapture" in claim.modes and sector in STATE_FORCES:
        return "Government regains territory"
    if "x-capture" in claim.modes and sector in {"REB", "IMG", "PRM"}:
        return "Non-state actor overtakes territory"
    return None


def _event_type(claim: Claim) -> str | None:
    sub_event = _sub_event(claim)
    if sub_event is not None:
        return _EVENT_TYPE[sub_event]
    return _PROTESTS if claim.type == "PROTEST" else None


def _disorder(claim: Claim) -> str | None:
    kind = _event_type(claim)
    if kind in {_PROTESTS, _RIOTS}:
        return "Demonstrations"  # mob violence, the riots that are not, is nothing that our modes name
    return _STRATEGIC if kind == _STRATEGIC else kind and _VIOLENCE


def _inter(party: ClaimParty | None, claim: Claim) -> str | None:
    """Give ACLED's kind of actor; state forces abroad are external, and unknown where the place is."""
    if party is None or party.sector is None or party.type in _THINGS:
        return None
    if party.sector in STATE_FORCES:
        where = None if claim.place is None else claim.place.country
        if where is None or party.country is None:
            return None
        return "State forces" if party.country == where else "External/Other forces"
    if party.sector == "CVL" and claim.type == "PROTEST":
        return "Rioters" if "riot" in claim.modes else "Protesters"
    return _GROUPS.get(party.sector)


def _inter_1(claim: Claim) -> str | None:
    return _inter(first(claim.actors), claim)


def _inter_2(claim: Claim) -> str | None:
    return _inter(first(claim.recipients), claim)


def _interaction(claim: Claim) -> str | None:
    one, other = _inter_1(claim), _inter_2(claim)
    return f"{one}-{other}" if one and other else None


def _event_date(claim: Claim) -> Cell:
    days = days_of(claim)
    return None if days is None or _time_precision(claim) is None else days[0].isoformat()


def _year(claim: Claim) -> Cell:
    days = days_of(claim)
    return None if days is None or _time_precision(claim) is None else days[0].year


def _time_precision(claim: Claim) -> int | None:
    days = length_of(claim)
    if days is None or days > 31:
        return None
    return 1 if days == 1 else 2 if days <= 7 else 3


def _name(party: ClaimParty | None) -> str | None:
    return None if party is None else name_of(party)


ACLED = profile(
    (
        told("event_id_cnty", "label", "Our claim_id.", lambda claim: claim.id),
        told("event_date", "day", "First day on which it can have happened; empty if open or wider than a month.",
             _event_date),
        told("year", "integer", "Its year.", _year),
        told("time_precision", "integer", "1 a day, 2 up to a week, 3 up to a month.", _time_precision),
        told("disorder_type", "label", "From event_type.", _disorder),
        told("event_type", "label", "From our type and modes; empty where they do not tell.", _event_type),
        told("sub_event_type", "label", "As event_type.", _sub_event),
        told("actor1", "text", "First of those who did it.", lambda claim: _name(first(claim.actors))),
        told("assoc_actor_1", "text", "The others who did it.", lambda claim: joined(claim.actors[1:], name_of)),
        told("inter1", "label", "From sector and country of actor1, and the event's country.", _inter_1),
        told("actor2", "text", "First of those to whom it was done.", lambda claim: _name(first(claim.recipients))),
        told("assoc_actor_2", "text", "The others.", lambda claim: joined(claim.recipients[1:], name_of)),
        told("inter2", "label", "As inter1, of actor2.", _inter_2),
        told("interaction", "label", "Both, if both are known.", _interaction),
        told("civilian_targeting", "label", "`Civilian targeting` if all to whom violence was done are coded "
             "civilians.",
             lambda claim: "Civilian targeting" if claim.type == "ASSAULT" and are_civilian(claim.recipients)
             else None),
        empty("iso", "numeric country code; ours is the letter code in country."),
        empty("region", "ACLED's own regions."),
        Column("country", "label", "ISO 3166-1 alpha-3 code, not a name.", of_place(lambda place: place.country)),
        Column("admin1", "text", "First-level administrative unit.", of_place(lambda place: place.region)),
        empty("admin2", "the gazetteer holds no second level."),
        empty("admin3", "the gazetteer holds no third level."),
        Column("location", "text", "Name of the place.", of_place(lambda place: place.name or None)),
        Column("latitude", "number", "Latitude.", of_place(lambda place: place.latitude)),
        Column("longitude", "number", "Longitude.", of_place(lambda place: place.longitude)),
        Column("geo_precision", "integer", "1 exact or town, 2 district, 3 region; empty for a country.",
               of_place(lambda place: _PRECISION.get(place.precision or ""))),
        told("source", "text", "The publisher, as in ACLED; who says so is allegedly_source_name.",
             lambda claim: claim.publisher),
        empty("source_scale", "ACLED's own judgement."),
        told("notes", "text", "The words of the claim, verbatim.", lambda claim: claim.quote or None),
        told("fatalities", "number", "Killed, if the words state a number, or by the policy asked for; never 0 for "
             "want of one.", lambda claim: figure_of(claim, "killed").best),
        empty("tags", "ACLED's own."),
        empty("timestamp", "ACLED's own time of editing."),
    )
)  # fmt: skip
