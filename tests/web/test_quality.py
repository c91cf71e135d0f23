"""The page Quality: shipped figures, the model card, and what reviewers of the store found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.records.claims_of import claims_of
from allegedly.resources.pack import Pack
from allegedly.web.figures import shipped_figures
from allegedly.web.pages.quality import card_of, page_of
from allegedly.web.site import Site
from tests.web.pages import client_of, demo_ledgers, demo_site, links_of


@pytest.mark.parametrize("layer", ["attribution", "event"])
def test_the_curve_of_the_scores(client: TestClient, layer: str) -> None:
    """Each layer has its curve as a picture that says every bin in words."""
    words = client.get("/charts/calibration.svg", params={"layer": layer}).text
    bins = next(item.bins for item in shipped_figures().calibration.layers if item.layer == layer)
    assert all(f"Stated {item.score:.2f}: {item.right:.2f} of {item.rows:,} right." in words for item in bins)


def test_a_layer_without_scores(client: TestClient) -> None:
    """Another layer is refused, with those that there are."""
    answer = client.get("/charts/calibration.svg?layer=weather")
    assert (answer.status_code, "layers are attribution, event" in answer.text) == (400, True)


def test_the_picture_of_precision(client: TestClient, site: Site) -> None:
    """What reviewers measured is drawn with its interval, and drawn anew after another judgement."""
    with site.view() as view:
        first, second, *_ = view.find("", limit=5).claims
    site.store.judge(first.id, "accept", who="Rana", queue="random")
    before = client.get("/charts/precision.svg")
    site.store.judge(second.id, "reject", who="Rana", queue="random")
    after = client.get("/charts/precision.svg", headers={"If-None-Match": before.headers["etag"]})
    assert "claim: 1.00" in before.text
    assert (after.status_code, "claim: 0.50" in after.text) == (200, True)


def test_figures_are_those_of_the_evaluation() -> None:
    """Each section has tables with a row for each line, ours among rivals, and a command or a note."""
    measured = shipped_figures()
    assert len({section.anchor for section in measured.sections}) == len(measured.sections)
    for section in measured.sections:
        assert section.tables
        assert section.commands or section.notes
        assert all(len(row.cells) == len(table.columns) for table in section.tables for row in table.rows)
    assert any(row.ours for row in measured.sections[0].tables[0].rows)


def test_calibration_adds_up() -> None:
    """Rows of the bins are all rows, and the error follows from them."""
    for layer in shipped_figures().calibration.layers:
        gaps = sum(item.rows * abs(item.score - item.right) for item in layer.bins)
        assert sum(item.rows for item in layer.bins) == layer.rows
        assert gaps / layer.rows == pytest.approx(layer.error, abs=2e-4)


def test_not_measured_is_said(tmp_path: Path) -> None:
    """A store that nobody has reviewed has no precision, and the page leads to the random order."""
    with demo_site(tmp_path) as site:
        text = client_of(site).get("/quality").text
    assert "not measured yet" in text
    assert "/review?order=random&amp;blind=1" in text


def test_only_the_random_order_counts(tmp_path: Path) -> None:
    """Precision is of what was asked in the random order, with its interval and n."""
    first, second, third = claims_of(demo_ledgers()[0])[:3]
    with demo_site(tmp_path) as site:
        site.store.judge(first.id, "accept", who="Rana", queue="random")
        site.store.judge(second.id, "reject", who="Rana", queue="random")
        site.store.judge(third.id, "reject", who="Rana", queue="uncertain")
        page = page_of(site)
        text = client_of(site).get("/quality").text
    whole = page.precision[0]
    assert (whole.layer, whole.right, whole.wrong, whole.precision) == ("claim", 1, 1, 0.5)
    assert "9.5 % … 90.5 %" in text


def test_the_card_is_the_packs(tmp_path: Path) -> None:
    """What a manifest does not say is empty; what it says is shown in its words."""
    made = Pack(
        folder=tmp_path, digest="sha256:0", heads={}, labels={}, transitions={}, thresholds={}, calibration={},
        card={"name": "mine", "dev": {"some_set": {"row_F1": 61.5}}},
    )  # fmt: skip
    card = card_of(made)
    assert (card.name, card.base, card.corpora) == ("mine", "", ())
    assert (card.dev[0].corpus, card.dev[0].figures) == ("some set", (("row F1", 61.5),))


def test_an_empty_store_and_links(tmp_path: Path) -> None:
    """The page stands without a document, its internal links are answered, and its headings are in order."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        text = client.get("/quality").text
        paths = [path for path in links_of(text) if path.startswith(("/review", "/static", "/quality"))]
        assert {client.get(path).status_code for path in paths} == {200}
    assert text.count("<h1") == 1


def test_the_shipped_file_is_plain() -> None:
    """The file holds no marks of its source."""
    words = json.dumps([[row.cells for row in table.rows] for s in shipped_figures().sections for table in s.tables])
    assert "**" not in words
    assert "`" not in words
