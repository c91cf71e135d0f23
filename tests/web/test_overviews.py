"""Conflicts, timeline, map, sources, network, and the charts on them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.export.incidents import CONFLICT_COLUMNS
from allegedly.store.briefs import Brief
from allegedly.store.opening import add_ledgers
from allegedly.web.brief_rows import brief_row, unplaced
from allegedly.web.chosen import Chosen
from allegedly.web.pages.conflicts import conflicts_page
from allegedly.web.pages.map import map_page
from allegedly.web.pages.network import TieChoice, network_page
from allegedly.web.pages.source import source_page
from allegedly.web.pages.sources import sources_page
from allegedly.web.pages.timeline import timeline_page
from allegedly.web.site import Site
from tests.stores import fake_ledger
from tests.web.pages import demo_site
from tests.web.walks import Page, client_as, dead_links

NO_PLACE = Brief(
    id="i1", type="ASSAULT", modes=(), earliest="2024-05-06", latest="2024-05-07", placename=None, country=None,
    latitude=None, longitude=None, radius=None, precision=None, conflicts=0, documents=1, origins=1, last="",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The demo's reports."""
    with demo_site(tmp_path) as made:
        made.incidents()
        yield made


@pytest.fixture
def client(site: Site) -> TestClient:
    """A reader of the demo's reports."""
    return client_as(site)


@pytest.mark.parametrize(
    "path",
    ["/conflicts", "/conflicts?field=killed", "/timeline", "/map", "/sources", "/network", "/source?name=Idris+Taal"],
)
def test_pages_lead_somewhere(client: TestClient, path: str) -> None:
    """Every page is there, and so is all that it links to and shows."""
    assert client.get(path).status_code == 200
    assert dead_links(client, path) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/conflicts?field=truth", 400),
        ("/conflicts?after=x", 400),
        ("/conflicts.csv?field=truth", 400),
        ("/timeline?last=x", 400),
        ("/source?name=Nobody", 404),
        ("/source?name=Idris+Taal&stance=lies", 400),
        ("/source?name=Idris+Taal&after=x", 400),
        ("/source", 400),
        ("/network?relation=loves", 400),
        ("/network?least=0", 400),
        ("/charts/figures.svg?incident=i000000&measure=killed", 404),
        ("/charts/figures.svg?incident=i0&measure=love", 400),
        ("/charts/map.png", 400),
    ],
)
def test_addresses_that_make_no_sense(client: TestClient, path: str, status: int) -> None:
    """What cannot be shown is refused with a reason, never with a failure."""
    assert client.get(path).status_code == status


def test_conflicts_show_both_sides(site: Site) -> None:
    """Each conflict has both claims with where they stand."""
    page = conflicts_page(site.incidents(), site.store)
    assert page.count == len(page.rows) > 0
    for row in page.rows:
        assert [(value, source) for value, source, _ in row.sides] == [
            (row.conflict.value_a, row.conflict.source_a),
            (row.conflict.value_b, row.conflict.source_b),
        ]
        assert all(claim is not None and claim.link.startswith("/document?") for _, _, claim in row.sides)


