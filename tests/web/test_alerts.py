"""Alerts and their feeds: what is news, valid Atom whatever reports hold, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from starlette.testclient import TestClient

from allegedly.records.claims_of import claims_of
from allegedly.records.document import Document
from allegedly.store.accounts import AccountStore
from allegedly.store.fresh import fresh_claims
from allegedly.store.opening import add_ledgers
from allegedly.web.atom import Feed, atom, xml_words
from allegedly.web.news import News, moment, news_of
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.hostile import HOSTILE
from tests.web.pages import client_of, demo_ledgers, demo_site, links_of, send

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = Feed(
    id="urn:allegedly:alert:1:x", title="t", subtitle="s", address="http://127.0.0.1/feeds/1.xml",
    site="http://127.0.0.1", page="/alerts", made="2024-05-07T10:00:00.000Z",
)  # fmt: skip


def _parsed(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)  # noqa: S314  # our own


def _news(site: Site, kind: str, query: str) -> tuple[News, ...]:
    with site.view() as view:
        return news_of(site, view, kind=kind, query=query, since="2024-05-07")


def _add(client: TestClient, query: str, kind: str = "claims", name: str = "") -> None:
    assert send(client, "/alerts/add", query=query, kind=kind, name=name).status_code == 303


def test_saved_shown_and_removed(client: TestClient) -> None:
    """A query is saved with its news and its feed, and removed again."""
    _add(client, "stance:deny", name="Denials")
    page = client.get("/alerts").text
    assert "Denials" in page
    assert "denies" in page
    assert "/feeds/1.xml" in page
    assert send(client, "/alerts/remove", number="1").status_code == 303
    assert "/feeds/1.xml" not in client.get("/alerts").text
    assert client.get("/feeds/1.xml").status_code == 404


def test_the_feed_is_atom(client: TestClient) -> None:
    """A feed reader understands it: one entry a claim, ids that differ, a link to itself."""
    _add(client, "stance:deny")
    answer = client.get("/feeds/1.xml")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    denials = [claim for ledger in demo_ledgers() for claim in claims_of(ledger) if claim.stance == "deny"]
    assert {entry.id for entry in read.entries} == {f"urn:allegedly:claim:{claim.id}" for claim in denials}
    assert read.feed.links[0].rel == "self"
    assert read.feed.links[0].href == "http://127.0.0.1:8321/feeds/1.xml"
    assert {client.get(entry.link).status_code for entry in read.entries} == {200}


def test_what_rfc_4287_asks_for(client: TestClient) -> None:
    """Feed and entries have id, title, updated and an author, once each where once is the rule (4.1.1, 4.1.2)."""
    _add(client, "killed>=1", kind="figures")
    root = _parsed(client.get("/feeds/1.xml").content)
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or "")
    assert len(root.findall(f"{ATOM}author")) == 1
    assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)


def test_the_same_feed_is_not_sent_twice(client: TestClient) -> None:
    """A reader that has it is told so."""
    _add(client, "stance:deny")
    tag = client.get("/feeds/1.xml").headers["etag"]
    again = client.get("/feeds/1.xml", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_reading_again_makes_no_news(site: Site) -> None:
    """The same text read again keeps the ids of its entries."""
    before = {item.id for item in _news(site, "claims", "killed>=1")}
    again = [replace(ledger, run=replace(ledger.run, version="9.9.9")) for ledger in demo_ledgers()]
    add_ledgers(site.store, again)
    assert {item.id for item in _news(site, "claims", "killed>=1")} == before


def test_figures_that_differ(site: Site) -> None:
    """Figures of the incidents of found claims are news once they differ, both values beside their sources."""
    found = _news(site, "figures", "killed>=1")
    assert any("figures differ" in item.title for item in found)
    assert all(item.words.count("“") == 2 for item in found)
    assert _news(site, "figures", "document:nothing") == ()


def test_a_denial_stands_where_the_accusation_stands(site: Site) -> None:
    """An entry of what somebody denies names who does."""
    found = [item for item in _news(site, "claims", "type:ASSAULT") if "denied by: " in item.words]
    assert any("Southern Front" in item.words.split("denied by: ")[1] for item in found)


def test_review_states_stand_in_the_feed(site: Site) -> None:
    """What a person called wrong says so."""
    with site.view() as view:
        claim = view.find("stance:deny").claims[0]
    site.store.judge(claim.id, "reject", who="Rana")
    (entry,) = [item for item in _news(site, "claims", "stance:deny") if item.id.endswith(claim.id)]
    assert entry.words.endswith("review: issue")


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_reports_make_valid_feeds(tmp_path: Path, name: str) -> None:
    """Whatever a report holds, the feed is XML that a reader takes, with the words as text."""
    text = f"<b>&]]> said Orr killed 3 rebels. {HOSTILE[name][:300]}".replace("\ud83d", "")
    with demo_site(tmp_path, demo=False) as site:
        add_ledgers(site.store, [FakeReader().read(Document(text, id="\u202e\x0b<&", publisher="\x00 <x>"))])
        client = client_of(site)
        _add(client, "killed>=1", name="<script>&")
        content = client.get("/feeds/1.xml").content
        page = client.get("/alerts").text
    root = _parsed(content)
    assert root.findtext(f"{ATOM}title") == "<script>& · allegedly"
    assert root.findtext(f"{ATOM}entry/{ATOM}content")
    assert "<script>&" not in page


def test_signs_that_xml_cannot_carry() -> None:
    """Every sign of Unicode comes out as one that XML carries, or as itself."""
    signs = "".join(map(chr, range(0x11000)))
    written = atom(FEED, [News("urn:x", signs, signs, "2024-05-07T00:00:00Z", "/x", signs)])
    root = _parsed(written)
    assert len(root.findtext(f"{ATOM}entry/{ATOM}content") or "") == len(signs)
    assert xml_words("\t\n") == "\t\n"


def test_an_empty_feed() -> None:
    """Without news a feed is as old as its query."""
    root = _parsed(atom(FEED, []))
    assert root.findtext(f"{ATOM}updated") == "2024-05-07T10:00:00Z"


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_time(when: str) -> None:
    """Days that another zone has none of are written all the same."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment(when))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"query": "", "kind": "claims"}, "query"),
        ({"query": "stance:", "kind": "claims"}, "query"),
        ({"query": "a", "kind": "gossip"}, "kind"),
        ({"query": "a", "kind": "claims", "name": "x" * 65}, "name"),
        ({"query": "a" * 2001, "kind": "claims"}, "query"),
    ],
)
def test_mistakes_are_marked(client: TestClient, form: dict[str, str], field: str) -> None:
    """What cannot be saved is shown again with what is wrong, and not saved."""
    answer = send(client, "/alerts/add", **form)
    assert answer.status_code == 400
    assert f'id="wrong-{field}"' in answer.text
    assert client.get("/feeds/1.xml").status_code == 404


