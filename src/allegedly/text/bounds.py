"""
Bounds: the words around a number that say how far it can be trusted.

"At least 12", "12 or more", "as many as 40", "20-odd": one table of patterns,
each with the qualifier it stands for, tried in order, because "no more than"
holds "more than". What number the words mean is :mod:`allegedly.text.numbers`.
"""

from __future__ import annotations

import re
from typing import Final

from allegedly.records.codes import Qualifier

# Order matters: the first pattern that fits wins.
_BEFORE: Final[tuple[tuple[str, Qualifier], ...]] = (
    (r"(?:no|not) (?:fewer|less) than|at (?:the )?(?:very )?least|(?:a )?minimum(?: of)?|≥|>=", "at_least"),
    (r"(?:no|not) (?:more|greater|higher) than|not (?:over|exceeding)|up(?: )?to|as (?:many|much|high) as", "up_to"),
    (r"at (?:the )?(?:very )?most|(?:a )?maximum(?: of)?|capped at|≤|<=", "up_to"),
    (r"(?:more|greater|higher|larger) than|above|upwards? of|in excess of|north of|beyond|>", "more_than"),
    (r"(?<!handed )(?<!took )(?<!turned )over", "more_than"),
    (r"exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops", "more_than"),
    (r"(?:fewer|less|lower|smaller) than|under|below|short of|<", "fewer_than"),
    (r"about|around|approximately|approx\.?|roughly|nearly|almost|virtually|close to|circa|ca\.|c\.|[~≈]", "about"),
    (r"estimated(?: at)?|some|something like|in the region of|[io]n the order of|perhaps", "about"),
)
_AFTER: Final[tuple[tuple[str, Qualifier], ...]] = (
    (r",?[ -]?(?:or|and|if not) (?:even )?(?:more|above|over|higher)\b(?! than)|\+|,? and counting\b", "at_least"),
    (r",? at (?:the )?(?:very )?least\b|,? minimum\b", "at_least"),
    (r",? or (?:fewer|less|under|below)\b(?! than)|,? at (?:the )?(?:very )?most\b|,? maximum\b", "up_to"),
    (r",? or (?:so|thereabouts)\b|[- ]odd\b|-?ish\b|,? (?:more or less|approximately|roughly)\b", "about"),
)
# What may stand between bound and number: "at least another 12", "more than a total of 40", "up to US$3"
_BETWEEN = (
    r"(?:(?:an? (?:further|additional|total of|estimated)|another|an?|the|its|their|all|some|about|around)\s+)*"
    r"(?:US|A|C)?[$€£¥₴₽]?"
)


def _wrapped(pattern: str) -> str:
    """Let a line break stand for each blank of a pattern."""
    return re.sub(r" (?!\))", r"\\s+", pattern)


_PREFIXES: Final = tuple(
    # a sign may touch what stands before it, a word may not ("crossover 12")
    (re.compile(rf"(?:(?<![\w-])|(?=[≥≤<>~≈]))(?:{_wrapped(pattern)})\s*{_BETWEEN}$", re.IGNORECASE), qualifier)
    for pattern, qualifier in _BEFORE
)
_SUFFIXES: Final = tuple((re.compile(pattern, re.IGNORECASE), qualifier) for pattern, qualifier in _AFTER)
_PARAGRAPH_BREAK = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)")

_REACH = 48  # code points looked at on the left: the longest bound with what may stand between


def bound_before(text: str, position: int) -> tuple[Qualifier, int] | None:
    """
    Find the bound that ends right before the number at ``position``.

    Returns:
        Its qualifier and where it begins; None if there is none.

    Example:
        >>> bound_before("killing at least another 12", 25)
        ('at_least', 8)
    """
    begin = max(0, position - _REACH)
    left = _PARAGRAPH_BREAK.split(text[begin:position])[-1]
    for pattern, qualifier in _PREFIXES:
        if match := pattern.search(left):
            return qualifier, position - len(left) + match.start() + _blanks(match.group())
    return None


def bound_after(text: str, position: int) -> tuple[Qualifier, int] | None:
    """
    Find the bound that begins where the number ends.

    Returns:
        Its qualifier and where it ends; None if there is none.

    Example:
        >>> bound_after("12 or more", 2)
        ('at_least', 10)
    """
    for pattern, qualifier in _SUFFIXES:
        if match := pattern.match(text, position):
            return qualifier, match.end()
    return None


def _blanks(words: str) -> int:
    """Count the white space that words begin with."""
    return len(words) - len(words.lstrip())
