"""
Paragraphs: the stretches between line breaks, list items apart, hard-wrapped lines joined.

News comes in three shapes: one paragraph to a line, paragraphs parted by empty
lines, and lines broken at a fixed width (mail, agency feeds). Only the last
needs care: there a line is continued where the next line's first word would
not have fitted. Nothing here knows sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise

from allegedly.records.span import Span

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INLINE_BULLET = re.compile(r"(?<=\s)[•●▪■◦‣](?=\s)")
_BULLET = re.compile(r"(?:[•●▪■◦‣·*–—-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s")
_FIRST_WORD = re.compile(r"\S{1,40}")

_WIDEST_WRAP = 200  # lines longer than this are paragraphs, whatever follows
_LEAST_LOWER = 0.3  # of the line starts in wrapped English about 0.8 are in lower case; in lists of headlines near 0
_SLACK = 3  # ragged right edges of feeds that count the line end differently


def split_paragraphs(text: str) -> tuple[Span, ...]:
    r"""
    Give the paragraphs of ``text``, in order, without white space at their edges.

    Sentences are not looked at; a headline on a line of its own is a paragraph.

    Offsets: code points of ``text``; spans never overlap and leave out white space only.

    Example:
        >>> text = "Truce holds\n\n- first\n- second"
        >>> [span.of(text) for span in split_paragraphs(text)]
        ['Truce holds', '- first', '- second']
    """
    paragraphs: list[Span] = []
    block: list[Span] = []
    for match in _LINE.finditer(text):
        line = _trim(text, match.start(), match.end())
        if line is None or (block and _blank_line_between(text, block[-1].end, line.start)):
            paragraphs.extend(_join_wrapped(text, block))
            block = []
        if line is not None:
            block.extend(_split_bullets(text, line))
    paragraphs.extend(_join_wrapped(text, block))
    return tuple(paragraphs)


def _trim(text: str, start: int, end: int) -> Span | None:
    """Cut white space off both ends; None if nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if left < right else None


def _blank_line_between(text: str, start: int, end: int) -> bool:
    """Say whether more than one line break stands in the white space ``text[start:end]``."""
    return len(text[start:end].strip(" \t\u00a0").replace("\r\n", "\n")) > 1


def _split_bullets(text: str, line: Span) -> list[Span]:
    """Cut a line before each round bullet inside it: "Losses: • two tanks • a truck"."""
    cuts = [line.start, *(m.start() for m in _INLINE_BULLET.finditer(text, line.start, line.end)), line.end]
    pieces = (_trim(text, start, end) for start, end in pairwise(cuts) if start < end)
    return [piece for piece in pieces if piece is not None]


def _join_wrapped(text: str, block: list[Span]) -> list[Span]:
    """Join the lines of a block that were broken at a fixed width; leave all others as they are."""
    width = max((len(line) for line in block), default=0)
    if len(block) < 2 or width > _WIDEST_WRAP:
        return block
    continuing = [_continues(text, before, line, width) for before, line in pairwise(block)]
    lower = sum(text[line.start].islower() for line, continues in zip(block[1:], continuing, strict=True) if continues)
    if lower < max(1, _LEAST_LOWER * sum(continuing)):
        return block
    joined = [block[0]]
    for line, continues in zip(block[1:], continuing, strict=True):
        if continues:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _continues(text: str, before: Span, line: Span, width: int) -> bool:
    """Say whether ``line`` goes on with ``before``: its first word would not have fitted there."""
    if _BULLET.match(text, line.start, line.end):
        return False
    word = _FIRST_WORD.match(text, line.start, line.end)
    return word is not None and len(before) + 1 + len(word.group()) > width - _SLACK
