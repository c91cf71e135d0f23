"""The API asked by many at once while somebody adds, and by clients that go away."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from allegedly.records.document import Document
from allegedly.store.opening import add_ledgers
from allegedly.web.app import behind_door
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.web.pages import client_of

READERS = 20
ADDED = 25
PATHS = (
    "/api/claims?limit=20",
    "/api/claims?format=jsonl",
    "/api/incidents",
    "/api/documents",
    "/api/info",
    "/api/conflicts",
)

SCOPE = {
    "type": "http", "http_version": "1.1", "method": "GET", "path": "/api/claims", "raw_path": b"/api/claims",
    "query_string": b"format=jsonl", "headers": [(b"host", b"127.0.0.1")], "scheme": "http",
    "server": ("127.0.0.1", 8321), "client": ("127.0.0.1", 1), "root_path": "",
}  # fmt: skip


def reports(count: int) -> Iterator[Document]:
    """Make reports that differ."""
    for n in range(count):
        yield Document(f"The army said on Monday that rebels killed {n + 1} people in village {n}.", id=f"report/{n}")


def test_readers_do_not_disturb_a_writer(site: Site) -> None:
    """Twenty readers are answered while documents come one by one, and all of these are there at the end."""
    client, done = client_of(site), threading.Event()

    def add() -> None:
        try:
            for document in reports(ADDED):
                assert (
                    client.post("/api/read", json={"text": document.text, "id": document.id, "keep": True}).status_code
                    == 200
                )
        finally:
            done.set()

    def ask(number: int) -> list[int]:
        answers = []
        while not done.is_set() or not answers:
            answer = client.get(PATHS[number % len(PATHS)])
            answers.append(answer.status_code)
            if answer.headers["content-type"] == "application/x-ndjson":
                answers += [200 for line in answer.text.splitlines() if json.loads(line)]
        return answers

    with ThreadPoolExecutor(READERS + 1) as pool:
        adding = pool.submit(add)
        asked = [pool.submit(ask, number) for number in range(READERS)]
        adding.result()
        assert {status for answers in asked for status in answers.result()} == {200}
    assert client.get("/api/info").json()["data"]["documents"] == ADDED + 3


def test_judgements_of_many_at_once_are_all_kept(site: Site) -> None:
    """Twenty people judge at the same time, and each judgement has a number of its own."""
    client = client_of(site)
    claims = [item["claim"]["id"] for item in client.get("/api/claims?limit=20").json()["data"]]

    def judge(claim: str) -> int:
        number: int = client.post("/api/judgements", json={"row": claim, "decision": "accept"}).json()["data"]["number"]
        return number

    with ThreadPoolExecutor(READERS) as pool:
        assert sorted(pool.map(judge, claims)) == list(range(1, len(claims) + 1))


async def stream(site: Site, *, parts: int | None) -> list[bytes]:
    """Ask for JSON Lines as a server does; go away after some parts of the answer."""
    app, got = behind_door(site), []
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body" and message["body"]:
            got.append(message["body"])
            if len(got) == parts:
                gone.set()
                await asyncio.sleep(0.05)

    await app(SCOPE, receive, send)
    return got


def open_connections(site: Site) -> int:
    """Count the connections of a store that somebody holds."""
    pool: Any = site.store.engine.pool
    count: int = pool.checkedout()
    return count


@pytest.mark.parametrize("parts", [1, None], ids=["goes away", "stays"])
def test_a_stream_lets_go_of_the_store(site: Site, parts: int | None) -> None:
    """Whether the client stays to the end or goes away before, nothing of the store is held afterwards."""
    add_ledgers(site.store, map(FakeReader().read, reports(1200)))
    got = asyncio.run(stream(site, parts=parts))
    assert (len(got) == 1) == (parts == 1)
    assert open_connections(site) == 0


def test_a_stream_is_of_one_moment(site: Site) -> None:
    """What is added while lines are sent is not in them."""
    add_ledgers(site.store, map(FakeReader().read, reports(600)))
    client = client_of(site)
    before = client.get("/api/claims?format=jsonl").text

    async def meanwhile() -> list[bytes]:
        app, got = behind_door(site), []

        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.body" and message["body"]:
                if not got:
                    late = FakeReader().read(replace(next(reports(1)), id="late"))
                    await asyncio.to_thread(add_ledgers, site.store, [late])
                got.append(message["body"])

        await app(SCOPE, receive, send)
        return got

    assert b"".join(asyncio.run(meanwhile())).decode() == before
    assert len(client.get("/api/claims?format=jsonl").text) > len(before)
