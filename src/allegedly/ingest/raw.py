"""Raw bytes kept: one file each, addressed by digest, so that a text can be extracted anew and checked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from allegedly.errors import UsageError
from allegedly.ingest.base import digest_of


def keep_raw(folder: Path, data: bytes) -> Path:
    """
    Keep bytes; what is there already is left alone.

    The file appears whole or not at all, so that a killed run leaves no half one.

    Args:
        folder: Where; made if it is not there.
        data: The bytes.

    Returns:
        The file, ``<folder>/<first two hex digits>/<the others>``.

    Raises:
        UsageError: If the folder cannot be written.
    """
    digest = digest_of(data).removeprefix("sha256:")
    path = folder / digest[:2] / digest[2:]
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{folder}: raw bytes cannot be kept there: {error.strerror}") from error
    return path
