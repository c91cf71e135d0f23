"""Fits the ranker: two listwise softmaxes, and a logistic model of how often the choice is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allegedly.geo.candidates import Floats
from allegedly.geo.ranker import Ranker, chances_of, log_odds
from allegedly.geo.resolve import is_same
from bench.readers.places import fold_of
from training.places.examples import Example, features_of

INNER_FOLDS = 3
STEPS = 400
RATE = 0.02
DECAY = 1e-4  # of the ranker's weights
DECAY_SURE = 3.0  # of the confidence's weights, against the sum over names


def fit_ranker(examples: Sequence[Example]) -> Ranker:
    """Fit all three sets of weights; the confidence on choices for documents that the ranker has not seen."""
    first, second = fit_passes(examples)
    rows, right, weights = [], [], []
    for fold in range(INNER_FOLDS):
        held = [e for e in examples if fold_of(f"{e.document.id}/inner", INNER_FOLDS) == fold]
        seen = [e for e in examples if fold_of(f"{e.document.id}/inner", INNER_FOLDS) != fold]
        if not held or not seen:
            continue
        inner = fit_passes(seen)
        for example in held:
            for row, is_right, weight in choices(example, *inner):
                rows.append(row)
                right.append(is_right)
                weights.append(weight)
    sure = fit_logistic(np.array(rows), np.array(right), np.array(weights), decay=DECAY_SURE)
    return Ranker(first, second, sure)


def fit_passes(examples: Sequence[Example]) -> tuple[Floats, Floats]:
    first = fit_softmax(*stack(examples, [e.own for e in examples]))
    second = fit_softmax(*stack(examples, [features_of(e, first) for e in examples]))
    return first, second


def stack(examples: Sequence[Example], features: Sequence[Floats]) -> tuple[Floats, Floats, Floats, np.ndarray]:
    """Lay the cases of all documents side by side: features, right ones, weight of each case, its first row."""
    rows, right, weights, starts, size = [], [], [], [], 0
    for example, own in zip(examples, features, strict=True):
        if not len(example.pool):
            continue
        edges = [*example.pool.starts.tolist(), len(example.pool)]
        for case in example.cases:
            if case.right.any() and len(case.right) > 1:
                a, z = edges[case.group], edges[case.group + 1]
                rows.append(own[a:z])
                right.append(case.right)
                weights.append(np.sqrt(case.count) * example.weight)
                starts.append(size)
                size += z - a
    return np.concatenate(rows), np.concatenate(right), np.array(weights), np.array(starts)


def fit_softmax(rows: Floats, right: Floats, weights: Floats, starts: np.ndarray) -> Floats:
    """Maximise the chance of the right candidates together, with Adam on all cases at once: no chance involved."""
    sizes = np.diff(np.r_[starts, len(rows)])
    case = np.repeat(np.arange(len(starts)), sizes)
    share = (weights / weights.sum())[case]
    out, mean, square = (np.zeros(rows.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = rows @ out
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[case])
        chances = raised / np.add.reduceat(raised, starts)[case]
        wanted = chances * right
        wanted /= np.maximum(np.add.reduceat(wanted, starts), 1e-12)[case]
        slope = rows.T @ ((chances - wanted) * share) + DECAY * out
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        out -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return out


def choices(example: Example, first: Floats, second: Floats):
    """Give for each case the features of the choice, whether it is right, and how much it counts."""
    pool = example.pool
    if not len(pool):
        return
    features = features_of(example, first)
    chances = chances_of(pool, features @ second)
    bests = pool.bests(chances)
    starts = pool.starts.tolist()
    for case in example.cases:
        group, best = pool.groups[case.group], int(bests[case.group])
        place = group.matches[best - starts[case.group]].place
        chance = sum(
            float(chances[starts[case.group] + k])
            for k, m in enumerate(group.matches)
            if m.place is place or is_same(place, m.place)
        )
        row = np.r_[features[best], log_odds(chance), 1.0]
        yield row, bool(case.right[best - starts[case.group]]), np.sqrt(case.count) * example.weight


def fit_logistic(rows: Floats, right: np.ndarray, weights: Floats, *, decay: float) -> Floats:
    """Fit a logistic regression by Newton's method; the last column is the constant and is not decayed."""
    out = np.zeros(rows.shape[1])
    held = np.full(rows.shape[1], decay)
    held[-1] = 1e-6
    for _ in range(25):
        chances = 1 / (1 + np.exp(-(rows @ out)))
        slope = rows.T @ (weights * (chances - right)) + held * out
        bend = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + np.diag(held)
        step = np.linalg.solve(bend, slope)
        out -= step
        if np.abs(step).max() < 1e-6:
            break
    return out
