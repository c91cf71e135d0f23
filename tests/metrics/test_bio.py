"""Protocol A on short label sequences."""

from __future__ import annotations

import pytest

from allegedly.metrics.bio import bio_fragments, score_bio

GOLD = ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "O"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (GOLD, {"source": [(0, 2)], "cue": [(2, 3)], "content": [(3, 6)]}),
        (["I-cue", "O"], {"source": [], "cue": [], "content": []}),
        (["B-cue", "I-content"], {"source": [], "cue": [(0, 1)], "content": []}),
        (["B-cue", "B-cue", "I-cue"], {"source": [], "cue": [(0, 1), (1, 3)], "content": []}),
        ([], {"source": [], "cue": [], "content": []}),
    ],
)
def test_fragments_of_labels(labels: list[str], expected: dict[str, list[tuple[int, int]]]) -> None:
    """Fragments begin with B; an I without its B is dropped."""
    assert bio_fragments(labels) == expected


def test_borders_and_beginnings() -> None:
    """A content that ends early begins right but is not exact, and overlaps by two thirds."""
    short = [*GOLD[:5], "O", "O"]
    scores, overlaps = score_bio([(GOLD, short)])
    assert (scores["exact_content"].f1, scores["begin_content"].f1) == (0.0, 100.0)
    assert overlaps["content"] == pytest.approx(200 / 3)


def test_invented_fragments_pull_the_overlap_down() -> None:
    """A predicted fragment that touches nothing counts as 0."""
    assert score_bio([(GOLD, [*GOLD[:6], "B-cue"])])[1]["cue"] == pytest.approx(50.0)


def test_nothing_to_find() -> None:
    """Paragraphs without attribution score 0 with counts of 0."""
    scores, overlaps = score_bio([(["O"], ["O"])])
    assert {(score.gold, score.predicted) for score in scores.values()} == {(0, 0)}
    assert set(overlaps.values()) == {0.0}
