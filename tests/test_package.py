"""The package: its names, and what it costs to import it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import allegedly

HEAVY = ("numpy", "onnxruntime", "tokenizers", "msgspec", "click", "rich")


@pytest.mark.parametrize("name", allegedly.__all__)
def test_public_names_are_there(name: str) -> None:
    """Each public name can be used."""
    assert getattr(allegedly, name) is not None


def test_lists_its_names() -> None:
    """The package lists its public names and no others."""
    assert dir(allegedly) == sorted(allegedly.__all__)


def test_other_names_are_errors() -> None:
    """A name that is not there is an AttributeError, as Python expects."""
    with pytest.raises(AttributeError, match="has no attribute 'truth'"):
        _ = allegedly.truth


def test_import_is_cheap() -> None:
    """Importing the package imports none of the heavy libraries."""
    code = f"import sys, allegedly; print([name for name in {HEAVY} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_records_are_light() -> None:
    """The records, errors and settings floors import the standard library only."""
    code = (
        "import sys; before = set(sys.modules);"
        "import allegedly.records.ledger, allegedly.records.layers, allegedly.settings;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - sys.stdlib_module_names - {'allegedly'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
