"""What an input is, by its bytes first."""

from __future__ import annotations

import gzip

import pytest

from allegedly.errors import InputError
from allegedly.ingest.detect import detect_kind, unpack_head

KINDS = [
    (b"The army said so.", "report.txt", "", "text"),
    (b"%PDF-1.7 ...", "report.txt", "text/plain", "pdf"),
    (b"\n\n%PDF-1.7 ...", "report", "", "pdf"),
    (b"WARC/1.0\r\n", "x.dat", "", "warc"),
    (b"PK\x03\x04....archive/data.warc.gz", "x.zip", "", "wacz"),
    (b"PK\x03\x04....", "x.wacz", "", "wacz"),
    (b'{"text":"a"}\n{"text":"b"}\n', "x.txt", "", "jsonl"),
    (b'\xef\xbb\xbf{"text":"a"}\n', "x", "", "jsonl"),
    (b'{\n "text":"a"\n}\n', "x.txt", "", "json"),
    (b'[{"text":"a"}]', "x", "", "json"),
    (b"[Editor's note] The army said so.", "x.txt", "", "text"),
    (b"{curly} beginnings are rare.", "x.txt", "", "text"),
    (b"nonsense", "x.jsonl", "", "jsonl"),
    (b"nonsense", "x.json", "", "json"),
    (b"<!DOCTYPE html><p>Rain.", "x.txt", "", "html"),
    (b'<?xml version="1.0"?>\n<!-- c -->\n<html xmlns="x">', "x", "", "html"),
    (b"<p>Rain.", "x.HTML", "", "html"),
    (b"<p>Rain.", "", "text/html", "html"),
    (b'<?xml version="1.0"?><rss version="2.0">', "x", "text/html", "feed"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "x", "", "feed"),
    (b"<rdf:RDF>", "x", "", "feed"),
    (b'<?xml version="1.0"?><opml version="2.0">', "x.xml", "", "opml"),
    ("Rain.".encode("utf-16"), "x.txt", "", "text"),
    (b"<3 is no tag", "x.txt", "", "text"),
]


@pytest.mark.parametrize(("head", "name", "media_type", "kind"), KINDS)
def test_kinds(head: bytes, name: str, media_type: str, kind: str) -> None:
    """Content wins over what the server says, and that over the name, where the content is plain."""
    assert detect_kind(head, place="x", name=name, media_type=media_type) == kind


@pytest.mark.parametrize(
    "head",
    [b"\x89PNG....", b"\xff\xd8\xff\xe0", b"MZ\0\0", b"PK\x03\x04word/document.xml", b"<?xml version='1.0'?><svg>"],
)
def test_what_is_not_read(head: bytes) -> None:
    """Pictures, programs, office files and other XML are refused as such."""
    with pytest.raises(InputError) as caught:
        detect_kind(head, place="x")
    assert caught.value.reason == "unsupported"


def test_packed_heads() -> None:
    """What gzip holds is looked at; what only begins like gzip comes back."""
    assert unpack_head(gzip.compress(b"WARC/1.0")) == b"WARC/1.0"
    assert unpack_head(b"\x1f\x8bnonsense") == b"\x1f\x8bnonsense"
