"""The API: envelope, errors, pages, tags, JSON Lines, what people decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from allegedly.errors import UnreadableDocument
from allegedly.ledger.json import encode_ledger
from allegedly.store.answers import DocumentInfo
from allegedly.store.opening import add_ledgers, open_store
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.web.pages import client_of, demo_ledgers, demo_site

LISTS = (
    "/api/documents", "/api/claims", "/api/incidents", "/api/conflicts", "/api/judgements", "/api/cluster-judgements",
    "/api/runs", "/api/failures", "/api/review/queue", "/api/sources",
)  # fmt: skip
LONG_LISTS = (
    "/api/documents", "/api/claims", "/api/incidents", "/api/conflicts", "/api/review/queue", "/api/sources",
)  # fmt: skip
THINGS = ("/api/document?id=northwire", "/api/document/text?id=northwire", "/api/ledger?id=northwire", "/api/info")
STRIKE = "Rebels said 3 died in Karveli."


def first_claim(client: TestClient, query: str = "") -> dict[str, Any]:
    """Give the first claim that a query finds."""
    found: dict[str, Any] = client.get("/api/claims", params={"q": query, "limit": 1}).json()["data"][0]
    return found


@pytest.mark.parametrize("path", LISTS)
def test_lists_come_in_the_envelope(client: TestClient, path: str) -> None:
    """A list has its entries under `data` and where the next page begins under `page`."""
    answer = client.get(path).json()
    assert (sorted(answer), list(answer["page"]), type(answer["data"])) == (["data", "page"], ["after"], list)


@pytest.mark.parametrize("path", THINGS)
def test_things_come_in_the_envelope(client: TestClient, path: str) -> None:
    """One thing stands under `data` alone."""
    assert list(client.get(path).json()) == ["data"]


@pytest.mark.parametrize("path", [*LISTS, *THINGS, "/api/openapi.json"])
def test_who_has_it_already_gets_nothing(client: TestClient, path: str) -> None:
    """An answer has a tag, and whoever shows it gets 304 without a body while nothing has changed."""
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'W/"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", ["/api/documents", "/api/claims", "/api/incidents", "/api/info"])
def test_a_tag_changes_with_the_answer(site: Site, client: TestClient, path: str) -> None:
    """After a text was read in, the old tag gives the new answer."""
    tag = client.get(path).headers["etag"]
    assert client.post("/api/read", json={"text": STRIKE, "keep": True}).status_code == 200
    site.changed()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_tags_of_two_stores_differ(tmp_path: Path, client: TestClient) -> None:
    """A store that was made anew in the place of another has other tags, though it holds as much."""
    with open_store(tmp_path / "other.db", create=True) as store:
        add_ledgers(store, demo_ledgers())
        tag = client_of(Site(store, FakeReader)).get("/api/documents").headers["etag"]
    assert client.get("/api/documents").headers["etag"] != tag


@pytest.mark.parametrize("path", LONG_LISTS)
def test_pages_put_together_are_the_list(client: TestClient, path: str) -> None:
    """Going from page to page gives every entry once, in the order of one long page."""
    whole = client.get(path, params={"limit": 1000}).json()["data"]
    parts, after = [], None
    while True:
        page = client.get(path, params={"limit": 2} | ({"after": after} if after else {})).json()
        assert len(page["data"]) <= 2
        parts += page["data"]
        after = page["page"]["after"]
        if after is None:
            break
    assert parts == whole
    assert len(whole) > 2


@pytest.mark.parametrize("path", LONG_LISTS)
@pytest.mark.parametrize("asked", [{"format": "jsonl"}, {}], ids=["format", "accept"])
def test_json_lines_are_the_list(client: TestClient, path: str, asked: dict[str, str]) -> None:
    """JSON Lines give all entries, one on each line."""
    headers = {} if asked else {"Accept": "application/x-ndjson"}
    answer = client.get(path, params=asked, headers=headers)
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines == client.get(path, params={"limit": 1000}).json()["data"]


def test_json_lines_up_to_a_limit(client: TestClient) -> None:
    """A limit counts lines as well, and `after` says where they begin."""
    page = client.get("/api/claims", params={"limit": 3}).json()
    rest = client.get("/api/claims", params={"format": "jsonl", "limit": 2, "after": page["page"]["after"]})
    whole = client.get("/api/claims", params={"limit": 5}).json()["data"]
    assert [json.loads(line) for line in rest.text.splitlines()] == whole[3:]


def test_no_entries_are_no_lines(client: TestClient) -> None:
    """An empty list is an empty answer."""
    answer = client.get("/api/claims", params={"q": "nothinglikethis", "format": "jsonl"})
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_ledger_is_that_of_the_command_line(client: TestClient) -> None:
    """A ledger comes byte for byte as it was read."""
    expected = {ledger.document.id: encode_ledger(ledger) for ledger in demo_ledgers()}
    assert client.get("/api/ledger?id=northwire").content == b'{"data":' + expected["northwire"] + b"}"


def test_a_text_is_as_received(client: TestClient) -> None:
    """A text comes as it was received."""
    texts = {ledger.document.id: ledger.document.text for ledger in demo_ledgers()}
    assert client.get("/api/document/text?id=northwire").json()["data"]["text"] == texts["northwire"]


def test_what_is_known_of_a_document(client: TestClient) -> None:
    """A document's publication and length."""
    info = DocumentInfo(**client.get("/api/document?id=northwire").json()["data"])
    assert (info.publisher, info.published, info.retracted) == ("Northwire", "2024-05-07", None)


