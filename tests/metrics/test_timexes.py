"""Time expressions against gold, and against the project's shared scorer."""

from __future__ import annotations

import importlib.util
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.metrics.spans import Score, add_scores
from allegedly.metrics.timexes import MEASURES, Timex, pair_timexes, score_timexes
from bench.corpora import shared_folder

GOLD = [Timex(0, 6, "DATE", "2025-06-13"), Timex(10, 20, "DURATION", "P3D")]

TIMEXES = st.lists(
    st.builds(
        lambda start, length, kind, value: Timex(start, start + length, kind, value),
        st.integers(0, 40),
        st.integers(1, 9),
        st.sampled_from(["DATE", "TIME"]),
        st.sampled_from(["2025", "P1D"]),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (GOLD, (2, 2, 2, 2)),
        ([GOLD[0]], (1, 1, 1, 1)),
        ([GOLD[0]._replace(end=5), GOLD[1]], (1, 2, 2, 2)),
        ([GOLD[0]._replace(type="TIME"), GOLD[1]._replace(value="P4D")], (2, 2, 1, 1)),
        ([Timex(6, 10, "DATE", "2025")], (0, 0, 0, 0)),
        ([], (0, 0, 0, 0)),
    ],
)
def test_words_types_and_values_are_told_apart(found: list[Timex], expected: tuple[int, ...]) -> None:
    """Each mistake costs what it should, and no more."""
    scores = score_timexes(GOLD, found)
    assert tuple(scores[measure].hits for measure in MEASURES) == expected
    assert all(score == Score(score.hits, 2, len(found)) for score in scores.values())


def test_equal_words_are_paired_before_longer_ones() -> None:
    """Of two that overlap, the equal one counts."""
    long, equal = Timex(0, 20, "DATE", "x"), GOLD[0]
    assert pair_timexes(GOLD[:1], [long, equal]) == [(equal, equal)]


@given(TIMEXES, TIMEXES)
def test_pairs_are_one_to_one(gold: list[Timex], found: list[Timex]) -> None:
    """Nothing is paired twice, and figures never pass 100."""
    scores = score_timexes(gold, found)
    assert len(pair_timexes(gold, found)) <= min(len(gold), len(found))
    assert all(score.f1 <= 100 for score in scores.values())


@pytest.mark.corpora
def test_the_shared_scorer_agrees() -> None:
    """On random documents the figures are those of the project's shared scorer."""
    spec = importlib.util.spec_from_file_location("score_times", shared_folder() / "bench" / "score_times.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    chance = random.Random(7)  # noqa: S311
    make = lambda: [  # noqa: E731
        Timex(start, start + chance.randint(1, 9), chance.choice(["DATE", "TIME"]), chance.choice(["2025", "P1D"]))
        for start in sorted(chance.sample(range(60), chance.randint(0, 9)))
    ]
    pairs = [(make(), make()) for _ in range(40)]
    theirs = scorer.figures([scorer.counts(*([one._asdict() for one in side] for side in pair)) for pair in pairs])
    ours = add_scores(score_timexes(*pair) for pair in pairs)
    assert {f"{measure} F1": pytest.approx(ours[measure].f1) for measure in MEASURES}.items() <= theirs.items()
