"""Read one plain value of a form: words of the text, a number, one of a fixed list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeVar, cast

from allegedly.errors import UsageError
from allegedly.records.ledger import Number, SpanPair

L = TypeVar("L", bound=str)
_OFFSETS: Final = re.compile(r"(\d{1,9}):(\d{1,9})")


def find_span(text: str, given: str, *, field: str, near: SpanPair) -> SpanPair:
    """
    Find the words that somebody means.

    Args:
        text: Where to look.
        given: Offsets (``12:31``), or words that stand there; of several places the nearest counts.
        field: Named in messages.
        near: The stretch that the words are likely to stand in.

    Raises:
        UsageError: If they stand nowhere.

    Example:
        >>> find_span("The army said the army won.", "army", field="actors", near=(14, 27))
        (18, 22)
    """
    offsets = _OFFSETS.fullmatch(given)
    if offsets is not None:
        start, end = int(offsets[1]), int(offsets[2])
        if not start < end <= len(text) or not text[start:end].strip():
            raise UsageError(f"{field}: {given} are no words of the text", hint=f"offsets go from 0 to {len(text)}")
        return start, end
    places = [found.start() for found in re.finditer(f"(?={re.escape(given)})", text)] if given.strip() else []
    if not places:
        raise UsageError(
            f"{field}: the text has no {given!r}", hint="give offsets (12:31) or words as they stand there"
        )
    start = min(places, key=lambda at: (max(near[0] - at, at + len(given) - near[1], 0), _inside_word(text, at, given)))
    return start, start + len(given)


def _inside_word(text: str, at: int, words: str) -> bool:
    """Say whether words begin or end within a word."""
    end = at + len(words)
    return (text[at].isalnum() and text[at - 1 : at].isalnum()) or (
        text[end - 1].isalnum() and text[end : end + 1].isalnum()
    )


def verbatim(text: str, span: SpanPair) -> str:
    """Give the words of a span."""
    return text[slice(*span)]


def chosen(given: str, allowed: Sequence[L], *, field: str) -> L:
    """
    Take one of a fixed list.

    Raises:
        UsageError: If it is none of them.
    """
    if given not in allowed:
        raise UsageError(f"{field}: there is no {given!r}", hint=f"one of {', '.join(allowed)}")
    return cast("L", given)


def number(given: str, *, field: str, least: float, most: float = 1e12) -> Number | None:
    """
    Read a number; empty is None.

    Raises:
        UsageError: If it is none, or out of bounds.
    """
    if not given:
        return None
    try:
        value = float(given)
    except ValueError as error:
        raise UsageError(f"{field}: {given!r} is no number", hint="write it in digits, as 12 or 4.5") from error
    if not least <= value <= most:
        raise UsageError(f"{field}: {given} is out of bounds", hint=f"give {least:g} to {most:g}")
    return int(value) if value.is_integer() else value
