"""
Charts as pictures and as what a browser draws them from, kept in memory until what they show changes.

A browser that has a picture already is told so before anything is made: its tag
is that of the incidents, the choice and the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from allegedly import __version__
from allegedly.errors import UsageError
from allegedly.review.precision import measured_precision
from allegedly.store.briefs import briefs
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
        key: All that it depends on, the state of the store included.
        make: Makes it.
    """

    form: Form
    key: Hashable
    make: Callable[[], Chart]

    @property
    def tag(self) -> str:
        """Value of the header ``ETag``."""
        return f'"{hashlib.sha256(repr((__version__, self.form, self.key)).encode()).hexdigest()[:32]}"'


@router.get("/timeline.{form}")
def timeline_chart(request: Request, form: Form, chosen: Choice, look: Looks) -> Response:
    """Give the timeline of incidents."""
    site = site_of(request)
    wanted = chosen.filter(dated=True)
    key = ("timeline", site.incidents().generation(), chosen, look)
    return answer(request, site.store, Wanted(form, key, lambda: timeline(briefs(site.store, wanted), look)))


@router.get("/map.{form}")
def map_chart(request: Request, form: Form, chosen: Choice, look: Looks) -> Response:
    """Give the map of incidents."""
    site = site_of(request)
    wanted = chosen.filter(placed=True)
    key = ("map", site.incidents().generation(), chosen, look)
    return answer(request, site.store, Wanted(form, key, lambda: incident_map(briefs(site.store, wanted), look)))


@router.get("/figures.{form}")
def figures_chart(request: Request, form: Form, incident: str, measure: str, look: Looks) -> Response:
    """Give the figures of an incident over time."""
    if measure not in MEASURES:
        raise UsageError(f"there is no measure {measure[:40]!r}", hint=f"measures are {', '.join(MEASURES)}")
    site = site_of(request)
    clusters = site.incidents()
    key = ("figures", clusters.generation(), incident, measure, look)

    def make() -> Chart:
        return figures_over_time(figures_of(clusters.incident(incident), measure), measure, look)

    return answer(request, site.store, Wanted(form, key, make))


@router.get("/network.{form}")
def network_chart(
    request: Request, form: Form, chosen: Annotated[TieChoice, Depends(choose_ties)], look: Looks
) -> Response:
    """Give who accuses and who cites whom."""
    site = site_of(request)
    key = ("network", reports_in(site.store), chosen, look)
    return answer(request, site.store, Wanted(form, key, lambda: network(_ties(site.store, chosen), {}, look)))


@router.get("/calibration.{form}")
def calibration_chart(request: Request, form: Form, layer: str, look: Looks) -> Response:
    """Give how often answers with a score were right, as it ships with the program."""
    layers = {item.layer: item for item in shipped_figures().calibration.layers}
    if layer not in layers:
        raise UsageError(f"the scores of {layer[:40]!r} were not measured", hint=f"layers are {', '.join(layers)}")
    bins = [CalibrationBin(item.score, item.right, item.rows) for item in layers[layer].bins]
    wanted = Wanted(form, ("calibration", layer, look), lambda: calibration(bins, look))
    return answer(request, site_of(request).store, wanted)


@router.get("/precision.{form}")
def precision_chart(request: Request, form: Form, look: Looks) -> Response:
    """Give the precision that reviewers of this store measured in the random order."""
    site = site_of(request)
    with site.view() as view:
        measured = measured_precision(view.judgements())
    rows = tuple(
        Score(f"{item.layer} (blind)" if item.blind else item.layer, item.precision, item.low, item.high)
        for item in measured
        if item.precision is not None
    )
    title = "Precision by layer, with Wilson's 95 % interval"
    return answer(request, site.store, Wanted(form, ("precision", rows, look), lambda: scores(title, rows, look)))


@router.get("/vega.js")
def vega(request: Request) -> Response:
    """Give the script that draws charts in the browser, as the installed package ships it."""
    bundle = vega_bundle()
    headers = {"ETag": bundle.etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == bundle.etag:
        return Response(status_code=304, headers=headers)
    return Response(bundle.content, media_type="text/javascript; charset=utf-8", headers=headers)


def answer(request: Request, store: SqlStore, wanted: Wanted) -> Response:
    """Give a chart, or say that the browser has it already."""
    headers = {"ETag": wanted.tag, "Cache-Control": "private, no-cache"}
    if wanted.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = _kept.get(store, (wanted.form, wanted.key), lambda: drawn(wanted.make(), wanted.form))
    media_type = "image/svg+xml" if wanted.form == "svg" else "application/json"
    return Response(content, media_type=media_type, headers=headers)


def drawn(chart: Chart, form: Form) -> bytes:
    """Give a chart as bytes."""
    return to_svg(chart).encode() if form == "svg" else msgspec.json.encode(chart.spec)


def _ties(store: SqlStore, chosen: TieChoice) -> list[Tie]:
    found = ties(store, relation=chosen.relation, source=chosen.source, least=chosen.least)
    return [Tie(tie.relation, tie.one, tie.other, tie.count) for tie in found]
