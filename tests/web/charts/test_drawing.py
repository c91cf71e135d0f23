"""SVG on the server and the bundle for browsers: offline, and clear about what is missing."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest

from allegedly.errors import ExportError, ExtraError
from allegedly.web.charts.bundle import vega_bundle
from allegedly.web.charts.libraries import load_library
from allegedly.web.charts.svg import to_svg
from allegedly.web.charts.timeline import timeline
from tests.web.charts.made import briefs


@pytest.mark.parametrize(
    "place", [{"data": {"url": "https://example.org/x.json"}}, {"layer": [{"mark": {"url": "x.png"}}]}]
)
def test_a_spec_with_an_address_is_refused(place: dict[str, object]) -> None:
    """Nothing is fetched, whoever made the spec."""
    chart = timeline(briefs(2))
    with pytest.raises(ExportError, match="names an address"):
        to_svg(replace(chart, spec=chart.spec | place))


def test_a_broken_spec_is_our_error() -> None:
    """What vl-convert raises does not escape."""
    chart = timeline(briefs(2))
    with pytest.raises(ExportError, match="cannot be drawn"):
        to_svg(replace(chart, spec={"mark": "no such mark", "encoding": 3}))


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_a_missing_library_names_the_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the extra reads how to install it."""
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ExtraError, match=name) as caught:
        load_library(name)
    assert caught.value.hint == "pip install 'allegedly[serve]'"


def test_threads_may_draw_at_once() -> None:
    """A server's threads get the same picture."""
    chart = timeline(briefs(12))
    drawn: list[str] = []
    threads = [threading.Thread(target=lambda: drawn.append(to_svg(chart))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [to_svg(chart)] * 4


def test_ids_differ_between_charts() -> None:
    """Two pictures in one page do not cut each other."""
    one, other = (to_svg(timeline(briefs(number))) for number in (3, 5))
    ids = [{part.split('"')[0] for part in drawn.split(' id="')[1:]} for drawn in (one, other)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_the_bundle_is_known_by_its_content() -> None:
    """The same bytes in one process, an etag of their digest, and vega-embed in them."""
    bundle = vega_bundle()
    assert bundle is vega_bundle()
    assert bundle.etag == f'"{bundle.digest[:32]}"'
    assert b"window.vegaEmbed=" in bundle.content
