"""What each export writes of two invented ledgers: `python -m tests.export.goldens` writes it, review the diff."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from allegedly.export.registry import EXPORTS, folder_of
from allegedly.export.write import write_export
from tests.export.ledgers import reviewed

GOLDEN = Path(__file__).parent / "golden"
OPTIONAL = {"ftm": "followthemoney"}
NAMES = list(EXPORTS)


def golden_files(name: str) -> Iterator[tuple[Path, bytes]]:
    """Give path and right content of each golden file of an export."""
    export = EXPORTS[name]
    if export.kind == "folder":
        yield from ((GOLDEN / name / file, content) for file, content in folder_of(name)(reviewed()))
        return
    stream = io.BytesIO()
    write_export(name, reviewed(), stream)
    yield GOLDEN / f"{name}{export.extension}", stream.getvalue()


def main() -> None:
    """Write all of them."""
    for name in NAMES:
        for path, content in golden_files(name):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sys.stdout.write(f"{path.relative_to(GOLDEN)}\n")


if __name__ == "__main__":
    main()
