"""The page of a document: text and claims, an opened claim, copies, other readings, retraction, downloads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.records.document import Document
from allegedly.store.opening import add_ledgers
from allegedly.web import links
from allegedly.web.pages.document import Wanted, document_page
from allegedly.web.problems import WebProblem
from allegedly.web.rules import AccessRules, read_networks
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.stores import another_reading, fake_ledger
from tests.web.markup import TextMarkup
from tests.web.pages import client_of, demo_site, links_of, send, token_of

ODD_ID = 'reports/1?a=b&c="d" <x>'
HOSTILE = (
    "The army said <script>alert(1)</script> killed 3 people.\r\n"
    "Omar \u202edenied troops\u200b arrested 12 farmers 🔥\0."
)
# Pages of others that these link to are tested where they are made; forms are only sent.
ELSEWHERE = ("/incidents", "/conflicts", "/timeline", "/map", "/source", "/api", "/alerts")
SENT = ("/document/retract", "/review/judge", "/theme")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with the demo's reports and one that is hostile in every way."""
    with demo_site(tmp_path) as made:
        add_ledgers(made.store, [fake_ledger(HOSTILE, id=ODD_ID, title="<b>&\u202eT", publisher='O\'Neil "Wire"')])
        yield made


def claim_ids(page: str) -> list[str]:
    """Give the ids of the claims on a page."""
    return re.findall(r'<li id="claim-(c[0-9a-f]+)"', page)


def test_the_context(site: Site) -> None:
    """Text, claims with numbers, review states and incidents come from the store."""
    with site.view() as view:
        page = document_page(site, view, Wanted(id="northwire"))
    assert [claim.number for claim in page.claims] == list(range(1, len(page.claims) + 1))
    assert {claim.state for claim in page.claims} == {"unchecked"}
    assert any(claim.incident for claim in page.claims)
    assert (page.unchecked, page.old, page.panel, page.parts) == (True, False, None, 1)


def test_text_and_claims_carry_the_same_numbers(client: TestClient) -> None:
    """Each number in the list is one in the text, and the text is the report."""
    page = TextMarkup(client.get(links.document("northwire")).text, within="text")
    numbers = {int(word) for words in page.values("data-after") for word in re.findall(r"\d+", words)}
    with_list = re.findall(r'class="no">(\d+)<', client.get(links.document("northwire")).text)
    assert {int(number) for number in with_list} <= numbers
    assert page.text == client.get("/document/raw", params={"id": "northwire"}).text


def test_hostile_reports_are_shown_as_text(client: TestClient) -> None:
    """No tag of a report becomes one of the page, and dangerous signs of title and quotes are replaced."""
    answer = client.get(links.document(ODD_ID))
    page = TextMarkup(answer.text, within="text")
    assert answer.status_code == 200
    assert page.text == HOSTILE.replace("\0", "\ufffd")
    assert not [
        tag for tag, found in page.tags if tag == "script" and not (found.get("src") or "").startswith("/static/")
    ]
    outside = answer.text.partition('<div class="text"')[0] + answer.text.partition('<section class="claims"')[2]
    assert not set("\u202e\u200b\0") & set(outside)


@pytest.mark.parametrize("document", ["northwire", ODD_ID])
def test_links_lead_somewhere(client: TestClient, document: str) -> None:
    """Every link to a page of these is answered."""
    first = client.get(links.document(document)).text
    opened = client.get(links.document(document, claim=claim_ids(first)[0])).text
    found = [address for address in links_of(first + opened) if not address.startswith((*ELSEWHERE, *SENT))]
    assert len(found) > 5
    assert not [path for path in found if client.get(path).status_code >= 400]


def test_every_claim_can_be_opened(client: TestClient) -> None:
    """The panel shows voices, values with how they were obtained, and the buttons."""
    first = client.get(links.document("veldra_today")).text
    pages = [client.get(links.document("veldra_today", claim=claim)).text for claim in claim_ids(first)]
    assert all(page.count('class="panel"') == 1 for page in pages)
    assert all("Voices, outermost first" in page and 'value="accept"' in page for page in pages)
    assert any("coded by" in page and "because" in page for page in pages)


