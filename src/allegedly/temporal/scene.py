"""The scene: what is known where an expression stands, a stack of anchors that grows while a text is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from allegedly.records.codes import TimeAnchor, TimeReason
from allegedly.temporal.direction import look_around
from allegedly.temporal.mode import Mode
from allegedly.temporal.periods import Period, day_period


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What an expression comes to.

    Args:
        value: TIMEX3 value, with ``X`` where it stays open.
        period: Its place on the calendar; None if it has none.
        anchored_to: Which anchor was needed; None if the words were enough.
        reason: Why something stays open; empty if nothing does.
    """

    value: str
    period: Period | None = None
    anchored_to: TimeAnchor | None = None
    reason: TimeReason = ""


NO_PREVIOUS: Final = "nothing-before-it"
_FAR: Final = 3  # years
_VERY_FAR: Final = 10  # years
OFF_CALENDAR: Final = "off-calendar"


@dataclass(slots=True)
class Scene:
    """
    Anchors at one place of a text; mutable, made and moved on by the resolver only.

    Args:
        text: The text.
        low: The same in small letters.
        published: Publication date, or the date in a dateline where that is missing; None if neither is known.
        base: Which of the two ``published`` is.
        mode: News or history.
        previous: The last place on the calendar that was mentioned.
        day: The last day that was mentioned.
        quarter: The last quarter that was mentioned.
        start: First code point of the expression at hand.
        end: Code point after it.
        day_end: Code point after the last day that was mentioned.
        coming: The next month or day with its year, further on in the text; None if there is none soon.
        previous_end: Code point after the last place on the calendar.
        tells_quarters: Whether a quarter was mentioned last, and not a run of months.
    """

    text: str
    low: str
    published: date | None
    base: TimeAnchor
    mode: Mode
    previous: Period | None = None
    day: Period | None = None
    quarter: Period | None = None
    start: int = 0
    end: int = 0
    day_end: int = -1
    coming: Period | None = None
    previous_end: int = 0
    tells_quarters: bool = False

    @property
    def now(self) -> Period | None:
        """The day from which the text is told."""
        return None if self.published is None else day_period(self.published)

    @property
    def direction(self) -> int:
        """Whether the words around look back (-1), ahead (1) or neither (0)."""
        return look_around(self.text, self.low, self.start, self.end)

    def place(self, period: Period | None, anchored_to: TimeAnchor | None) -> Outcome:
        """Make the outcome of a period that may have fallen off the calendar."""
        if period is None:
            return Outcome("", None, anchored_to, OFF_CALENDAR)
        return Outcome(period.value, period, anchored_to)

    def move_on(self, period: Period, *, aside: bool) -> None:
        """
        Note a place on the calendar that was mentioned.

        Args:
            period: The place.
            aside: Whether the telling does not go on from there: "a year earlier".
        """
        if period.unit == "quarter":
            self._tell_quarter(period)
        if aside or (self.mode == "history" and self._leads_away(period)):
            return
        self.previous, self.previous_end = period, self.end
        if period.unit == "day":
            self.day, self.day_end = period, self.end

    def _tell_quarter(self, period: Period) -> None:
        """Note a quarter that results may be compared with: the last one that has begun."""
        self.tells_quarters = True
        bounds = period.bounds()
        begun = self.published is None or (bounds is not None and bounds[0] <= self.published)
        if begun and (self.quarter is None or (period.year, period.part) > (self.quarter.year, self.quarter.part)):
            self.quarter = period

    def _leads_away(self, period: Period) -> bool:
        """Say whether a year or season only points away: a plan, a year far from those told, the year told anyway."""
        if self.previous is None:
            return False
        if period.unit == "season":
            return period.part == "WI" or self.direction > 0
        if period.unit != "year":
            return False
        far = abs(period.year - self.previous.year)
        same_paragraph = "\n" not in self.text[self.previous_end : self.start]
        if far == 0:
            return same_paragraph
        return far > _VERY_FAR or (far > _FAR and same_paragraph) or self.direction > 0

    def near_day(self) -> bool:
        """Say whether a day was mentioned in this paragraph, so that a time of day goes with it."""
        return (
            self.day is not None
            and self.day_end >= 0
            and "\n\n" not in self.text[self.day_end : self.start]
            and self.start - self.day_end < 120
        )

    def day_is_newer(self) -> bool:
        """Say whether a day was mentioned, and nothing on the calendar after it that lies elsewhere."""
        if self.day is None or self.previous is None:
            return False
        own, other = self.day.bounds(), self.previous.bounds()
        return own is not None and other is not None and other[0] <= own[0] <= other[1]
