"""Find: results, facets, mistakes at their place, pages; and the list of documents."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from allegedly.store.opening import add_ledgers
from allegedly.web import links
from allegedly.web.pages import documents as documents_module
from allegedly.web.pages import find as find_module
from allegedly.web.pages.documents import documents_page
from allegedly.web.pages.find import find_page
from allegedly.web.query_help import DOCUMENT_HELP, HELP
from allegedly.web.site import Site
from tests.stores import fake_ledger
from tests.web.pages import links_of


def ids(query: str, site: Site) -> set[str]:
    """Give the ids of the claims that the page of a query shows."""
    with site.view() as view:
        return {claim.id for claim in find_page(site, view, query).claims}


@pytest.mark.parametrize("query", ["", "hospital", "denies:front", "killed>=10", "voice:own", "-voice:own stance:deny"])
def test_it_finds_what_the_store_finds(site: Site, query: str) -> None:
    """The page shows the first claims that the query language finds."""
    with site.view() as view:
        assert ids(query, site) == {claim.id for claim in view.find(query, limit=find_module.ON_A_PAGE).claims}


@pytest.mark.parametrize("query", ["", "hospital", "-voice:own", 'source:"Idris Taal"'])
def test_facets_count_what_they_lead_to(site: Site, query: str) -> None:
    """A value's number is that of the claims found by its link; a chosen one leads back to the query without it."""
    with site.view() as view:
        page = find_page(site, view, query)
        lines = [line for block in page.facets for line in block.lines]
        for line in lines:
            found = find_page(site, view, _query(line.link))
            if line.chosen:
                assert len(_query(line.link)) < len(query)
            else:
                assert found.counted >= line.count > 0
    assert lines


def test_stances_types_and_voices_are_counted_exactly(site: Site) -> None:
    """Fixed values are found by exactly the claims that were counted."""
    with site.view() as view:
        page = find_page(site, view, "hospital")
        for block in page.facets:
            for line in block.lines if block.name in {"stance", "type", "voice"} else ():
                assert find_page(site, view, _query(line.link)).counted == line.count


def test_facets_over_many_say_so(site: Site, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more claims than are counted, the page says over which it has counted."""
    monkeypatch.setattr(find_module, "COUNTED", 3)
    with site.view() as view:
        page = find_page(site, view, "")
    assert (page.counted, page.complete) == (3, False)
    assert "counted over the 3 claims added last; there are more" in client.get("/find").text


@pytest.mark.parametrize(
    ("query", "before", "there"),
    [
        ("drone killed>=ten more", "drone ", "killed>=ten"),
        ("colour:red", "", "colour:red"),
        ('a "b', "a ", '"b'),
        ("a OR", "a OR", " "),
    ],
)
def test_mistakes_stand_at_their_place(client: TestClient, query: str, before: str, there: str) -> None:
    """The page shows where the query goes wrong and what to write instead."""
    answer = client.get(links.find(query))
    assert answer.status_code == 400
    marked = re.search(r'<pre class="mistake">(.*?)<mark>(.*?)</mark>', answer.text, re.DOTALL)
    assert marked is not None
    assert tuple(part.replace("&#34;", '"').replace("&gt;", ">") for part in marked.groups()) == (before, there)
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("example", [example for example, _ in HELP])
def test_examples_of_claims(client: TestClient, example: str) -> None:
    """Each example of the help is a query."""
    assert client.get(links.find(example)).status_code == 200


@pytest.mark.parametrize("example", [example for example, _ in DOCUMENT_HELP])
def test_examples_of_documents(client: TestClient, example: str) -> None:
    """Each example of the help is a query for documents."""
    assert client.get(links.documents(example)).status_code == 200


def test_pages_follow_one_another(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages together hold each claim once."""
    monkeypatch.setattr(find_module, "ON_A_PAGE", 5)
    found: list[str] = []
    after: int | None = None
    with site.view() as view:
        while True:
            page = find_page(site, view, "", after=after)
            found += [claim.id for claim in page.claims]
            after = page.after
            if after is None:
                break
        assert sorted(found) == sorted(claim.id for claim in view.claims())


def test_a_result(client: TestClient) -> None:
    """Each shows words, source, stance, document, review state, and leads to its text."""
    page = client.get(links.find("denies:front")).text
    assert all(words in page for words in ("Southern Front", "denies", "unchecked", "/document?id=free_south"))
    assert "/alerts/new?query=denies%3Afront" in page
    assert "/api/claims?q=denies%3Afront&amp;format=jsonl" in page
    assert "/export?q=denies%3Afront" in page


@pytest.mark.parametrize("address", ["/find?q=hospital", "/documents", "/documents?q=hospital", "/documents/failures"])
def test_links_lead_somewhere(client: TestClient, address: str) -> None:
    """Every link to a page of these is answered."""
    found = [path for path in links_of(client.get(address).text) if path.startswith(("/find", "/document", "/read"))]
    assert len(found) > 2
    assert not [path for path in found if client.get(path).status_code >= 400]


@pytest.mark.parametrize(
    "words", ["<script>x</script>", '"><img src=x>', "\u202ekilled", "a\x00b", "x" * 2_000, "%F0%9F"]
)
def test_hostile_queries(client: TestClient, words: str) -> None:
    """A query is words on the page, whatever it holds, and never an error of the server."""
    for path in ("/find", "/documents"):
        answer = client.get(path, params={"q": words})
        assert answer.status_code in {200, 400}
        assert "<script>x" not in answer.text
        assert "<img src=x" not in answer.text


@pytest.mark.parametrize("after", ["-1", "x", "99999999999999999999999"])
def test_places_that_are_none(client: TestClient, after: str) -> None:
    """A cursor that no page gave is refused."""
    assert client.get("/find", params={"after": after}).status_code == 400
    assert client.get("/documents", params={"after": after}).status_code == 400


def test_nothing_found(client: TestClient) -> None:
    """An empty result says so and leads on."""
    assert "No claim was found" in client.get(links.find("zzzz")).text
    assert "No document was found" in client.get(links.documents("zzzz")).text


def test_documents_without_headline(site: Site) -> None:
    """They go by their first words; the last added comes first."""
    add_ledgers(site.store, [fake_ledger("Rain\r\n fell <b>.", id="rain"), fake_ledger(id="b", title="Raid & fire")])
    with site.view() as view:
        page = documents_page(view, "")
    assert [line.name for line in page.documents[:2]] == ["Raid & fire", "Rain fell <b>."]


def test_documents_by_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next page begins where the one before ended."""
    monkeypatch.setattr(documents_module, "ON_A_PAGE", 2)
    with site.view() as view:
        first = documents_page(view, "hospital")
        second = documents_page(view, "hospital", after=first.after)
    assert [len(first.documents), len(second.documents), second.after] == [2, 1, None]


def test_documents_know_no_claims(client: TestClient) -> None:
    """A query about claims is refused with words."""
    answer = client.get(links.documents("killed>=10"))
    assert (answer.status_code, "a search for documents knows words" in answer.text) == (400, True)


def _query(link: str) -> str:
    return parse_qs(urlsplit(link).query).get("q", [""])[0]
