"""
Attributions against gold, by token: spans of each role, and whole triples.

Tokens are runs of word characters or single other signs; a span is the set of
tokens it touches, gaps left out. Per role:

- ``token``: tokens in any span of the role.
- ``exact``: whole spans, discontinuous ones in one piece; ``fragment_exact``: contiguous pieces.
- ``exact_np``: whole spans without punctuation at their edges.
- ``overlap``: spans that share a token with one of the other side.

Attributions are paired one to one by the sum of their overlaps, if their cues
share a token, or, where the gold has no cue, if their contents do
(``attribution_detected``). Of the pairs:

- ``cue+source``: at least half of the sources is common, or neither has one; ``cue+content`` likewise.
- ``triple_lenient``: both.
- ``triple_exact``, ``triple_exact_np``: all three roles are the same, without pairing.

Same definitions and figures as PolNeAR's scorer in the project's shared bench.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from allegedly.metrics.spans import Places, RawSpans, Score, Scores, add_scores

Row = Mapping[str, Any]  # an attribution in JSON: "source", "cue", "content" are lists of [start, end]

ROLES: Final = ("source", "cue", "content")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_BARE_CUES = frozenset((":", "-", "—", "–"))
_HALF = 0.5


class _Triple(NamedTuple):
    """One attribution as sets of tokens."""

    source: Places
    cue: Places
    content: Places


class _Tokens:
    """The tokens of one text."""

    def __init__(self, text: str) -> None:
        matches = list(_TOKEN.finditer(text))
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.is_word = [match.group()[0].isalnum() for match in matches]

    def of(self, spans: RawSpans) -> Places:
        """Give the tokens that spans touch."""
        found: set[int] = set()
        for start, end in spans:
            first = max(bisect_right(self.starts, start) - 1, 0)
            if first < len(self.ends) and self.ends[first] <= start:
                first += 1
            while first < len(self.starts) and self.starts[first] < end:
                found.add(first)
                first += 1
        return frozenset(found)

    def trim(self, places: Places) -> Places:
        """Cut punctuation off both ends."""
        words = [place for place in places if self.is_word[place]]
        return frozenset(place for place in places if words and min(words) <= place <= max(words))


def score_attributions(documents: Iterable[tuple[str, Sequence[Row], Sequence[Row]]]) -> Scores:
    """
    Score predicted attributions against gold ones; stance and nesting are not looked at.

    Args:
        documents: For each document its text, gold attributions and predicted ones, as in a ledger's JSON.

    Offsets: spans index the document's text.

    Example:
        >>> row = {"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 12]]}
        >>> score_attributions([("He said: yes", [row], [row])])["triple_exact"].f1
        100.0
    """
    return add_scores(_score_document(*document) for document in documents)


def speech_attributions(text: str, attributions: Sequence[Row], cue_words: Collection[str]) -> list[Row]:
    """
    Keep the attributions of statements: a cue with one of ``cue_words`` in it, or a bare colon or dash.

    Offsets: spans index ``text``.
    """
    kept: list[Row] = []
    for attribution in attributions:
        cue = " ".join(text[start:end] for start, end in attribution["cue"]).lower()
        if cue.strip() in _BARE_CUES or not set(_WORD.findall(cue)).isdisjoint(cue_words):
            kept.append(attribution)
    return kept


def _score_document(text: str, gold: Sequence[Row], predicted: Sequence[Row]) -> Scores:
    """Score one document on all measures."""
    tokens = _Tokens(text)
    ours = [_Triple(*(tokens.of(row[role]) for role in ROLES)) for row in gold]
    theirs = [_Triple(*(tokens.of(row[role]) for role in ROLES)) for row in predicted]
    scores: Scores = {}
    for place, role in enumerate(ROLES):
        spans = {triple[place] for triple in ours} - {frozenset()}
        found = {triple[place] for triple in theirs} - {frozenset()}
        scores |= {f"{measure}_{role}": score for measure, score in _score_role(tokens, spans, found).items()}
    return scores | _score_triples(tokens, ours, theirs)


def _score_role(tokens: _Tokens, gold: set[Places], predicted: set[Places]) -> Scores:
    """Score the spans of one role, whoever they belong to."""
    trimmed = (
        {tokens.trim(span) for span in gold} - {frozenset()},
        {tokens.trim(span) for span in predicted} - {frozenset()},
    )
    return {
        "token": _common(set().union(*gold), set().union(*predicted)),
        "fragment_exact": _common(_fragments(gold), _fragments(predicted)),
        "exact": _common(gold, predicted),
        "exact_np": _common(*trimmed),
        "overlap": Score(
            hits=sum(any(span & other for other in gold) for span in predicted),
            gold=len(gold),
            predicted=len(predicted),
            covered=sum(any(span & other for other in predicted) for span in gold),
        ),
    }


def _common(gold: set[Any], predicted: set[Any]) -> Score:
    """Count what two sets have in common."""
    return Score(len(gold & predicted), len(gold), len(predicted))


def _fragments(spans: Iterable[Places]) -> set[tuple[int, int]]:
    """Cut spans into contiguous runs of tokens."""
    found: set[tuple[int, int]] = set()
    for span in spans:
        for _, run in groupby(enumerate(sorted(span)), key=lambda item: item[1] - item[0]):
            places = [place for _, place in run]
            found.add((places[0], places[-1] + 1))
    return found


def _score_triples(tokens: _Tokens, gold: list[_Triple], predicted: list[_Triple]) -> Scores:
    """Score whole attributions: paired ones leniently, equal ones exactly."""
    pairs = _pair(gold, predicted)
    sources = [_alike(gold[i].source, predicted[k].source) for i, k in pairs]
    contents = [_alike(gold[i].content, predicted[k].content) for i, k in pairs]
    hits = {
        "triple_exact": _equal(gold, predicted),
        "triple_exact_np": _equal([_trim(tokens, t) for t in gold], [_trim(tokens, t) for t in predicted]),
        "attribution_detected": len(pairs),
        "triple_lenient": sum(source and content for source, content in zip(sources, contents, strict=True)),
        "cue+source": sum(sources),
        "cue+content": sum(contents),
    }
    return {measure: Score(count, len(gold), len(predicted)) for measure, count in hits.items()}


def _trim(tokens: _Tokens, triple: _Triple) -> _Triple:
    """Cut punctuation off the ends of each role."""
    return _Triple(*(tokens.trim(span) for span in triple))


def _equal(gold: list[_Triple], predicted: list[_Triple]) -> int:
    """Count equal triples, repeated ones as often as both sides have them."""
    return (Counter(gold) & Counter(predicted)).total()


def _alike(one: Places, other: Places) -> bool:
    """Say whether at least half is common, or both are missing."""
    return _overlap(one, other) >= _HALF


def _overlap(one: Places, other: Places) -> float:
    """Give intersection over union; two missing spans agree."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _pair(gold: list[_Triple], predicted: list[_Triple]) -> list[tuple[int, int]]:
    """Pair attributions one to one, the most alike first, earlier ones before later ones."""
    candidates: list[tuple[float, int, int]] = []
    for i, one in enumerate(gold):
        for k, other in enumerate(predicted):
            if one.cue & other.cue or (not one.cue and one.content & other.content):
                alike = sum(_overlap(getattr(one, role), getattr(other, role)) for role in ("cue", "content", "source"))
                candidates.append((-alike, i, k))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, k in sorted(candidates):
        if i not in used_gold and k not in used_predicted:
            used_gold.add(i)
            used_predicted.add(k)
            pairs.append((i, k))
    return pairs
