"""
POLECAT: the columns of the weekly files, parted by tabs as they are.

Types and modes are PLOVER's; our HARM, DAMAGE and CONTROL are not among them
and leave the cell empty (they stand in ``allegedly_event_type``), and so do our ``x-`` modes.
"""

from __future__ import annotations

from collections.abc import Callable

from allegedly.export.base import Cell, Column
from allegedly.export.columns import joined, name_of, of_place
from allegedly.export.figures import SEPARATOR
from allegedly.export.profiles.plover import QUAD, SCORE, quad_of
from allegedly.export.profiles.shared import day_of, empty, first, profile, told
from allegedly.records.claims import Claim, ClaimParty, ClaimPlace

_GEONAMES = "geonames:"
_STORY = "lists of a whole report; the ledger has them."


def _modes(claim: Claim) -> str | None:
    if claim.type not in QUAD:
        return None
    return SEPARATOR.join(mode for mode in claim.modes if not mode.startswith("x-")) or None


def _day(claim: Claim) -> str | None:
    day = day_of(claim)
    return None if day is None else day.isoformat()


def _named(precision: str) -> Callable[[ClaimPlace], Cell]:
    return lambda place: place.name or None if place.precision == precision and place.gazetteer else None


def _geonames(place: ClaimPlace) -> Cell:
    known = place.gazetteer is not None and place.gazetteer.startswith(_GEONAMES)
    return place.gazetteer.removeprefix(_GEONAMES) if known and place.gazetteer else None


def _parties(role: str, which: Callable[[Claim], tuple[ClaimParty, ...]]) -> tuple[Column, ...]:
    def primary(claim: Claim) -> str | None:
        party = first(which(claim))
        return None if party is None else party.sector

    return (
        told(f"{role} Name", "text", "Fullest name in the text, else the words.",
             lambda claim: joined(which(claim), name_of)),
        told(f"{role} Country", "label", "ISO 3166-1 alpha-3 code, if known.",
             lambda claim: joined(which(claim), lambda party: party.country)),
        empty(f"{role} COW", "Correlates of War number; we hold no table of them."),
        told(f"Primary {role} Sector", "label", "Sector of the first.", primary),
        told(f"{role} Sectors", "label", "Sectors of all.",
             lambda claim: joined(which(claim), lambda party: party.sector)),
        empty(f"{role} Title", "titles are read for sources and people, not for parts in an event."),
        told(f"{role} Name Raw", "text", "The words, verbatim.",
             lambda claim: joined(which(claim), lambda party: party.words)),
        empty(f"Wikipedia {role} ID", "we hold no link to Wikipedia."),
    )  # fmt: skip


POLECAT = profile(
    (
        told("Event ID", "label", "Our claim_id.", lambda claim: claim.id),
        told("Event Date", "day", "The day, if it is one; never the day of publication instead.", _day),
        told("Event Type", "label", "PLOVER type.", lambda claim: claim.type if claim.type in QUAD else None),
        told("Event Mode", "label", "PLOVER modes.", _modes),
        told("Intensity", "number", "PLOVER score of the type; ACCUSE has none.",
             lambda claim: SCORE.get(claim.type or "")),
        told("Quad Code", "label", "Quad class of the type.", quad_of),
        empty("Contexts", "contexts are not read."),
        *_parties("Actor", lambda claim: claim.actors),
        *_parties("Recipient", lambda claim: claim.recipients),
        Column("Placename", "text", "Name of the place.", of_place(lambda place: place.name or None)),
        Column("City", "text", "The same, if it is a town.", of_place(_named("town"))),
        Column("District", "text", "The same, if it is a district.", of_place(_named("district"))),
        Column("Province", "text", "First-level administrative unit.", of_place(lambda place: place.region)),
        Column("Country", "label", "ISO 3166-1 alpha-3 code.", of_place(lambda place: place.country)),
        Column("Latitude", "number", "Latitude.", of_place(lambda place: place.latitude)),
        Column("Longitude", "number", "Longitude.", of_place(lambda place: place.longitude)),
        Column("GeoNames ID", "label", "If the gazetteer's entry is GeoNames'.", of_place(_geonames)),
        Column("Raw Placename", "text", "Words for the place, verbatim.", of_place(lambda place: place.words or None)),
        empty("Feature Type", "GeoNames feature codes are not kept."),
        told("Source", "text", "The publisher, as in POLECAT.", lambda claim: claim.publisher),
        told("Publication Date", "text", "As given.", lambda claim: claim.published),
        empty("Story People", _STORY),
        empty("Story Organizations", _STORY),
        empty("Story Locations", _STORY),
        told("Language", "label", "ISO 639-1 code.", lambda claim: claim.language),
        told("Version", "label", "The run that read it.", lambda claim: claim.run),
    ),
    delimiter="\t",
)  # fmt: skip
