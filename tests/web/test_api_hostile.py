"""The API under requests that nobody means well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.hostile import HOSTILE
from tests.web.pages import client_of, demo_site

DEEP = 100_000
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "another form": b"[]",
    "wrong UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-8 of a surrogate": b'{"text": "\xed\xa0\xbd"}',
    "UTF-16": '{"text": "Rebels"}'.encode("utf-16"),
    "lone surrogate": b'{"text": "\\ud83d"}',
    "deep lists": b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"row":"c1234567","decision":"change","after":' + b'{"a":' * DEEP + b"1" + b"}" * (DEEP + 1),
    "deeper than any form": b'{"row":"c1234567","decision":"change","after":' + b'{"a":' * 50 + b"1" + b"}" * 51,
    "huge number": b'{"text": 1e999999}',
    "long number": b'{"row":"c1234567","decision":"change","after":{"score":' + b"9" * 10_000 + b"}}",
    "not a number": b'{"row":"c1234567","decision":"change","after":{"score":NaN}}',
    "twice the key": b'{"text": 1, "text": "a", "colour": 2}',
    "unknown key": b'{"text": "a", "colour": 2}',
    "day that is none": b'{"text": "a", "published": "2024-02-31"}',
    "NUL in a name": b'{"text": "a", "id": "a\\u0000b"}',
}
ODD = (
    "\0",
    "a\0b",
    "\ud83d",
    "\u202e",
    "9" * 400,
    "-1",
    "1e9",
    "%00",
    "' OR 1=1 --",
    "../../etc/passwd",
    "{}",
    "\r\nX: y",
)
PLACES = (
    "/api/documents?q=", "/api/documents?after=", "/api/documents?limit=", "/api/documents?format=",
    "/api/document?id=", "/api/document/text?id=", "/api/ledger?id=", "/api/ledger?id=northwire&run=",
    "/api/claims?q=", "/api/claims?after=", "/api/claims/", "/api/rows/", "/api/incidents/",
    "/api/incidents?first=", "/api/incidents?country=", "/api/incidents?type=", "/api/incidents?after=",
    "/api/incidents?conflicts_only=", "/api/conflicts?field=", "/api/conflicts?after=", "/api/judgements?row=",
    "/api/judgements?document=", "/api/judgements?who=", "/api/judgements?after=", "/api/runs?after=",
    "/api/failures?after=", "/api/review/queue?after=", "/api/review/queue?seed=", "/api/review/queue?order=",
    "/api/review/queue?q=", "/api/sources?begins=", "/api/sources?after=",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a site with the demo's reports; nothing is changed by these tests."""
    with demo_site(tmp_path_factory.mktemp("api")) as site:
        yield client_of(site)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("path", ["/api/read", "/api/judgements", "/api/cluster-judgements"])
def test_bodies_that_do_not_fit(client: TestClient, path: str, body: bytes) -> None:
    """A body that is no JSON, of another form or of another depth is refused in the one form of errors."""
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert sorted(answer.json()["error"]) == ["code", "hint", "message"]


@pytest.mark.parametrize(
    "number", [2**63, 2**64, 10**30, 10**4000], ids=["63 bits", "64 bits", "31 digits", "4001 digits"]
)
def test_a_large_number_does_no_harm(tmp_path: Path, number: int) -> None:
    """A number larger than any database has is kept or refused, and lists go on."""
    with demo_site(tmp_path) as site:
        client = client_of(site)
        claim = client.get("/api/claims").json()["data"][0]["claim"]["id"]
        form = {"row": claim, "decision": "change", "after": {"score": number}}
        assert client.post("/api/judgements", json=form).status_code in {201, 400}
        assert client.get("/api/claims").status_code == client.get("/api/judgements").status_code == 200


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "\xff"])
def test_bodies_of_another_type(client: TestClient, kind: str) -> None:
    """What is not said to be JSON is not read as such: no form of another site can send it."""
    answer = client.post("/api/read", content=b'{"text": "a"}', headers={"Content-Type": kind.encode("latin-1")})
    assert answer.status_code in {400, 403}  # 400 where the form itself is none
    assert sorted(answer.json()["error"]) == ["code", "hint", "message"]


def test_a_body_that_is_too_large(client: TestClient) -> None:
    """Eleven megabytes are refused."""
    body = json.dumps({"text": "Rebels said so. " * 720_000})
    answer = client.post("/api/read", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


@pytest.mark.parametrize("words", [words for name, words in HOSTILE.items() if name != "surrogate"])
def test_texts_that_break_readers(client: TestClient, words: str) -> None:
    """Any text is read or refused, and comes back as it was sent."""
    answer = client.post("/api/read", json={"text": words})
    assert answer.status_code == 200
    assert answer.json()["data"]["document"]["text"] == words


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("place", PLACES)
def test_odd_words_anywhere(client: TestClient, place: str, odd: str) -> None:
    """Odd words in any parameter give an answer or an error in the one form, never a fault."""
    encoded = "".join(f"%{byte:02x}" for byte in odd.encode("utf-8", "surrogatepass"))
    answer = client.get(place + encoded)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert sorted(answer.json()["error"]) == ["code", "hint", "message"]


@pytest.mark.parametrize("accept", ["application/x-ndjson;q=x", ";;;,,,", "\xff", "*/*;q=0", "text/html"])
def test_odd_wishes_for_types_give_json(client: TestClient, accept: str) -> None:
    """Who asks for a type that there is not gets JSON."""
    answer = client.get("/api/claims", headers={"Accept": accept.encode("latin-1")})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