def test_alerts_of_others(site: Site, client: TestClient) -> None:
    """Nobody sees, reads or removes what somebody else follows."""
    AccountStore(site.store).add_watch("Somebody", "mine", "claims", "stance:deny")
    assert "mine" not in client.get("/alerts").text
    assert client.get("/feeds/1.xml").status_code == 404
    assert send(client, "/alerts/remove", number="1").status_code == 404
    assert AccountStore(site.store).watch(1).name == "mine"


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "1%2F2"])
def test_feeds_that_are_none(client: TestClient, number: str) -> None:
    """An address of no feed is not found."""
    assert client.get(f"/feeds/{number}.xml").status_code == 404


def test_nothing_is_followed_yet(tmp_path: Path) -> None:
    """The page stands in an empty store, and its links are answered."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        page = client.get("/alerts").text
        assert "No search is saved yet" in page
        paths = [path for path in links_of(page) if path.startswith(("/alerts", "/static")) and "/add" not in path]
        assert {client.get(path).status_code for path in paths} == {200}


def test_the_last_come_first(site: Site) -> None:
    """Claims come last first, each once although its text was printed twice."""
    copy = replace(demo_ledgers()[0], document=replace(demo_ledgers()[0].document, id="copy"))
    add_ledgers(site.store, [copy])
    with site.view() as view:
        found = fresh_claims(view, "killed>=1")
    assert "copy" not in {item.claim.document for item in found}
    assert len({item.claim.id for item in found}) == len(found)
    assert [item.added for item in found] == sorted((item.added for item in found), reverse=True)