def test_matching_claims_elsewhere(client: TestClient) -> None:
    """Claims of the same incident in other documents stand in the panel, with links to them."""
    first = client.get(links.document("northwire")).text
    page = client.get(links.document("northwire", claim=claim_ids(first)[0])).text
    panel = page.partition('class="panel"')[2]
    assert "/document?id=veldra_today&amp;claim=c" in panel
    assert "/document?id=northwire&amp;claim=c" not in panel.partition("<h3>Judgements")[0].partition("elsewhere")[2]


def test_a_judgement_is_shown(client: TestClient) -> None:
    """What somebody decided stands in the panel, and as state of the claim."""
    claim = claim_ids(client.get(links.document("northwire")).text)[0]
    address = links.document("northwire", claim=claim)
    answer = send(client, "/review/judge", claim=claim, decision="reject", note="no <i>such</i> strike", back=address)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    page = client.get(address).text
    assert "<b>rejected</b>" in page
    assert "no &lt;i&gt;such&lt;/i&gt; strike" in page
    assert "state-issue" in page


def test_the_reports_own_voice(client: TestClient) -> None:
    """A link marks what the report itself says, without a script; the same link takes it back."""
    page = client.get(links.document("northwire", own=True)).text
    assert "own-voice" in page
    assert "narrator" in page
    assert "narrator" not in client.get(links.document("northwire")).text


def test_an_unknown_claim_opens_none(client: TestClient) -> None:
    """The claim of an older reading is not there, and the document is."""
    answer = client.get(links.document("northwire", claim="c00000000000000000000"))
    assert (answer.status_code, 'class="panel"' in answer.text) == (200, False)


@pytest.mark.parametrize("address", ["/document?id=none", "/document/raw?id=none", "/document.json?id=none"])
def test_a_document_that_is_not_there(client: TestClient, address: str) -> None:
    """It is said so, and what to do."""
    answer = client.get(address)
    assert (answer.status_code, "there is no document none" in answer.text) == (404, True)


def test_long_texts_are_shown_in_parts(site: Site, client: TestClient) -> None:
    """A claim leads to its part; a part that is not there is no page."""
    text = "The army said rebels killed 3 people.\n" * 2_000
    add_ledgers(site.store, [fake_ledger(text, id="long")])
    first = client.get(links.document("long")).text
    assert "Part 1 of 4" in first
    assert len(TextMarkup(first, within="text").text) < 25_000
    with site.view() as view:
        last = list(view.claims(document="long"))[-1]
    opened = client.get(links.document("long", claim=last.id)).text
    assert "Part 4 of 4" in opened
    assert claim_ids(opened)[-1] == last.id
    assert client.get(links.document("long", part=5)).status_code == 404
    with site.view() as view, pytest.raises(WebProblem, match="has 4 parts"):
        document_page(site, view, Wanted(id="long", part=9))


def test_the_same_text_elsewhere(site: Site, client: TestClient) -> None:
    """Documents with the same text are named and counted once."""
    for name in ("a", "b", "c"):
        add_ledgers(site.store, [fake_ledger(id=name, publisher=f"Outlet {name}")])
    page = client.get(links.document("b")).text
    assert "Same text in 2 other documents; counted once" in page
    assert re.findall(r"<bdi>Outlet (\w)</bdi></a>", page.partition('class="copies"')[2]) == ["a", "c"]