def test_ids_of_documents_may_hold_anything(client: TestClient) -> None:
    """A document is found whose id holds slashes, question marks and other scripts."""
    name = "a/b?c=d&е#\u202e%2F.txt"
    client.post("/api/read", json={"text": STRIKE, "id": name, "keep": True})
    assert client.get("/api/document", params={"id": name}).json()["data"]["id"] == name


def test_a_claim_has_the_keys_of_the_contract(client: TestClient) -> None:
    """Days say where they come from under `from`, also inside of rows."""
    claim = first_claim(client)["claim"]
    row = client.get(f"/api/rows/{claim['id']}").json()["data"][0]
    assert ("from" in claim["date"], "from_" in claim["date"], row["values"]) == (True, False, claim)


def test_a_claim_by_the_first_digits_of_its_id(client: TestClient) -> None:
    """The first digits of an id are enough."""
    found = first_claim(client)
    assert client.get(f"/api/claims/{found['claim']['id'][:10]}").json()["data"] == found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, True), ({"country": "FRA"}, False), ({"first": "2024-05-07", "last": "2024-05-07"}, True),
        ({"first": "2025-01-01"}, False), ({"last": "2023-01-01"}, False), ({"conflicts_only": "true"}, True),
        ({"type": "AGREE"}, False), ({"type": "ASSAULT"}, True),
    ],
)  # fmt: skip
def test_which_incidents(client: TestClient, asked: dict[str, str], expected: bool) -> None:  # noqa: FBT001  # of a table
    """Incidents by day, type, country and whether they are in dispute."""
    assert bool(client.get("/api/incidents", params=asked).json()["data"]) is expected


def test_an_incident_with_and_without_a_policy(client: TestClient) -> None:
    """Single numbers come only by the policy asked for, by its name."""
    name = client.get("/api/incidents").json()["data"][0]["id"]
    plain, best = (
        client.get(f"/api/incidents/{name}", params=asked).json()["data"] for asked in ({}, {"best": "acled"})
    )
    assert plain["best"] == []
    assert {item["policy"] for item in best["best"]} == {"acled"}


def test_conflicts_in_one_field(client: TestClient) -> None:
    """Conflicts by what they are about."""
    everything = client.get("/api/conflicts").json()["data"]
    field = everything[0]["field"]
    found = client.get("/api/conflicts", params={"field": field}).json()["data"]
    assert found == [item for item in everything if item["field"] == field]


