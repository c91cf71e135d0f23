"""
Time expressions: a thin adapter over :mod:`allegedly.temporal`.

What the encoder takes for an event's time only links events (see :mod:`allegedly.annotators.dates`): as
expressions of their own its finds lowered every measured corpus.
"""

from __future__ import annotations

from collections.abc import Callable

from allegedly.annotators.base import Found, Reading
from allegedly.records.annotations import Timex
from allegedly.records.document import Document
from allegedly.records.origin import Origin
from allegedly.temporal.mode import Mode
from allegedly.temporal.resolve import Resolved, read_times

DayFirst = Callable[[Document], bool | None]


class Timexes:
    """
    Provides :class:`Timex`.

    Args:
        day_first: Says of a document whether its publisher writes 3 April as 03/04; None keeps both readings.
        mode: News or history; None guesses from the expressions of each document.
    """

    name = "timexes"
    version = "1"
    requires: frozenset[type[Timex]] = frozenset()
    provides = frozenset({Timex})

    def __init__(self, day_first: DayFirst, *, mode: Mode | None = None) -> None:
        self._day_first, self._mode = day_first, mode
        self._origin = Origin(self.name, self.version, rule="grammar")

    def annotate(self, reading: Reading) -> Found:
        """Find and resolve the time expressions."""
        document = reading.layers.document
        day_first = self._day_first(document)
        found = read_times(reading.text, document.published_day, mode=self._mode, day_first=day_first)
        return {Timex: [self._timex(f"t{number}", one) for number, one in enumerate(found, 1)]}

    def _timex(self, key: str, resolved: Resolved) -> Timex:
        return Timex(
            span=resolved.span,
            origin=self._origin,
            key=key,
            type=resolved.type,
            value=resolved.value or None,
            days=resolved.range,
            rule=resolved.rule,
            anchor=resolved.anchored_to,
            reason=resolved.reason,
            readings=resolved.readings,
            whole=resolved.joined,
            whole_days=resolved.joined_range,
        )
