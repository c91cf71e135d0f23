"""Offsets: distances from publication ("two days ago") or from what was told before ("the next day")."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from allegedly.records.codes import TimeAnchor, TimeReason
from allegedly.temporal.expression import Offset
from allegedly.temporal.named import NO_PUBLICATION
from allegedly.temporal.periods import Period, shift, zoom
from allegedly.temporal.scene import NO_PREVIOUS, Outcome, Scene
from allegedly.temporal.words import Unit

_OPEN: Final[dict[Unit, str]] = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
                                 "quarter": "XXXX-QX", "season": "XXXX-XX"}  # fmt: skip
_SMALL: Final = frozenset(("second", "minute", "hour"))


def resolve_offset(offset: Offset, scene: Scene) -> Outcome:
    """Say which period an offset leads to."""
    if offset.grain == "quarter":
        return _quarter(offset, scene)
    if scene.mode == "history" and offset.base == "publication" and offset.unit == "day" and not offset.grain:
        return _day_of_a_quote(offset)
    if offset.unit == "year" and offset.grain == "day":
        return _year_before(scene)
    base, anchored, why = _base(offset, scene)
    if base is None or _is_too_coarse(base, offset.unit):
        return Outcome(_OPEN.get(offset.unit, "XXXX") + offset.time, None, None, why if base is None else NO_PREVIOUS)
    return scene.place(_move(base, offset), anchored)


def _day_of_a_quote(offset: Offset) -> Outcome:
    """Leave "today" open: in a history somebody is quoted."""
    return Outcome(
        f"XXXX-XX-XX{offset.time}" if offset.time or offset.amount else "PRESENT_REF",
        reason="no-day-in-a-history",
    )


def _year_before(scene: Scene) -> Outcome:
    """Read "the same month last year"."""
    base = scene.previous or scene.now
    if base is None:
        return Outcome("XXXX", reason=NO_PREVIOUS)
    return scene.place(replace(base, year=base.year - 1), "previous" if scene.previous else scene.base)


def _base(offset: Offset, scene: Scene) -> tuple[Period | None, TimeAnchor, TimeReason]:
    """Give the period from which an offset counts."""
    if offset.base == "previous" or scene.mode == "history":
        previous = scene.day if offset.unit in {"day", *_SMALL} and scene.day_is_newer() else scene.previous
        if previous is not None:
            return previous, "previous", NO_PREVIOUS
        if scene.mode == "history":
            return None, "previous", NO_PREVIOUS
    return scene.now, scene.base, NO_PUBLICATION


def _is_too_coarse(base: Period, unit: Unit) -> bool:
    """Say whether a day is counted from a month, or the like."""
    return unit in {"day", "week", "weekend", *_SMALL} and base.coarseness > 2


def _move(base: Period, offset: Offset) -> Period | None:
    amount = offset.amount
    if offset.unit in _SMALL:
        hours = amount * {"second": 1 / 3600, "minute": 1 / 60, "hour": 1}[offset.unit]
        return shift(base, "day", int(hours / 24))
    if offset.unit == "week" and offset.grain == "day":
        return shift(base, "day", 7 * amount)
    start = base if offset.unit == "day" else (zoom(base, offset.unit) if amount == 0 else base)
    moved = (
        start if amount == 0 and start is not None and start.unit == offset.unit else shift(base, offset.unit, amount)
    )
    return None if moved is None else replace(moved, time=offset.time)


def _quarter(offset: Offset, scene: Scene) -> Outcome:
    """Read "a year ago", "the latest quarter": the quarter spoken of, or a year before it."""
    quarter = scene.quarter if offset.sign < 1 else None
    if quarter is not None and (scene.tells_quarters or not offset.amount):
        return scene.place(shift(quarter, "quarter", 4 * offset.amount) if offset.amount else quarter, "previous")
    if offset.unit == "year":
        base = (
            scene.now
            if offset.base == "publication" or scene.previous is None or scene.mode == "news"
            else scene.previous
        )
        if base is None:
            return Outcome("XXXX", reason=NO_PUBLICATION)
        return scene.place(shift(base, "year", offset.amount), scene.base if base == scene.now else "previous")
    if scene.now is None:
        return Outcome("XXXX-QX", reason=NO_PUBLICATION)
    return scene.place(shift(scene.now, "quarter", -1), scene.base)