def test_a_judgement_and_back(client: TestClient) -> None:
    """A claim is judged, shows it, is listed, and is unchecked again once that is taken back."""
    claim = first_claim(client)["claim"]["id"]
    made = client.post("/api/judgements", json={"row": claim, "decision": "reject", "note": "no"})
    number = made.json()["data"]["number"]
    assert (made.status_code, first_claim(client)["review_state"]) == (201, "issue")
    assert [item["number"] for item in client.get("/api/judgements", params={"row": claim}).json()["data"]] == [number]
    undone = client.post(f"/api/judgements/{number}/undo", json={})
    assert (undone.status_code, undone.json()["data"]["undone_by"]) == (200, "local")
    assert first_claim(client)["review_state"] == "unchecked"
    assert client.get("/api/judgements").json()["data"] == []
    assert len(client.get("/api/judgements?undone=true").json()["data"]) == 1
    assert client.post(f"/api/judgements/{number}/undo", json={}).status_code == 404


def test_a_change_in_the_keys_of_the_contract(client: TestClient) -> None:
    """New values are given, kept and shown under the keys that the claim has."""
    claim = first_claim(client)["claim"]
    date = {"earliest": "2024-05-06", "latest": "2024-05-06", "precision": "day", "from": "stated"}
    form = {"row": claim["id"], "decision": "change", "after": {"date": date}}
    assert client.post("/api/judgements", json=form).json()["data"]["after"] == {"date": date}
    shown = first_claim(client)
    assert (shown["review_state"], shown["changes"], shown["claim"]) == ("changed", {"date": date}, claim)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"row": "c0000000", "decision": "accept"}, 404),
        ({"row": "x1234567", "decision": "accept"}, 400),
        ({"row": "CLAIM", "decision": "maybe"}, 400),
        ({"row": "CLAIM", "decision": "change"}, 400),
        ({"row": "CLAIM", "decision": "change", "after": {"colour": "red"}}, 400),
        ({"row": "CLAIM", "decision": "accept", "who": "somebody else"}, 400),
        ({"row": "CLAIM", "decision": "accept", "note": "nul \0"}, 400),
    ],
)
def test_judgements_that_are_none(client: TestClient, form: dict[str, Any], status: int) -> None:
    """What fits no row and no decision is refused, and nothing is kept of it."""
    claim = first_claim(client)["claim"]["id"]
    answer = client.post("/api/judgements", json=form | ({"row": claim} if form["row"] == "CLAIM" else {}))
    assert (answer.status_code, client.get("/api/judgements").json()["data"]) == (status, [])


def test_a_merge_and_back(client: TestClient) -> None:
    """Two incidents become one and are two again once that is taken back."""

    def ids() -> list[str]:
        return [item["id"] for item in client.get("/api/incidents").json()["data"]]

    before = ids()
    form = {"decision": "merge", "left": before[:1], "right": before[1:2], "note": "one strike"}
    made = client.post("/api/cluster-judgements", json=form)
    assert made.status_code == 201
    ids()  # made anew
    one, other = (client.get(f"/api/incidents/{name}").json()["data"]["id"] for name in before[:2])
    assert one == other
    number = made.json()["data"]["number"]
    assert client.post(f"/api/cluster-judgements/{number}/undo", json={}).status_code == 200
    assert ids() == before


def test_a_split(client: TestClient) -> None:
    """A claim is taken out of its incident; the others of the incident are meant where none are named."""
    found = (item["id"] for item in client.get("/api/incidents").json()["data"])
    incidents = [client.get(f"/api/incidents/{name}").json()["data"] for name in found]
    claims = max((item["claims"] for item in incidents), key=len)
    made = client.post("/api/cluster-judgements", json={"decision": "split", "left": [claims[-1]]}).json()["data"]
    assert (made["left"], made["right"]) == ([claims[-1]], claims[:-1])
    apart = [client.get(f"/api/incidents/{name}").json()["data"]["id"] for name in (claims[0], claims[-1])]
    assert apart[0] != apart[1]


@pytest.mark.parametrize("decision", ["merge", "split"])
def test_nothing_to_merge_or_split(client: TestClient, decision: str) -> None:
    """An incident cannot be merged with itself, nor claims of several be taken out of one."""
    one, other = (item["id"] for item in client.get("/api/incidents?limit=2").json()["data"])
    form = {"decision": decision, "left": [one], "right": [one if decision == "merge" else other]}
    assert client.post("/api/cluster-judgements", json=form).status_code == 400


