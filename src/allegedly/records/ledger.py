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

from dataclasses import dataclass, field, fields, is_dataclass
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

SCHEMA: Literal["allegedly/ledger/1"] = "allegedly/ledger/1"

SpanPair = tuple[int, int]
Number = int | float


def _help(text: str, *, default: Any = ..., unit: str = "") -> Any:  # noqa: ANN401  # dataclasses.field is typed so
    """Declare a field with its help text; a field without default must be given."""
    metadata = {"help": text, "unit": unit}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """The document as received and what is known of its publication."""

    id: str = _help("The id given, else the first 16 hex digits of the digest.")
    digest: str = _help("`sha256:` of the text in UTF-8.")
    title: str | None = _help("Headline, if it is not part of the text.")
    url: str | None = _help("Where it was published.")
    publisher: str | None = _help("Outlet that published it; never the one who says something inside it.")
    published: str | None = _help("Publication date, ISO 8601.")
    language: str | None = _help("ISO 639-1 code, stated or found out.")
    text: str = _help("The text, exactly as received; all spans index it.")


@dataclass(frozen=True, slots=True)
class Run:
    """What read the document: enough to read it again the same way."""

    version: str = _help("Version of the program.")
    pack: str = _help("Digest of the model pack.")
    settings: str = _help("Digest of the settings that change rows.")


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A span that names somebody or something, or refers to it."""

    id: str = _help("`m1`, `m2` … in order of the text.")
    span: SpanPair = _help("Its words.")
    head: SpanPair = _help("Its head word.")
    kind: MentionKind = _help("A name, a description or a pronoun.")
    type: EntityType = _help("What kind of thing it names.")
    entity: str | None = _help("Id of the entity it refers to.")
    reason: str = _help(
        "Why it refers to that entity: a fixed label (`first`, `same-name`, `acronym`, `pronoun` …).", default=""
    )


@dataclass(frozen=True, slots=True)
class EntityRow:
    """What the mentions of one chain refer to."""

    id: str = _help("`e1`, `e2` … in order of the text.")
    name: str = _help("Its fullest name in the text, verbatim.")
    type: EntityType = _help("What kind of thing it is.")
    country: str | None = _help("ISO 3166-1 alpha-3 code, if known.")
    sector: Sector | None = _help("PLOVER sector or non-state code (GOV, MIL, REB, IGO …), if known.")
    side: str | None = _help("Party it speaks or acts for: from a sides file, else its group or country, if known.")
    mentions: tuple[str, ...] = _help("Ids of its mentions.")
    role: str | None = _help("Its title or office, verbatim from the text.", default=None)
    actor: str | None = _help("Id in the table of actors, if it is one of those.", default=None)
    members: tuple[str, ...] = _help("Ids of the entities it stands for together (`both sides`).", default=())
    reason: str = _help("What country and sector were taken from, or why there are none: a fixed label.", default="")


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time expression and the days it stands for."""

    id: str = _help("`t1`, `t2` … in order of the text.")
    span: SpanPair = _help("Its words.")
    type: TimexType = _help("Date, time of day, duration or repetition.")
    value: str | None = _help("TIMEX3 value, `X` where it stays open; null if no calendar has it.", default=None)
    earliest: str | None = _help("First day it can mean, ISO 8601.", default=None)
    latest: str | None = _help("Last day it can mean, ISO 8601.", default=None)
    precision: str | None = _help("How exact it is: day, week, month and so on.", default=None)
    from_: TimeOrigin = _help("JSON key `from`: stated in the text, or none where no day is known.", default="none")
    anchor: TimeAnchor | None = _help(
        "What it was counted from: `publication`, a `dateline`, the `previous` expression, a named `event`; null if "
        "its own words are enough.",
        default=None,
    )
    rule: str = _help("Id of the rule that reads it.", default="")
    reason: TimeReason = _help("Why something stays open: a fixed label; empty if nothing does.", default="")
    readings: tuple[str, ...] = _help("TIMEX3 values of all readings of a date with several.", default=())
    whole: SpanPair | None = _help("Words of the range that it is an end of; null if it is none.", default=None)


