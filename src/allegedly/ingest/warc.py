"""
Web archives: the pages, PDFs and texts in WARC and WACZ, each as something received.

What is no report by its media type (images, scripts, robots.txt) and what
answered with an error is left out without a word: an archive is full of it. A
record whose digest does not fit, and an archive that breaks off, are failures.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

from allegedly.errors import InputError
from allegedly.ingest.base import Failure, Options, Received, fail, hold
from allegedly.ingest.extras import load_extra
from allegedly.ingest.headers import kept_headers
from allegedly.ingest.urls import clean_url

_READ: Final = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
_BLOCK = 65_536


def open_warc(received: Received, options: Options) -> Iterator[Received | Failure]:
    """
    Give what a WARC holds, in order.

    Raises:
        InputError: If it cannot be opened, holds no record, or breaks off; what came before is given first.
        ExtraError: If FastWARC is not installed.
    """
    warc = load_extra("fastwarc.warc", "reading web archives")
    records = 0
    position = 0
    with received.open() as stream:
        try:
            for record in warc.ArchiveIterator(stream, parse_http=False):
                records += 1
                position = record.stream_pos
                yield from _part(warc, record, received.place, options)
        except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile) as error:
            raise _damaged(received.place, f"after {records} records: {error}") from error
        if not records:
            raise _damaged(received.place, "no record in it")
        if _breaks_off(stream, position):
            raise _damaged(received.place, f"it breaks off after {records} records")


def open_wacz(received: Received, options: Options) -> Iterator[Received | Failure]:
    """
    Give what the WARCs inside a WACZ hold, in order of their names.

    Raises:
        InputError: If it is no zip file, or holds no WARC.
        ExtraError: If FastWARC is not installed.
    """
    with received.open() as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                names = sorted(name for name in archive.namelist() if name.endswith((".warc", ".warc.gz")))
                if not names:
                    raise _damaged(received.place, "no WARC in it")
                for name in names:
                    yield from _inner(archive, name, received.place, options)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise _damaged(received.place, str(error)) from error


def _inner(archive: zipfile.ZipFile, name: str, place: str, options: Options) -> Iterator[Received | Failure]:
    """Read one WARC of a WACZ; one that is damaged does not stop the others."""
    inner = Received(f"{place}#{name}", lambda: cast("BinaryIO", archive.open(name)), name=name)
    try:
        yield from open_warc(inner, options)
    except InputError as error:
        yield fail(inner.place, error)
    except RuntimeError as error:  # zipfile's word for a password
        yield Failure(inner.place, "encrypted", f"{inner.place}: {error}")


def _part(warc: Any, record: Any, place: str, options: Options) -> Iterator[Received | Failure]:  # noqa: ANN401  # no types at run time
    """Give what one record holds, if it may be a report."""
    url = clean_url((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    wanted = warc.WarcRecordType.response | warc.WarcRecordType.resource | warc.WarcRecordType.conversion
    if record.headers.get("Content-Length") is None:
        yield Failure(place, "damaged", f"{place}: a record without length at byte {record.stream_pos}")
        return
    if not record.record_type & wanted or urlsplit(url).path == "/robots.txt":
        return
    part = f"{place}#{url or record.stream_pos}"
    size = record.content_length
    if size > options.max_bytes:
        yield Failure(part, "too-large", f"{part}: {size:,} bytes")
        return
    block = record.reader.read(size + 1)
    if len(block) != size:
        yield Failure(part, "damaged", f"{part}: the record breaks off")
        return
    yield from _payload(_copy(warc, record, block), part, url, options)


def _copy(warc: Any, record: Any, block: bytes) -> Any:  # noqa: ANN401  # as above
    """Give a record of its own with the block read: the archive's one cannot be read twice."""
    copy = warc.WarcRecord()
    copy.set_bytes_content(block)
    copy.is_http = record.is_http
    for name in ("Content-Type", "WARC-Block-Digest", "WARC-Date"):
        if (value := record.headers.get(name)) is not None:
            copy.headers.set(name, value)
    return copy


def _payload(record: Any, part: str, url: str, options: Options) -> Iterator[Received | Failure]:  # noqa: ANN401  # as above
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        yield Failure(part, "damaged", f"{part}: the record does not fit its digest")
        return
    headers: dict[str, str] = {}
    media, charset = record.headers.get("Content-Type") or "", ""
    try:
        if record.is_http:
            record.parse_http(auto_decode="all")
            if record.http_headers.status_code != 200:
                return
            headers = record.http_headers.to_dict()
            media, charset = record.http_content_type or "", record.http_charset or ""
        media = media.split(";")[0].strip().lower()
        if media not in _READ:
            return
        data = record.reader.read(options.max_bytes + 1)
    except (OSError, ValueError) as error:
        yield Failure(part, "damaged", f"{part}: {error}")
        return
    if len(data) > options.max_bytes:
        yield Failure(part, "too-large", f"{part}: longer than {options.max_bytes:,} bytes")
        return
    yield hold(
        part,
        data,
        url=url or None,
        media_type=media,
        charset=charset,
        retrieved=_moment(record.headers.get("WARC-Date")),
        headers=kept_headers(headers),
    )


def _moment(words: str | None) -> str | None:
    """Give a record's date as ISO 8601 if it is that."""
    try:
        return datetime.fromisoformat(words or "").isoformat()
    except ValueError:
        return None


def _breaks_off(stream: BinaryIO, position: int) -> bool:
    """Say whether the last members of a packed archive are cut: its reader takes that for the end."""
    if not stream.seekable():
        return False
    stream.seek(position)
    if stream.read(2) != b"\x1f\x8b":
        return False
    stream.seek(position)
    try:
        with gzip.GzipFile(fileobj=stream) as rest:
            while rest.read(_BLOCK):
                pass
    except EOFError:
        return True
    return False


def _damaged(place: str, what: str) -> InputError:
    return InputError(f"{place}: a damaged web archive: {what}", reason="damaged", hint="fetch or copy it again")
