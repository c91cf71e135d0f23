"""
The resolver: what a time expression means on the calendar, seen from an explicit stack of anchors.

The stack is the publication date, a date in the text's head, and the
expressions before. The wall clock is never read: the same text gives the same
days for ever. What depends on a publication date that is not known stays open,
with a reason. After HeidelTime (Strötgen and Gertz 2013) and SUTime (Chang and
Manning 2012), with an interval of days beside each value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from allegedly.records.codes import TimeAnchor, TimeReason, TimexType
from allegedly.records.daterange import DatePrecision, DateRange
from allegedly.records.span import Span
from allegedly.temporal.expression import (
    Ambiguous,
    Expression,
    Holiday,
    Kind,
    Length,
    Meaning,
    NamedEvent,
    Offset,
    Point,
    Recurrence,
    Reference,
    SameTime,
    Unreadable,
)
from allegedly.temporal.extent import extent_of, length_extent
from allegedly.temporal.grammar import find_times
from allegedly.temporal.lengths import length_value
from allegedly.temporal.mode import Mode, guess_mode
from allegedly.temporal.named import NO_PUBLICATION, find_event_day, holiday_date
from allegedly.temporal.offsets import resolve_offset
from allegedly.temporal.periods import Period, day_period
from allegedly.temporal.points import complete
from allegedly.temporal.scene import NO_PREVIOUS, OFF_CALENDAR, Outcome, Scene

# Adjectives that only histories count by ("former"), and words that in a history go on with the telling ("soon").
_ONLY: Final[dict[Mode, frozenset[str]]] = {
    "news": frozenset(("adjective-past", "adjective-future")),
    "history": frozenset(("soon",)),
}
_NEAR: Final = 60  # days: a holiday so near is meant whatever the words around say
_SOON: Final = 8  # expressions: further on, a history may have begun anew
_HEAD: Final = 300  # code points in which a dateline's date may stand


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    A time expression with its meaning; immutable.

    Args:
        span: Its words.
        type: TIMEX3 type.
        kind: Kind of meaning.
        value: TIMEX3 value, ``X`` where it stays open; empty if it has none.
        range: First and last day and precision; None where it has no place on the calendar.
        anchored_to: Anchor that was needed; None if the words were enough.
        rule: Id of the grammar's rule.
        reason: Why something stays open; empty if nothing does.
        readings: Values of all readings, where there are several ("03/04/2025").
        joined: Words of the whole range that it is an end of; None if it is none.
        joined_range: Days of that whole range.

    Offsets: spans index the text.
    """

    span: Span
    type: TimexType
    kind: Kind
    value: str
    range: DateRange | None
    anchored_to: TimeAnchor | None
    rule: str
    reason: TimeReason = ""
    readings: tuple[str, ...] = ()
    joined: Span | None = None
    joined_range: DateRange | None = None

    @property
    def precision(self) -> DatePrecision | None:
        """How finely the words say it; None if it has no place on the calendar."""
        return self.range.precision if self.range else None

    @property
    def earliest(self) -> date | None:
        """First day; None if open."""
        return self.range.earliest if self.range else None

    @property
    def latest(self) -> date | None:
        """Last day; None if open."""
        return self.range.latest if self.range else None


def read_times(
    text: str, published: date | None, *, mode: Mode | None = None, day_first: bool | None = None
) -> list[Resolved]:
    """
    Find and resolve the time expressions of a text.

    See :func:`resolve_times`.

    Example:
        >>> [(found.value, found.anchored_to) for found in read_times("They left on Friday.", date(2025, 6, 18))]
        [('2025-06-13', 'publication')]
    """
    found = find_times(text)
    own_mode = mode or guess_mode(found, published)
    kept = [one for one in found if one.rule not in _ONLY[own_mode]]
    return resolve_times(text, kept, published, mode=own_mode, day_first=day_first)


