"""The edges of a content: what the guidelines cut off, and what they leave."""

from __future__ import annotations

import re

import pytest

from allegedly.annotators.attribution import trim


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“We held the line,”", "We held the line"),
        ('"Never again."', "Never again"),
        ("“Why us?”", "Why us?"),
        ("no soldiers were there “at any time”", "no soldiers were there “at any time”"),
        ("no soldiers were there “at any time,”", "no soldiers were there “at any time,”"),
        ("“a massacre” by the army.", "“a massacre” by the army"),
        (", the bridge fell", "the bridge fell"),
        ("”", "”"),
    ],
)
def test_edges(words: str, expected: str) -> None:
    """Marks and stops go, except a mark whose partner stands inside."""
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", words)]
    first, last = trim(words, 0, len(tokens) - 1, lambda k: tokens[k])
    assert words[tokens[first][0] : tokens[last][1]] == expected
