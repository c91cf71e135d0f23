"""Giving a text to read: pasted, as files, the demo; what fails is listed, the rest goes in."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.ingest.base import Options
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.web import desk as desk_module
from allegedly.web import links
from allegedly.web.desk import Batch, Desk, Upload
from allegedly.web.pages import read as read_module
from allegedly.web.problems import WebProblem
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.web.pages import client_of, demo_site, token_of

REPORT = "The army said rebels killed 3 people.\n"
OTHER = "Omar denied troops arrested 12 farmers.\n"
Files = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site over an empty store."""
    with demo_site(tmp_path, demo=False) as made:
        yield made


def give(client: TestClient, files: Files | None = None, **fields: str) -> tuple[int, str]:
    """Send the form as a browser does; the status and where it leads."""
    parts: Files = files if files is not None else [("files", ("", b""))]
    answer = client.post("/read", data={"csrf": token_of(client, "/read"), **fields}, files=parts)
    return answer.status_code, answer.headers.get("location", answer.text)


def files_of(**contents: bytes) -> Files:
    """Make files of a form; the last underscore of a name is the dot."""
    return [("files", (".".join(name.rsplit("_", 1)), data)) for name, data in contents.items()]


def batch_of(client: TestClient, place: str) -> Batch:
    """Give the batch at an address, from behind the client's guards."""
    app = client.app
    while not hasattr(app, "state"):
        app = app._app  # type: ignore[attr-defined]  # each guard holds what is behind it
    return app.state.desk.batch(place.rpartition("/")[2])  # type: ignore[no-any-return]  # what anybody puts there


def documents_in(site: Site) -> dict[str, str]:
    """Give the texts in the store by id."""
    with site.view() as view:
        return {item.id: site.ledger(view, item.id).document.text for item in view.documents()}


def test_a_pasted_text(site: Site, client: TestClient) -> None:
    """It is read, kept with what is said of its publication, and gone to."""
    said = {
        "title": "Raid",
        "publisher": "Northwire",
        "published": "2024-05-07",
        "url": "https://n.example/a",
        "id": "x/1",
    }
    assert give(client, text=REPORT, **said) == (303, links.document("x/1"))
    with site.view() as view:
        found = view.document("x/1")
    assert (found.title, found.publisher, found.published, found.url) == tuple(said.values())[:4]
    assert client.get(links.document("x/1")).status_code == 200


def test_line_ends_of_a_form(site: Site, client: TestClient) -> None:
    """A browser sends each line end as CRLF; what the field held was LF."""
    give(client, text="The army said rebels killed 3 people.\r\nMore.")
    assert list(documents_in(site).values()) == ["The army said rebels killed 3 people.\nMore."]


def test_a_text_that_is_there_already(site: Site, client: TestClient) -> None:
    """The same text again leads to its document, whatever that is called."""
    give(client, text=REPORT, id="first")
    assert give(client, text=REPORT) == (303, links.document("first"))
    assert give(client, text=REPORT, id="first") == (303, links.document("first"))
    assert list(documents_in(site)) == ["first"]


def test_the_same_text_of_another_outlet(site: Site, client: TestClient) -> None:
    """Printed by two outlets it is two documents."""
    give(client, text=REPORT, publisher="A")
    give(client, text=REPORT, publisher="B")
    assert len(documents_in(site)) == 2


def test_several_files_and_what_fails(site: Site, client: TestClient) -> None:
    """What cannot be taken in is listed with reason and hint, in the store too; the rest goes in."""
    line = json.dumps({"id": "j1", "text": REPORT}).encode()
    found = files_of(
        good_txt=OTHER.encode(), lines_jsonl=line + b"\n{broken\n", picture_png=b"\x89PNG\r\n\x1a\n\0\0", empty_txt=b""
    )
    status, place = give(client, found)
    assert (status, place.startswith("/read/")) == (303, True)
    page = client.get(place).text
    assert sorted(documents_in(site).values()) == sorted((OTHER, REPORT))
    assert "2 documents in the store, 3 failed" in page
    assert all(words in page for words in ("lines.jsonl", "picture.png", "empty.txt", "unsupported"))
    failures = client.get("/documents/failures").text
    assert failures.index("empty.txt") < failures.index("picture.png") < failures.index("lines.jsonl")


def test_a_page_of_the_web(site: Site, client: TestClient) -> None:
    """Of an HTML file the report is taken, and what is said of its publication is added."""
    body = f"<html><head><title>Raid</title></head><body><article><p>{REPORT * 5}</p></article></body></html>"
    status, place = give(client, files_of(a_html=body.encode()), publisher="Wire", published="2024-05-07")
    with site.view() as view:
        found = next(iter(view.documents()))
    assert (status, place) == (303, links.document(found.id))
    assert (found.publisher, found.published) == ("Wire", "2024-05-07")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.opml", b'<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:9/feed"/></body></opml>'),
        (
            "feed.xml",
            b"<rss version='2.0'><channel><item><link>http://127.0.0.1:9/a</link></item></channel></rss>",
        ),
    ],
)
def test_nothing_is_fetched(client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    """Addresses in a file that was handed in are never gone to."""

    def no_network(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("allegedly.ingest.intake.Fetcher", no_network)
    _, place = give(client, [("files", (name, data))])
    assert "something was fetched" not in client.get(place).text
    assert client.get(place).status_code == 200


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\a\\b.txt", "x\r\nSet-Cookie: a=b.txt", "<b>.txt"])
def test_names_of_files(client: TestClient, name: str) -> None:
    """A name is words on a page: no folder, no line end, no tag."""
    _, place = give(client, [("files", (name, b"")), ("files", ("b.txt", b""))])
    page = client.get(place).text
    assert not any(odd in page for odd in ("etc/", "C:", "\r", "<b>"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "  \n"}, "no text was given"),
        ({"text": REPORT, "published": "07/05/2024"}, "is no day"),
        ({"text": REPORT, "url": "file:///etc/passwd"}, "is no address on the web"),
        ({"text": REPORT, "title": "x" * 501}, "title: longer than 500 characters"),
    ],
)
def test_what_is_wrong_with_a_form(site: Site, client: TestClient, fields: dict[str, str], words: str) -> None:
    """The form comes back as it was filled in, and says what is wrong."""
    status, page = give(client, **fields)
    assert (status, words in page, documents_in(site)) == (400, True, {})
    assert REPORT.strip() in page or not fields["text"].strip()