def test_conflicts_as_csv(client: TestClient, site: Site) -> None:
    """The file has the columns of the export and a row for each conflict."""
    answer = client.get("/conflicts.csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == [column.name for column in CONFLICT_COLUMNS]
    assert len(rows) - 1 == site.incidents().count()[1]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_conflicts_in_many_pages_have_one_head(client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is written page by page and is the same as in one go."""
    whole = client.get("/conflicts.csv").text
    monkeypatch.setattr("allegedly.web.pages.conflicts._AT_ONCE", 1)
    assert client.get("/conflicts.csv").text == whole
    assert site.incidents().count()[1] > 1


def test_the_csv_runs_no_formula(tmp_path: Path) -> None:
    """A name that a spreadsheet would run gets an apostrophe in front."""
    with demo_site(tmp_path, demo=False) as bad:
        texts = {"a": "=cmd said troops killed 3 farmers.", "b": "Omar denied troops killed 3 farmers."}
        add_ledgers(bad.store, [fake_ledger(text, id=name, published="2024-05-07") for name, text in texts.items()])
        rows = list(csv.reader(io.StringIO(client_as(bad).get("/conflicts.csv").text)))
    assert {"'=cmd"} == {cell for row in rows[1:] for cell in row if "=cmd" in cell}


def test_undated_incidents_stand_apart(site: Site) -> None:
    """What has no day is listed by itself, never on the day of publication."""
    page = timeline_page(site.store, Chosen())
    assert {row.when for row in page.undated} == {"no day is stated"}
    assert page.undated_count == len(page.undated) > 0
    assert "no day is stated" not in {row.when for row in page.dated}


def test_a_choice_of_days_leaves_undated_ones_out(site: Site) -> None:
    """Of an undated incident nobody can say that it lies within days."""
    page = timeline_page(site.store, Chosen(first="2024-05-01", last="2024-05-31"))
    assert (page.undated, page.undated_count) == ((), 0)
    assert page.dated


def test_a_part_of_the_timeline(client: TestClient) -> None:
    """Scripts get the list alone, with links of the same choice."""
    text = client.get("/timeline?first=2024-05-01&last=2024-05-31&fragment=list").text
    assert "<html" not in text
    assert "/map?first=2024-05-01&amp;last=2024-05-31" in text


def test_nothing_is_lost_from_the_map(site: Site) -> None:
    """What is not on the map is listed with why."""
    page = map_page(site.store, Chosen())
    listed = [row.id for _, rows in page.unplaced for row in rows]
    assert (len(listed), page.placed_count) == (page.unplaced_count, len(page.placed))
    assert "not found in the gazetteer" in [words for words, _ in page.unplaced]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "not-stated"),
        ({"placename": "Karveli"}, "not-resolved"),
        ({"placename": "Veldra", "precision": "country", "latitude": 1.0}, "country-only"),
        ({"placename": "Ansa", "precision": "town", "latitude": 1.0, "longitude": 1.0}, None),
    ],
)
def test_why_an_incident_is_not_on_the_map(known: dict[str, object], expected: str | None) -> None:
    """No place, a place that the gazetteer does not know, and a mere country are told apart."""
    values = {name: getattr(NO_PLACE, name) for name in Brief.__slots__}
    assert unplaced(Brief(**(values | known))) == expected


def test_an_incident_in_brief() -> None:
    """A span of days stands as such."""
    assert brief_row(NO_PLACE).when == "2024-05-06 to 2024-05-07"


def test_sources_are_no_outlets(site: Site) -> None:
    """The list holds those to whom words are attributed, in order of names."""
    names = [row.name for row in sources_page(site.store).rows]
    assert "Idris Taal" in names
    assert names == sorted(names, key=str.lower)


def test_what_a_source_says(site: Site) -> None:
    """A source is shown with its claims, whom it accuses, who cites it, and by which cues."""
    page = source_page(site.store, "Idris Taal")
    assert sum(number for _, _, number in page.stances) == page.source.claims
    assert {tie.other for tie in page.cited_by} == {"Idris Taal"}
    assert [row.count for row in page.cues] == sorted((row.count for row in page.cues), reverse=True)
    assert all(row.source == "Idris Taal" for row in page.claims)


def test_claims_of_one_stance(site: Site) -> None:
    """Only denials, if these are asked for."""
    assert {row.stance for row in source_page(site.store, "Idris Taal", stance="deny").claims} == {"denies"}


def test_somebody_who_is_only_accused_has_a_page(site: Site) -> None:
    """Whoever is accused and says nothing can be looked up; silence is what was found."""
    ties = network_page(site.store, TieChoice(relation="accuses")).ties
    assert ties
    for tie in ties:
        assert tie in source_page(site.store, tie.other).accused_by


def test_the_network_is_in_order_of_names(site: Site) -> None:
    """Ties stand by names, whatever their number; rare ones are left out if asked."""
    page = network_page(site.store, TieChoice())
    assert [tie.relation for tie in page.ties] == sorted(tie.relation for tie in page.ties)
    assert all(tie.count >= 2 for tie in network_page(site.store, TieChoice(least=2)).ties)


def test_new_reports_are_counted_on(site: Site) -> None:
    """Accusations of a report that comes later join those counted before."""
    before = network_page(site.store, TieChoice(relation="accuses")).count
    add_ledgers(site.store, [fake_ledger("Omar accused rebels killed 2 farmers.", id="new")])
    assert network_page(site.store, TieChoice(relation="accuses")).count == before + 1
    site.store.retract("new", who="Ada")
    assert network_page(site.store, TieChoice(relation="accuses")).count == before


CHARTS = ("/charts/timeline", "/charts/map", "/charts/network")


@pytest.mark.parametrize("name", CHARTS)
def test_charts_as_pictures(client: TestClient, name: str) -> None:
    """A picture is an SVG of its own, in the theme that is asked for."""
    light, dark = (client.get(f"{name}.svg?theme={theme}") for theme in ("light", "dark"))
    assert (light.status_code, light.headers["content-type"]) == (200, "image/svg+xml")
    assert light.text.startswith("<svg")
    assert light.text != dark.text


@pytest.mark.parametrize("name", CHARTS)
def test_charts_to_draw(client: TestClient, name: str) -> None:
    """A browser gets what it draws them from, in its own width."""
    narrow, wide = (client.get(f"{name}.json?width={width}").json()["width"] for width in (400, 800))
    assert narrow <= 400 < wide <= 800


def test_a_browser_that_has_the_picture(client: TestClient, site: Site) -> None:
    """Its tag holds until documents come."""
    first = client.get("/charts/timeline.svg")
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get("/charts/timeline.svg", headers=tag).status_code == 304
    assert client.get("/charts/timeline.svg?theme=dark", headers=tag).status_code == 200
    add_ledgers(site.store, [fake_ledger("Omar said rebels killed 2 farmers.", id="new")])
    site.changed()
    assert client.get("/charts/timeline.svg", headers=tag).status_code == 200


def test_the_script_that_draws(client: TestClient) -> None:
    """Vega comes from here and from nowhere else."""
    answer = client.get("/charts/vega.js")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert client.get("/charts/vega.js", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_no_page_has_inline_style_or_script(client: TestClient, site: Site) -> None:
    """The policy of the pages forbids both."""
    incident = site.incidents().page(limit=1).incidents[0].id
    for path in ("/incidents", f"/incidents/{incident}", "/conflicts", "/timeline", "/map", "/sources", "/network"):
        page = Page(client.get(path).text)
        assert not any("style" in attributes for _, attributes in page.elements)
        assert all("src" in attributes for tag, attributes in page.elements if tag == "script")
