"""
What turns scores into decisions: constrained Viterbi, spans, distances in buckets, means over spans.

Plain numpy without matrix products; all documents' stretches go through one
call. The training code uses the same buckets. Nothing here knows documents.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LINK_BUCKETS = 24
DISTANCE_BUCKETS = 64
SPAN_REACH = 60  # tokens between the head of a mention and the edges of its phrase that have a bucket of their own
FORBIDDEN = np.float32(-1e4)
SEQUENCES_AT_ONCE = 64


def softmax(scores: Floats) -> Floats:
    """Turn the last axis into probabilities."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = powers / powers.sum(-1, keepdims=True)
    return out


def sigmoid(scores: Floats) -> Floats:
    """Turn log-odds into probabilities."""
    return (1 / (1 + np.exp(-np.clip(scores, -60, 60)))).astype(np.float32)


def bio_transitions(learnt: Floats | int) -> Floats:
    """
    Forbid I after anything but B or I of its own role.

    Labels are O, B, I, B, I …

    Args:
        learnt: Square array of learnt scores (from, to), or the number of labels for none.
    """
    scores = np.zeros((learnt, learnt), np.float32) if isinstance(learnt, int) else learnt.copy()
    for inside in range(2, len(scores), 2):
        keep = scores[[inside - 1, inside], inside].copy()
        scores[:, inside] = FORBIDDEN
        scores[[inside - 1, inside], inside] = keep
    return scores


def viterbi(emissions: Floats, starts: Ints, ends: Ints, transitions: Floats) -> Ints:
    """
    Find the best label sequence of many stretches at once.

    Args:
        emissions: float32 (tokens, labels).
        starts: First token of each stretch.
        ends: Token after the last of each stretch.
        transitions: (labels, labels) from :func:`bio_transitions`.

    Returns:
        int64 (tokens,): labels; 0 outside all stretches.
    """
    out = np.zeros(len(emissions), np.int64)
    sizes = ends - starts
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    for k in range(0, len(order), SEQUENCES_AT_ONCE):
        chosen = order[k : k + SEQUENCES_AT_ONCE]
        _viterbi_batch(emissions, starts[chosen], sizes[chosen], transitions, out)
    return out


def bio_labels(emissions: Floats, starts: Ints, ends: Ints) -> Ints:
    """
    Find the best BIO sequences where nothing but the form of BIO is asked of neighbours.

    The best label of each token is the answer wherever that is well formed; only the other stretches are decoded.

    Args:
        emissions: float32 (tokens, labels).
        starts: First token of each stretch, ascending.
        ends: Token after the last of each stretch.

    Returns:
        int64 (tokens,): labels.
    """
    labels: Ints = emissions.argmax(1)
    before = np.r_[0, labels[:-1]]
    before[starts[starts < len(labels)]] = 0
    inside = (labels > 0) & (labels % 2 == 0)
    broken = np.flatnonzero(inside & (before != labels) & (before != labels - 1))
    if len(broken):
        wrong = np.unique(np.searchsorted(starts, broken, side="right") - 1)
        transitions = bio_transitions(emissions.shape[1])
        mended = viterbi(emissions, starts[wrong], ends[wrong], transitions)
        for start, end in zip(starts[wrong].tolist(), ends[wrong].tolist(), strict=True):
            labels[start:end] = mended[start:end]
    return labels


def _viterbi_batch(emissions: Floats, starts: Ints, sizes: Ints, transitions: Floats, out: Ints) -> None:
    """Decode stretches sorted by falling size into ``out``; finished ones drop out of the front."""
    length, labels = int(sizes[0]), len(transitions)
    score = emissions[starts].copy()
    score[:, 2::2] += FORBIDDEN
    back = np.zeros((length, len(starts), labels), np.int8)
    finals = np.empty((len(starts), labels), np.float32)
    live = len(starts)
    # stretches of size t or less are finished at step t
    lives = np.searchsorted(-sizes, -np.arange(1, length + 1), side="right")
    for t in range(1, length):
        if lives[t] < live:
            finals[lives[t] : live] = score[lives[t] : live]
            live = int(lives[t])
            score = score[:live]
        moved = score[:, :, None] + transitions
        back[t, :live] = moved.argmax(1)
        score = moved.max(1) + emissions[starts[:live] + t]
    finals[:live] = score
    label = finals.argmax(1)
    rows = np.arange(len(starts))
    for t in range(length - 1, -1, -1):
        live = int(lives[t])
        out[starts[:live] + t] = label[:live]
        if t:
            label[:live] = back[t, rows[:live], label[:live]]


def spans_of(labels: Ints, starts: Ints) -> Ints:
    """
    Read spans off BIO labels.

    Args:
        labels: int64 (tokens,): O, B, I, B, I …
        starts: First token of each stretch; no span crosses one.

    Returns:
        int64 (spans, 3): role, first and last token, in order.
    """
    inside = labels > 0
    begins = labels % 2 == 1
    fresh = np.zeros(len(labels), bool)
    fresh[starts[starts < len(labels)]] = True
    before = np.r_[False, inside[:-1]] & ~fresh
    same = np.r_[False, (labels[1:] + 1) // 2 == (labels[:-1] + 1) // 2]
    first = inside & (begins | ~before | ~same)
    follows = np.r_[inside[1:] & ~first[1:], False]
    last = inside & ~follows
    firsts, lasts = np.flatnonzero(first), np.flatnonzero(last)
    return np.stack([(labels[firsts] - 1) // 2, firsts, lasts], 1)


def span_offset(heads: Ints, tokens: Ints) -> Ints:
    """
    Give token minus head of every pair, cut off at ``SPAN_REACH`` on both sides and shifted to be positive.

    Shape: (heads,) and (tokens,) give (heads, tokens).
    """
    out: Ints = np.clip(tokens[None] - heads[:, None], -SPAN_REACH, SPAN_REACH) + SPAN_REACH
    return out


def link_bucket(gap: Ints) -> Ints:
    """
    Put signed token gaps (cue minus child) into 24 buckets, logarithmic, negative ones first.

    Shape: any; the same comes back.
    """
    size = np.floor(np.log2(np.maximum(np.abs(gap), 1)) * 1.5).astype(np.int64)
    half = LINK_BUCKETS // 2
    out: Ints = np.minimum(size, half - 1) + half * (gap > 0)
    return out


def distance_bucket(tokens: Ints, first: Ints | int, last: Ints | int) -> Ints:
    """
    Put the distance of tokens to a trigger into 64 buckets: 0 inside, exact to 12, then logarithmic; right ones last.

    Args:
        tokens: Token numbers.
        first: First token of the trigger.
        last: Last token of the trigger.
    """
    gap = np.where(tokens < first, tokens - first, np.where(tokens > last, tokens - last, 0))
    size = np.abs(gap)
    far = 12 + np.floor(np.log2(np.maximum(size, 1) / 12.0) * 3).astype(np.int64)
    out: Ints = np.clip(np.where(size <= 12, size, far), 0, 30) + 32 * (gap > 0)
    return out


def segment_means(rows: Floats, firsts: Ints, lasts: Ints) -> Floats:
    """
    Average rows first..last (inclusive) of each segment.

    Shape: (tokens, width) and (segments,) twice; gives (segments, width).
    """
    sizes = lasts - firsts + 1
    index = np.repeat(firsts, sizes) + np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    if not len(firsts):
        return np.zeros((0, rows.shape[1]), np.float32)
    starts = np.cumsum(sizes) - sizes
    out: Floats = (np.add.reduceat(rows[index], starts, axis=0) / sizes[:, None]).astype(np.float32)
    return out
