"""
What a time expression says by itself, before anything is known of its document.

Each class is one kind of meaning (explicit, underspecified, offset, interval,
duration, set, reference); all are immutable and made by
:mod:`allegedly.temporal.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allegedly.records.codes import TimeReason, TimexType
from allegedly.records.span import Span
from allegedly.temporal.words import Unit

Kind = Literal["explicit", "underspecified", "offset", "interval", "duration", "set", "reference"]
Base = Literal["publication", "previous"]


@dataclass(frozen=True, slots=True)
class Point:
    """
    Fields of the calendar, some of them missing: "31 May 2025", "Tuesday", "June", "18:00", "the third quarter".

    Args:
        unit: The finest field.
        year: Year, negative before our era; None if it is not said.
        month: Month, 0 if it is not said.
        day: Day of the month, 0 if it is not said.
        weekday: Monday 0 to Sunday 6; None if it is not said.
        part: ``Q3``, ``H1``, ``SU`` and the like.
        time: TIMEX3 text of a part of the day or of a clock time.
        turn: -1 "last", 0 "this", 1 "next", None if nothing of the kind is said.
        tail: A year or day said by reference: -1 "of last year", 0 "of that year", 1 "of next year".
        base: From where an unsaid year is counted, if the words say so.
        days: How many days it runs ("the night of 5-6 June": 2).
        week: Turn of the week that a weekday lies in ("Thursday of last week": -1), None if it is not said.
        short: Whether the year lacks its century ("’45").
    """

    unit: Unit
    year: int | None = None
    month: int = 0
    day: int = 0
    weekday: int | None = None
    part: str = ""
    time: str = ""
    turn: int | None = None
    tail: int | None = None
    base: Base = "publication"
    days: int = 1
    week: int | None = None
    short: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """
    A distance from another date: "two days ago", "last week", "the next day", "a year earlier".

    Args:
        unit: Unit of the distance.
        amount: How many, negative for the past.
        base: Counted from publication, or from the expression before.
        sign: -1 past, 1 future, 0 same.
        time: Part of the day.
        grain: Unit of the answer, where it is not that of the distance.
    """

    unit: Unit
    amount: float
    base: Base
    sign: int = 0
    time: str = ""
    grain: Unit | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """
    A duration: "three days", "the past 24 hours".

    Args:
        unit: Unit.
        amount: How many; None for "several".
        side: -1 it ends at publication ("the past"), 1 it begins there ("the next"), 0 it hangs nowhere.
        if_ahead: Whether it begins there only if the words around look ahead ("in two days").
    """

    unit: Unit
    amount: float | None
    side: int = 0
    if_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that comes again: "daily", "every Friday"; ``value`` is its TIMEX3 text."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A word without a place on the calendar: "now", "recently"; ``value`` is its TIMEX3 text."""

    value: str


@dataclass(frozen=True, slots=True)
class SameTime:
    """The time spoken of: "at that time"."""


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """A date known by name: "day 500 of the war", "since the full-scale invasion"; ``number`` counts days from 1."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of a year that may be unsaid; ``rule`` is the calendar rule of the table."""

    rule: str
    year: int | None = None
    turn: int | None = None
    tail: int | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Words that are a date by form but not on the calendar: "31 June"; ``reason`` says why."""

    reason: TimeReason


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A date in figures with two readings: 03/04/2025; the first has the day first."""

    day_first: Point
    month_first: Point


Meaning = Point | Offset | Length | Recurrence | Reference | SameTime | NamedEvent | Holiday | Unreadable | Ambiguous


@dataclass(frozen=True, slots=True)
class Expression:
    """
    A time expression as found in a text.

    Args:
        span: Its words.
        type: TIMEX3 type.
        kind: What kind of meaning it has.
        rule: Id of the pattern that found it.
        meaning: What it says by itself.
        joined: The words of the whole range it is an end of ("between 20 and 24 May"); None if it is none.

    Offsets: spans index the text.
    """

    span: Span
    type: TimexType
    kind: Kind
    rule: str
    meaning: Meaning
    joined: Span | None = None
