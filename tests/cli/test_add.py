"""`allegedly add`: inputs of all kinds into a store, taken up after a kill, with a summary of what failed."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allegedly.ingest.retrievals import folder_beside
from allegedly.settings import default_store
from allegedly.store.opening import open_store
from tests.cli.conftest import Result, call
from tests.fakes import FakeReader
from tests.sites import Site, open_site, page

REPORT = "The army said rebels killed 3 people.\r\nRain is expected.\r\n"


@pytest.fixture
def reports(folder: Path) -> Path:
    """A folder with a text, lines, a page, and a binary file."""
    made = folder / "reports"
    made.mkdir()
    (made / "a.txt").write_bytes(REPORT.encode())
    (made / "b.jsonl").write_text('{"text":"A said b.","id":"b1"}\nnope\n{"event_text":"A said c.","id":"c1"}\n')
    (made / "c.html").write_bytes(page())
    (made / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with open_site() as made:
        yield made


def _add(*arguments: str, **more: Any) -> Result:
    return call("add", *arguments, "--store", "s.db", **more)


def _documents() -> list[str]:
    with open_store("s.db") as store, store.view() as view:
        return [document.id for document in view.documents()]


def test_a_folder(reports: Path) -> None:
    """All that can be read is in the store, the rest is named, summed up and recorded; the exit code is 3."""
    result = _add(str(reports))
    assert (result.code, result.out, len(_documents())) == (3, b"", 4)
    assert f"{reports / 'b.jsonl'}:2: no JSON" in result.err
    assert "4 documents added, 0 known or unchanged, 2 inputs failed" in result.err
    assert "2 failed: 1 json, 1 unsupported" in result.err
    failures = json.loads(call("store", "failures", "--format", "json", "--store", "s.db").out)
    assert "d.png" in json.dumps(failures)


def test_texts_are_as_received(reports: Path) -> None:
    """The store holds the text as it stands in the file."""
    _add(str(reports / "a.txt"))
    with open_store("s.db") as store, store.view() as view:
        (document,) = view.documents()
        assert json.loads(view.ledger(document.id))["document"]["text"] == REPORT


def test_again_changes_nothing(reports: Path) -> None:
    """What is there already is passed over, without being read."""
    _add(str(reports))
    before = _documents()
    read: list[str] = []

    class Counting(FakeReader):
        """Remembers what it reads."""

        def read(self, document: Any) -> Any:
            read.append(document.id)
            return super().read(document)

    result = _add(str(reports), load=lambda _: Counting())
    assert (result.code, read, _documents()) == (3, [], before)
    assert "0 documents added, 4 known or unchanged, 2 inputs failed" in result.err


def test_the_same_twice_in_one_run(reports: Path) -> None:
    """A document that comes twice is read once."""
    result = _add(str(reports / "a.txt"), str(reports / "a.txt"))
    assert "1 documents added, 1 known" in result.err


@pytest.mark.parametrize("text", ["UNREADABLE", "{}"])
def test_what_the_reader_refuses(text: str, folder: Path) -> None:
    """A document that the reader refuses is a failure with its place; the rest goes on."""
    (folder / "a.txt").write_text(f"{text} said.")
    (folder / "b.txt").write_text("Rain.")
    result = _add("a.txt", "b.txt")
    bad = text == "UNREADABLE"
    assert (result.code, "a.txt: the text says so" in result.err) == (3 if bad else 0, bad)


def test_another_text_under_one_id(folder: Path) -> None:
    """Two texts with one id are a conflict: the first stays, and the failure is said."""
    (folder / "a.jsonl").write_text('{"text":"A said b.","id":"x"}\n{"text":"A said c.","id":"x"}\n')
    result = _add("a.jsonl")
    assert (result.code, _documents()) == (3, ["x"])
    assert "the store holds another text under this id" in result.err


@pytest.mark.parametrize("inputs", [["nowhere"], ["empty"], ["http://127.0.0.1:9/"]])
def test_nothing_could_be_read(inputs: list[str], folder: Path) -> None:
    """Where nothing comes in the exit code is 1."""
    (folder / "empty").mkdir()
    result = _add(*inputs)
    assert (result.code, result.out) == (1, b"")


@pytest.mark.parametrize(
    "arguments",
    [[], ["a", "--encoding", "no-such"], ["a", "--delay", "-1"], ["a", "--max-bytes", "0"], ["a", "--nope"]],
)
def test_wrong_use(arguments: list[str]) -> None:
    """Wrong use is exit 2, in one line, before anything is read."""
    result = _add(*arguments)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_quiet(reports: Path) -> None:
    """--quiet leaves errors only."""
    assert _add(str(reports / "a.txt"), "--quiet").err == ""


def test_warnings_are_summed_up(reports: Path) -> None:
    """What the reader warns of is told once, with the number of documents."""
    result = _add(str(reports / "b.jsonl"), load=lambda _: FakeReader(("the text is in French",)))
    assert result.err.count("2 documents: the text is in French") == 1


def test_standard_input() -> None:
    """A hyphen is standard input."""
    assert (_add("-", stdin=b'{"text":"A said b.","id":"x"}\n').code, _documents()) == (0, ["x"])


def test_what_is_known_of_retrievals(reports: Path, folder: Path) -> None:
    """Beside the store, each document has a line with place, digest and extractor; on request its raw bytes."""
    _add(str(reports / "c.html"), "--keep-raw")
    (row,) = map(json.loads, (folder / "s.db.intake" / "retrievals.jsonl").read_bytes().splitlines())
    assert (row["document"], row["extractor"], row["kind"]) == (_documents()[0], "trafilatura", "html")
    digest = row["digest"].removeprefix("sha256:")
    assert (folder / "s.db.intake" / "raw" / digest[:2] / digest[2:]).read_bytes() == page()


def test_the_folder_can_be_said(reports: Path, folder: Path) -> None:
    """What is known of retrievals goes where the user says."""
    _add(str(reports / "a.txt"), "--intake", "kept")
    assert [path.name for path in (folder / "kept").iterdir()] == ["retrievals.jsonl"]


def test_the_folder_beside_the_store() -> None:
    """It has the store's name; for a store on a server it is where the usual store would be."""
    places = [folder_beside(store) for store in ("a/s.db", "postgresql://ann@n.example/x", default_store())]
    assert places == [Path("a/s.db.intake"), *[default_store().with_name("store.db.intake")] * 2]


