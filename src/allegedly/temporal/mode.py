"""
Mode: whether a text is news, counted from its publication date, or history, counted from what was told before.

A history names many years that are long gone and few days seen from today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from allegedly.temporal.expression import Expression, Offset, Point

Mode = Literal["news", "history"]

_LEAST_YEARS: Final = 5  # explicit years of the past
_SHARE: Final = 4  # times as many as days seen from today
_GONE: Final = 2  # years before publication


def guess_mode(found: Iterable[Expression], published: date | None) -> Mode:
    """Say which mode a text is in, by its expressions alone."""
    gone = seen_from_today = 0
    latest = None if published is None else published.year - _GONE
    for expression in found:
        meaning = expression.meaning
        if isinstance(meaning, Point):
            if meaning.year is not None and (latest is None or meaning.year <= latest):
                gone += 1
            elif meaning.year is None and meaning.weekday is not None:
                seen_from_today += 1
        elif isinstance(meaning, Offset) and meaning.base == "publication":
            seen_from_today += 1
    return "history" if gone >= _LEAST_YEARS and gone > _SHARE * seen_from_today else "news"
