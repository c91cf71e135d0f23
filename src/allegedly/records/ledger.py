"""
The ledger: all rows of one document, as they stand in the JSON contract ``allegedly/ledger/1``.

Field names, their order and their types are those of the JSON, with one
exception that Python forces: the key ``from`` of a time is the field ``from_``.
Every field carries its help text; the JSON Schema and the page ``docs/ledger.md``
are generated from here. Rows are immutable and made by
:func:`allegedly.ledger.build.build_ledger` or read back by
:func:`allegedly.ledger.json.decode_ledger`.

Offsets: every span is ``(start, end)``, code points of ``document.text``, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal, cast

from allegedly.records.codes import (
    EntityType,
    EventType,
    Factuality,
    Form,
    Measure,
    MentionKind,
    PlacePrecision,
    PlaceReading,
    Qualifier,
    Sector,
    SourceType,
    Stance,
    TimeAnchor,
    TimeOrigin,
    TimeReason,
    TimexType,
)
from allegedly.records.fields import help_field

SCHEMA: Literal["allegedly/ledger/1"] = "allegedly/ledger/1"

SpanPair = tuple[int, int]
Number = int | float


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """The document as received and what is known of its publication."""

    id: str = help_field("The id given, else the first 16 hex digits of the digest.")
    digest: str = help_field("`sha256:` of the text in UTF-8.")
    title: str | None = help_field("Headline, if it is not part of the text.")
    url: str | None = help_field("Where it was published.")
    publisher: str | None = help_field("Outlet that published it; never the one who says something inside it.")
    published: str | None = help_field("Publication date, ISO 8601.")
    language: str | None = help_field("ISO 639-1 code, stated or found out.")
    text: str = help_field("The text, exactly as received; all spans index it.")


@dataclass(frozen=True, slots=True)
class Run:
    """What read the document: enough to read it again the same way."""

    version: str = help_field("Version of the program.")
    pack: str = help_field("Digest of the model pack.")
    settings: str = help_field("Digest of the settings that change rows.")


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A span that names somebody or something, or refers to it."""

    id: str = help_field("`m1`, `m2` … in order of the text.")
    span: SpanPair = help_field("Its words.")
    head: SpanPair = help_field("Its head word.")
    kind: MentionKind = help_field("A name, a description or a pronoun.")
    type: EntityType = help_field("What kind of thing it names.")
    entity: str | None = help_field("Id of the entity it refers to.")
    reason: str = help_field(
        "Why it refers to that entity: a fixed label (`first`, `same-name`, `acronym`, `pronoun` …).", default=""
    )