def test_pages_are_asked_for_once(site: Site, folder: Path) -> None:
    """A page that says it is unchanged is passed over the next time; loopback needs its flag."""

    def answer(handler: Any) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Content-Length", str(0 if known else len(page())))
        handler.end_headers()
        handler.wfile.write(b"" if known else page())

    url = site.on("/a", answer)
    assert _add(url, "--delay", "0").code == 1
    first, second = (_add(url, "--allow-private", "--delay", "0") for _ in range(2))
    assert (first.code, second.code, "0 documents added, 1 known or unchanged" in second.err) == (0, 0, True)
    assert (folder / "s.db.intake" / "visits.jsonl").is_file()


def test_pages_of_a_feed_are_fetched_once(site: Site) -> None:
    """A page that a feed names is not asked for again once it is in the store, unless the user says so."""
    site.put("/a", page())
    feed = f'<rss version="2.0"><channel><item><link>{site.base}/a</link></item></channel></rss>'
    url = site.put("/feed", feed.encode())
    asked = []
    for more in ([], [], ["--refetch"]):
        assert _add(url, "--allow-private", "--delay", "0", *more).code == 0
        asked.append(site.paths().count("/a"))
    assert asked == [1, 1, 2]


SLOW = """
import sys, time
from allegedly.cli.main import execute
from tests.fakes import FakeReader

class Slow(FakeReader):
    def read(self, document):
        time.sleep(0.002)
        return super().read(document)

sys.exit(execute(sys.argv[1:], load=lambda _: Slow()))
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_taken_up_after_a_kill(folder: Path) -> None:
    """A run that is killed without warning leaves whole documents; the next one reads the rest and no more."""
    count = 900
    (folder / "a.jsonl").write_text("".join(f'{{"text":"A said b {n}.","id":"d{n}"}}\n' for n in range(count)))
    command = [sys.executable, "-c", SLOW, "add", "a.jsonl", "--store", "s.db"]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    lines = folder / "s.db.intake" / "retrievals.jsonl"
    end = time.monotonic() + 60
    while time.monotonic() < end and (not lines.is_file() or lines.read_bytes().count(b"\n") < 300):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    kept = len(_documents())
    assert 0 < kept < count
    result = _add("a.jsonl")
    assert (result.code, f"{count - kept} documents added, {kept} known" in result.err) == (0, True)
    assert sorted(_documents()) == sorted(f"d{n}" for n in range(count))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_bar_on_a_terminal(folder: Path) -> None:
    """On a terminal a bar shows documents, rate and time left; elsewhere there is none."""
    (folder / "a.jsonl").write_text("".join(f'{{"text":"A said b {n}.","id":"d{n}"}}\n' for n in range(300)))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", SLOW, "add", "a.jsonl", "--store", "s.db"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, env=environment, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # how a pseudo-terminal says that nobody is at the other end
    os.close(ours)
    assert (process.wait(), b"documents" in shown, b"/s" in shown) == (0, True, True)
    assert b"300 documents added" in shown