def resolve_times(
    text: str,
    found: Sequence[Expression],
    published: date | None,
    *,
    mode: Mode | None = None,
    day_first: bool | None = None,
) -> list[Resolved]:
    """
    Say what found expressions mean on the calendar.

    Args:
        text: The text.
        found: Its expressions, in order.
        published: Publication date; None if it is not known.
        mode: News or history; None guesses from the expressions.
        day_first: Whether 03/04/2025 is 3 April, from the publisher's country; None keeps both readings.

    Returns:
        One for each expression, in order.

    Offsets: spans index ``text``.
    """
    head = None if published is not None else _date_in_head(text, found)
    scene = Scene(
        text,
        text.lower() if len(text.lower()) == len(text) else text,
        published or head,
        "dateline" if head else "publication",
        mode or guess_mode(found, published or head),
    )
    coming = _coming_dates(found)
    resolved = []
    for expression, date_to_come in zip(found, coming, strict=True):
        scene.coming = date_to_come
        resolved.append(_resolve(expression, scene, day_first=day_first))
    return _join_ranges(resolved)


def _coming_dates(found: Sequence[Expression]) -> list[Period | None]:
    """Give for each expression the next month or day with its year, if it comes soon."""
    coming: list[Period | None] = []
    latest: Period | None = None
    age = 0
    for expression in reversed(found):
        coming.append(latest if age < _SOON else None)
        meaning = expression.meaning
        age += 1
        if isinstance(meaning, Point) and meaning.year is not None and meaning.month:
            latest, age = Period("month", meaning.year, meaning.month), 0
    return coming[::-1]


def _date_in_head(text: str, found: Sequence[Expression]) -> date | None:
    """Give the first full date of a text's head, which says when it was written."""
    for expression in found:
        meaning = expression.meaning
        if expression.span.start > _HEAD:
            return None
        if (
            isinstance(meaning, Point)
            and meaning.unit == "day"
            and meaning.year
            and meaning.day
            and _stands_apart(text, expression.span)
        ):
            bounds = Period("day", meaning.year, meaning.month, meaning.day).bounds()
            return bounds[0] if bounds else None
    return None


