"""
Claims: each event as vouched for by one voice in one document.

The two axes of where a claim comes from are never mixed: ``publisher`` printed
it, the last of ``voices`` says it. A content in which no event was found is a
claim without event, so that a denial ("the army rejected that") is not lost.

Claims are immutable, made from a ledger by
:func:`allegedly.records.claims_of.claims_of`, and never say what is true.

Offsets: every span is ``(start, end)``, code points of the document's text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allegedly.records.codes import (
    EntityType,
    EventType,
    Factuality,
    Form,
    Measure,
    PlacePrecision,
    Qualifier,
    Sector,
    SourceType,
    Stance,
    TimeOrigin,
)
from allegedly.records.fields import help_field
from allegedly.records.ledger import DateRow, Number, SpanPair


@dataclass(frozen=True, slots=True)
class ClaimVoice:
    """One source in the chain of voices, with what it does with the words."""

    attribution: str = help_field("Id of the attribution.")
    words: str | None = help_field("The words that name or describe it, verbatim; null where nobody is named.")
    name: str | None = help_field("Its fullest name in the text; null where nobody is named or described.")
    type: SourceType | None = help_field("`named`, or what kind of unnamed source it is.")
    stance: Stance = help_field("What it does with the content.")
    form: Form = help_field("In quotation marks, not, or partly.")
    cue: str | None = help_field("The words that signal it; null in a quotation that runs on.")
    entity: EntityType | None = help_field("What kind of thing it is.", default=None)
    country: str | None = help_field("ISO 3166-1 alpha-3 code, if known.", default=None)
    sector: Sector | None = help_field("PLOVER sector or non-state code, if known.", default=None)
    side: str | None = help_field("Party it speaks for, if known.", default=None)
    actor: str | None = help_field("Id in the table of actors, if it is one of those.", default=None)
    role: str | None = help_field("Its title or office, verbatim.", default=None)


@dataclass(frozen=True, slots=True)
class ClaimParty:
    """Somebody or something that takes part in the event."""

    span: SpanPair = help_field("Its words.")
    words: str = help_field("Its words, verbatim.")
    name: str | None = help_field("Fullest name of its entity in the text.", default=None)
    type: EntityType | None = help_field("What kind of thing it is.", default=None)
    country: str | None = help_field("ISO 3166-1 alpha-3 code, if known.", default=None)
    sector: Sector | None = help_field("PLOVER sector or non-state code, if known.", default=None)
    side: str | None = help_field("Party it belongs to, if known.", default=None)
    actor: str | None = help_field("Id in the table of actors, if it is one of those.", default=None)


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where the event happened, as stated."""

    id: str = help_field("Id of the place's row.")
    span: SpanPair = help_field("Its words.")
    words: str = help_field("Its words, verbatim.")
    name: str = help_field("Its words, or the gazetteer's name once resolved.")
    gazetteer: str | None = help_field("Id in the gazetteer; null while unresolved.", default=None)
    latitude: float | None = help_field(
        "Latitude; null for a country, which is no point.", default=None, unit="degrees"
    )
    longitude: float | None = help_field("Longitude.", default=None, unit="degrees")
    country: str | None = help_field("ISO 3166-1 alpha-3 code.", default=None)
    precision: PlacePrecision | None = help_field("What the coordinates stand for.", default=None)
    radius: float | None = help_field("How far from the coordinates it may lie.", default=None, unit="km")
    region: str | None = help_field("Name of its first-level administrative unit.", default=None)
    claimants: tuple[str, ...] = help_field("Codes of all states that claim it, where it is disputed.", default=())


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """When the event happened, as stated."""

    id: str = help_field("Id of the time's row.")
    span: SpanPair = help_field("Its words.")
    words: str = help_field("Its words, verbatim.")
    earliest: str | None = help_field("First day it can mean, ISO 8601.", default=None)
    latest: str | None = help_field("Last day it can mean, ISO 8601.", default=None)
    precision: str | None = help_field("How exact it is: day, week, month and so on.", default=None)
    origin: TimeOrigin = help_field("Stated in the text, taken from the publication, or neither.", default="none")


@dataclass(frozen=True, slots=True)
class ClaimNumber:
    """A number of the event, in its words and as bounds."""

    id: str = help_field("Id of the quantity's row.")
    measure: Measure = help_field("What is counted.")
    span: SpanPair = help_field("Its words.")
    words: str = help_field("The words, verbatim.")
    low: Number | None = help_field("Smallest value the words allow.", unit="as the measure says")
    best: Number | None = help_field("The value, if the words state one; null for bounds and vague words.")
    high: Number | None = help_field("Largest value the words allow.")
    qualifier: Qualifier = help_field("How the words bound the number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event as vouched for by one voice in one document."""

    id: str = help_field("Content-hash id; the same text read the same way gives the same.")
    document: str = help_field("Id of the document.")
    digest: str = help_field("Digest of the document's text.")
    run: str = help_field("Id of the run that read it.")
    key: str = help_field("Its row in the ledger of the document: `v1` an event, `a2` a content without event.")
    event: str | None = help_field("Id of the event's row; null where the content holds no event.", default=None)
    publisher: str | None = help_field("Outlet that published it; never the one who says it.", default=None)
    title: str | None = help_field("Headline of the document.", default=None)
    url: str | None = help_field("Where it was published.", default=None)
    published: str | None = help_field("Publication date, ISO 8601.", default=None)
    language: str | None = help_field("ISO 639-1 code of the document.", default=None)
    voice: Literal["own", "source"] = help_field("Whether the narrator says it (`own`) or a source.")
    voices: tuple[ClaimVoice, ...] = help_field("The sources, outermost first; the last one vouches.", default=())
    stance: Stance = help_field("What that source does with it; the narrator's own voice asserts.", default="assert")
    factuality: Factuality | None = help_field("As that voice presents the event.", default=None)
    type: EventType | None = help_field("Type of the event.", default=None)
    modes: tuple[str, ...] = help_field("Modes that the words make clear.", default=())
    trigger: str | None = help_field("The words that express the event, verbatim.", default=None)
    actors: tuple[ClaimParty, ...] = help_field("Who did it.", default=())
    recipients: tuple[ClaimParty, ...] = help_field("To whom.", default=())
    place: ClaimPlace | None = help_field("Where.", default=None)
    time: ClaimTime | None = help_field("When.", default=None)
    date: DateRow = help_field("When it happened, or is to happen.", default=DateRow())
    said: DateRow = help_field("When the source said it.", default=DateRow())
    numbers: tuple[ClaimNumber, ...] = help_field("Its numbers.", default=())
    span: SpanPair = help_field("The words of the claim: what is attributed, or the narrator's sentence.")
    quote: str = help_field("Those words, verbatim.")
    passage: SpanPair = help_field("The whole sentences that the claim and its source stand in.")
    score: float = help_field("How sure the reader is.", unit="probability, 0 to 1")

    @property
    def source(self) -> ClaimVoice | None:
        """The source that vouches for it; None for the narrator."""
        return self.voices[-1] if self.voices else None
