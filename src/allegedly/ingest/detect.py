"""
What an input is: by its first bytes, then by what the server or the name says.

A text file that is a PDF is read as a PDF, whatever its name. Only where the
bytes leave it open (a text that begins with a brace, say) does the name count.
"""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Final

from allegedly.errors import InputError
from allegedly.ingest.base import Kind
from allegedly.ingest.decode import UTF16, is_binary

HEAD: Final = 4096  # bytes looked at
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LINES: Final = (".jsonl", ".ndjson")
_PAGES: Final = (".html", ".htm", ".xhtml")
_ROOT = re.compile(rb"<(?:!doctype\s+(?P<type>[\w:]+)|(?P<tag>[a-z][\w:.-]*))", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOTS: Final[dict[bytes, Kind]] = {
    b"rss": "feed",
    b"feed": "feed",
    b"atom:feed": "feed",
    b"rdf:rdf": "feed",
    b"opml": "opml",
    b"html": "html",
    b"head": "html",
    b"body": "html",
}
_MEDIA_TYPES: Final[dict[str, Kind]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/json": "json",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/warc": "warc",
}


def detect_kind(head: bytes, *, place: str, name: str = "", media_type: str = "") -> Kind:
    """
    Say what an input is.

    Args:
        head: Its first bytes, :data:`HEAD` of them if it has so many; what gzip holds, if it is packed.
        place: What to call it in messages.
        name: Its file name.
        media_type: Its media type, if a server stated one.

    Raises:
        InputError: If it is of a kind that is not read.
    """
    name = name.lower().removesuffix(".gz")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"WARC/") or (head.startswith(_ZSTD) and ".warc" in name):
        return "warc"
    if head.startswith(_ZIP):
        return _zip_kind(head, place, name)
    if head.startswith(UTF16):
        return _by_name(name, "text")
    if is_binary(head) and media_type != "text/html":
        raise _unsupported(place, "a binary file that is not read")
    return _markup(head, place) or _json(head, name) or _by_name(name, _MEDIA_TYPES.get(media_type, "text"))


def unpack_head(head: bytes) -> bytes:
    """Give the first bytes inside gzip; others come back as they are."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return head


def is_gzip(head: bytes) -> bool:
    """Say whether bytes begin as gzip does."""
    return head.startswith(_GZIP)


def _zip_kind(head: bytes, place: str, name: str) -> Kind:
    """Tell WACZ from the other things that are zip files (Office, EPUB)."""
    if name.endswith(".wacz") or b"datapackage" in head or b"archive/" in head:
        return "wacz"
    raise _unsupported(place, "a zip or office file, which is not read")


def _markup(head: bytes, place: str) -> Kind | None:
    """Say what XML or HTML it is by its first element; None if it is none."""
    bare = _COMMENT.sub(b"", head.removeprefix(codecs.BOM_UTF8)).lstrip()
    if not bare.startswith(b"<"):
        return None
    root = _ROOT.match(bare)
    if root is None:
        return None
    kind = _ROOTS.get((root["type"] or root["tag"]).lower())
    if kind is None and head.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(b"<?xml"):
        raise _unsupported(place, "XML that is neither a page nor a feed")
    return kind


def _json(head: bytes, name: str) -> Kind | None:
    """Say whether it is JSON; a text that merely begins with a brace or bracket is none."""
    if name.endswith(_LINES):
        return "jsonl"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not re.match(rb'\{\s*"|\[\s*\{', start):
        return None
    line, more, _ = start.partition(b"\n")
    return "jsonl" if more and line.rstrip().endswith(b"}") and not name.endswith(".json") else "json"


def _by_name(name: str, otherwise: Kind) -> Kind:
    if name.endswith(_PAGES):
        return "html"
    return "json" if name.endswith(".json") else otherwise


def _unsupported(place: str, what: str) -> InputError:
    return InputError(f"{place}: {what}", reason="unsupported", hint="give text, JSON Lines, HTML, PDF, feeds or WARC")
