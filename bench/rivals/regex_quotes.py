"""Direct quotations by patterns alone: a quotation, a word of saying beside it, a name beside that."""

from __future__ import annotations

import re

from allegedly.text.quotes import pair_quotes
from bench.systems import Attributions, System

CUES = "said|says|told reporters|added|wrote|tweeted|asked|warned|insisted|argued|claimed|announced|declared|replied"
_CAPITAL = r"[A-Z][\w'’-]*(?:\.(?= [A-Z]))?"
_NAME = rf"(?:[Tt]he |[Aa] )?(?:{_CAPITAL}|[a-z]+man|officials?|ministry|army)(?: (?:of |the )?{_CAPITAL}){{0,4}}"
_PRONOUN = r"[Hh]e|[Ss]he|[Tt]hey"
_AFTER = re.compile(
    rf",?\s*(?:(?P<s1>{_PRONOUN}|{_NAME})\s+(?P<c1>{CUES})\b|(?P<c2>{CUES})\s+(?P<s2>{_PRONOUN}|{_NAME}))"
)
_BEFORE = re.compile(rf"(?P<s1>{_PRONOUN}|{_NAME})\s+(?P<c1>{CUES})(?:\s+(?:that|on \w+|in a \w+))?[,:]?\s*$")
_REACH = 120
_SHORTEST = 12  # code points; shorter ones are scare quotes and titles


def load() -> System:
    """Give the rival."""
    return System("regex quotations", "this repository", attributions=extract, note="direct quotations only")


def extract(text: str) -> Attributions:
    """Find quotations with a speaker right beside them."""
    found: Attributions = []
    for pair in pair_quotes(text):
        if pair.depth or len(pair.span) < _SHORTEST:
            continue
        left = max(0, pair.span.start - _REACH)
        match = _AFTER.match(text, pair.span.end) or _BEFORE.search(text[left : pair.span.start])
        if match is None:
            continue
        shift = 0 if match.re is _AFTER else left
        role = "1" if match["c1"] else "2"
        source, cue = match.span(f"s{role}"), match.span(f"c{role}")
        found.append(
            {
                "source": [[source[0] + shift, source[1] + shift]],
                "cue": [[cue[0] + shift, cue[1] + shift]],
                "content": [[pair.span.start, pair.span.end]],
            }
        )
    return found
