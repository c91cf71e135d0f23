"""
Fixed labels, the same in every view.

Nothing here is composed from what a report says: words of the report are shown
verbatim, and all else is one of these. None of them judges: a source asserts or
denies, and nobody is right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from allegedly.records.claims import ClaimNumber
from allegedly.records.codes import (
    EntityType,
    Factuality,
    Form,
    Measure,
    MentionKind,
    PlaceReading,
    SourceType,
    Stance,
    TimeAnchor,
    TimeOrigin,
    TimeReason,
    TimexType,
)
from allegedly.records.ledger import AttributionRow, EventRow, Ledger, Number, QuantityRow, SpanPair

R = TypeVar("R")

STANCE: dict[Stance, str] = {
    "assert": "asserts",
    "claim_resp": "claims the act",
    "confirm": "confirms",
    "deny": "denies",
    "accuse": "accuses",
    "doubt": "doubts",
    "praise": "praises",
    "condemn": "condemns",
    "intend": "intends",
    "request": "requests",
    "believe": "believes",
    "other": "other",
}
FACTUALITY: dict[Factuality, str] = {
    "+": "happened",
    "-": "did not happen",
    "?": "uncertain",
    ">": "announced",
    "~": "hypothetical",
}
FORM: dict[Form, str] = {"direct": "quote", "mixed": "part quote", "indirect": ""}
MEASURE: dict[Measure, str] = {"injured": "wounded", "area": "area (units as in the words)"}
ENTITY_TYPE: dict[EntityType, str] = {
    "PER": "person",
    "ORG": "organisation",
    "GPE": "state or town",
    "LOC": "place",
    "FAC": "building",
    "NORP": "people",
    "MIL": "armed force",
    "WEA": "weapon",
    "VEH": "vehicle",
}
SOURCE_TYPE: dict[SourceType, str] = {
    "named": "",
    "government": "government",
    "military": "military",
    "police": "police",
    "armed-group": "armed group",
    "court": "court",
    "medical": "medical",
    "media": "media",
    "organisation": "organisation",
    "document": "document",
    "witness": "witness",
    "resident": "resident",
    "expert": "expert",
    "relative": "relative",
    "official": "unnamed official",
    "unnamed": "unnamed",
}
MENTION_KIND: dict[MentionKind, str] = {"name": "name", "nominal": "description", "pronoun": "pronoun"}
# why a mention belongs to its entity (allegedly.coreference)
LINK: dict[str, str] = {
    "first": "first mention",
    "same-name": "the same name",
    "state-alias": "another word for the same state",
    "acronym": "acronym",
    "part-of-name": "part of the name",
    "nearest-of-that-name": "nearest person of that name",
    "title": "the title of a person named before",
    "same-body": "the only body of that kind before it",
    "apposition": "apposition",
    "quote-speaker": "source of the quotation",
    "name": "likeliest earlier name",
    "description": "likeliest for the description",
    "pronoun": "likeliest for the pronoun",
}
# what the codes of an entity were taken from, or why there are none (allegedly.actors)
CODED_BY: dict[str, str] = {
    "table-name": "name in the table of actors",
    "office-holder": "held an office on that day",
    "former-office-holder": "held an office before that day",
    "office-later": "held an office after that day",
    "office-with-country": "office and its country",
    "words-with-group": "words beside a group or body",
    "words-with-country": "words beside a country",
    "words-with-place": "words beside a place",
    "speaks-for": "the one it speaks for",
    "inner-mention": "somebody named in its words",
    "words-alone": "no country in its words",
    "country-alone": "only a country in its words",
    "ambiguous-name": "name of several actors",
    "not-an-actor": "a thing or a place",
    "no-evidence": "nothing is known",
    "several": "stands for several",
}
# why a name was taken for a place, or for none (allegedly.geo)
PLACE_REASON: dict[str, str] = {
    "only-candidate": "the only place of that name",
    "inside-region": "in, or around, a place named beside it",
    "near-others": "near other places of the text",
    "same-country": "in the country that the text speaks of",
    "same-region": "in the region that the text speaks of",
    "kind-stated": "a word beside it says what it is",
    "in-list": "in a list of such places",
    "dateline": "in, or near, the place of the dateline",
    "publishers-country": "in the country of the publisher",
    "most-populous": "the largest or best known of that name",
    "name-as-is": "the place that bears this very name",
    "one-sense-per-document": "another mention of the name makes it plain",
    "unresolved-ambiguous": "not resolved: several places of that name",
    "unresolved-elsewhere": "not resolved: only small towns in countries that the text does not speak of",
    "no-name-in-words": "no place is named",
    "unresolved-unknown-name": "not resolved: no place of that name in the gazetteer",
}
PLACE_READING: dict[PlaceReading, str] = {
    "literal": "a place",
    "government": "its government",
    "people": "its people",
    "adjective": "an adjective",
    "organization": "part of an organisation's name",
}
# why a time expression stays open (allegedly.temporal)
TIME_REASON: dict[TimeReason, str] = {
    "": "",
    "no-publication-date": "the day of publication is not known",
    "nothing-before-it": "nothing before it says from when it counts",
    "no-day-in-a-history": "a history counts from no day",
    "no-beginning": "when it begins is not said",
    "no-calendar-day": "it has no day on the calendar",
    "comes-again": "it comes again",
    "day-or-month": "day and month cannot be told apart",
    "moon-as-sighted": "its calendar follows the moon as sighted",
    "several-events": "the report may mean several events",
    "unknown-beginning": "from which day it counts is not known",
    "off-calendar": "it lies outside the calendar",
    "other-calendar": "it is of another calendar, which is not converted",
    "no-year-0": "there is no year 0",
    "no-such-month": "there is no such month",
    "no-such-day": "the month has no such day",
    "no-such-hour": "the day has no such hour",
}
TIME_ANCHOR: dict[TimeAnchor, str] = {
    "publication": "counted from publication",
    "dateline": "counted from the dateline",
    "previous": "counted from the date before it",
    "event": "counted from a dated event",
}
DATED_FROM: dict[TimeOrigin, str] = {"stated": "stated", "publication": "day of publication"}
TIME_TYPE: dict[TimexType, str] = {
    "DATE": "date", "TIME": "time of day", "DURATION": "length", "SET": "repetition",
}  # fmt: skip
LANGUAGE = {"en": "English"}
NO_NAME = "(not named)"
UNCHECKED = "machine-read, nothing here has been checked by a person"
NOT_RESOLVED = "not resolved"
OWN_SIDE = "itself"
OWN_VOICE = "(its own voice)"
THE_REPORT = "the report"


def source_words(ledger: Ledger, attribution: AttributionRow) -> str:
    """Give the words that name the source, or a label where nobody is named."""
    return " ... ".join(clean(ledger.words(span)) for span in attribution.source) or NO_NAME


def spans_words(ledger: Ledger, spans: tuple[SpanPair, ...]) -> str:
    """Give the words of several spans, an ellipsis between them."""
    return " ... ".join(clean(ledger.words(span)) for span in spans)


def event_label(event: EventRow) -> str:
    """Give type and modes: ``ASSAULT/drone``."""
    return "/".join((event.type, *event.modes))


def narrator(ledger: Ledger) -> str:
    """Name the document's own voice: the publisher if known."""
    return f"{clean(ledger.document.publisher or '') or THE_REPORT} {OWN_VOICE}"