def test_other_readings(site: Site, client: TestClient) -> None:
    """The panel says which readings hold the claim; an earlier one can be looked at, and is not judged."""
    ledger = fake_ledger(id="two")
    add_ledgers(site.store, [ledger])
    add_ledgers(site.store, [another_reading(ledger)])
    claims = claim_ids(client.get(links.document("two")).text)
    panels = [client.get(links.document("two", claim=claim)).text for claim in claims]
    assert sorted(page.count("does not hold this claim") for page in panels) == [0, 1]
    run = re.search(r"run=(r[0-9a-f]+)", panels[0])
    old = client.get(links.document("two", run=run[1] if run else ""))
    assert "An earlier reading by run" in old.text
    assert (
        'action="/review/judge"'
        not in client.get(links.document("two", run=run[1] if run else "", claim=claims[0])).text
    )


def test_the_text_as_received(site: Site, client: TestClient) -> None:
    """The download is the text, byte by byte, as a file that no browser runs."""
    answer = client.get("/document/raw", params={"id": ODD_ID})
    with site.view() as view:
        digest = view.document(ODD_ID).digest
    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == digest
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == 'attachment; filename="reports_1_a_b_c_d_x.txt"'


def test_the_ledger_as_json(site: Site, client: TestClient) -> None:
    """The JSON is that of the store."""
    answer = client.get("/document.json", params={"id": ODD_ID})
    with site.view() as view:
        assert answer.content == view.ledger(ODD_ID)


def test_retracted_and_restored(client: TestClient) -> None:
    """A retraction needs a reason; its page says who, when and why, and takes it back."""
    assert send(client, "/document/retract", id=ODD_ID, why=" ").status_code == 400
    assert send(client, "/document/retract", id=ODD_ID, why="printed <twice>").status_code == 303
    gone = client.get(links.document(ODD_ID))
    assert (gone.status_code, "printed &lt;twice&gt;" in gone.text) == (410, True)
    value = re.search(r'name="id" value="([^"]*)"', gone.text)
    assert value is not None
    assert send(client, "/document/restore", id=ODD_ID).headers["location"] == links.document(ODD_ID)
    assert client.get(links.document(ODD_ID)).status_code == 200


@pytest.mark.parametrize("path", ["/document/retract", "/document/restore"])
def test_forged_forms_change_nothing(client: TestClient, path: str) -> None:
    """Without the token of a page nothing is retracted or restored."""
    assert client.post(path, data={"id": "northwire", "why": "x"}).status_code == 403
    assert client.get(links.document("northwire")).status_code == 200
    assert token_of(client, links.document("northwire"))


def test_readers_are_offered_no_judging(site: Site) -> None:
    """Who may only read sees no buttons, and may not send what they send."""
    here = ("127.0.0.1",)
    rules = AccessRules(
        mode="proxy", header="Remote-User", proxies=read_networks(here), proxy_role="reader", hosts=here
    )  # fmt: skip
    client = client_of(site, rules)
    client.headers["Remote-User"] = "jan"
    first = client.get(links.document("northwire")).text
    opened = client.get(links.document("northwire", claim=claim_ids(first)[0])).text
    assert 'class="panel"' in opened
    assert "/review/judge" not in opened
    assert "/document/retract" not in opened
    assert send(client, "/document/retract", id="northwire", why="x").status_code == 403
    assert client.get("/read").status_code == 403


def test_a_claim_without_anything(site: Site, client: TestClient) -> None:
    """A document in which nothing was found says so."""
    add_ledgers(site.store, [FakeReader().read(Document("Rain fell.", id="rain"))])
    assert "nobody is quoted, and no event of a coded type" in client.get(links.document("rain")).text


@pytest.mark.parametrize(("url", "shown"), [("https://news.example/a?b=1&c", True), ("javascript:alert(1)", False)])
def test_addresses_of_reports(site: Site, client: TestClient, url: str, *, shown: bool) -> None:
    """Only what is an address on the web becomes a link."""
    ledger = fake_ledger(id="linked")
    add_ledgers(site.store, [replace(ledger, document=replace(ledger.document, url=url))])
    page = client.get(links.document("linked")).text
    assert ('rel="noopener noreferrer nofollow"' in page) == shown
    assert "javascript:" not in page
