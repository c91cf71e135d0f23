"""Small charts of measured quality."""

from __future__ import annotations

from allegedly.web.charts.base import Look
from allegedly.web.charts.quality import CalibrationBin, Score, calibration, scores
from allegedly.web.charts.svg import to_svg


def test_scores_state_their_intervals() -> None:
    """Value and interval stand in numbers beside the dot."""
    drawn = to_svg(scores("Precision", [Score("events", 0.617, 0.55, 0.69), Score("times", 0.9)]))
    assert all(f">{words}<" in drawn for words in ("events", "0.62 (0.55–0.69)", "times", "0.90"))


def test_a_score_without_interval_claims_none() -> None:
    """The bar has no length."""
    (row,) = scores("Precision", [Score("times", 0.9)]).spec["datasets"]["scores"]
    assert (row["low"], row["high"]) == (0.9, 0.9)


def test_calibration_says_how_many() -> None:
    """The description carries what the size of the dots shows."""
    chart = calibration([CalibrationBin(0.2, 0.25, 1400)])
    assert chart.description == "Stated 0.20: 0.25 of 1,400 right."


def test_calibration_is_square() -> None:
    """The diagonal is one, at any width."""
    for width in (280, 1200):
        spec = calibration([CalibrationBin(0.2, 0.25, 9)], Look(width)).spec
        assert spec["width"] == spec["height"]
