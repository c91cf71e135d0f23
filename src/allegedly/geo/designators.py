"""Words that say what an area is: "Donetsk oblast", "Province of Aceh", "Kings County"."""

from __future__ import annotations

from typing import Final

# Longest first, so that "autonomous region" is not taken for "region".
_AFTER: Final = tuple(sorted(
    (
        "oblast", "region", "province", "governorate", "state", "district", "county", "department", "prefecture",
        "division", "krai", "kray", "republic", "canton", "parish", "municipality", "voivodeship", "emirate",
        "territory", "raion", "rayon", "regency", "area", "okrug", "commune", "borough", "subdistrict", "township",
        "autonomous region", "autonomous oblast", "autonomous okrug", "autonomous republic",
    ),
    key=len, reverse=True,
))  # fmt: skip
_BEFORE: Final = tuple(
    f"{word} of "
    for word in ("autonomous republic", "republic", "state", "province", "governorate", "region", "county")
)
_WORDS: Final = frozenset(word.split()[-1] for word in _AFTER)
_APOSTROPHES: Final = "'’"


def strip_designator(name: str) -> str | None:
    """
    Take the word for the kind of area from a name.

    Returns:
        The bare name; None if the name has no such word, or nothing else.

    Example:
        >>> strip_designator("Kharkivs’ka Oblast’")
        'Kharkivs’ka'
        >>> strip_designator("Province of Aceh")
        'Aceh'
    """
    lower = name.lower().rstrip(_APOSTROPHES)
    if lower.rpartition(" ")[2] not in _WORDS and " of " not in lower:
        return None
    for word in _AFTER:
        if lower.endswith(f" {word}") and len(lower) > len(word) + 1:
            return name[: len(lower) - len(word) - 1]
    for words in _BEFORE:
        if lower.startswith(words) and len(lower) > len(words):
            return name[len(words) :]
    return None


def is_designator(word: str) -> bool:
    """Say whether a word in small letters may end the name of an area."""
    return word in _WORDS
