"""Files and folders: stable order, loops, what cannot be opened; texts in other encodings, empty and binary ones."""

from __future__ import annotations

import gzip
import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from allegedly.errors import UsageError
from allegedly.ingest.base import Arrival, Failure, Options
from allegedly.ingest.intake import ingest
from tests.ingest.conftest import LOCAL, arrivals, reasons, take


def _texts(*inputs: str | Path, options: Options = LOCAL) -> list[str]:
    return [item.document.text for item in arrivals(take(*inputs, options=options))]


def test_a_text_is_as_it_stands(tmp_path: Path) -> None:
    """Line ends stay, the byte order mark goes; the retrieval says where the bytes were and what they were."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfRain.\r\nMore rain.\r\n")
    (item,) = arrivals(take(path))
    assert item.document.text == "Rain.\r\nMore rain.\r\n"
    assert (item.retrieval.place, item.retrieval.kind, item.retrieval.size) == (str(path), "text", 22)
    assert item.document.published is None


def test_folders_in_order(tmp_path: Path) -> None:
    """Folders are walked to the bottom in order of names; hidden files are left out."""
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt", ".hidden", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} said.")
    assert _texts(tmp_path) == ["a/1.txt said.", "a/2.txt said.", "b.txt said.", "c/d/e.txt said."]


def test_inputs_in_the_order_given(tmp_path: Path) -> None:
    """Inputs keep their order, and the same ones give the same items."""
    for name in "ab":
        (tmp_path / name).write_text(f"{name} said.")
    assert _texts(tmp_path / "b", tmp_path / "a") == ["b said.", "a said."]
    assert take(tmp_path) == take(tmp_path)


def test_loops_of_links_end(tmp_path: Path) -> None:
    """A link back to a folder above is entered once; a link to nothing is a failure."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x said.")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "a" / "gone").symlink_to(tmp_path / "nowhere")
    items = take(tmp_path)
    assert [item.document.text for item in arrivals(items)] == ["x said."]
    assert reasons(items) == ["not-found", "unreadable"]


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_no_file(tmp_path: Path) -> None:
    """A named pipe is not opened: nobody may ever write into it."""
    os.mkfifo(tmp_path / "pipe")
    assert reasons(take(tmp_path / "pipe")) == ["unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    """A file or folder without permission is a failure, the rest goes on."""
    for name in "ab":
        (tmp_path / name).write_text(f"{name} said.")
    (tmp_path / "a").chmod(0)
    items = take(tmp_path)
    assert (reasons(items), len(arrivals(items))) == (["unreadable"], 1)


def test_unreadable_files_are_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system says when a file is opened, it is a failure with its words, and the rest goes on."""
    for name in "ab":
        (tmp_path / name).write_text(f"{name} said.")
    kept = Path.open

    def opened(path: Path, *arguments: str) -> io.IOBase:
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return kept(path, *arguments)

    monkeypatch.setattr(Path, "open", opened)
    first, second = take(tmp_path)
    assert isinstance(second, Arrival)
    assert isinstance(first, Failure)
    assert (first.reason, first.message) == ("unreadable", f"{tmp_path / 'a'}: Permission denied")


BAD = {
    "empty": (b"", "empty"),
    "white": (b" \r\n\t", "empty"),
    "latin": (b"caf\xe9 said", "encoding"),
    "wide": ("Rain.".encode("utf-16"), "encoding"),
    "cut": (b"abc\xe2\x82", "encoding"),
    "zeros": (b"\0" * 100, "unsupported"),
    "picture": (b"\x89PNG\r\n\x1a\n", "unsupported"),
    "packed": (b"\x1f\x8b\x08\x00nonsense", "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_texts(name: str, tmp_path: Path) -> None:
    """What is no text has a reason, names its place, and does not stop the rest."""
    data, reason = BAD[name]
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text("b said.")
    first, second = take(tmp_path)
    assert isinstance(first, Failure)
    assert isinstance(second, Arrival)
    assert (first.reason, first.message.startswith(str(tmp_path / "a.txt"))) == (reason, True)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "koi8-r"])
def test_other_encodings(encoding: str, tmp_path: Path) -> None:
    """A stated encoding is used."""
    (tmp_path / "a.txt").write_bytes("Армия сообщила.".encode(encoding))
    assert _texts(tmp_path, options=replace(LOCAL, encoding=encoding)) == ["Армия сообщила."]


def test_mojibake_is_not_repaired(tmp_path: Path) -> None:
    """Text that was spoilt before it came stays as it is: what stands there is what was received."""
    (tmp_path / "a.txt").write_text("â€œWe did notâ€\x9d, he said.", "utf-8")
    assert _texts(tmp_path) == ["â€œWe did notâ€\x9d, he said."]


def test_packed_texts(tmp_path: Path) -> None:
    """A text in gzip is unpacked; one that breaks off is damaged."""
    data = gzip.compress(b"The army said so. " * 2000)
    (tmp_path / "a.txt.gz").write_bytes(data)
    (tmp_path / "b.txt.gz").write_bytes(data[:-20])
    items = take(tmp_path)
    assert (len(arrivals(items)), reasons(items)) == (1, ["damaged"])


def test_packed_bombs(tmp_path: Path) -> None:
    """The limit counts unpacked bytes."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 50_000_000))
    assert reasons(take(tmp_path, options=replace(LOCAL, max_bytes=1_000_000))) == ["too-large"]


@pytest.mark.parametrize("name", ["nowhere.txt", "a\0b", "x" * 5000])
def test_what_is_not_there(name: str) -> None:
    """A path to nothing, or that can be none, is a failure."""
    (item,) = take(name)
    assert isinstance(item, Failure)
    assert item.reason in {"not-found", "unreadable"}


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hyphen is standard input, of any kind, and it stays open."""
    stream = io.TextIOWrapper(io.BytesIO(b'{"text":"a said."}\n{"text":"b said."}\n'))
    monkeypatch.setattr(sys, "stdin", stream)
    assert _texts("-") == ["a said.", "b said."]
    assert not stream.buffer.closed


def test_raw_bytes_are_kept(tmp_path: Path) -> None:
    """On request the bytes of each document stand in a file named after their digest; again changes nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"\xef\xbb\xbfRain.")
    (tmp_path / "in" / "b.jsonl").write_bytes(b'{"text":"b said."}\n')
    options = replace(LOCAL, keep=tmp_path / "raw")
    for _ in range(2):
        items = arrivals(take(tmp_path / "in", options=options))
        digests = sorted(item.retrieval.digest.removeprefix("sha256:") for item in items)
        kept = sorted(f"{path.parent.name}{path.name}" for path in (tmp_path / "raw").rglob("*") if path.is_file())
        assert kept == digests
    assert b"\xef\xbb\xbfRain." in [path.read_bytes() for path in (tmp_path / "raw").rglob("*") if path.is_file()]


def test_raw_bytes_cannot_be_kept(tmp_path: Path) -> None:
    """Where they cannot be kept the call is wrong; nothing is silently not kept."""
    (tmp_path / "a.txt").write_text("Rain.")
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(UsageError, match="cannot be kept"):
        take(tmp_path / "a.txt", options=replace(LOCAL, keep=tmp_path / "raw"))


@pytest.mark.parametrize("wrong", [{"delay": -1}, {"timeout": 0}, {"max_bytes": 0}, {"user_agent": "a\nb"}])
def test_wrong_options(wrong: dict[str, object]) -> None:
    """Numbers out of range and headers in a user agent are wrong use."""
    with pytest.raises(UsageError):
        Options(**wrong)  # type: ignore[arg-type]


def test_wrong_encoding() -> None:
    """An encoding that does not exist is wrong use, before anything is read."""
    with pytest.raises(UsageError, match="no-such"):
        list(ingest([], Options(encoding="no-such")))


def test_a_bug_of_a_library_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsers of hostile formats raise anything; it becomes a failure of that input."""
    (tmp_path / "a.html").write_text("<html><p>Rain.")
    (tmp_path / "b.txt").write_text("b said.")

    def broken(*_: object) -> object:
        raise KeyError("deep inside")

    monkeypatch.setattr("allegedly.ingest.html.decode_page", broken)
    items = take(tmp_path)
    assert (reasons(items), len(arrivals(items))) == (["damaged"], 1)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, texts are still taken in, and pages say which command installs what they need."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_text("b said.")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    first, second = take(tmp_path)
    assert isinstance(second, Arrival)
    assert isinstance(first, Failure)
    assert (first.reason, first.hint) == ("extra-missing", "pip install 'allegedly[ingest]'")