def number_label(quantity: QuantityRow | ClaimNumber) -> str:
    """Give the number as the words bound it: ``12 or more ("at least 12")``."""
    number = bounds_label(quantity.low, quantity.best, quantity.high)
    words = clean(quantity.words)
    return number if number == words else f'{number} ("{words}")'


def bounds_label(low: Number | None, best: Number | None, high: Number | None) -> str:
    """Give a number as bounds: ``12 or more``, ``up to 9``, ``10 to 12``."""
    if best is not None:
        return f"{best:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"{low:,} or more"
    if high is not None:
        return f"up to {high:,}"
    return "no figure"


def row_of(rows: Sequence[R], key: str) -> R:
    """Find a row by its id without a search: ids run 1, 2, 3 in the order of the rows, in every checked ledger."""
    return rows[int(key[1:]) - 1]


def published_label(published: str | None) -> str:
    """Give the publication date with its weekday: ``Tue 2024-05-07``."""
    if published is None:
        return "no date"
    try:
        day: date = datetime.fromisoformat(published).date()
    except ValueError:
        return clean(published)
    return f"{day:%a} {day.isoformat()}"


def covering(event: EventRow) -> SpanPair:
    """Give the stretch from the first to the last word of an event: trigger, actors and recipients."""
    spans = [event.trigger, *(argument.span for argument in (*event.actors, *event.recipients))]
    return (min(start for start, _ in spans), max(end for _, end in spans))


def clean(words: str) -> str:
    """
    Make words safe for one line of a terminal.

    Blanks and line ends become one space; control, format and bidirectional signs,
    by which a text could move the cursor or turn the line round, become U+FFFD.
    Only for display: rows keep the words as they are.
    """
    line = " ".join(words.split())
    return "".join("\ufffd" if unsafe(character) else character for character in line)


def unsafe(character: str) -> bool:
    """Say whether a sign could move, hide or turn round what stands beside it."""
    # Zero-width joiners (Cf) hold emoji and Arabic letters together and move nothing.
    return character not in "\u200c\u200d" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}
