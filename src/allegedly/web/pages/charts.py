"""
Charts as pictures and as what a browser draws them from, kept in memory until what they show changes.

A browser that has a picture already is told so before anything is made: its tag
is that of the incidents, the choice and the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from allegedly import __version__
from allegedly.errors import UsageError
from allegedly.review.precision import measured_precision
from allegedly.store.briefs import briefs
from allegedly.store.clusters import ClusterStore
from allegedly.store.sql import SqlStore
from allegedly.web.charts.base import Chart, Look
from allegedly.web.charts.bundle import vega_bundle
from allegedly.web.charts.figures import figures_of, figures_over_time
from allegedly.web.charts.maps import incident_map
from allegedly.web.charts.network import Tie, network
from allegedly.web.charts.quality import CalibrationBin, Score, calibration, scores
from allegedly.web.charts.svg import to_svg
from allegedly.web.charts.timeline import timeline
from allegedly.web.chosen import Chosen, choose
from allegedly.web.figures import shipped_figures
from allegedly.web.kept import Kept
from allegedly.web.pages.network import TieChoice, choose_ties
from allegedly.web.site import site_of
from allegedly.web.sums import reports_in, ties

router = APIRouter(prefix="/charts")
Form = Literal["svg", "json"]
WIDTH: Final = 1216  # CSS pixels of a picture that is asked for without a width
MEASURES: Final = ("killed", "wounded")
_kept: Kept[bytes] = Kept(200)


def look(width: int = WIDTH, theme: str = "light") -> Look:
    """Read from an address how a chart is to look; a dependency."""
    return Look(width=width, theme="dark" if theme == "dark" else "light")


Choice = Annotated[Chosen, Depends(choose)]
Looks = Annotated[Look, Depends(look)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    A chart that is asked for.

    Args:
        form: As a picture or as what it is drawn from.
        name: Which chart.
        of: What it is of: a choice, an incident, a layer.
        look: How it looks.
        version: What it depends on beside these, as it is now.
    """

    form: Form
    name: str
    of: Hashable
    look: Look
    version: Hashable

    def tag(self, version: Hashable) -> str:
        """Give the value of the header ``ETag`` for a version of it."""
        words = repr((__version__, self.form, self.name, self.of, self.look, version))
        return f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'


@router.get("/timeline.{form}")
def timeline_chart(request: Request, form: Form, chosen: Choice, look: Looks) -> Response:
    """Give the timeline of incidents."""
    generation = site_of(request).incidents().generation()
    return answer(request, Wanted(form, "timeline", chosen.filter(dated=True), look, generation))


@router.get("/map.{form}")
def map_chart(request: Request, form: Form, chosen: Choice, look: Looks) -> Response:
    """Give the map of incidents."""
    generation = site_of(request).incidents().generation()
    return answer(request, Wanted(form, "map", chosen.filter(placed=True), look, generation))


@router.get("/figures.{form}")
def figures_chart(request: Request, form: Form, incident: str, measure: str, look: Looks) -> Response:
    """Give the figures of an incident over time."""
    if measure not in MEASURES:
        raise UsageError(f"there is no measure {measure[:40]!r}", hint=f"measures are {', '.join(MEASURES)}")
    generation = site_of(request).incidents().generation()
    return answer(request, Wanted(form, "figures", (incident, measure), look, generation))


@router.get("/network.{form}")
def network_chart(
    request: Request, form: Form, chosen: Annotated[TieChoice, Depends(choose_ties)], look: Looks
) -> Response:
    """Give who accuses and who cites whom."""
    return answer(request, Wanted(form, "network", chosen, look, reports_in(site_of(request).store)))


@router.get("/calibration.{form}")
def calibration_chart(request: Request, form: Form, layer: str, look: Looks) -> Response:
    """Give how often answers with a score were right, as it ships with the program."""
    layers = [item.layer for item in shipped_figures().calibration.layers]
    if layer not in layers:
        raise UsageError(f"the scores of {layer[:40]!r} were not measured", hint=f"layers are {', '.join(layers)}")
    return answer(request, Wanted(form, "calibration", layer, look, None))


@router.get("/precision.{form}")
def precision_chart(request: Request, form: Form, look: Looks) -> Response:
    """Give the precision that reviewers of this store measured in the random order."""
    with site_of(request).view() as view:
        measured = measured_precision(view.judgements())
    rows = tuple(
        Score(f"{item.layer} (blind)" if item.blind else item.layer, item.precision, item.low, item.high)
        for item in measured
        if item.precision is not None
    )
    return answer(request, Wanted(form, "precision", rows, look, None))


@router.get("/vega.js")
def vega(request: Request) -> Response:
    """Give the script that draws charts in the browser, as the installed package ships it."""
    bundle = vega_bundle()
    if request.headers.get("if-none-match") == bundle.etag:
        return _unchanged(bundle.etag)
    return Response(bundle.content, media_type="text/javascript; charset=utf-8", headers=_headers(bundle.etag))


def answer(request: Request, wanted: Wanted) -> Response:
    """Give a chart, or say that the browser has it already; one that takes long, as it was while it is drawn anew."""
    known = request.headers.get("if-none-match", "")
    if wanted.tag(wanted.version) in known:
        return _unchanged(wanted.tag(wanted.version))
    site = site_of(request)
    given = (wanted.form, wanted.name, wanted.of, wanted.look)
    version, content = _kept.latest(site.store, given, lambda: site.workers.run(drawn, *given), version=wanted.version)
    tag = wanted.tag(version)
    if tag in known:
        return _unchanged(tag)
    media_type = "image/svg+xml" if wanted.form == "svg" else "application/json"
    return Response(content, media_type=media_type, headers=_headers(tag))


def drawn(store: SqlStore, form: Form, name: str, of: Any, look: Look) -> bytes:  # noqa: ANN401  # as each chart wants
    """
    Draw a chart of a store.

    Args:
        store: The store.
        form: As a picture or as what it is drawn from.
        name: Which chart.
        of: What it is of.
        look: How it looks.
    """
    chart = _CHARTS[name](store, of, look)
    return to_svg(chart).encode() if form == "svg" else msgspec.json.encode(chart.spec)


def _figures(store: SqlStore, of: tuple[str, str], look: Look) -> Chart:
    incident, measure = of
    return figures_over_time(figures_of(ClusterStore(store).incident(incident), measure), measure, look)


def _network(store: SqlStore, chosen: TieChoice, look: Look) -> Chart:
    found = ties(store, relation=chosen.relation, source=chosen.source, least=chosen.least)
    return network([Tie(tie.relation, tie.one, tie.other, tie.count) for tie in found], {}, look)


def _calibration(_: SqlStore, layer: str, look: Look) -> Chart:
    bins = next(item.bins for item in shipped_figures().calibration.layers if item.layer == layer)
    return calibration([CalibrationBin(item.score, item.right, item.rows) for item in bins], look)


_CHARTS: Final[dict[str, Callable[[SqlStore, Any, Look], Chart]]] = {
    "timeline": lambda store, wanted, look: timeline(briefs(store, wanted), look),
    "map": lambda store, wanted, look: incident_map(briefs(store, wanted), look),
    "figures": _figures,
    "network": _network,
    "calibration": _calibration,
    "precision": lambda _, rows, look: scores("Precision by layer, with Wilson's 95 % interval", rows, look),
}


def _unchanged(tag: str) -> Response:
    return Response(status_code=304, headers=_headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
