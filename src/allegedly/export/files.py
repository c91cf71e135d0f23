"""Names and archives for exports of several files: safe on every system, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from allegedly.errors import ExportError
from allegedly.export.base import Text
from allegedly.records.ledger import DocumentRow

_LONGEST = 60
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say: archives do not depend on the clock
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows refuses


def file_stem(document: DocumentRow) -> str:
    """
    Make a file name of a document's id; one that had to be changed gets digits of its hash, so that none collide.

    Two documents may have ids that differ in case only, which some systems
    hold for the same: those with capitals get the digits too.
    """
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", document.id)[:_LONGEST].strip("_-") or "document"
    if safe == document.id and safe == safe.lower() and not _RESERVED.match(safe):
        return safe
    return f"{safe}.{hashlib.sha256(document.id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def stems_of(texts: Iterable[Text]) -> Iterator[tuple[str, Text]]:
    """Give each text with its file name; the second reading of a document gets a number behind it."""
    seen: Counter[str] = Counter()
    for text in texts:
        stem = file_stem(text.ledger.document)
        seen[stem] += 1
        yield (stem if seen[stem] == 1 else f"{stem}.{seen[stem]}"), text


def write_zip(files: Iterable[tuple[str, bytes]], stream: BinaryIO) -> None:
    """Write files as a ZIP archive."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def write_folder(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """
    Write files into a folder, which is made if need be; give their number.

    Raises:
        ExportError: If the folder cannot be written.
    """
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for count, (name, content) in enumerate(files, 1):  # noqa: B007  # counted
            (folder / name).write_bytes(content)
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror or error}", hint="give a folder that may be written") from error
    return count


def encoded(text: str) -> bytes:
    """
    Encode as UTF-8.

    Raises:
        ExportError: If the text holds lone surrogates.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ExportError(
            "a text holds a lone surrogate, which UTF-8 cannot carry",
            hint="decode the text properly before reading it",
        ) from error
