"""
Direction: whether the words around a bare weekday, month or day look back or ahead.

A bare weekday is the most recent one, today included, unless a plan or a
future verb turns it round (88 to 100 of 100 in news). The nearest cue on the
left within the sentence decides, then the first on the right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from allegedly.temporal.pieces import cue

_REACH: Final = 160  # code points of a sentence that are looked at on either side
_NEXT_WORDS: Final = 40
_RIGHT: Final = 70  # code points on the right in which a plan is looked for
_POSSESSIVE: Final = re.compile(r"['’]s\b")


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    """Compile the cues of both directions into one expression; a plan that came to nothing is no plan."""
    undone, ahead, back = (cue(name).pattern for name in ("undone", "ahead", "back"))
    return re.compile(rf"\b(?:{undone}|(?P<ahead>{ahead})|{back})\b")


def look_around(text: str, low: str, start: int, end: int) -> int:
    """
    Say whether the words around an expression look back (-1), ahead (1) or neither (0).

    Args:
        text: The text.
        low: The same in small letters.
        start: First code point of the expression.
        end: Code point after the last.
    """
    left = low[_sentence_start(text, start) : start]
    after = low[end : end + _NEXT_WORDS]
    if cue("then-back").match(after) or (_POSSESSIVE.match(after) and not cue("planned").match(after)):
        return -1
    if cue("left-ahead").search(left) and not cue("said").search(left[-60:]):
        return 1
    own = _last_cue(left)
    if own:
        return own
    return 1 if cue("strongly-ahead").search(low[end : min(_sentence_end(text, end), end + _RIGHT)]) else 0


def _sentence_start(text: str, place: int) -> int:
    """Give where the sentence begins, not too far away."""
    begin = max(0, place - _REACH)
    stops = [match.end() for match in cue("sentence-end").finditer(text, begin, place)]
    return stops[-1] if stops else begin


def _sentence_end(text: str, place: int) -> int:
    """Give where the sentence ends, not too far away."""
    match = cue("sentence-end").search(text, place, place + _REACH)
    return match.start() if match else min(len(text), place + _REACH)


def _last_cue(left: str) -> int:
    """Read the last cue."""
    last = 0
    for match in _cues().finditer(left):
        last = 1 if match["ahead"] else -1
    return last