def test_reading_without_keeping(client: TestClient) -> None:
    """A text is read, and nothing is kept of it."""
    answer = client.post("/api/read", json={"text": STRIKE, "published": "2024-05-07", "publisher": "Northwire"})
    document = answer.json()["data"]["document"]
    assert (document["text"], document["published"], document["publisher"]) == (STRIKE, "2024-05-07", "Northwire")
    assert client.get("/api/document", params={"id": document["id"]}).status_code == 404


def test_a_text_that_cannot_be_read(client: TestClient) -> None:
    """The reader's reason is the error, and a text that was to be kept is among the failures."""
    answer = client.post("/api/read", json={"text": "UNREADABLE", "keep": True})
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, "the text says so")
    assert [item["error"] for item in client.get("/api/failures").json()["data"]] == [UnreadableDocument.__name__]


def test_another_text_under_the_same_id(client: TestClient) -> None:
    """What is in the store is not overwritten."""
    answer = client.post("/api/read", json={"text": STRIKE, "id": "northwire", "keep": True})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")


def test_what_was_judged_waits_no_longer(client: TestClient) -> None:
    """The queue of a reviewer goes on behind what was judged."""
    first, second = (item["claim"]["id"] for item in client.get("/api/review/queue?limit=2").json()["data"])
    client.post("/api/judgements", json={"row": first, "decision": "accept", "queue": "uncertain"})
    assert client.get("/api/review/queue?limit=1").json()["data"][0]["claim"]["id"] == second


def test_the_server_answers(client: TestClient) -> None:
    """Whoever watches the server is told that the store can be asked."""
    assert client.get("/healthz").json() == {"data": {"status": "ok"}}


def test_an_empty_store(tmp_path: Path) -> None:
    """A store with nothing in it has empty lists and zeros."""
    with demo_site(tmp_path, demo=False) as site:
        client = client_of(site)
        assert [path for path in LISTS if client.get(path).json()["data"] != []] == []
        assert client.get("/api/info").json()["data"]["documents"] == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nowhere", 404, "not-found"),
        ("GET", "/api/document", 400, "bad-request"),
        ("GET", "/api/document?id=nowhere", 404, "not-found"),
        ("GET", "/api/claims?limit=0", 400, "bad-request"),
        ("GET", "/api/claims?limit=1001", 400, "bad-request"),
        ("GET", "/api/claims?q=colour:red", 400, "bad-request"),
        ("GET", "/api/claims?q=colour:red&format=jsonl", 400, "bad-request"),
        ("GET", "/api/claims?after=x", 400, "bad-request"),
        ("GET", "/api/incidents?after=x", 400, "bad-request"),
        ("GET", "/api/conflicts?after=x", 400, "bad-request"),
        ("GET", "/api/review/queue?after=x", 400, "bad-request"),
        ("GET", "/api/rows/c00000000", 404, "not-found"),
        ("GET", "/api/incidents/i00000000", 404, "not-found"),
        ("GET", "/api/ledger?id=northwire&run=r123", 404, "not-found"),
        ("DELETE", "/api/claims", 405, "no-such-method"),
        ("POST", "/healthz", 405, "no-such-method"),
        ("POST", "/api/judgements", 403, "not-allowed"),
        ("POST", "/api/judgements/1/undo", 403, "not-allowed"),
    ],
)
def test_errors_have_one_form(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    """Whatever goes wrong, the answer says what happened and what to do, in one form."""
    answer = client.request(method, path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], sorted(error)) == (status, code, ["code", "hint", "message"])
    assert error["message"]


def test_a_fault_of_the_program_has_the_same_form(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is told in the one form, and says nothing of the inside."""
    client = client_of(site)
    client._transport.raise_server_exceptions = False  # as a server does
    monkeypatch.setattr(type(site.store), "info", lambda _: 1 / 0)
    answer = client.get("/api/info")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "division" not in answer.text


def test_all_methods_of_an_address_are_named(client: TestClient) -> None:
    """Who comes with the wrong method is told all right ones."""
    assert client.put("/api/judgements").headers["allow"] == "GET, POST"
