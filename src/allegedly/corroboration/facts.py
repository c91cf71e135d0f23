"""
What a report is about, as far as words tell without reading it: names, numbers, days, other telling words.

Two formulaic reports of one agency (daily figures of drones shot down, say) are
alike word for word and about other events; a correction differs in a figure and
is about the same. The facts tell them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from allegedly.actors.names import loosen
from allegedly.corroboration.words import Words, fold_word

_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_NUMBERS: Final = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
    if value > 1  # "one" is mostly no number
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "dozen": "12"}
_PLAIN: Final = frozenset(
    """a about after against all also an and are as at be been before being between but by can could did do down during
    for from had has have he her him his how if in into is it its just more most near new no not now of off on one only
    or other our out over own said say says she since so some still such than that the their them then there these they
    this those through to told under until up was we were what when where which while who will with would you your
    according added agency among another around because called close day days early earlier first group groups including
    last late later least local made many may men monday news officials official people per percent reported report
    reporters reports second several state statement three time two week weeks wounded killed year years yesterday today
    """.split()
)
_STEM: Final = 6  # letters


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What a document is about; made by :func:`find_facts`, immutable.

    Args:
        names: Words that stand with a capital inside a sentence, loosened so that transliterations agree.
        numbers: Numbers up to four digits that are no years.
        days: Names of days and months.
        topics: Other telling words, cut to their beginnings.
    """

    names: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    topics: frozenset[str]


def find_facts(text: str, words: Words, *, but: frozenset[str] = frozenset()) -> Facts:
    """
    Find what a document is about.

    Args:
        text: The document's text.
        words: Its words.
        but: Words that say nothing here, made comparable.
    """
    names, numbers, days, topics = set(), set(), set(), set()
    for key, span in zip(words.keys, words.spans, strict=True):
        raw = text[span.start : span.end]
        if key in but:
            continue
        if key in _DAYS:
            days.add(key[:3])
        elif number := _number(key):
            numbers.add(number)
        elif raw[0].isupper() and not _begins_sentence(text, span.start):
            names.add(_loose(key))
        elif key not in _PLAIN and len(key) > 2:
            topics.add(key[:_STEM])
    return Facts(frozenset(names), frozenset(numbers), frozenset(days), frozenset(topics))


def _number(key: str) -> str:
    """Give a number that may be a figure of an event; empty for years, other long ones, and other words."""
    if key.isdecimal():
        value = int(key)
        return "" if 1900 <= value <= 2100 or len(key) > 4 else str(value)
    return _NUMBERS.get(key, "")


def _begins_sentence(text: str, start: int) -> bool:
    """Say whether a capital may be due to the place: nothing before it, or a stop, a line end, an opening mark."""
    return re.search(r"(?:^|[.!?:\n\r]|[“\"«(])\s*$", text[max(0, start - 3) : start]) is not None


@lru_cache(maxsize=50_000)
def _loose(key: str) -> str:
    return loosen(fold_word(key)).removesuffix("s")


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Give how much of the smaller set the larger one has, 0 to 1; 1 where one is empty."""
    least = min(len(left), len(right))
    return len(left & right) / least if least else 1.0


def are_other_events(left: Facts, right: Facts) -> bool:
    """Say whether two texts alike are about other events: they differ in at least two of names, numbers and days."""
    different = (
        share(left.names, right.names) < 0.8,
        share(left.numbers, right.numbers) < 0.5,
        share(left.days, right.days) < 0.5,
    )
    return sum(different) >= 2


def likeness(left: Facts, right: Facts) -> float:
    """Give how much of the shorter document's facts the other has, names and numbers counted twice, 0 to 1."""
    weights = ((2, "names"), (2, "numbers"), (1, "days"), (1, "topics"))
    both = sum(weight * len(getattr(left, name) & getattr(right, name)) for weight, name in weights)
    sizes = [sum(weight * len(getattr(side, name)) for weight, name in weights) for side in (left, right)]
    return both / max(1, min(sizes))
