"""Which of GeoNames' alternate names English news may print; others only cost space and make false candidates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from allegedly.geo.spelling import fold_name

SHORTEST: Final = 3  # letters: "Ko" and "Ba" are other tongues' short forms of anything
_CODE_LENGTH: Final = 3  # airport codes: "IEV"
# Dumps list these among the names of towns.
_TONGUE = re.compile(r"(?i)english|hindi|arabic|russian|ukrainian|french|german|spanish|urdu|bengali|turkish")
_STRANGE: Final = frozenset("()[]{}<>|*+=_#0123456789\t\n\r\0")


def useful_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """
    Give the alternate names of a place that are worth keeping, sorted.

    Args:
        name: The name shown; what equals it in form is left out.
        names: All alternates, of any language and script.
    """
    seen = {fold_name(name)}
    kept = []
    for other in sorted(names):
        key = fold_name(other)
        if key not in seen and len(key) >= SHORTEST and is_printable_name(other):
            seen.add(key)
            kept.append(other)
    return tuple(kept)


def is_printable_name(name: str) -> bool:
    """
    Say whether English news might print a name: capitalised, in Latin letters, no code, no name of a language.

    Example:
        >>> [is_printable_name(name) for name in ("Kharkov", "KHV", "ha er ke fu", "Харків", "hindi")]
        [True, False, False, False, False]
    """
    if not name or name[0].islower() or (name.isupper() and len(name) <= _CODE_LENGTH) or _TONGUE.fullmatch(name):
        return False
    return all(_is_latin(character) for character in name)


def _is_latin(character: str) -> bool:
    if character.isascii() or not character.isalpha():
        return character not in _STRANGE
    return unicodedata.name(character, "").startswith("LATIN") or unicodedata.category(character) == "Lm"
