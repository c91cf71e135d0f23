"""`allegedly evaluate`: figures on standard output."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import call


def test_prints_the_figures() -> None:
    """The table has the figure, the worst pairs and templates and the kinds of differences."""
    result = call("evaluate", "neutrality", "--limit", "5")
    heads = [line for line in result.text.splitlines() if line.isupper()]
    assert (result.code, result.err) == (0, "")
    assert heads == [
        "SIDE SWAP", "KINDS OF PAIRS", "WORST PAIRS", "WORST TEMPLATES", "WHAT CHANGED, IN HOW MANY TRIALS",
    ]  # fmt: skip


def test_the_table_is_plain() -> None:
    """Piped output is plain ASCII and no line is wider than a terminal."""
    text = call("evaluate", "neutrality", "--limit", "5").text
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 100


def test_json_is_one_object() -> None:
    """JSON holds the same figures and every difference."""
    made = json.loads(call("evaluate", "neutrality", "--format", "json", "--limit", "3").out)
    assert (made["all"]["trials"], made["all"]["name"]) == (3, "all")


def test_is_deterministic() -> None:
    """The same reader gives the same bytes."""
    one, other = (call("evaluate", "neutrality", "--format", "json", "--limit", "40").out for _ in range(2))
    assert one == other


@pytest.mark.parametrize("arguments", [["--limit", "0"], ["--limit", "x"], ["--format", "html"], ["more"]])
def test_wrong_use(arguments: list[str]) -> None:
    """Wrong use is exit 2, in one line."""
    result = call("evaluate", "neutrality", *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, b"", 1)


def test_help_loads_nothing_heavy() -> None:
    """The data, the comparison and the weights are loaded when they are needed only."""
    code = (
        "import sys; from allegedly.cli.main import execute; execute(['evaluate', '--help']);"
        "sys.exit(any(name.startswith(('allegedly.neutrality', 'onnxruntime', 'numpy')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
