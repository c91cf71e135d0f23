"""
The closed vocabularies: event types and modes, stances, factuality, measures, entities, sectors, times, places.

Types, modes, sectors and non-state codes are PLOVER's (manual 2.0 draft, 2024)
with ``x-`` extensions of ours; stances and factuality follow the annotation guidelines in ``docs/``.
The order of each tuple is the order of the rows in a pack's heads: append,
never reorder.
"""

from __future__ import annotations

from typing import Literal, get_args

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "HARM", "DAMAGE", "CONTROL",
]  # fmt: skip
Stance = Literal[
    "assert", "claim_resp", "confirm", "deny", "accuse", "doubt", "praise", "condemn", "intend", "request", "believe",
    "other",
]  # fmt: skip
Factuality = Literal["+", "-", "?", ">", "~"]
Form = Literal["direct", "indirect", "mixed"]
Measure = Literal[
    "killed", "injured", "missing", "captured", "detained", "displaced", "troops", "participants", "equipment",
    "settlements", "area", "money",
]  # fmt: skip
MentionKind = Literal["name", "nominal", "pronoun"]
EntityType = Literal["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "MIL", "WEA", "VEH"]
Sector = Literal[
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY", "OPP", "PRM", "REB", "UAF", "CRM", "CVL", "REF", "JRN", "MED",
    "EDU", "REL", "BUS", "MNC", "LAB", "AGR", "ELI", "SOC", "NGO", "IGO", "UNO", "EUR", "ISM", "IMG", "PRE", "UNK",
]  # fmt: skip
SourceType = Literal[
    "named", "government", "military", "police", "armed-group", "court", "medical", "media", "organisation", "document",
    "witness", "resident", "expert", "relative", "official", "unnamed",
]  # fmt: skip
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeAnchor = Literal["publication", "dateline", "previous", "event"]
TimeOrigin = Literal["stated", "publication", "none"]
TimeReason = Literal[
    "", "no-publication-date", "nothing-before-it", "no-day-in-a-history", "no-beginning", "no-calendar-day",
    "comes-again", "day-or-month", "moon-as-sighted", "several-events", "unknown-beginning", "off-calendar",
    "other-calendar", "no-year-0", "no-such-month", "no-such-day", "no-such-hour",
]  # fmt: skip
PlaceReading = Literal["literal", "government", "people", "adjective", "organization"]
PlacePrecision = Literal["exact", "town", "district", "region", "country"]
Qualifier = Literal["exact", "at_least", "more_than", "about", "up_to", "fewer_than", "range", "vague"]

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
STANCES: tuple[Stance, ...] = get_args(Stance)
FACTUALITIES: tuple[Factuality, ...] = get_args(Factuality)
MEASURES: tuple[Measure, ...] = get_args(Measure)
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
SECTORS: tuple[Sector, ...] = get_args(Sector)
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
TIME_ANCHORS: tuple[TimeAnchor, ...] = get_args(TimeAnchor)
TIME_REASONS: tuple[TimeReason, ...] = get_args(TimeReason)
PLACE_READINGS: tuple[PlaceReading, ...] = get_args(PlaceReading)
PLACE_PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)
MODES: tuple[str, ...] = (
    "visit", "third-party", "multilateral", "phone", "withdraw", "release", "disarm", "ceasefire", "access", "resign",
    "x-handover", "assist", "change", "yield", "meet", "disapprove", "investigate", "allege", "restrict", "arrest",
    "relations", "expel", "territory", "violence", "demo", "riot", "strike", "hunger", "boycott", "obstruct",
    "vandalize", "convict", "discontinue", "troops", "weapons", "police", "militia", "x-intercept", "x-base",
    "x-regroup", "seize", "censor", "curfew", "martial-law", "deport", "withhold", "misinformation", "cyber", "x-siege",
    "x-occupy", "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
    "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional", "x-clash", "x-missile",
    "x-capture", "x-recapture", "x-grenade",
)  # fmt: skip
