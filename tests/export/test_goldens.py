"""Each export, byte by byte, of two invented ledgers with judgements."""

from __future__ import annotations

import pytest

from tests.export.goldens import GOLDEN, NAMES, OPTIONAL, golden_files


@pytest.mark.parametrize("name", NAMES)
def test_exports_are_as_reviewed(name: str) -> None:
    """What is written is the golden file; `python -m tests.export.goldens` writes it anew."""
    if name in OPTIONAL:
        pytest.importorskip(OPTIONAL[name])
    expected = {path: path.read_bytes() for path, _ in golden_files(name)}
    assert dict(golden_files(name)) == expected


def test_no_golden_file_is_left_over() -> None:
    """Each golden file is of an export that there is."""
    written = {path.relative_to(GOLDEN).parts[0].split(".")[0] for path in GOLDEN.rglob("*") if path.is_file()}
    assert written == set(NAMES)
