"""Scripts for the annotators' tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.scripted_network import Script


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., Script]:
    """Make a script for a text."""
    return partial(Script, tmp_path)
