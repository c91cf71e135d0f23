"""Taking in as a package: its public names, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires

import pytest

import allegedly.ingest
from allegedly.ingest.extras import PACKAGES
from tests.cli.conftest import call

HEAVY = ("fastwarc", "feedparser", "lxml", "protego", "pypdfium2", "trafilatura", "urllib3")


@pytest.mark.parametrize("name", allegedly.ingest.__all__)
def test_public_names_are_there(name: str) -> None:
    """Each public name can be had."""
    assert getattr(allegedly.ingest, name) is not None


def test_other_names_are_errors() -> None:
    """A name that is not there is an AttributeError."""
    with pytest.raises(AttributeError, match="has no attribute 'source'"):
        _ = allegedly.ingest.source


def test_libraries_are_imported_on_use() -> None:
    """Importing everything loads none of the optional libraries."""
    code = (
        "import sys, allegedly.ingest.intake, allegedly.corroboration.origins;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_extra_names_all_of_them() -> None:
    """What `doctor` asks for is what the extra installs."""
    wanted = {line.split(">")[0].lower() for line in requires("allegedly") or [] if "extra == 'ingest'" in line}
    assert {name.replace("_", "-") for name in wanted} == set(PACKAGES)


def test_doctor_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """`doctor` says which are there and which command installs the others; that is no fault."""
    monkeypatch.setattr("allegedly.ingest.extras.PACKAGES", ("trafilatura", "no-such-package"))
    line = next(line for line in call("doctor").text.splitlines() if line.startswith("ok    ingest"))
    assert "trafilatura 2." in line
    assert "not installed: no-such-package (pip install 'allegedly[ingest]')" in line
