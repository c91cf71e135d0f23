"""
Quotation marks: which open, which close, which are none at all.

The marks are read from left to right with a stack, one paragraph after the
other. Three families never close each other: double (straight, curly, low,
doubled single ones of scrapers), single, and guillemets. An apostrophe, an
elision ('90s) and an inch sign are no marks. What the shape of a mark leaves
open (a straight mark between two blanks) is decided by what is open.

Paragraphs follow the printers' rule: a quotation that runs over several opens
each of them and closes only the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from allegedly.records.span import Span
from allegedly.text.paragraphs import split_paragraphs

OUTSIDE: Final = 0
INSIDE: Final = 1
MARK: Final = 2

_MARK = re.compile(r"``|''|\"\"(?=\w)|(?<=[\w.,!?])\"\"|‘‘|’’|´´|,,(?=\w)|[\"“”„‟＂«»‘’‚‛'‹›`]")
_ELISION = re.compile(r"['’‘](?:[nN](?=['’](?!\w))|\d0s\b|(?:em|tis|twas|til|twere|neath|tween)\b)", re.IGNORECASE)
_ELIDED_N_END = re.compile(r"(?<=['’]n)['’](?!\w)", re.IGNORECASE)
_FEET_INCHES = re.compile(r"(?<=\d)\s?['’′]\s?\d{1,2}(?:\.\d)?\s?(?:[\"”″]|''|’’)")
_OPENING = frozenset("([{<-–—/:…=|>¿¡\u200f\u200e\u202b\u202a\u2067\u2066")
_STOPS = frozenset(".,;:!?)]}—–-")
_BEFORE_PARAGRAPH = re.compile(r"(?:[•●▪■◦‣·*–—-]\s*)?")

_FAMILY: Final = {"«": "guillemet", "»": "guillemet", "‹": "small guillemet", "›": "small guillemet"} | dict.fromkeys(
    "‘’‚‛'`", "single"
)
_OPENS: Final = frozenset(("``", "‘‘", ",,", "“", "„", "‟", "«", "‘", "‚", "‛", "‹", "`"))
_CLOSES: Final = frozenset(("”", "»", "’", "’’", "´´", "›"))
_TURNABLE: Final = frozenset("“«‹")  # the closing marks of „…“ and »…«
_REVERSIBLE: Final = frozenset("«‹")
_REVERSED: Final = frozenset("»›")


@dataclass(frozen=True, slots=True)
class QuotePair:
    """
    A quotation; made by :func:`pair_quotes`, immutable.

    Args:
        span: Marks included; begins without one where a paragraph goes on with a quotation and does not reopen it.
        inner: What stands between the marks, white space trimmed; None if nothing does.
        depth: 0 outermost, 1 inside another, and so on.
        closed: False where the closing mark is missing; the end of the paragraph stands in for it.
        continues: True if it resumes a quotation left open in the paragraph before.
    """

    span: Span
    inner: Span | None
    depth: int
    closed: bool
    continues: bool


class _Sign(NamedTuple):
    """One possible mark and what its neighbours allow."""

    start: int
    end: int
    words: str
    family: str
    opens: bool
    closes: bool
    possessive: bool


class _Open(NamedTuple):
    """A mark waiting for its partner; ``end == start`` if a paragraph goes on without a mark."""

    start: int
    end: int
    words: str
    family: str
    continues: bool


def pair_quotes(text: str) -> tuple[QuotePair, ...]:
    """
    Pair the quotation marks of ``text``; whether a quotation has a speaker is not asked.

    Linear in the length of the text. Single marks need a partner in their
    paragraph, since most lone ones are apostrophes; all others are taken to run
    to the end of the paragraph where the partner is missing.

    Offsets: code points of ``text``, ordered by start; pairs nest and never cross.

    Example:
        >>> text = "'Rebels' offer' refused"
        >>> [pair.span.of(text) for pair in pair_quotes(text)]
        ["'Rebels' offer'"]
    """
    return _scan(text)[0]


def quote_states(text: str) -> bytearray:
    """
    Say of each code point whether it stands outside (0), inside a quotation (1) or is a quotation mark (2).

    Marks without a partner are marks all the same; apostrophes are not.

    Example:
        >>> list(quote_states('a "b"'))
        [0, 0, 2, 1, 2]
    """
    pairs, marks = _scan(text)
    states = bytearray(len(text))
    for pair in pairs:
        if pair.depth == 0:
            states[pair.span.start : pair.span.end] = b"\x01" * len(pair.span)
    for start, end in marks:
        states[start:end] = b"\x02" * (end - start)
    return states


def _scan(text: str) -> tuple[tuple[QuotePair, ...], list[tuple[int, int]]]:
    """Read all paragraphs, handing an unclosed quotation on to the next."""
    pairs: list[QuotePair] = []
    marks: list[tuple[int, int]] = []
    carried = ""
    paragraphs = split_paragraphs(text) if _MARK.search(text) else ()
    following = [_first_family(text, paragraph) for paragraph in paragraphs[1:]] + [""]
    for paragraph, next_family in zip(paragraphs, following, strict=False):
        reader = _Paragraph(text, paragraph, carried, next_family)
        reader.read()
        pairs.extend(_with_depth(reader.pairs))
        marks.extend(reader.marks.items())
        carried = reader.left_open
    return tuple(pairs), marks


def _first_family(text: str, paragraph: Span) -> str:
    """Give the family of the opening mark that a paragraph begins with, or nothing."""
    start = _BEFORE_PARAGRAPH.match(text, paragraph.start, paragraph.end)
    mark = _MARK.match(text, start.end() if start else paragraph.start, paragraph.end)
    if mark is None or _ELISION.match(text, mark.start(), paragraph.end):
        return ""
    return _FAMILY.get(mark.group(), "double") if mark.end() < paragraph.end else ""


class _Paragraph:
    """The marks of one paragraph, read from left to right; made by :func:`_scan`."""

    def __init__(self, text: str, span: Span, carried: str, next_family: str) -> None:
        self.text = text
        self.span = span
        self.next_family = next_family
        self.pairs: list[QuotePair] = []
        self.marks: dict[int, int] = {}
        self.left_open = ""
        self._stack: list[_Open] = []
        self._signs = list(_signs(text, span))
        self._outlook = _look_ahead(self._signs)
        self._reopen(carried)

    def read(self) -> None:
        """Decide on each mark, then end what is still open with the paragraph."""
        after_opening = -1  # end of an opening mark that touches the next mark
        for index, found in enumerate(self._signs):
            sign = found
            if found.start == after_opening and found.words != '"':
                sign = found._replace(opens=found.words not in _CLOSES or found.opens, closes=False)
            opened = self._decide(index, sign)
            after_opening = sign.end if opened else -1
        self._finish()

    def _reopen(self, carried: str) -> None:
        """Go on with the quotation of the paragraph before where only its closing mark stands in this one."""
        first = next((sign for sign in self._signs if sign.family == carried), None)
        if carried and carried != "single" and first and first.closes and not first.opens:
            self._stack.append(_Open(self.span.start, self.span.start, "", carried, continues=True))
        self._carried = carried

    def _decide(self, index: int, sign: _Sign) -> bool:
        """Take a mark as opening (True), closing, stray or none (False)."""
        place = self._open_place(sign.family)
        if place is not None and self._ends(index, sign, place):
            self._close(place, sign)
            return False
        if self._begins(index, sign, place):
            self._open(sign, place, nested=self._outlook[index].closings > self._outlook[index].openings + 1)
            return True
        if sign.family != "single":
            self.marks[sign.start] = sign.end
        return False

    def _open_place(self, family: str) -> int | None:
        """Find the innermost open mark of a family on the stack."""
        # the stack is as deep as quotations nest, yet hostile text may nest without end: look at the top few only
        for place in range(len(self._stack) - 1, max(-1, len(self._stack) - 9), -1):
            if self._stack[place].family == family:
                return place
        return None

    def _ends(self, index: int, sign: _Sign, place: int) -> bool:
        """Say whether a mark closes the open one at ``place``."""
        if not sign.closes:
            return False
        if sign.family == "single" and sign.possessive:
            return not self._outlook[index].better_closing
        if sign.words in _REVERSIBLE:
            return self._stack[place].words in _REVERSED
        return True

    def _begins(self, index: int, sign: _Sign, place: int | None) -> bool:
        """Say whether a mark opens a quotation."""
        if not sign.opens or (sign.closes and place is not None and sign.words not in _OPENS):
            return False
        return sign.family != "single" or self._has_partner(index, sign)

    def _has_partner(self, index: int, sign: _Sign) -> bool:
        """Say whether a single mark finds a closing one, or opens a paragraph as the next one is opened."""
        carried_on = sign.words == "‘" and self._at_start(sign.start) and self.next_family == "single"
        return self._outlook[index].closings > 0 or carried_on

    def _at_start(self, position: int) -> bool:
        """Say whether nothing but a bullet stands before ``position`` in the paragraph."""
        bullet = _BEFORE_PARAGRAPH.match(self.text, self.span.start, self.span.end)
        return position <= (bullet.end() if bullet else self.span.start)

    def _open(self, sign: _Sign, place: int | None, *, nested: bool) -> None:
        """Push a mark; an open one of the same family that cannot also be closed ends before it."""
        # a block of straight marks with curly ones inside: two styles nest
        if place is not None and not nested and (self._stack[place].words == '"') == (sign.words == '"'):
            self._end_open(place, sign.start)
        continues = not self._stack and self._carried == sign.family and self._at_start(sign.start)
        self._stack.append(_Open(sign.start, sign.end, sign.words, sign.family, continues))
        self.marks[sign.start] = sign.end

    def _close(self, place: int, sign: _Sign) -> None:
        """Pair a closing mark with the open one at ``place``; what is open inside it ends before the mark."""
        self._end_open(place + 1, sign.start)
        opened = self._stack.pop()
        self.marks[sign.start] = sign.end
        self._add(opened, sign.start, sign.end, closed=True)

    def _end_open(self, place: int, position: int) -> None:
        """End all open marks from ``place`` on, without a closing mark, at ``position``."""
        while len(self._stack) > place:
            self._add(self._stack.pop(), position, position, closed=False)

    def _add(self, opened: _Open, inner_end: int, end: int, *, closed: bool) -> None:
        """Record a quotation; a single mark that found no partner is dropped as an apostrophe."""
        if not closed and opened.family == "single" and not (end == self.span.end and self.next_family == "single"):
            del self.marks[opened.start]
            return
        inner = _trim(self.text, opened.end, inner_end)
        if not closed:
            end = inner.end if inner else opened.end
        if opened.start < end:
            self.pairs.append(QuotePair(Span(opened.start, end), inner, 0, closed, opened.continues))

    def _finish(self) -> None:
        """End what is open with the paragraph and remember the outermost for the next one."""
        if self._stack:
            self.left_open = self._stack[0].family
        self._end_open(0, self.span.end)


def _with_depth(pairs: list[QuotePair]) -> list[QuotePair]:
    """Sort pairs by start and say how deep each one nests."""
    ends: list[int] = []
    found: list[QuotePair] = []
    for pair in sorted(pairs, key=lambda pair: (pair.span.start, -pair.span.end)):
        while ends and ends[-1] <= pair.span.start:
            ends.pop()
        found.append(replace(pair, depth=len(ends)) if ends else pair)
        ends.append(pair.span.end)
    return found


class _Outlook(NamedTuple):
    """What follows a mark in its paragraph, counted in its own family."""

    openings: int
    closings: int
    better_closing: bool  # before the next opening mark stands a closing one that can be no possessive


def _look_ahead(signs: list[_Sign]) -> list[_Outlook]:
    """Count, for each mark, the sure opening and closing marks of its family that follow."""
    found: list[_Outlook] = []
    totals: dict[str, _Outlook] = {}
    for sign in reversed(signs):
        after = totals.get(sign.family, _Outlook(0, 0, better_closing=False))
        found.append(after)
        if sign.opens and not sign.closes:
            after = after._replace(openings=after.openings + 1, better_closing=False)
        elif sign.closes and not sign.opens:
            better = after.better_closing or not sign.possessive
            after = after._replace(closings=after.closings + 1, better_closing=better)
        totals[sign.family] = after
    found.reverse()
    return found


def _signs(text: str, paragraph: Span) -> list[_Sign]:
    """Find what may be a quotation mark in a paragraph, apostrophes and inch signs left out."""
    skipped = {m.end() - 1 for m in _FEET_INCHES.finditer(text, paragraph.start, paragraph.end)}
    skipped |= {m.start() for m in _ELIDED_N_END.finditer(text, paragraph.start, paragraph.end)}
    signs: list[_Sign] = []
    double_open = False
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        if match.end() - 1 in skipped or _ELISION.match(text, match.start(), paragraph.end):
            continue
        sign = _shape(text, paragraph, match)
        if sign is None or (sign.words == '"' and _is_inch(text, sign, double_open=double_open)):
            continue
        if sign.family == "double":
            double_open = (sign.opens and not sign.closes) or (sign.opens == sign.closes and not double_open)
        signs.append(sign)
    return signs


def _is_inch(text: str, sign: _Sign, *, double_open: bool) -> bool:
    """Say whether a straight mark measures inches: a digit before it and nothing to close."""
    return not double_open and sign.start > 0 and text[sign.start - 1].isdigit() and not sign.opens


def _shape(text: str, paragraph: Span, match: re.Match[str]) -> _Sign | None:
    """Judge a mark by its neighbours; None for an apostrophe."""
    start, end = match.span()
    words = match.group()
    left = text[start - 1] if start > paragraph.start else " "
    right = text[end] if end < paragraph.end else " "
    open_left = left.isspace() or left in _OPENING or left in "\"“„«‘'`‹‟‚"
    # a dash or a full stop after a mark says nothing when a blank stands before it: '"We " - and'
    free_right = not right.isspace() and (right not in _STOPS or text[end : end + 2] == "..")
    family = _FAMILY.get(words, "double")
    if family == "single":
        return _single_shape(text, paragraph, _Sign(start, end, words, family, open_left and free_right, False, False))
    opens, closes = open_left and free_right, not left.isspace() and (not open_left or left in "…-–—/>")
    if words in _OPENS and words not in _TURNABLE:
        return _Sign(start, end, words, family, True, False, False)
    if words in _CLOSES:
        return _Sign(start, end, words, family, opens and words in "”»›", True, False)
    if not opens and not closes:
        return _Sign(start, end, words, family, True, True, False)
    if right.isalnum() and not left.isalnum():
        opens = True  # a blank is missing: 'said,"We'
    if words in _TURNABLE and opens:
        closes = False
    return _Sign(start, end, words, family, opens, closes, False)


def _single_shape(text: str, paragraph: Span, sign: _Sign) -> _Sign | None:
    """Judge a single mark; the one between two word characters is an apostrophe."""
    left = text[sign.start - 1] if sign.start > paragraph.start else " "
    right = text[sign.end] if sign.end < paragraph.end else " "
    if left.isalnum() and right.isalnum():
        return None
    opens = sign.opens and sign.words not in _CLOSES
    closes = sign.words not in _OPENS and not left.isspace() and not right.isalnum()
    closes = closes and not (opens and (left in _OPENING or left in '"“„«‘'))
    possessive = closes and left in "sSxXzZ" and right == " " and text[sign.end + 1 : sign.end + 2].isalnum()
    return _Sign(sign.start, sign.end, sign.words, sign.family, opens, closes, possessive) if opens or closes else None


def _trim(text: str, start: int, end: int) -> Span | None:
    """Cut white space off both ends; None if nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if left < right else None