def test_more_than_is_taken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too much together is refused, and the form says so."""
    monkeypatch.setattr(read_module, "MOST_BYTES", 1_000)
    assert give(client, text="x" * 1_001)[0] == 413
    assert give(client, files_of(a_txt=b"x" * 600, b_txt=b"y" * 600))[0] == 413


def test_ten_megabytes(site: Site, client: TestClient) -> None:
    """A text of that length is read; a longer one is refused before that."""
    text = "The rain fell all day.\n" * (10 * 2**20 // 23)
    status, place = give(client, text=text, id="long")
    if place.startswith("/read/"):
        assert batch_of(client, place).finished.wait(120)
    page = client.get(links.document("long"))
    assert (status, page.status_code, len(page.text) < 200_000) == (303, 200, True)
    assert give(client, text=text + "x" * 200_000)[0] == 413
    assert len(documents_in(site)["long"]) == len(text)


def test_the_demo(site: Site, client: TestClient) -> None:
    """One button reads and keeps the three reports."""
    status, place = give(client, demo="1")
    assert (status, client.get(place).text.count("data-item")) == (303, 3)
    assert sorted(documents_in(site)) == ["free_south", "northwire", "veldra_today"]


def test_a_text_that_cannot_be_read(client: TestClient) -> None:
    """It is listed with its reason."""
    _, place = give(client, text="UNREADABLE", title="<b>Bad</b>")
    page = client.get(place).text
    assert "the text says so" in page
    assert "<b>Bad</b>" not in page


class SlowReader(FakeReader):
    """Waits until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def read(self, document: Document) -> Ledger:
        """Read when told to."""
        self.go.wait(30)
        return super().read(document)


def test_while_it_is_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor sees that it is being read, by a page that looks again by itself; then the document."""
    monkeypatch.setattr(read_module, "PATIENCE", 0.01)
    reader = SlowReader()
    with demo_site(tmp_path, demo=False, load=lambda: reader) as site:
        client = client_of(site)
        status, place = give(client, text=REPORT, id="slow")
        waiting = client.get(place)
        assert (status, 'http-equiv="refresh"' in waiting.text, "Being read" in waiting.text) == (303, True, True)
        reader.go.set()
        assert batch_of(client, place).finished.wait(30)
        assert client.get(place).headers["location"] == links.document("slow")


def test_too_many_at_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """More batches than can wait are refused, and the others are read."""
    monkeypatch.setattr(desk_module, "_MOST_WAITING", 2)
    desk, go = Desk(site), threading.Event()
    monkeypatch.setattr(desk, "_run", lambda batch, *_: go.wait(30) and batch.finished.set())
    batches = [desk.hand_in([Document(REPORT)], Options()) for _ in range(2)]
    with pytest.raises(WebProblem, match="other texts are being read"):
        desk.hand_in([Document(REPORT)], Options())
    go.set()
    assert all(batch.finished.wait(30) for batch in batches)


def test_most_documents_of_a_batch(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most, the rest is left and that is said."""
    monkeypatch.setattr(desk_module, "MOST_DOCUMENTS", 2)
    lines = b"\n".join(json.dumps({"id": str(n), "text": REPORT * (n + 1)}).encode() for n in range(5))
    batch = Desk(site).hand_in([Upload("many.jsonl", lines)], Options())
    assert batch.finished.wait(30)
    assert ([came.id for came in batch.came], batch.failures[-1].reason) == (["0", "1"], "too-large")


def test_a_reader_that_cannot_be_made(tmp_path: Path) -> None:
    """A missing pack, or a fault of ours, ends the batch with words and not in silence."""

    def broken() -> FakeReader:
        raise RuntimeError("secret of the server")

    with demo_site(tmp_path, demo=False, load=broken) as site:
        batch = Desk(site).hand_in([Document(REPORT)], Options())
        assert batch.finished.wait(30)
        assert [item.message for item in batch.failures] == ["something went wrong here"]


def test_a_batch_that_is_not_known(client: TestClient) -> None:
    """Ids cannot be guessed, and old ones are gone."""
    assert client.get("/read/guess").status_code == 404


def test_forged_forms_are_refused(site: Site, client: TestClient) -> None:
    """Without the token of a page nothing is read."""
    assert client.post("/read", data={"text": REPORT}).status_code == 403
    assert documents_in(site) == {}
