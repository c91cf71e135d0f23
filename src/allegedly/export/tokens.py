"""Cut a text into tokens so that every mark begins and ends at one: other tools cannot point into a token."""

from __future__ import annotations

import re
from collections.abc import Iterable

from allegedly.records.ledger import SpanPair

_TOKEN = re.compile(r"\w+|[^\w\s]")


def cut_tokens(text: str, bounds: Iterable[int] = ()) -> list[SpanPair]:
    """
    Give the tokens of a text: words and single signs, never a blank.

    Args:
        text: The text.
        bounds: Places where a token must end and another begin.

    Offsets: spans and bounds are code points of the text.

    Example:
        >>> cut_tokens("re-entered it", [3, 5])
        [(0, 2), (2, 3), (3, 5), (5, 10), (11, 13)]
    """
    wanted = sorted(set(bounds))
    tokens: list[SpanPair] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while at < len(wanted) and wanted[at] <= start:
            at += 1
        while at < len(wanted) and wanted[at] < end:
            tokens.append((start, wanted[at]))
            start = wanted[at]
            at += 1
        tokens.append((start, end))
    return tokens
