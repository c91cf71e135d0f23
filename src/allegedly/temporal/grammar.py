"""
The finder: time expressions of English news text by one compiled grammar.

A cheap expression first finds where a word of time stands; only the words
around those places are given to the grammar, which is one large alternation of
the rules in ``resources/temporal/rules.tsv``. What looks like a time but is
none ("the Sunday Times", "Theresa May") is thrown out in
:mod:`allegedly.temporal.traps`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from allegedly.records.codes import TimexType
from allegedly.records.span import Span
from allegedly.temporal.expression import (
    Expression,
    Kind,
    Length,
    Meaning,
    Offset,
    Point,
    Recurrence,
    Reference,
)
from allegedly.temporal.pieces import Rule, cue, expand, load_pieces, load_rules, without_names
from allegedly.temporal.reading import read_groups
from allegedly.temporal.traps import Place, is_trap, trim_zone

_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_BEFORE: Final = 56  # code points before a word of time in which an expression may begin
_AFTER: Final = 64  # and after it, in which it may end
_JOIN: Final = re.compile(r"(?:,? on|,)?\s(?:the\s)?|\s?\(", re.IGNORECASE)
_AT: Final = re.compile(r"(?:,? at|,|,? around|,? about|,? by)?\s", re.IGNORECASE)

_LONGEST_LINK: Final = 12
_LINK: Final = re.compile(r"\s?[-–—]\s?|\s(?:to|until|till|through)\s(?:the\s)?", re.IGNORECASE)
_LINK_AND: Final = re.compile(r"\s(?:and|to)\s(?:the\s)?", re.IGNORECASE)
_OPENS: Final = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)


class _Compiled(NamedTuple):
    """The grammar, ready to run."""

    trigger: re.Pattern[str]
    grammar: re.Pattern[str]
    rules: dict[str, tuple[Rule, re.Pattern[str]]]


@lru_cache(maxsize=1)
def _compile() -> _Compiled:
    """Compile the tables, once."""
    rules = load_rules()
    whole = "|".join(f"(?P<r{number}>{without_names(expand(rule.pattern))})" for number, rule in enumerate(rules))
    named = {f"r{number}": (rule, re.compile(expand(rule.pattern))) for number, rule in enumerate(rules)}
    trigger = rf"(?<![a-z])(?:{cue('trigger').pattern}|{load_pieces()['holiday']})"
    return _Compiled(re.compile(trigger), re.compile(rf"(?<!\w)(?:(?<![a-z]-)|(?=\d))(?:{whole})"), named)


def find_times(text: str) -> list[Expression]:
    """
    Find the time expressions of a text, in order, none overlapping.

    Nothing is known of the document and no date is given: what an expression
    means on the calendar is for :func:`allegedly.temporal.resolve.resolve_times`.

    Offsets: spans index ``text``.

    Example:
        >>> [found.span.of("They left on Friday.") for found in find_times("They left on Friday.")]
        ['Friday']
    """
    low = _lower(text)
    found: list[Expression] = []
    compiled = _compile()
    for start, end in _windows(compiled.trigger, low):
        for match in compiled.grammar.finditer(low, start, end):
            found += _read(text, low, match, compiled)
    return _pair(text, list(_join(text, found)))


def _lower(text: str) -> str:
    """Give the text in small letters, every code point in its place."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_LOWER)


def _windows(trigger: re.Pattern[str], low: str) -> Iterator[tuple[int, int]]:
    """Give the stretches around words of time, joined where they touch, that begin and end between words."""
    begin = end = -1
    for match in trigger.finditer(low):
        start = max(0, match.start() - _BEFORE)
        if start > end:
            if end > 0:
                yield begin, _to_blank(low, end)
            begin = _after_blank(low, start)
        end = match.end() + _AFTER
    if end > 0:
        yield begin, _to_blank(low, end)


def _after_blank(low: str, place: int) -> int:
    """Give the place after the next blank, so that a window does not begin inside a word."""
    if place == 0:
        return 0
    blank = low.find(" ", place, place + _BEFORE)
    return blank + 1 if blank >= 0 else place


def _to_blank(low: str, place: int) -> int:
    """Give the next place at which a word ends."""
    if place >= len(low):
        return len(low)
    blank = low.find(" ", place, place + _AFTER)
    return blank if blank >= 0 else place


