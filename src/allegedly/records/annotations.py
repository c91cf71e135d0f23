"""
Annotations: typed spans with origin and score, one class per layer.

All are immutable and made by annotators only. ``key`` names an annotation
inside its document ("a1", "v3", "q2"); other layers refer to it by that.
Scores are probabilities from 0 to 1, calibrated on dev.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
from allegedly.records.daterange import DateRange
from allegedly.records.origin import Origin
from allegedly.records.place import Place
from allegedly.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """
    A span with origin and score; every layer's class derives from it.

    Args:
        span: Code points of the document's text.
        origin: Who made it.
        score: Probability, 0 to 1.
    """

    span: Span
    origin: Origin
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Annotation):
    """A run of word characters or one other sign that is no blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Annotation):
    """A sentence, headline, dateline or list item; sentences never overlap and never cross a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Annotation):
    """
    A stretch in quotation marks, marks included.

    Args:
        inner: What stands between the marks; None for empty quotation marks.
        depth: 0 outermost, 1 inside another, and so on.
        closed: False where the closing mark is missing and the end of the paragraph stands in for it.
        continues: True if it resumes a quotation left open in the paragraph before.
    """

    inner: Span | None
    depth: int = 0
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Annotation):
    """
    A source says, thinks, orders or denies a content (PARC 3.0, PolNeAR; nesting allowed).

    ``span`` covers all of its parts. Source and cue may be empty (a passive or
    an adverb has no source, a run-on quote no cue); the content never is.

    Args:
        key: "a1", "a2" … in order of the text.
        source: To whom the words are attributed.
        cue: The words that signal it.
        content: What is attributed; two spans where the cue splits it.
        form: In quotation marks wholly, partly or not.
        stance: What the source does with the content.
        parent: Key of the attribution in whose content this one stands.
        stance_score: Probability of the stance, 0 to 1.
    """

    key: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    parent: str | None = None
    stance_score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Annotation):
    """
    A number of an event, as printed and as bounds; ``span`` holds its words.

    Unit: persons, pieces, or as the words say (square kilometres, money).

    Args:
        key: "q1", "q2" … in order of the text.
        measure: What is counted.
        low: Smallest value the words allow; None if they give none.
        best: The value, if the words state one; None for bounds and vague words.
        high: Largest value the words allow; None if they give none.
        qualifier: How the words bound the number.
    """

    key: str
    measure: Measure
    low: float | None
    best: float | None
    high: float | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Annotation):
    """
    An event mention: ``span`` is its trigger; arguments are spans of the same sentence (PLOVER roles).

    Args:
        key: "v1", "v2" … in order of the text.
        type: PLOVER type, ours included.
        modes: PLOVER modes that the words make clear.
        actors: Who did it.
        recipients: To whom.
        places: Where, as stated, innermost first.
        times: When, as stated.
        quantities: Keys of its quantities.
        type_score: Probability of the type given that it is an event.
    """

    key: str
    type: EventType
    modes: tuple[str, ...] = ()
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()
    times: tuple[Span, ...] = ()
    quantities: tuple[str, ...] = ()
    type_score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Annotation):
    """
    In whose voice an event stands; ``span`` is the event's trigger.

    Args:
        event: Key of the event.
        chain: Keys of attributions, outermost first; empty is the narrator.
    """

    event: str
    chain: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFactuality(Annotation):
    """
    Whether an event happened as its voice presents it (after FactBank); ``span`` is the trigger.

    Args:
        event: Key of the event.
        value: ``+`` happened, ``-`` did not, ``?`` uncertain, ``>`` future, ``~`` hypothetical.
    """

    event: str
    value: Factuality


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Annotation):
    """
    A noun phrase that names, describes or points to somebody or something; mentions nest.

    ``span`` is the whole phrase with all that modifies it (GUM; ACE), ``head`` its head word.

    Args:
        key: "m1", "m2" … in order of the text.
        head: Head word; no two mentions share one.
        kind: A name, a description or a pronoun.
        type: What kind of thing it is.
        name: The name proper, without title and article; None unless ``kind`` is "name".
    """

    key: str
    head: Span
    kind: MentionKind
    type: EntityType
    name: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    Why a mention belongs to its chain; part of :class:`Chain`.

    Args:
        mention: Key of the mention.
        reason: ``first``, or the rule or scorer that joined it to the chain.
        antecedent: Key of the mention it was joined to, an earlier one but for "I" before its source; None if first.
        score: Probability, 0 to 1.
    """

    mention: str
    reason: str
    antecedent: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Annotation):
    """
    All mentions of one entity in the document; ``span`` is its first mention.

    Args:
        key: "e1", "e2" … in order of the text.
        type: What kind of thing the entity is.
        links: One for each mention, in order of the text.
        name: Its fullest name in the text, else its first description.
        role: Its title or office in the text, if one stands beside a name.
        members: Keys of the chains that it stands for together ("both sides").
    """

    key: str
    type: EntityType
    links: tuple[Link, ...]
    name: Span
    role: Span | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedActor(Annotation):
    """
    Country, sector and side of a chain; ``span`` is the chain's.

    Args:
        chain: Key of the chain.
        country: ISO 3166-1 alpha-3, or the neutral code of a disputed entity; None if unknown.
        sector: PLOVER sector or non-state code; None if unknown.
        actor: Id in the table of actors; None if it is in none.
        side: Party it belongs to or speaks for; None if unknown.
        reason: What the codes were taken from, or why there are none.
    """

    chain: str
    country: str | None
    sector: Sector | None
    actor: str | None
    side: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSource(Annotation):
    """
    Who the source of an attribution is; ``span`` is the attribution's.

    Args:
        attribution: Key of the attribution.
        chain: Key of the source's chain; None where nobody is named or described.
        type: ``named``, or what kind of unnamed source it is; None where there is none.
    """

    attribution: str
    chain: str | None
    type: SourceType | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Annotation):
    """
    A time expression and what it means on the calendar (TIMEX3; HeidelTime, SUTime).

    Args:
        key: "t1", "t2" … in order of the text.
        type: TIMEX3 type.
        value: TIMEX3 value, ``X`` where it stays open; None for a date that no calendar has.
        days: First and last day; None where it has no place on the calendar.
        rule: Id of the grammar's rule that found it.
        anchor: What it was counted from; None if its own words were enough.
        reason: Why something stays open; empty if nothing does.
        readings: Values of all its readings, where there are several ("03/04/2025").
        whole: Words of the range that it is an end of ("between 20 and 24 May"); None if it is none.
        whole_days: Days of that range.
    """

    key: str
    type: TimexType
    value: str | None
    days: DateRange | None
    rule: str
    anchor: TimeAnchor | None = None
    reason: TimeReason = ""
    readings: tuple[str, ...] = ()
    whole: Span | None = None
    whole_days: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate(Annotation):
    """
    When an event took place or is to take place; ``span`` is its trigger.

    Args:
        event: Key of the event.
        timex: Key of its time expression; None if it has none.
        days: First and last day; None if nothing bounds it.
        origin_of_days: Stated in the text, only bounded by the day of publication, or not known.
    """

    event: str
    timex: str | None
    days: DateRange | None
    origin_of_days: TimeOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingDate(Annotation):
    """
    When the words of an attribution were said; ``span`` is the attribution's.

    Args:
        attribution: Key of the attribution.
        timex: Key of the time expression beside its cue; None if there is none.
        days: First and last day; None if nothing bounds it.
        origin_of_days: Stated in the text, only bounded by the day of publication, or not known.
    """

    attribution: str
    timex: str | None
    days: DateRange | None
    origin_of_days: TimeOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym(Annotation):
    """
    A name of a place, how it is meant and which place it is; ``span`` is the name proper.

    Args:
        key: "p1", "p2" … in order of the text.
        reading: Literally, or standing for a government, people, an adjective or part of an organization's name.
        place: The place; None if unresolved.
        precision: What the coordinates stand for; None if unresolved.
        radius: Uncertainty. Unit: km.
        candidates: Number of places of that name that were weighed.
        others: Gazetteer ids of the next best candidates, best first, at most three.
        reason: How it was resolved, or why it was not: a fixed label.
    """

    key: str
    reading: PlaceReading
    place: Place | None
    precision: PlacePrecision | None
    radius: float | None
    candidates: int
    others: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace(Annotation):
    """
    Where an event took place or is to take place; ``span`` is its trigger.

    Args:
        event: Key of the event.
        words: Words for its place, as stated; None if the text does not say where.
        toponym: Key of the name in them that says where; None if they hold none.
    """

    event: str
    words: Span | None
    toponym: str | None