@dataclass(frozen=True, slots=True)
class EntityRow:
    """What the mentions of one chain refer to."""

    id: str = help_field("`e1`, `e2` … in order of the text.")
    name: str = help_field("Its fullest name in the text, verbatim.")
    type: EntityType = help_field("What kind of thing it is.")
    country: str | None = help_field("ISO 3166-1 alpha-3 code, if known.")
    sector: Sector | None = help_field("PLOVER sector or non-state code (GOV, MIL, REB, IGO …), if known.")
    side: str | None = help_field(
        "Party it speaks or acts for: from a sides file, else its group or country, if known."
    )
    mentions: tuple[str, ...] = help_field("Ids of its mentions.")
    role: str | None = help_field("Its title or office, verbatim from the text.", default=None)
    actor: str | None = help_field("Id in the table of actors, if it is one of those.", default=None)
    members: tuple[str, ...] = help_field("Ids of the entities it stands for together (`both sides`).", default=())
    reason: str = help_field(
        "What country and sector were taken from, or why there are none: a fixed label.", default=""
    )


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time expression and the days it stands for."""

    id: str = help_field("`t1`, `t2` … in order of the text.")
    span: SpanPair = help_field("Its words.")
    type: TimexType = help_field("Date, time of day, duration or repetition.")
    value: str | None = help_field("TIMEX3 value, `X` where it stays open; null if no calendar has it.", default=None)
    earliest: str | None = help_field("First day it can mean, ISO 8601.", default=None)
    latest: str | None = help_field("Last day it can mean, ISO 8601.", default=None)
    precision: str | None = help_field("How exact it is: day, week, month and so on.", default=None)
    from_: TimeOrigin = help_field(
        "JSON key `from`: stated in the text, or none where no day is known.", default="none"
    )
    anchor: TimeAnchor | None = help_field(
        "What it was counted from: `publication`, a `dateline`, the `previous` expression, a named `event`; null if "
        "its own words are enough.",
        default=None,
    )
    rule: str = help_field("Id of the rule that reads it.", default="")
    reason: TimeReason = help_field("Why something stays open: a fixed label; empty if nothing does.", default="")
    readings: tuple[str, ...] = help_field("TIMEX3 values of all readings of a date with several.", default=())
    whole: SpanPair | None = help_field("Words of the range that it is an end of; null if it is none.", default=None)


@dataclass(frozen=True, slots=True)
class DateRow:
    """The days on which something happened or was said."""

    earliest: str | None = help_field("First day, ISO 8601; null if open.", default=None)
    latest: str | None = help_field("Last day, ISO 8601; null if open.", default=None)
    precision: str | None = help_field(
        "How exact it is: day, week, month and so on; `open` if an end is.", default=None
    )
    from_: TimeOrigin = help_field(
        "JSON key `from`: `stated` in the text; `publication` if only the day of publication bounds it; else `none`.",
        default="none",
    )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A name of a place, or words for an event's place, and the place meant."""

    id: str = help_field("`p1`, `p2` … in order of the text.")
    span: SpanPair = help_field("Its words.")
    name: str = help_field("Its words, or the gazetteer's name once resolved.")
    gazetteer: str | None = help_field("Id in the gazetteer; null while unresolved.", default=None)
    latitude: float | None = help_field("Latitude.", default=None, unit="degrees")
    longitude: float | None = help_field("Longitude.", default=None, unit="degrees")
    country: str | None = help_field("ISO 3166-1 alpha-3 code, or the neutral code of a disputed entity.", default=None)
    precision: PlacePrecision | None = help_field("What the coordinates stand for.", default=None)
    candidates: int = help_field("Number of places of that name that were weighed.", default=0)
    reason: str = help_field("How it was resolved, or why it was not: a fixed label.", default="")
    reading: PlaceReading = help_field(
        "Meant literally, or for a government, its people, as an adjective, or as part of an organisation's name.",
        default="literal",
    )
    radius: float | None = help_field("How far from the coordinates it may lie.", default=None, unit="km")
    region: str | None = help_field("Name of its first-level administrative unit.", default=None)
    claimants: tuple[str, ...] = help_field("Codes of all states that claim it, where it is disputed.", default=())
    others: tuple[str, ...] = help_field("Gazetteer ids of the next best candidates, best first.", default=())
    named_by: str | None = help_field(
        "For words that are more than a name (`a market in Sarvan`): id of the name in them that says where.",
        default=None,
    )
    score: float = help_field("How sure the reader is.", default=1.0, unit="probability, 0 to 1")


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """A source says, thinks, orders or denies a content."""

    id: str = help_field("`a1`, `a2` … in order of the text.")
    source: tuple[SpanPair, ...] = help_field("To whom the words are attributed; empty where nobody is named.")
    source_entity: str | None = help_field("Id of the source's entity; null where nobody is named or described.")
    cue: tuple[SpanPair, ...] = help_field("The words that signal it; empty in a quotation that runs on.")
    content: tuple[SpanPair, ...] = help_field("What is attributed; two spans where the cue splits it.")
    form: Form = help_field("In quotation marks (`direct`), not (`indirect`), or partly (`mixed`).")
    stance: Stance = help_field("What the source does with the content.")
    parent: str | None = help_field("Id of the attribution in whose content this one stands.")
    score: float = help_field("How sure the reader is.", unit="probability, 0 to 1")
    source_type: SourceType | None = help_field(
        "`named` if the source has a name, else what kind of unnamed source it is; null where there is none.",
        default=None,
    )
    time: str | None = help_field(
        "Id of the time expression that says when it was said; null if none does.", default=None
    )
    said: DateRow = help_field("When it was said.", default=DateRow())


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A number of an event, in its words and as bounds."""

    id: str = help_field("`q1`, `q2` … in order of the text.")
    span: SpanPair = help_field("Its words.")
    measure: Measure = help_field("What is counted.")
    words: str = help_field("The words, verbatim.")
    low: Number | None = help_field("Smallest value the words allow.", unit="as the measure says")
    best: Number | None = help_field("The value, if the words state one; null for bounds and vague words.")
    high: Number | None = help_field("Largest value the words allow.")
    qualifier: Qualifier = help_field("How the words bound the number.")


@dataclass(frozen=True, slots=True)
class ArgumentRow:
    """Somebody or something that takes part in an event."""

    span: SpanPair = help_field("Its words.")
    entity: str | None = help_field("Id of the entity.", default=None)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One mention of an event: who did what to whom, in whose voice."""

    id: str = help_field("`v1`, `v2` … in order of the text.")
    trigger: SpanPair = help_field("The words that express it.")
    type: EventType = help_field("PLOVER type, with our DAMAGE, HARM and CONTROL.")
    modes: tuple[str, ...] = help_field("PLOVER modes that the words make clear.")
    actors: tuple[ArgumentRow, ...] = help_field("Who did it.")
    recipients: tuple[ArgumentRow, ...] = help_field("To whom.")
    place: str | None = help_field("Id of the place where it happened, as stated.")
    time: str | None = help_field("Id of the time when it happened, as stated.")
    quantities: tuple[str, ...] = help_field("Ids of its numbers.")
    voice: tuple[str, ...] = help_field("Ids of the attributions it stands in, outermost first; empty is the narrator.")
    factuality: Factuality = help_field(
        "As that voice presents it: `+` happened or is happening, `-` did not, `?` uncertain or alleged, "
        "`>` planned, promised, threatened or demanded, `~` hypothetical."
    )
    score: float = help_field("How sure the reader is.", unit="probability, 0 to 1")
    date: DateRow = help_field("When it happened, or is to happen.", default=DateRow())
    when: tuple[SpanPair, ...] = help_field('All words for its time, as stated: "during the raid".', default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All rows of one document; what `Reader.read` gives."""

    schema: Literal["allegedly/ledger/1"] = help_field("Name and version of this form.", default=SCHEMA)
    document: DocumentRow = help_field("The document.")
    run: Run = help_field("What read it.")
    sentences: tuple[SpanPair, ...] = help_field("Sentences, headlines, datelines and list items.", default=())
    mentions: tuple[MentionRow, ...] = help_field("Mentions of people, groups and things.", default=())
    entities: tuple[EntityRow, ...] = help_field("What the mentions refer to.", default=())
    times: tuple[TimeRow, ...] = help_field("Time expressions.", default=())
    places: tuple[PlaceRow, ...] = help_field("Names of places.", default=())
    attributions: tuple[AttributionRow, ...] = help_field("Who says what.", default=())
    quantities: tuple[QuantityRow, ...] = help_field("Numbers of events.", default=())
    events: tuple[EventRow, ...] = help_field("Who did what to whom.", default=())
    warnings: tuple[str, ...] = help_field("What this reading leaves out, in fixed sentences.", default=())

    def words(self, span: SpanPair) -> str:
        """Give the words of a span: ``document.text[start:end]``."""
        return self.document.text[span[0] : span[1]]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form as plain dictionaries and lists, keys in the order of the contract."""
        return cast("dict[str, Any]", _plain(self))

    def _repr_html_(self) -> str:
        """Show the annotated text in a notebook."""
        # Looked up when called: records stand below render and must not import upwards.
        render: str = import_module("allegedly.render.html").render_fragment(self)
        return render


def json_key(name: str) -> str:
    """Give the JSON key of a field: ``from_`` is ``from``."""
    return name.removesuffix("_")


@cache
def _keys(row: type) -> tuple[tuple[str, str], ...]:
    """Give field name and JSON key of each field; looked up once per class, as encoding is a hot path."""
    return tuple((item.name, json_key(item.name)) for item in fields(row))


def _plain(value: object) -> object:
    kind = type(value)
    if kind is tuple:
        return [_plain(item) for item in cast("tuple[object, ...]", value)]
    if is_dataclass(kind):
        return {key: _plain(getattr(value, name)) for name, key in _keys(kind)}
    return value
