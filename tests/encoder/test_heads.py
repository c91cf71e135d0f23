"""Decisions from scores: Viterbi against trying everything, spans there and back, buckets, means."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.heads import (
    DISTANCE_BUCKETS,
    FORBIDDEN,
    LINK_BUCKETS,
    SEQUENCES_AT_ONCE,
    bio_labels,
    bio_transitions,
    distance_bucket,
    link_bucket,
    segment_means,
    sigmoid,
    softmax,
    spans_of,
    viterbi,
)

SEEDS = st.integers(0, 2**32 - 1)


def total(emissions: Any, labels: tuple[int, ...], transitions: Any) -> float:
    """Add up the scores of one label sequence; a stretch may not begin inside a span."""
    start = FORBIDDEN if labels[0] and labels[0] % 2 == 0 else 0
    steps = sum(float(transitions[a, b]) for a, b in pairwise(labels))
    return start + steps + sum(float(emissions[k, label]) for k, label in enumerate(labels))


def whole_numbers(rng: np.random.Generator, *shape: int) -> Any:
    """Draw scores whose sums are exact in float32."""
    return rng.integers(-20, 20, shape).astype(np.float32)


def stretches(sizes: list[int], gap: int = 1) -> tuple[Any, Any]:
    """Lay stretches of some sizes behind one another, some tokens apart."""
    ends = np.cumsum(np.array(sizes, np.int64) + gap)
    return ends - np.array(sizes, np.int64), ends


@given(seed=SEEDS, sizes=st.lists(st.integers(0, 4), min_size=1, max_size=4), learnt=st.booleans())
@pytest.mark.parametrize("labels", [3, 5])
def test_viterbi_finds_the_best(labels: int, seed: int, sizes: list[int], *, learnt: bool) -> None:
    """No label sequence of a stretch scores more than the one found, with forbidden and with learnt transitions."""
    rng = np.random.default_rng(seed)
    transitions = bio_transitions(whole_numbers(rng, labels, labels) if learnt else labels)
    starts, ends = stretches(sizes)
    emissions = whole_numbers(rng, int(ends[-1]) + 1, labels)
    found = viterbi(emissions, starts, ends, transitions).tolist()
    for start, end in zip(starts, ends, strict=True):
        if start < end:
            rows = emissions[start:end]
            best = max(total(rows, path, transitions) for path in product(range(labels), repeat=int(end - start)))
            assert total(rows, tuple(found[start:end]), transitions) == best


@given(seed=SEEDS)
def test_viterbi_obeys(seed: int) -> None:
    """However the scores ask for it, no span begins with I or goes on with another role."""
    rng = np.random.default_rng(seed)
    starts, ends = stretches([7, 1, 12], gap=0)
    emissions = rng.normal(size=(20, 7)).astype(np.float32)
    emissions[:, 2::2] += 50
    found = viterbi(emissions, starts, ends, bio_transitions(7)).tolist()
    for k, label in enumerate(found):
        if label and label % 2 == 0:
            assert k not in starts
            assert found[k - 1] in {label, label - 1}


@given(seed=SEEDS, sizes=st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_viterbi_takes_each_stretch_by_itself(seed: int, sizes: list[int]) -> None:
    """Stretches of unlike length decoded together are as if each were alone."""
    rng = np.random.default_rng(seed)
    transitions = bio_transitions(rng.normal(size=(7, 7)).astype(np.float32))
    starts, ends = stretches(sizes)
    emissions = rng.normal(size=(int(ends[-1]) + 1, 7)).astype(np.float32)
    together = viterbi(emissions, starts, ends, transitions)
    for k in range(len(sizes)):
        alone = viterbi(emissions, starts[k : k + 1], ends[k : k + 1], transitions)
        assert together[starts[k] : ends[k]].tolist() == alone[starts[k] : ends[k]].tolist()


def test_viterbi_takes_many_stretches() -> None:
    """More stretches than run at once are decoded like few, in whatever order they are named."""
    rng = np.random.default_rng(7)
    starts, ends = stretches(rng.integers(0, 12, 3 * SEQUENCES_AT_ONCE + 5).tolist(), gap=0)
    emissions = rng.normal(size=(int(ends[-1]), 5)).astype(np.float32)
    transitions = bio_transitions(5)
    order = rng.permutation(len(starts))
    few = sum(viterbi(emissions, starts[k : k + 9], ends[k : k + 9], transitions) for k in range(0, len(starts), 9))
    assert viterbi(emissions, starts[order], ends[order], transitions).tolist() == few.tolist()


def test_viterbi_leaves_the_rest_alone() -> None:
    """Tokens outside all stretches are O."""
    emissions = np.full((6, 3), [-5, 5, 5], np.float32)
    found = viterbi(emissions, np.array([1, 4]), np.array([3, 5]), bio_transitions(3))
    assert np.flatnonzero(found == 0).tolist() == [0, 3, 5]


def test_viterbi_of_nothing() -> None:
    """No tokens give no labels."""
    nothing = np.zeros(0, np.int64)
    assert viterbi(np.zeros((0, 3), np.float32), nothing, nothing, bio_transitions(3)).tolist() == []


@pytest.mark.parametrize("labels", [3, 7, 9])
def test_what_is_forbidden(labels: int) -> None:
    """I may follow B and I of its own role, and everything else may follow anything."""
    allowed = bio_transitions(labels) > FORBIDDEN / 2
    expected = [[b == 0 or b % 2 == 1 or a in {b, b - 1} for b in range(labels)] for a in range(labels)]
    assert allowed.tolist() == expected


def test_what_is_learnt_is_kept() -> None:
    """Learnt scores stand wherever a step is allowed, and the array handed in is not touched."""
    learnt = np.arange(25, dtype=np.float32).reshape(5, 5)
    made = bio_transitions(learnt)
    assert np.unique(made[made != learnt]).tolist() == [FORBIDDEN]
    assert learnt.ravel().tolist() == list(range(25))


def lay_out(spans: list[tuple[int, int, int]], sizes: list[int]) -> tuple[list[int], list[list[int]], list[int]]:
    """Lay (gap, role, length) triples out over stretches: labels, expected spans, first tokens of stretches."""
    labels: list[int] = []
    expected: list[list[int]] = []
    starts = [0]
    for k, (gap, role, length) in enumerate(spans):
        labels += [0] * gap + [1 + 2 * role] + [2 + 2 * role] * (length - 1)
        expected.append([role, len(labels) - length, len(labels) - 1])
        if k in sizes:
            starts.append(len(labels))
    return labels, expected, starts


_TRIPLES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 4)), max_size=12)


@given(spans=_TRIPLES, borders=st.lists(st.integers(0, 11), max_size=4))
def test_spans_there_and_back(spans: list[tuple[int, int, int]], borders: list[int]) -> None:
    """Spans written as labels are read off again, those that touch and those at borders too."""
    labels, expected, starts = lay_out(spans, borders)
    assert spans_of(np.array(labels, np.int64), np.array(starts)).tolist() == expected


@pytest.mark.parametrize(
    ("labels", "starts", "expected"),
    [
        ([1, 2, 1, 2], [0], [[0, 0, 1], [0, 2, 3]]),
        ([1, 3, 1], [0], [[0, 0, 0], [1, 1, 1], [0, 2, 2]]),
        ([1, 2, 2, 2], [0, 2], [[0, 0, 1], [0, 2, 3]]),
        ([0, 2, 2], [0], [[0, 1, 2]]),
        ([1, 4, 4], [0], [[0, 0, 0], [1, 1, 2]]),
        ([2, 4, 0, 2], [0], [[0, 0, 0], [1, 1, 1], [0, 3, 3]]),
        ([1, 2], [0, 2], [[0, 0, 1]]),
        ([0, 0], [0], []),
        ([], [], []),
    ],
)
def test_spans_of_odd_labels(labels: list[int], starts: list[int], expected: list[list[int]]) -> None:
    """Spans end at borders and at other roles; an I without a B begins one."""
    assert spans_of(np.array(labels, np.int64), np.array(starts, np.int64)).tolist() == expected


GAPS = np.arange(-3000, 3001)


def test_link_buckets_are_in_range() -> None:
    """Every gap has a bucket, and no bucket is out of reach."""
    assert set(link_bucket(GAPS).tolist()) <= set(range(LINK_BUCKETS))
    assert {0, LINK_BUCKETS // 2 - 1, LINK_BUCKETS // 2, LINK_BUCKETS - 1} <= set(link_bucket(GAPS).tolist())


def test_no_gap_is_the_first_bucket() -> None:
    """A cue that begins where its child begins is in bucket 0."""
    assert link_bucket(np.array([0, -1, 1])).tolist() == [0, 0, LINK_BUCKETS // 2]


@pytest.mark.parametrize("sign", [-1, 1])
def test_link_buckets_grow(sign: int) -> None:
    """Of two gaps on one side, the wider is not in a lower bucket."""
    assert (np.diff(link_bucket(sign * np.arange(1, 3000))) >= 0).all()


def test_link_buckets_have_two_like_halves() -> None:
    """A gap to the right is in the same place of its half as one to the left."""
    gaps = np.arange(1, 3000)
    assert (link_bucket(gaps) - link_bucket(-gaps) == LINK_BUCKETS // 2).all()


def test_link_buckets_keep_the_shape() -> None:
    """Buckets come in the shape of the gaps."""
    assert link_bucket(GAPS[:6000].reshape(20, 300)).shape == (20, 300)


def test_distance_buckets_are_in_range() -> None:
    """Every token has a bucket."""
    buckets = distance_bucket(GAPS, 0, 3)
    assert (int(buckets.min()), int(buckets.max()) < DISTANCE_BUCKETS) == (0, True)


def test_distance_inside_is_nothing() -> None:
    """Tokens of the trigger are in bucket 0."""
    assert distance_bucket(np.arange(10), 4, 6)[4:7].tolist() == [0, 0, 0]


def test_near_distances_are_exact() -> None:
    """Up to twelve tokens, left and right, each distance has its own bucket."""
    buckets = distance_bucket(np.arange(40), 20, 21).tolist()
    assert (buckets[8:20], buckets[22:34]) == (list(range(12, 0, -1)), [32 + k for k in range(1, 13)])


@pytest.mark.parametrize("side", [-1, 1])
def test_distance_buckets_grow(side: int) -> None:
    """Of two tokens on one side, the farther is not in a lower bucket."""
    assert (np.diff(distance_bucket(side * np.arange(1, 3000), 0, 0)) >= 0).all()


def test_distance_buckets_have_two_like_halves() -> None:
    """A token to the right is in the same place of its half as one to the left."""
    far = np.arange(1, 3000)
    assert (distance_bucket(far, 0, 0) - distance_bucket(-far, 0, 0) == DISTANCE_BUCKETS // 2).all()


def test_each_token_has_its_own_trigger() -> None:
    """Triggers may be given token by token."""
    many = distance_bucket(np.array([5, 5, 5]), np.array([5, 7, 1]), np.array([6, 9, 2]))
    assert many.tolist() == [0, 2, 35]


_SEGMENTS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 4)), max_size=10)


@given(seed=SEEDS, segments=_SEGMENTS)
def test_means_of_segments(seed: int, segments: list[tuple[int, int]]) -> None:
    """Each segment's rows are averaged, wherever the segments lie."""
    rows = np.random.default_rng(seed).normal(size=(20, 3)).astype(np.float32)
    firsts = np.array([first for first, _ in segments], np.int64)
    lasts = firsts + np.array([more for _, more in segments], np.int64)
    expected = [rows[a : z + 1].mean(0) for a, z in zip(firsts, lasts, strict=True)]
    found = segment_means(rows, firsts, lasts)
    assert (found.shape, found.dtype) == ((len(segments), 3), np.float32)
    np.testing.assert_allclose(found, np.array(expected, np.float32).reshape(-1, 3), rtol=1e-4, atol=1e-5)


_SCORES = st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=6)


@given(scores=_SCORES)
def test_softmax_gives_probabilities(scores: list[float]) -> None:
    """Probabilities add up to one and keep the order of the scores."""
    found = softmax(np.array([scores], np.float32))[0]
    assert abs(float(found.sum()) - 1) < 1e-5
    assert found[int(np.argmax(scores))] == found.max()


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (-1e9, 0.0), (1e9, 1.0)])
def test_sigmoid(score: float, expected: float) -> None:
    """Log-odds of any size give a probability."""
    assert abs(float(sigmoid(np.array(score, np.float32))) - expected) < 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_bio_labels_are_those_of_viterbi(seed: int) -> None:
    """Where only the form counts, decoding what is malformed gives what decoding everything gives."""
    rng = np.random.default_rng(seed)
    emissions = rng.normal(size=(80, 7)).astype(np.float32)
    starts = np.array([0, 11, 12, 40], np.int64)
    ends = np.array([11, 12, 40, 80], np.int64)
    expected = viterbi(emissions, starts, ends, bio_transitions(7))
    assert bio_labels(emissions, starts, ends).tolist() == expected.tolist()
