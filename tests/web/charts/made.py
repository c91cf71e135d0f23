"""Invented incidents for charts: a score of places in no country, dates of all kinds."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from allegedly.store.briefs import Brief

PLACES = (
    ("Karveli", 49.2, 35.8, 2.5, "town"),
    ("Port Azel", 46.5, 30.7, 4.0, "town"),
    ("Azel Coast", 46.9, 32.5, 60.0, "region"),
    ("Halm district", 47.5, 36.9, 25.0, "district"),
)


def brief(number: int, **changes: Any) -> Brief:
    """Make an incident in brief, dated to 6 May 2024 and placed in a town unless told otherwise."""
    name, latitude, longitude, radius, precision = PLACES[0]
    values: dict[str, Any] = {
        "id": f"i{number:016x}", "type": "ASSAULT", "modes": ("drone",), "earliest": "2024-05-06",
        "latest": "2024-05-06", "placename": name, "country": "VEL", "latitude": latitude, "longitude": longitude,
        "radius": radius, "precision": precision, "conflicts": 0, "documents": 2, "origins": 1, "last": "2024-05-08",
    }  # fmt: skip
    return Brief(**(values | changes))


def briefs(number: int, *, days: int = 40, world: bool = False) -> list[Brief]:
    """Make incidents of all kinds; the same number gives the same ones."""
    dice = random.Random(7)  # noqa: S311  # no secret
    return [_any(position, dice, days, world=world) for position in range(number)]


def _any(position: int, dice: random.Random, days: int, *, world: bool) -> Brief:
    name, latitude, longitude, radius, precision = dice.choice(PLACES)
    if world:
        latitude, longitude = dice.uniform(-35, 60), dice.uniform(-120, 150)
    last = date(2024, 1, 1) + timedelta(days=dice.randint(0, days))
    width = timedelta(days=dice.choice((0, 0, 0, 1, 6, 20)))
    kind = dice.random()
    return brief(
        position,
        earliest=None if kind < 0.2 else (last - width).isoformat(),
        latest=None if kind < 0.03 else last.isoformat(),
        placename=name, latitude=latitude, longitude=longitude, radius=radius, precision=precision,
        conflicts=dice.choice((0, 0, 2)),
    )  # fmt: skip