def _stands_apart(text: str, span: Span) -> bool:
    """Say whether a date is a line of its own or part of a dateline."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    rest = text[span.end : line_end if line_end >= 0 else len(text)].lstrip()
    alone = not text[line_start : span.start].strip() and not rest
    return alone or rest.startswith(("(", "—", "–", "-", "_"))


def _resolve(expression: Expression, scene: Scene, *, day_first: bool | None) -> Resolved:
    """Resolve one expression and move the scene on."""
    scene.start, scene.end = expression.span
    meaning: Meaning = expression.meaning
    readings: tuple[str, ...] = ()
    if isinstance(meaning, Ambiguous):
        readings = (complete(meaning.day_first, scene).value, complete(meaning.month_first, scene).value)
        if day_first is not None:
            meaning = meaning.day_first if day_first else meaning.month_first
    outcome = _outcome(meaning, scene)
    days = _days(expression, meaning, outcome, scene)
    if outcome.period is not None:
        scene.move_on(outcome.period, aside=isinstance(meaning, Offset) and meaning.sign < 0)
    elif isinstance(meaning, Length) and meaning.unit == "month" and expression.rule != "bare-lengths":
        scene.tells_quarters = False
    return Resolved(
        expression.span,
        expression.type,
        expression.kind,
        outcome.value,
        days,
        outcome.anchored_to,
        expression.rule,
        outcome.reason or ("" if days else OFF_CALENDAR),
        readings,
        expression.joined,
    )


def _outcome(meaning: Meaning, scene: Scene) -> Outcome:
    """Say what a meaning comes to in a scene."""
    match meaning:
        case Point():
            outcome = complete(meaning, scene)
        case Offset():
            outcome = resolve_offset(meaning, scene)
        case Length():
            outcome = _length(meaning, scene)
        case SameTime():
            outcome = _same_time(scene)
        case NamedEvent():
            outcome = _event(meaning, scene)
        case Holiday():
            outcome = _holiday(meaning, scene)
        case _:
            outcome = _without_place(meaning)
    return outcome


def _without_place(meaning: Recurrence | Reference | Ambiguous | Unreadable) -> Outcome:
    """Say what a meaning comes to that no scene puts on the calendar."""
    match meaning:
        case Recurrence(value):
            return Outcome(value, reason="comes-again")
        case Reference(value):
            return Outcome(value, reason="no-calendar-day")
        case Ambiguous(day_first, _):
            return Outcome(f"{day_first.year:04d}-XX-XX", reason="day-or-month")
    return Outcome("", reason=meaning.reason)


def _length(length: Length, scene: Scene) -> Outcome:
    """Give a length; on one side of publication it has days."""
    hangs = length.side and scene.now and length.amount and scene.mode == "news"
    anchored: TimeAnchor | None = scene.base if hangs and (not length.if_ahead or scene.direction > 0) else None
    return Outcome(length_value(length.unit, length.amount), None, anchored, "" if anchored else "no-beginning")


def _same_time(scene: Scene) -> Outcome:
    """Give the time spoken of."""
    if scene.previous is None:
        return Outcome("XXXX-XX-XX", reason=NO_PREVIOUS)
    return Outcome(scene.previous.value, scene.previous, "previous")


def _event(event: NamedEvent, scene: Scene) -> Outcome:
    day = find_event_day(event, scene.low, scene.published)
    if isinstance(day, Unreadable):
        return Outcome("XXXX-XX-XX", reason=day.reason)
    return Outcome(day.isoformat(), day_period(day), "event")


def _holiday(holiday: Holiday, scene: Scene) -> Outcome:
    """Find the year of a holiday: stated, told before, or the nearest one on the side to which the words look."""
    if holiday.rule[0] in "12" and len(holiday.rule) == 10:
        return Outcome(holiday.rule, day_period(date.fromisoformat(holiday.rule)))
    if holiday.rule == "lunar":
        return Outcome("XXXX-XX-XX", reason="moon-as-sighted")
    if holiday.year is not None:
        day = holiday_date(holiday.rule, holiday.year)
        return scene.place(day_period(day) if day else None, None)
    base = scene.previous if scene.mode == "history" and scene.previous else scene.now
    bounds = base.bounds() if base else None
    if bounds is None:
        return Outcome("XXXX-XX-XX", reason=NO_PUBLICATION)
    anchored: TimeAnchor = "previous" if base is scene.previous else scene.base
    if anchored == "previous" or holiday.tail is not None:
        day = holiday_date(holiday.rule, bounds[0].year + (holiday.tail or 0))
    else:
        day = _nearest(holiday, bounds[0], holiday.turn or scene.direction)
    return scene.place(day_period(day) if day else None, anchored)


def _nearest(holiday: Holiday, today: date, direction: int) -> date | None:
    """Give the nearest day of a holiday, on one side of today if there is a direction."""
    days = [day for year in (today.year - 1, today.year, today.year + 1) if (day := holiday_date(holiday.rule, year))]
    sided = [day for day in days if (day - today).days * direction >= 0]
    near = [day for day in days if abs((day - today).days) <= _NEAR and (sided or not direction)]
    return min(near or sided or days, key=lambda day: abs((day - today).days), default=None)


def _days(expression: Expression, meaning: Meaning, outcome: Outcome, scene: Scene) -> DateRange | None:
    """Give the days of an outcome."""
    if isinstance(meaning, Ambiguous):
        both = [complete(point, scene).period for point in (meaning.day_first, meaning.month_first)]
        ranges = [extent_of(period, "") for period in both if period]
        known = [one for one in ranges if one]
        return known[0].join(known[1]) if len(known) == 2 else None
    if isinstance(meaning, Length):
        return length_extent(meaning, scene.published) if outcome.anchored_to else None
    if outcome.period is None:
        return None
    words = scene.low[expression.span.start : expression.span.end]
    return extent_of(outcome.period, words, days=meaning.days if isinstance(meaning, Point) else 1)


def _join_ranges(resolved: list[Resolved]) -> list[Resolved]:
    """Give both ends of a range the days of the whole."""
    joined: list[Resolved] = []
    for one in resolved:
        whole = [other.range for other in resolved if one.joined and other.joined == one.joined] if one.joined else []
        known = [days for days in whole if days]
        both = known[0].join(known[1]) if len(known) == 2 and len(whole) == 2 else None
        joined.append(replace(one, joined_range=both) if both else one)
    return joined
