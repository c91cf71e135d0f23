"""Hostile input: whatever a file holds, it gives items, and the next file is read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from allegedly.ingest.base import REASONS, Arrival, Failure
from tests.ingest.conftest import take
from tests.ingest.files import make_pdf, pack, record, wacz
from tests.sites import page

_SEEDS = (
    page(),
    make_pdf("The army said so."),
    record("https://n.example/a", page()),
    pack([record("https://n.example/a", page())]),
    wacz(a=pack([record("https://n.example/a", page())])),
    b'{"text":"The army said so."}\n{"event_text":"x"}\n',
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>T</title></item></channel></rss>',
    b'<opml version="2.0"><body><outline xmlUrl="ftp://n.example/"/></body></opml>',
)
_NAMES = ("a.txt", "a.html", "a.jsonl", "a.json", "a.pdf", "a.warc.gz", "a.wacz", "a.xml", "a.gz", "a")


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """Take a good file and spoil it: cut it, put bytes in, take some out."""
    data = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(data)))
        data[place : place + draw(st.integers(0, 40))] = draw(st.binary(max_size=12))
    return bytes(data[: draw(st.integers(0, len(data)))])


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=300), _damaged()), st.sampled_from(_NAMES))
@example(b"\x1f\x8b\x08\x00", "a.warc.gz")
@example(b"PK\x03\x04archive/", "a.wacz")
@example(b"%PDF-", "a.pdf")
@example(b"<rss", "a.xml")
def test_any_bytes(data: bytes, name: str) -> None:
    """Any bytes under any name give arrivals with text, or failures with a known reason in one line of words."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (Path(folder) / "z.txt").write_text("z said.")
        items = take(folder)
    last = items[-1]
    assert isinstance(last, Arrival)
    assert last.document.text == "z said."
    assert all(item.document.text.strip() for item in items if isinstance(item, Arrival))
    assert {item.reason for item in items if isinstance(item, Failure)} <= set(REASONS)
