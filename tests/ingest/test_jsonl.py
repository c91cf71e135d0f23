"""JSON Lines and JSON: our form and those of other programs, and lines that are none."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import InputError
from allegedly.ingest.base import Arrival, Failure
from allegedly.ingest.jsonl import read_line
from tests.ingest.conftest import LOCAL, arrivals, reasons, take

OURS = {
    "id": "r1", "text": "The army said so.", "published": "2024-05-07", "title": "T", "url": "https://u:p@n.example/a",
    "publisher": "Northwire", "language": "en",
}  # fmt: skip
NGEC = {"id": "20240507_1", "date": "2024-05-07", "event_text": "The army said so.", "title": "T", "lang": "en"}
TRAFILATURA = {
    "title": "T", "author": "Mara Ilen", "hostname": "n.example", "date": "2024-05-07", "fingerprint": "40a9",
    "id": None,
    "raw_text": "The army said so.", "text": "The army said so.", "language": "en", "source": "https://n.example/a",
    "source-hostname": "Northwire",
}  # fmt: skip
ARCHIVER = {
    "status": "generic: success",
    "metadata": {
        "url": "https://n.example/a", "title": "T", "content": "The army said so.",
        "timestamp": "2024-05-07T10:00:00+00:00", "_processed_at": "2024-05-08 10:00:00",
    },
    "media": [],
}  # fmt: skip


def _one(tmp_path: Path, item: Any) -> Arrival:
    (tmp_path / "a.jsonl").write_text(json.dumps(item) + "\n")
    (found,) = arrivals(take(tmp_path / "a.jsonl"))
    return found


def test_our_form(tmp_path: Path) -> None:
    """All that is known is taken over; credentials in the URL are not."""
    document = _one(tmp_path, OURS).document
    assert (document.id, document.text, document.published, document.title) == (
        "r1", "The army said so.", "2024-05-07", "T",
    )  # fmt: skip
    assert (document.url, document.publisher, document.language) == ("https://n.example/a", "Northwire", "en")


def test_ngec(tmp_path: Path) -> None:
    """NGEC's lines have their text in event_text and their date in date."""
    found = _one(tmp_path, NGEC)
    assert (found.document.id, found.document.published, found.document.language) == ("20240507_1", "2024-05-07", "en")
    assert (found.document.text, found.retrieval.extractor) == ("The army said so.", "NGEC")


def test_trafilatura(tmp_path: Path) -> None:
    """In trafilatura's output `source` is the URL and `source-hostname` the publisher."""
    found = _one(tmp_path, TRAFILATURA)
    assert (found.document.url, found.document.publisher) == ("https://n.example/a", "Northwire")
    assert (found.document.published, found.retrieval.byline) == ("2024-05-07", "Mara Ilen")


def test_auto_archiver(tmp_path: Path) -> None:
    """In auto-archiver's output text and date stand in metadata."""
    found = _one(tmp_path, ARCHIVER)
    assert (found.document.text, found.document.published) == ("The army said so.", "2024-05-07T10:00:00+00:00")
    assert (found.document.url, found.retrieval.published_as) == ("https://n.example/a", "2024-05-07T10:00:00+00:00")


def test_a_date_that_cannot_be_read(tmp_path: Path) -> None:
    """Other programs' dates are kept as they stand, and not guessed at."""
    found = _one(tmp_path, NGEC | {"date": "05/07/2024"})
    assert (found.document.published, found.retrieval.published_as) == (None, "05/07/2024")


def test_the_same_words_at_two_outlets(tmp_path: Path) -> None:
    """Without an id, the same words of two publishers are two documents, of one publisher one."""
    lines = [{"text": "The army said so.", "publisher": name} for name in ("A", "B", "A")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    ids = [item.document.id for item in arrivals(take(tmp_path))]
    assert (ids[0] == ids[2], ids[0] != ids[1]) == (True, True)


BAD_LINES = {
    "nope": "json", '{"text":"a': "json", '{"id":"a"}': "json", '{"text":3}': "json", "[]": "json",
    '{"text":" "}': "empty",
    '{"text":"a","published":"soon"}': "json", '{"text":"\\ud83d"}': "json", '{"event_text":7}': "json",
    '{"status":"s","metadata":{"content":" "}}': "empty",
}  # fmt: skip


@pytest.mark.parametrize("line", BAD_LINES)
def test_bad_lines(line: str, tmp_path: Path) -> None:
    """A bad line has a reason and its number, and the rest goes on."""
    (tmp_path / "a.jsonl").write_text(f'{{"text":"a said."}}\n{line}\n\n{{"text":"b said."}}')
    first, bad, last = take(tmp_path)
    assert isinstance(bad, Failure)
    assert (bad.reason, bad.place) == (BAD_LINES[line], f"{tmp_path / 'a.jsonl'}:2")
    assert (isinstance(first, Arrival), isinstance(last, Arrival)) == (True, True)


def test_endless_lines(tmp_path: Path) -> None:
    """A line longer than allowed is passed over, and the next one is read as a line of its own."""
    text = json.dumps({"text": "x" * 5000})
    (tmp_path / "a.jsonl").write_text(f'{text}\n{{"text":"b said."}}\n{text}')
    items = take(tmp_path, options=replace(LOCAL, max_bytes=1000))
    assert [item.document.text for item in arrivals(items)] == ["b said."]
    assert reasons(items) == ["too-large", "too-large"]


def test_json_files(tmp_path: Path) -> None:
    """One object over many lines and a list of objects are read too; a bad one in a list does not stop the rest."""
    (tmp_path / "a.json").write_text(json.dumps(OURS, indent=2))
    (tmp_path / "b.json").write_text(json.dumps([NGEC, {"id": "x"}, TRAFILATURA]))
    (tmp_path / "c.json").write_text(f"{json.dumps(NGEC)}\n{json.dumps(NGEC)}\n")
    (tmp_path / "d.json").write_text("{nope")
    items = take(tmp_path)
    assert (len(arrivals(items)), reasons(items)) == (5, ["json", "json"])


def test_packed_lines(tmp_path: Path) -> None:
    """Lines in gzip are read as they are unpacked; where the file breaks off is said after the lines before."""
    lines = b"".join(b'{"text":"report %d said so."}\n' % number for number in range(5000))
    packed = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.jsonl.gz").write_bytes(packed[:-100])
    items = take(tmp_path)
    assert 5000 < len(arrivals(items)) < 10_000
    assert reasons(items)[-1] == "damaged"


def test_lines_in_another_encoding(tmp_path: Path) -> None:
    """The encoding stated holds for lines too."""
    (tmp_path / "a.jsonl").write_bytes('{"text":"Армия сообщила."}\n'.encode("cp1251"))
    (item,) = arrivals(take(tmp_path, options=replace(LOCAL, encoding="cp1251")))
    assert item.document.text == "Армия сообщила."
    assert reasons(take(tmp_path)) == ["encoding"]


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["text", "event_text", "metadata", "status", "source", "date", "content", "id", "published"]
                ),
                inner,
            )
        ),
    )
)
def test_any_json(item: Any) -> None:
    """Any JSON is a document or an error of ours."""
    try:
        reason = "" if read_line(json.dumps(item).encode(), "x").text.strip() else "no text"
    except InputError as error:
        reason = error.reason
    assert reason in {"", "json", "empty", "encoding"}
