"""
Colours and shapes of parties, by hash of their ids: nobody chooses, so nobody is favoured.

The six colours are those of 28 candidates (Okabe and Ito's and Paul Tol's
colour-blind-safe sets, and shades between them) that stand at least 3:1 against
both backgrounds (WCAG 2.2, 1.4.11) and are furthest apart in OKLab, the nearest
pair as seen with deuteranopia, protanopia and tritanopia (Machado et al. 2009)
included. Six colours do not tell many parties apart: a shape and a name always
stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, Literal

Theme = Literal["light", "dark"]

PALETTE: Final = ("#3D8FC7", "#EE3377", "#117733", "#B8860B", "#7A5BD0", "#AA4499")
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
PAPER: Final[dict[Theme, str]] = {"light": "#ffffff", "dark": "#14171c"}


def slot_of(id_: str) -> int:
    """Give the number of an id's colour in the palette; the same id has the same one everywhere."""
    return _number(id_) % len(PALETTE)


def colour_of(id_: str) -> str:
    """Give an id's colour."""
    return PALETTE[slot_of(id_)]


def marks_of(ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """
    Give colour and shape of each id in one chart.

    The colour is always the one of :func:`colour_of`; only the shape gives way. Up to six ids have a shape each of
    their own; of more, no two have both the same while there are pairs left.
    """
    taken: set[tuple[str, str]] = set()
    marks = {}
    for id_ in sorted(set(ids)):
        start = _number(id_) // len(PALETTE)
        pairs = [(colour_of(id_), SHAPES[(start + step) % len(SHAPES)]) for step in range(len(SHAPES))]
        shapes = {shape for _, shape in taken}
        free = [pair for pair in pairs if pair[1] not in shapes] or [pair for pair in pairs if pair not in taken]
        marks[id_] = (free or pairs)[0]
        taken.add(marks[id_])
    return marks


def stylesheet() -> str:
    """Give the classes `party-0` … that set the custom property `--party`, for pages that may not use inline style."""
    return "".join(f".party-{slot} {{ --party: {colour}; }}\n" for slot, colour in enumerate(PALETTE))


def contrast(one: str, other: str) -> float:
    """
    Give the contrast of two colours as WCAG 2 defines it, 1 to 21.

    Args:
        one: A colour as `#rrggbb`.
        other: Another.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _number(id_: str) -> int:
    return int.from_bytes(sha256(id_.encode()).digest()[:4], "big")