def _read(text: str, low: str, match: re.Match[str], compiled: _Compiled) -> Iterator[Expression]:
    """Read what the grammar matched, unless it is a trap."""
    rule, pattern = compiled.rules[match.lastgroup or ""]
    own = pattern.match(low, match.start(), match.endpos)
    if own is None or is_trap(Place(text, low, own), rule.id):
        return
    groups = {name: words for name, words in own.groupdict().items() if words}
    groups["words"] = own[0]
    start, end = own.span()
    if rule.reader == "clock":
        end = trim_zone(Place(text, low, own))
        groups = groups if end == own.end() else {"clock": groups["clock"]}
    reading = read_groups(rule.reader, groups)
    if isinstance(reading, list):
        joined = Span(start, end)
        for k, (name, meaning) in enumerate(reading):
            left = start if k == 0 else own.start(name)
            right = end if k == len(reading) - 1 else own.end(name)
            yield _expression(Span(left, right), rule, meaning, joined)
    elif reading is not None:
        yield _expression(_trimmed(text, start, end), rule, reading, None)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Give a span without blanks at its ends."""
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _expression(span: Span, rule: Rule, meaning: Meaning, joined: Span | None) -> Expression:
    type_, kind = _type_of(meaning, rule)
    return Expression(span, type_, "interval" if joined else kind, rule.id, meaning, joined)


def _type_of(meaning: Meaning, rule: Rule) -> tuple[TimexType, Kind]:
    """Give type and kind of a meaning; the rule's where the meaning leaves them open."""
    if isinstance(meaning, Recurrence):
        return "SET", "set"
    if isinstance(meaning, Length):
        return "DURATION", "duration"
    if isinstance(meaning, Reference):
        return rule.type if rule.type == "TIME" else "DATE", "reference"
    if isinstance(meaning, Point | Offset) and meaning.time:
        return "TIME", rule.kind
    if isinstance(meaning, Point) and rule.kind == "explicit" and meaning.year is None:
        return "DATE", "underspecified"
    return "DATE" if rule.type == "TIME" and isinstance(meaning, Point | Offset) else rule.type, rule.kind


def _join(text: str, found: list[Expression]) -> Iterator[Expression]:
    """Join a clock time and the day that it belongs to: "10 p.m. on Wednesday", "Friday at noon"."""
    place = 0
    while place < len(found):
        one = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        both = None if other is None else _both(text, one, other)
        yield one if both is None else both
        place += 1 if both is None else 2


def _both(text: str, one: Expression, other: Expression) -> Expression | None:
    """Give one expression for a time and its day; None if they do not belong together."""
    between = text[one.span.end : other.span.start]
    if len(between) > 10 or one.joined or other.joined:
        return None
    if _is_clock(one) and _JOIN.fullmatch(between):
        time, day = one, other
    elif _is_clock(other) and _AT.fullmatch(between):
        time, day = other, one
    else:
        return None
    if not isinstance(time.meaning, Point) or not isinstance(day.meaning, Point | Offset):
        return None
    if day.meaning.unit != "day" or day.meaning.time or (isinstance(day.meaning, Point) and _no_day(day.meaning)):
        return None
    meaning = replace(day.meaning, time=time.meaning.time)
    return replace(day, span=Span(one.span.start, other.span.end), type="TIME", meaning=meaning)


def _pair(text: str, found: list[Expression]) -> list[Expression]:
    """Mark dates that are the two ends of a range: "from Monday to Wednesday", "between April and June"."""
    paired = list(found)
    for k, (one, other) in enumerate(pairwise(found)):
        between = text[one.span.end : other.span.start]
        if len(between) > _LONGEST_LINK or one.joined or other.joined or not (_is_date(one) and _is_date(other)):
            continue
        opened = _OPENS.search(text, max(0, one.span.start - _LONGEST_LINK), one.span.start)
        if _LINK.fullmatch(between) or (opened and _LINK_AND.fullmatch(between)):
            joined = Span(one.span.start, other.span.end)
            paired[k] = replace(one, kind="interval", joined=joined)
            paired[k + 1] = replace(other, kind="interval", joined=joined)
    return paired


def _is_date(expression: Expression) -> bool:
    """Say whether an expression has a place on the calendar of its own."""
    return isinstance(expression.meaning, Point | Offset)


def _is_clock(expression: Expression) -> bool:
    """Say whether an expression is a time of day without its day."""
    return isinstance(expression.meaning, Point) and bool(expression.meaning.time) and _no_day(expression.meaning)


def _no_day(point: Point) -> bool:
    """Say whether nothing of a point says which day it is."""
    return not point.day and point.weekday is None