@dataclass(frozen=True, slots=True)
class DateRow:
    """The days on which something happened or was said."""

    earliest: str | None = _help("First day, ISO 8601; null if open.", default=None)
    latest: str | None = _help("Last day, ISO 8601; null if open.", default=None)
    precision: str | None = _help("How exact it is: day, week, month and so on; `open` if an end is.", default=None)
    from_: TimeOrigin = _help(
        "JSON key `from`: `stated` in the text; `publication` if only the day of publication bounds it; else `none`.",
        default="none",
    )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A name of a place, or words for an event's place, and the place meant."""

    id: str = _help("`p1`, `p2` … in order of the text.")
    span: SpanPair = _help("Its words.")
    name: str = _help("Its words, or the gazetteer's name once resolved.")
    gazetteer: str | None = _help("Id in the gazetteer; null while unresolved.", default=None)
    latitude: float | None = _help("Latitude.", default=None, unit="degrees")
    longitude: float | None = _help("Longitude.", default=None, unit="degrees")
    country: str | None = _help("ISO 3166-1 alpha-3 code, or the neutral code of a disputed entity.", default=None)
    precision: PlacePrecision | None = _help("What the coordinates stand for.", default=None)
    candidates: int = _help("Number of places of that name that were weighed.", default=0)
    reason: str = _help("How it was resolved, or why it was not: a fixed label.", default="")
    reading: PlaceReading = _help(
        "Meant literally, or for a government, its people, as an adjective, or as part of an organisation's name.",
        default="literal",
    )
    radius: float | None = _help("How far from the coordinates it may lie.", default=None, unit="km")
    region: str | None = _help("Name of its first-level administrative unit.", default=None)
    claimants: tuple[str, ...] = _help("Codes of all states that claim it, where it is disputed.", default=())
    others: tuple[str, ...] = _help("Gazetteer ids of the next best candidates, best first.", default=())
    named_by: str | None = _help(
        "For words that are more than a name (`a market in Sarvan`): id of the name in them that says where.",
        default=None,
    )
    score: float = _help("How sure the reader is.", default=1.0, unit="probability, 0 to 1")


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """A source says, thinks, orders or denies a content."""

    id: str = _help("`a1`, `a2` … in order of the text.")
    source: tuple[SpanPair, ...] = _help("To whom the words are attributed; empty where nobody is named.")
    source_entity: str | None = _help("Id of the source's entity; null where nobody is named or described.")
    cue: tuple[SpanPair, ...] = _help("The words that signal it; empty in a quotation that runs on.")
    content: tuple[SpanPair, ...] = _help("What is attributed; two spans where the cue splits it.")
    form: Form = _help("In quotation marks (`direct`), not (`indirect`), or partly (`mixed`).")
    stance: Stance = _help("What the source does with the content.")
    parent: str | None = _help("Id of the attribution in whose content this one stands.")
    score: float = _help("How sure the reader is.", unit="probability, 0 to 1")
    source_type: SourceType | None = _help(
        "`named` if the source has a name, else what kind of unnamed source it is; null where there is none.",
        default=None,
    )
    time: str | None = _help("Id of the time expression that says when it was said; null if none does.", default=None)
    said: DateRow = _help("When it was said.", default=DateRow())


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A number of an event, in its words and as bounds."""

    id: str = _help("`q1`, `q2` … in order of the text.")
    span: SpanPair = _help("Its words.")
    measure: Measure = _help("What is counted.")
    words: str = _help("The words, verbatim.")
    low: Number | None = _help("Smallest value the words allow.", unit="as the measure says")
    best: Number | None = _help("The value, if the words state one; null for bounds and vague words.")
    high: Number | None = _help("Largest value the words allow.")
    qualifier: Qualifier = _help("How the words bound the number.")


@dataclass(frozen=True, slots=True)
class ArgumentRow:
    """Somebody or something that takes part in an event."""

    span: SpanPair = _help("Its words.")
    entity: str | None = _help("Id of the entity.", default=None)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One mention of an event: who did what to whom, in whose voice."""

    id: str = _help("`v1`, `v2` … in order of the text.")
    trigger: SpanPair = _help("The words that express it.")
    type: EventType = _help("PLOVER type, with our DAMAGE, HARM and CONTROL.")
    modes: tuple[str, ...] = _help("PLOVER modes that the words make clear.")
    actors: tuple[ArgumentRow, ...] = _help("Who did it.")
    recipients: tuple[ArgumentRow, ...] = _help("To whom.")
    place: str | None = _help("Id of the place where it happened, as stated.")
    time: str | None = _help("Id of the time when it happened, as stated.")
    quantities: tuple[str, ...] = _help("Ids of its numbers.")
    voice: tuple[str, ...] = _help("Ids of the attributions it stands in, outermost first; empty is the narrator.")
    factuality: Factuality = _help(
        "As that voice presents it: `+` happened or is happening, `-` did not, `?` uncertain or alleged, "
        "`>` planned, promised, threatened or demanded, `~` hypothetical."
    )
    score: float = _help("How sure the reader is.", unit="probability, 0 to 1")
    date: DateRow = _help("When it happened, or is to happen.", default=DateRow())
    when: tuple[SpanPair, ...] = _help('All words for its time, as stated: "during the raid".', default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All rows of one document; what `Reader.read` gives."""

    schema: Literal["allegedly/ledger/1"] = _help("Name and version of this form.", default=SCHEMA)
    document: DocumentRow = _help("The document.")
    run: Run = _help("What read it.")
    sentences: tuple[SpanPair, ...] = _help("Sentences, headlines, datelines and list items.", default=())
    mentions: tuple[MentionRow, ...] = _help("Mentions of people, groups and things.", default=())
    entities: tuple[EntityRow, ...] = _help("What the mentions refer to.", default=())
    times: tuple[TimeRow, ...] = _help("Time expressions.", default=())
    places: tuple[PlaceRow, ...] = _help("Names of places.", default=())
    attributions: tuple[AttributionRow, ...] = _help("Who says what.", default=())
    quantities: tuple[QuantityRow, ...] = _help("Numbers of events.", default=())
    events: tuple[EventRow, ...] = _help("Who did what to whom.", default=())
    warnings: tuple[str, ...] = _help("What this reading leaves out, in fixed sentences.", default=())

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
