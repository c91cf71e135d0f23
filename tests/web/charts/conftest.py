"""What tests of charts share."""

from __future__ import annotations

import pytest

from allegedly.records.incidents import Figure
from allegedly.web.charts.base import Chart, Look
from allegedly.web.charts.figures import PartyFigures, figures_over_time
from allegedly.web.charts.maps import incident_map
from allegedly.web.charts.network import Tie, network
from allegedly.web.charts.quality import CalibrationBin, Score, calibration, scores
from allegedly.web.charts.timeline import timeline
from tests.web.charts.made import briefs

HOSTILE = '<script>alert("1")</script>&\' onload=x'


def figure(words: str, low: float | None, best: float | None, high: float | None, *, said: str | None) -> Figure:
    """Make a figure that was said on a day."""
    return Figure(claim="c1", words=words, low=low, best=best, high=high, qualifier="exact", scope="event", said=said)


def made_charts(look: Look) -> dict[str, Chart]:
    """Make one chart of each kind, with a hostile name in each that has names."""
    parties = [
        PartyFigures("a", HOSTILE, (figure("at least 12", 12, None, None, said="2024-05-07"),)),
        PartyFigures("b", "Southern Front", (figure("4 to 6", 4, None, 6, said="2024-05-07"),)),
    ]
    return {
        "bars": timeline(briefs(12), look),
        "counts": timeline(briefs(200), look, chosen=("2024-01-05", "2024-01-09")),
        "region": incident_map(briefs(40), look),
        "world": incident_map(briefs(200, world=True), look),
        "network": network([Tie("accuses", "a", "b", 3), Tie("cites", "c", "a", 2)], {"a": HOSTILE, "b": "ICRC"}, look),
        "figures": figures_over_time(parties, "killed", look),
        "scores": scores("Precision", [Score("events", 0.6, 0.5, 0.7), Score(HOSTILE, 0.9)], look),
        "calibration": calibration([CalibrationBin(0.2, 0.25, 40), CalibrationBin(0.8, 0.7, 90, 0.6, 0.8)], look),
    }


@pytest.fixture(scope="session", params=["light", "dark"])
def charts(request: pytest.FixtureRequest) -> dict[str, Chart]:
    """One chart of each kind, in both themes."""
    return made_charts(Look(640, request.param))
