"""Web archives: what they hold, what is left out, and archives that are damaged."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from allegedly.ingest.base import Failure
from tests.ingest.conftest import LOCAL, arrivals, reasons, take
from tests.ingest.files import make_pdf, pack, record, wacz
from tests.sites import SENTENCES, page


def _url(number: int) -> str:
    return f"https://n.example/{number}"


def _pages(count: int) -> list[bytes]:
    return [
        record(_url(n), page(title=f"Report {n}", sentences=(*SENTENCES, f"It was report {n}."))) for n in range(count)
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_an_archive(packed: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a column
    """Pages come in order, each with URL, time of retrieval, headers and the digest of its own bytes."""
    (tmp_path / "a.bin").write_bytes(pack(_pages(3)) if packed else b"".join(_pages(3)))
    items = arrivals(take(tmp_path))
    assert [item.document.url for item in items] == [_url(n) for n in range(3)]
    first = items[0].retrieval
    assert (first.place, first.retrieved) == (f"{tmp_path / 'a.bin'}#{_url(0)}", "2024-05-07T10:00:00+00:00")
    assert dict(first.headers)["content-type"] == "text/html; charset=utf-8"
    assert len({item.retrieval.digest for item in items}) == 3


def test_what_is_left_out(tmp_path: Path) -> None:
    """Pictures, errors, requests and robots.txt are passed over without a word; text, PDF and packed pages are read."""
    records = [
        record(_url(0), b"\x89PNG", media="image/png"),
        record(_url(1), page(), status="404 Not Found"),
        record(_url(2), b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record("https://n.example/robots.txt", b"User-agent: *", media="text/plain"),
        record(_url(3), page(), coding="gzip"),
        record(_url(4), make_pdf("The army said so."), media="application/pdf"),
        record(_url(5), b"The army said so.", media="text/plain", kind="resource"),
        record(_url(6), b"The army said so.", media="text/plain", kind="conversion"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    items = take(tmp_path)
    assert [item.document.url for item in arrivals(items)] == [_url(n) for n in (3, 4, 5, 6)]
    assert reasons(items) == []


def test_a_record_that_does_not_fit_its_digest(tmp_path: Path) -> None:
    """Bytes that were changed are not read as if they were what was archived."""
    good, other, last = _pages(3)
    bad = record(_url(1), page(), digest=b"something else")
    (tmp_path / "a.warc").write_bytes(good + bad + last)
    items = take(tmp_path)
    assert (len(arrivals(items)), reasons(items), bool(other)) == (2, ["damaged"], True)


@pytest.mark.parametrize("packed", [True, False])
def test_every_cut(packed: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a column
    """Wherever an archive breaks off, the whole records before are read, and the rest is a failure."""
    records = _pages(3)
    data = pack(records) if packed else b"".join(records)
    ends = [len(pack(records[:n]) if packed else b"".join(records[:n])) for n in (1, 2)]
    for end in range(ends[0] + 5, len(data) - 5, 61):
        path = tmp_path / "a.warc"
        path.write_bytes(data[:end])
        items = take(path)
        assert len(arrivals(items)) == 1 + (end >= ends[1] - 4), end  # the last line ends of a record may be missing
        if end not in range(ends[1] - 4, ends[1] + 1):
            assert set(reasons(items)) == {"damaged"}, end


def test_damage_in_the_middle(tmp_path: Path) -> None:
    """What cannot be unpacked ends the archive with a failure that says after how many records."""
    data = pack(_pages(3))
    middle = len(data) // 2
    (tmp_path / "a.warc.gz").write_bytes(data[:middle] + bytes(40) + data[middle + 40 :])
    items = take(tmp_path)
    assert len(arrivals(items)) == 1
    last = items[-1]
    assert isinstance(last, Failure)
    assert (last.reason, "records" in last.message) == ("damaged", True)


@pytest.mark.parametrize("data", [b"WARC/1.0\r\nnonsense", b"WARC/1.0\r\n\r\n", gzip.compress(b"WARC/1.0")])
def test_no_archive(data: bytes, tmp_path: Path) -> None:
    """What only begins like an archive is damaged."""
    (tmp_path / "a.warc").write_bytes(data)
    assert set(reasons(take(tmp_path))) == {"damaged"}


def test_large_records(tmp_path: Path) -> None:
    """A record larger than allowed is a failure, packed or not, and the next one is read."""
    big = page(body="<p>" + "x" * 100_000 + "</p>")
    (tmp_path / "a.warc").write_bytes(record(_url(0), big) + record(_url(1), big, coding="gzip") + _pages(1)[0])
    items = take(tmp_path, options=replace(LOCAL, max_bytes=20_000))
    assert (len(arrivals(items)), reasons(items)) == (1, ["too-large", "too-large"])


def test_wacz(tmp_path: Path) -> None:
    """The archives in a WACZ are read in order of their names; a damaged one does not stop the others."""
    (tmp_path / "a.wacz").write_bytes(wacz(b=pack(_pages(1)), a=pack(_pages(2)), c=b"nonsense"))
    items = take(tmp_path)
    assert [item.retrieval.place.split("#")[1] for item in arrivals(items)] == [f"archive/{n}.warc.gz" for n in "aab"]
    assert reasons(items) == ["damaged"]


@pytest.mark.parametrize("data", [wacz(), wacz(a=pack(_pages(1)))[:-40], b"PK\x03\x04datapackage.json"])
def test_no_wacz(data: bytes, tmp_path: Path) -> None:
    """A WACZ without archives, or one that breaks off, is damaged."""
    (tmp_path / "a.wacz").write_bytes(data)
    assert reasons(take(tmp_path)) == ["damaged"]
