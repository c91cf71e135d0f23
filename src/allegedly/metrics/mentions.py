"""
Mentions against gold: typed phrases that may nest, and flat names.

- ``mention``: the same words and the same type; ``span``: the same words, whatever the type.
- ``head``: heads that touch and the same type; ``head_only``: heads that touch.
- ``name``: a name with the same words and the same type, as in CoNLL-2003.

Each typed measure also stands per type ("mention person"), and adds up to
the same sums. Heads are compared as the scorer of CorefUD does (Nedoluzhko et
al. 2022): a long phrase cut a word too short is still the same phrase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from allegedly.metrics.spans import Score, Scores

Pair = tuple[int, int]  # [start, end) in code points of the text


class TypedSpan(NamedTuple):
    """
    A name with its type.

    Args:
        start: First code point.
        end: Code point after the last.
        type: What it names.
    """

    start: int
    end: int
    type: str


class TypedMention(NamedTuple):
    """
    A phrase with its head word and its type.

    Args:
        span: The whole phrase.
        head: Its head word.
        type: What kind of thing it is.
    """

    span: Pair
    head: Pair
    type: str = ""


def score_mentions(gold: Sequence[TypedMention], predicted: Sequence[TypedMention]) -> Scores:
    """
    Score the mentions of one document, nested ones included.

    A phrase given twice with one type counts once.

    Offsets: all spans index the document's text.

    Example:
        >>> found = [TypedMention((0, 9), (4, 9), "ORG")]
        >>> gold = [TypedMention((0, 15), (4, 9), "ORG")]
        >>> scores = score_mentions(gold, found)
        >>> scores["mention"].f1, scores["head ORG"].f1
        (0.0, 100.0)
    """
    ours, theirs = list(dict.fromkeys(gold)), list(dict.fromkeys(predicted))
    pairs = match_heads(ours, theirs)
    heads = [ours[i].type for i, k in pairs if ours[i].type == theirs[k].type]
    spans = [{mention.span for mention in side} for side in (ours, theirs)]
    scores = {
        "span": Score(len(spans[0] & spans[1]), len(spans[0]), len(spans[1])),
        "head_only": Score(len(pairs), len(ours), len(theirs)),
    }
    scores |= _by_type("head", heads, [m.type for m in ours], [m.type for m in theirs])
    return scores | _score_typed(
        "mention",
        {(mention.span, mention.type) for mention in ours},
        {(mention.span, mention.type) for mention in theirs},
    )


def score_names(
    gold: Iterable[TypedSpan], predicted: Iterable[TypedSpan], *, types: Mapping[str, str] | None = None
) -> Scores:
    """
    Score the names of one document: exact words and type.

    Args:
        gold: Names, in the gold's own types.
        predicted: Names found.
        types: Gold type of each type that the system gives; names of other types are dropped. None maps nothing.

    Offsets: all spans index the document's text.

    Example:
        >>> score_names([TypedSpan(0, 4, "LOC")], [TypedSpan(0, 4, "GPE")], types={"GPE": "LOC"})["name"].f1
        100.0
    """
    found = ((name, name.type if types is None else types.get(name.type)) for name in predicted)
    kept = {((name.start, name.end), kind) for name, kind in found if kind is not None}
    return _score_typed("name", {((name.start, name.end), name.type) for name in gold}, kept)


def match_heads(gold: Sequence[TypedMention], predicted: Sequence[TypedMention]) -> list[tuple[int, int]]:
    """
    Pair mentions one to one whose heads touch; types are not looked at.

    Where several share a head ("Orr", "Orr and Taal"), equal phrases are
    paired first, then those that have most in common.

    Returns:
        Places of the mentions in ``gold`` and in ``predicted``, in order of ``gold``.
    """
    at: dict[int, list[int]] = {}
    for k, mention in enumerate(predicted):
        for place in range(*mention.head):
            at.setdefault(place, []).append(k)
    candidates = [
        (_unlike(mention, predicted[k]), i, k)
        for i, mention in enumerate(gold)
        for k in {k for place in range(*mention.head) for k in at.get(place, ())}
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, k in sorted(candidates):
        if i not in used_gold and k not in used_predicted:
            used_gold.add(i)
            used_predicted.add(k)
            pairs.append((i, k))
    return sorted(pairs)


def _unlike(one: TypedMention, other: TypedMention) -> tuple[float, float]:
    """Give how little two phrases have in common, then how little their heads have: 0 for equal ones."""
    return (1 - _common(one.span, other.span), 1 - _common(one.head, other.head))


def _common(one: Pair, other: Pair) -> float:
    """Give intersection over union of two spans."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


def _score_typed(measure: str, gold: Collection[tuple[Pair, str]], predicted: Collection[tuple[Pair, str]]) -> Scores:
    """Count equal spans of equal type, in all and per type."""
    hits = [kind for _, kind in set(gold) & set(predicted)]
    return _by_type(measure, hits, [kind for _, kind in gold], [kind for _, kind in predicted])


def _by_type(measure: str, hits: Iterable[str], gold: Iterable[str], predicted: Iterable[str]) -> Scores:
    """Count in all and per type; each side is a list of types."""
    right, ours, theirs = Counter(hits), Counter(gold), Counter(predicted)
    scores = {measure: Score(right.total(), ours.total(), theirs.total())}
    for kind in sorted(ours.keys() | theirs.keys()):
        scores[f"{measure} {kind}"] = Score(right[kind], ours[kind], theirs[kind])
    return scores
