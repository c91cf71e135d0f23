"""
Annotations: typed spans with origin and score, one class per layer.

All are immutable and made by annotators only. ``key`` names an annotation
inside its document ("a1", "v3", "q2"); other layers refer to it by that.
Scores are probabilities from 0 to 1, calibrated on dev.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from allegedly.records.codes import EventType, Factuality, Form, Measure, Qualifier, Stance
from allegedly.records.origin import Origin
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
