"""The shipped pack reads the golden cases as it did when they were last reviewed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden.cases import CASES, README, document, golden_file, readable, readme


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES)
def test_reads_as_reviewed(case: str, real_reader: Any) -> None:
    """A change of rows is seen in a diff, never by chance."""
    assert golden_file(case).is_file(), "run make golden and review it"
    assert readable(real_reader.read(document(case))) == golden_file(case).read_text("utf-8")


@pytest.mark.weights
def test_the_example_of_the_readme_is_real(real_reader: Any) -> None:
    """The README shows what the shipped pack prints, mistakes included."""
    assert readme(real_reader) == README.read_text("utf-8")
