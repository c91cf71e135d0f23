"""
Numbers: what the words of a quantity allow, as low, best and high.

"At least 12" is 12 or more and no best figure; "dozens" is none of the three:
policies that turn vague words into figures are named and applied later, never
here (product rule 6). English words, digits of any script, thousands parted by
comma, point, apostrophe or a thin space, lakh and crore grouping included.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

from allegedly.records.codes import Qualifier
from allegedly.records.span import Span
from allegedly.text.bounds import bound_after, bound_before

_SMALL: Final = {
    word: value
    for value, word in enumerate([
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ])
} | {"pair": 2, "both": 2, "no": 0, "none": 0, "nobody": 0, "nil": 0}  # fmt: skip
_TENS: Final = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        strict=True,
    )
}
_SCALES: Final = {
    "dozen": 12, "score": 20, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "mln": 10**6, "mn": 10**6,
    "crore": 10**7, "billion": 10**9, "bn": 10**9, "bln": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_LETTERS: Final = {"k": 10**3, "m": 10**6, "b": 10**9}  # only where they touch the digits: "$12m", not "12 m"
_FRACTIONS: Final = {"half": 0.5, "quarter": 0.25}
_ARTICLES: Final = frozenset(("a", "an"))
_SINGLE: Final = frozenset(("a", "an", "another"))
_VAGUE: Final = frozenset([
    "several", "few", "many", "numerous", "countless", "multiple", "various", "dozens", "scores",
    "hundreds", "thousands", "tens", "millions", "billions", "couple", "handful", "most", "majority",
    "lots", "masses", "plenty", "unknown", "unspecified", "number", "numbers",
])  # fmt: skip
_PARTS: Final = frozenset(["quarters", "thirds", "fifths", "tenths"])
_COMPARED: Final = frozenset(["more", "fewer", "less", "greater", "higher"])
_MILLION: Final = 10**6

_THIN = "\u066c\u2009\u202f\u00a0 "
_TOKEN = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[,'’{_THIN}]\d{{2,3}})*[,'’{_THIN}]\d{{3}}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:\.\d+)?)|(?P<fraction>[¼½¾⅓⅔])|(?P<word>[^\W\d_]+)|(?P<hyphen>[-–])"
)
_ORDINAL = frozenset(("st", "nd", "rd", "th", "s"))
_NOT_DIGITS = re.compile(r"[^\d.]")
_MONEY = re.compile(r"[$€£¥₴₽]|\b(?:dollars?|euros?|pounds?|hryvnias?|rou?bles?|yuan|yen|rupees?)\b", re.IGNORECASE)
_RANGE_OPENS = re.compile(r"(?<!\w)(?:between|from)\s+(?:US|A|C)?[$€£¥₴₽]?$", re.IGNORECASE)
_RANGE_SIGN = re.compile(r"\s?[-–—]\s?(?:US)?[$€£¥₴₽]?|\s+(?:to|or)\s+(?:US)?[$€£¥₴₽]?", re.IGNORECASE)
_RANGE_AND = re.compile(r"\s+(?:and|to)\s+(?:US)?[$€£¥₴₽]?", re.IGNORECASE)
_REACH = 40  # code points: the other half of a range is shorter


class NumberReading(NamedTuple):
    """
    What the words of a quantity allow; None where they say nothing.

    Args:
        low: Smallest value.
        best: The value, if the words state one.
        high: Largest value.
        qualifier: How the words bound it.
    """

    low: float | None
    best: float | None
    high: float | None
    qualifier: Qualifier


class _Token(NamedTuple):
    """A piece of a quantity that may be part of a number."""

    start: int
    end: int
    kind: str
    words: str


class _Number(NamedTuple):
    """A number found in words; ``scale`` is what its last word multiplies by ("two million": 10**6)."""

    start: int
    end: int
    value: float
    scale: int


def read_number(words: str, *, qualifier: Qualifier | None = None) -> NumberReading:
    """
    Say what the words of one quantity allow.

    Of several numbers the first counts, unless they form a range. Words that
    state a bound of their own overrule ``qualifier``. A bound on whole things
    leaves out the number itself ("more than 30" begins at 31); one on money,
    fractions or millions does not, since nobody counts to the next unit there.

    Args:
        words: The quantity as printed, with or without its noun.
        qualifier: Bound known from elsewhere (:func:`qualifier_of`, the encoder's head).

    Example:
        >>> read_number("more than 30")
        NumberReading(low=31, best=None, high=None, qualifier='more_than')
    """
    tokens = _tokens(words)
    numbers = _find_numbers(tokens, limit=2)
    if not numbers or _is_vague(tokens, numbers[0].start):
        return NumberReading(None, None, None, "vague")
    first = numbers[0]
    if len(numbers) > 1 and _are_range(words, first, numbers[1]):
        return _range(first, numbers[1])
    own = bound_before(words, first.start) or bound_after(words, first.end)
    if own is None and qualifier in {None, "range", "vague"}:
        return _bounded(first.value, "exact", step=1)
    coarse = first.scale >= _MILLION or first.value % 1 != 0 or _MONEY.search(words) is not None
    return _bounded(first.value, own[0] if own else qualifier or "exact", step=0 if coarse else 1)


def qualifier_of(text: str, span: Span) -> tuple[Qualifier, Span]:
    """
    Say how the words left and right of a number bound it, and give the words with their bound.

    What is counted is not looked at: "over 12 villages" may mean the air above them.

    Offsets: ``span`` and the span returned index ``text``; the latter contains the former.

    Example:
        >>> text = "killing at least 12 people"
        >>> qualifier, wide = qualifier_of(text, Span(17, 19))
        >>> qualifier, wide.of(text)
        ('at_least', 'at least 12')
    """
    own = read_number(span.of(text)).qualifier
    if own != "exact":
        return own, span
    if wide := _widen_to_range(text, span):
        return "range", wide
    if before := bound_before(text, span.start):
        return before[0], Span(before[1], span.end)
    if after := bound_after(text, span.end):
        return after[0], Span(span.start, after[1])
    return "exact", span


def _bounded(value: float, qualifier: Qualifier, *, step: int) -> NumberReading:
    """Spread one value over low, best and high; ``step`` parts it from the next value that counts."""
    if qualifier == "at_least":
        return NumberReading(_whole(value), None, None, qualifier)
    if qualifier == "more_than":
        return NumberReading(_whole(value + step), None, None, qualifier)
    if qualifier == "up_to":
        return NumberReading(None, None, _whole(value), qualifier)
    if qualifier == "fewer_than":
        return NumberReading(None, None, _whole(max(0, value - step)), qualifier)
    if qualifier == "about":
        return NumberReading(None, _whole(value), None, qualifier)
    return NumberReading(_whole(value), _whole(value), _whole(value), qualifier)


def _whole(value: float) -> float:
    """Give an int where nothing is lost, so that JSON shows 12 and not 12.0."""
    rounded = round(float(value), 6)
    return int(rounded) if rounded.is_integer() else rounded


def _is_vague(tokens: list[_Token], position: int) -> bool:
    """Say whether a vague word governs the number at ``position``: "several hundred", "a couple of dozen"."""
    before = [token.words for token in tokens if token.kind == "word" and token.start < position]
    nearest = [word for word in before if word not in {"of", "a", "other", "more"}][-1:]
    return any(word in _VAGUE for word in nearest) and not (nearest == ["most"] and "at" in before)


# ------------------------------------------------------------------------------------------------------------- ranges


def _are_range(words: str, first: _Number, second: _Number) -> bool:
    """Say whether two numbers that follow each other are the ends of a range."""
    between = words[first.end : second.start]
    opened = _RANGE_OPENS.search(words[: first.start]) is not None
    joined = _RANGE_SIGN.fullmatch(between) or (opened and _RANGE_AND.fullmatch(between))
    return joined is not None and joined is not False and _ends(first, second)[0] < second.value


def _range(first: _Number, second: _Number) -> NumberReading:
    """Read a range; it has no best value."""
    low, high = _ends(first, second)
    return NumberReading(_whole(low), None, _whole(high), "range")


def _ends(first: _Number, second: _Number) -> tuple[float, float]:
    """Give both ends; "10 to 15 million" shares its last word."""
    shared = first.scale == 1 < second.scale and first.value < second.value / second.scale
    return first.value * (second.scale if shared else 1), second.value


def _widen_to_range(text: str, span: Span) -> Span | None:
    """Find the other end of a range whose one end is ``span``: "between 20 [and 30]"."""
    begin, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    numbers = _find_numbers(_tokens(text[begin:end]), limit=40)
    for first, second in pairwise(numbers):
        inside = any(begin + number.start < span.end and span.start < begin + number.end for number in (first, second))
        if inside and _are_range(text[begin:end], first, second):
            opening = _RANGE_OPENS.search(text[begin : begin + first.start])
            start = opening.start() if opening else first.start
            return Span(min(span.start, begin + start), max(span.end, begin + second.end))
    return None


# ------------------------------------------------------------------------------------------------------------ parsing


def _tokens(words: str) -> list[_Token]:
    """Cut words into digits, words and hyphens; everything else is left out."""
    return [
        _Token(match.start(), match.end(), match.lastgroup or "", match.group().lower())
        for match in _TOKEN.finditer(words)
    ]


def _find_numbers(tokens: list[_Token], *, limit: int) -> list[_Number]:
    """Find up to ``limit`` numbers; an article counts as one only where there is nothing else."""
    found: list[_Number] = []
    place = 0
    while place < len(tokens) and len(found) < limit:
        number, after = _number_at(tokens, place)
        if number is not None:
            found.append(number)
        place = max(after, place + 1)
    if not found and not any(token.words in _VAGUE for token in tokens):
        words = [token.words for token in tokens]
        one = 0 if words[:3] == ["not", "a", "single"] else 1
        found = [_Number(token.start, token.end, one, 1) for token in tokens if token.words in _SINGLE][:1]
    return found


def _number_at(tokens: list[_Token], place: int) -> tuple[_Number | None, int]:
    """Read the number that begins at a token: terms of falling size ("two million three hundred thousand")."""
    total, scale, after = 0.0, 1, place
    smallest = float("inf")
    while True:
        term = _term(tokens, _skip(tokens, after, "and") if scale > 1 else after)
        if term is None or term[0] >= smallest or (total and _touches_digits(tokens, after)):
            break
        value, scale, after = term
        total, smallest = total + value, scale
        if scale == 1:
            break
    if after == place:
        return None, place
    return _Number(tokens[place].start, tokens[after - 1].end, total, scale), after


def _touches_digits(tokens: list[_Token], place: int) -> bool:
    """Say whether the next term is in digits; "two thousand 12" are two numbers."""
    return place < len(tokens) and tokens[place].kind == "digits"


def _term(tokens: list[_Token], place: int) -> tuple[float, int, int] | None:
    """Read mantissa and scale ("two and a half million"); give value, scale and the token after."""
    fraction = _FRACTIONS.get(_word(tokens, _skip(tokens, place, *_ARTICLES)))
    if fraction is not None:
        after = _skip(tokens, place, *_ARTICLES) + 1
        scale, end = _scale(tokens, _skip(tokens, after, "-", "–", "of", *_ARTICLES))
        return (fraction * scale, scale, end) if scale > 1 else None
    small = _mantissa(tokens, place)
    if small is None:
        return None
    value, hundred, after = small
    scale, after = _scale(tokens, after)
    value *= scale
    if scale > 1 and _word(tokens, after) == "and" and (half := _and_a_fraction(tokens, after)):
        return value + half[0] * scale, scale, half[1]
    return value, scale * hundred, after


def _mantissa(tokens: list[_Token], place: int) -> tuple[float, int, int] | None:
    """Read what stands before a scale; give value, 100 if it ends in "hundred" (else 1), and the token after."""
    first = _below_hundred(tokens, place)
    if first is None:
        if _word(tokens, place) in _ARTICLES and _word(tokens, place + 1) in {"pair", "hundred", *_SCALES}:
            first = (2, place + 2) if _word(tokens, place + 1) == "pair" else (1, place + 1)
        elif _word(tokens, place) in {"hundred", *_SCALES}:
            first = (1, place)
        else:
            return None
    value, after = first
    hundred = _skip(tokens, after, "-", "–")
    if _word(tokens, hundred) == "hundred":
        rest = _below_hundred(tokens, _skip(tokens, hundred + 1, "and"), words_only=True)
        return (value * 100 + rest[0], 1, rest[1]) if rest else (value * 100, 100, hundred + 1)
    return value, 1, after


def _below_hundred(tokens: list[_Token], place: int, *, words_only: bool = False) -> tuple[float, int] | None:
    """Read digits or a number word below a hundred, with its decimals or its half."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    after = place + 1
    if token.kind in {"digits", "fraction"} and not words_only:
        if after < len(tokens) and tokens[after].start == token.end and tokens[after].words in _ORDINAL:
            return None
        value = _digits(token)
        if after < len(tokens) and tokens[after].kind == "fraction":
            value, after = value + _digits(tokens[after]), after + 1
    elif token.words in _TENS:
        value = _TENS[token.words]
        unit = _SMALL.get(_word(tokens, _skip(tokens, after, "-", "–")), 0)
        if 0 < unit < 10:
            value, after = value + unit, _skip(tokens, after, "-", "–") + 1
    elif token.words in _SMALL and _word(tokens, after) not in _COMPARED:  # "no more than 7" is not "no"
        value = _SMALL[token.words]
    else:
        return None
    if _word(tokens, _skip(tokens, after, "-", "–")) in _PARTS:
        return None
    return _with_decimals(tokens, value, after)


def _with_decimals(tokens: list[_Token], value: float, place: int) -> tuple[float, int]:
    """Add what "point five" or "and a half" add to a value."""
    point = _skip(tokens, place, "-", "–")
    digit = _SMALL.get(_word(tokens, _skip(tokens, point + 1, "-", "–")))
    if _word(tokens, point) == "point" and digit is not None and digit < 10:
        return value + digit / 10, _skip(tokens, point + 1, "-", "–") + 1
    if half := _and_a_fraction(tokens, place):
        return value + half[0], half[1]
    return value, place


def _and_a_fraction(tokens: list[_Token], place: int) -> tuple[float, int] | None:
    """Read "and a half", but not the "and a half" of "two and half the city"."""
    words = [_word(tokens, place + step) for step in range(3)]
    if words[0] == "and" and words[1] in _ARTICLES and words[2] in _FRACTIONS:
        return _FRACTIONS[words[2]], place + 3
    return None


def _scale(tokens: list[_Token], place: int) -> tuple[int, int]:
    """Read scale words ("hundred thousand", "mn", the k that touches its digits); 1 if there is none."""
    scale = 1
    while True:
        word = _skip(tokens, place, "-", "–")
        touching = 0 < word < len(tokens) and tokens[word].start == tokens[word - 1].end
        factor = _SCALES.get(_word(tokens, word)) or (_LETTERS.get(_word(tokens, word)) if touching else None)
        if factor is None or (_word(tokens, word) in _LETTERS and tokens[word - 1].kind == "hyphen"):
            return scale, place
        scale, place = scale * factor, word + 1


def _digits(token: _Token) -> float:
    """Give the value of digits of any script, or of a fraction sign."""
    if token.kind == "fraction":
        return unicodedata.numeric(token.words)
    pointed = token.words.count(".") > 1
    return float(_NOT_DIGITS.sub("", token.words.replace(".", "") if pointed else token.words))


def _word(tokens: list[_Token], place: int) -> str:
    """Give the word at a place, or nothing past the end."""
    return tokens[place].words if place < len(tokens) and tokens[place].kind == "word" else ""


def _skip(tokens: list[_Token], place: int, *words: str) -> int:
    """Step over any of ``words``."""
    while place < len(tokens) and tokens[place].words in words:
        place += 1
    return place
