"""The first page: disputes, figures, what waits for review, last documents; and that of an empty store."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.store.newest import TOLLS, newest_conflicts
from allegedly.store.opening import add_ledgers
from allegedly.web import links
from allegedly.web.pages.start import start_page
from tests.stores import fake_ledger
from tests.web.pages import client_of, demo_site, links_of, send

OURS = ("/find", "/document", "/read", "/review")


def test_the_context(tmp_path: Path) -> None:
    """Disputes over what happened, figures that differ, claims that wait and the last documents are there."""
    with demo_site(tmp_path) as site, site.view() as view:
        page = start_page(site, view, who="ida")
        count = sum(1 for _ in view.claims())
    assert {row.field for row in page.disputes}.isdisjoint(TOLLS)
    assert {row.field for row in page.differ} <= set(TOLLS)
    assert page.disputes
    assert page.differ
    assert page.count == count
    assert len(page.waiting) == 3
    assert {line.info.id for line in page.documents} == {"northwire", "veldra_today", "free_south"}
    assert all(page.sketches[row.incident_id] for row in (*page.disputes, *page.differ))


def test_the_page(tmp_path: Path) -> None:
    """Each part stands on the page with links that lead on."""
    with demo_site(tmp_path) as site:
        client = client_of(site)
        answer = client.get("/")
        found = [path for path in links_of(answer.text) if path.startswith(OURS)]
        assert answer.status_code == 200
        assert all(words in answer.text for words in ("Newly in dispute", "Waiting for review", "Last documents"))
        assert not [path for path in found if client.get(path).status_code >= 400]


def test_what_was_judged_waits_no_more(tmp_path: Path) -> None:
    """The count goes down with each judgement."""
    with demo_site(tmp_path) as site:
        client = client_of(site)
        with site.view() as view:
            before = start_page(site, view, who="ida")
        send(client, "/review/judge", claim=before.waiting[0].id, decision="accept", back="/")
        with site.view() as view:
            after = start_page(site, view, who="ida")
        assert after.count == before.count - 1
        assert before.waiting[0].id not in {claim.id for claim in after.waiting}


def test_an_empty_store(tmp_path: Path) -> None:
    """It offers to paste a text, to give a file, or to read the demo."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        page = client.get("/").text
        assert all(words in page for words in ('name="text"', 'type="file"', "Read the demo"))
        assert "Newly in dispute" not in page


def test_the_demo_fills_it(tmp_path: Path) -> None:
    """After the demo the first page shows its reports."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        send(client, "/read", demo="1")
        assert links.document("northwire") in client.get("/").text


@pytest.mark.parametrize("title", ["<script>x</script>", "\u202eevil\u200b", "a\0b"])
def test_hostile_documents(tmp_path: Path, title: str) -> None:
    """Headlines are words, and dangerous signs are replaced."""
    with demo_site(tmp_path) as site:
        add_ledgers(site.store, [fake_ledger(f"{title} said rebels killed 3 people.", id="x", publisher=title)])
        page = client_of(site).get("/").text
        assert "<script>x" not in page
        assert not set("\u202e\u200b\0") & set(page)


def test_disputes_of_one_field(tmp_path: Path) -> None:
    """Only those in the fields asked for are given, newest first, and no more than asked for."""
    with demo_site(tmp_path) as site:
        site.incidents()
        every = newest_conflicts(site.store, limit=100)
        tolls = newest_conflicts(site.store, limit=100, fields=TOLLS)
        assert tolls == tuple(row for row in every if row.field in TOLLS)
        assert newest_conflicts(site.store, limit=1) == every[:1]
