"""The house as a whole: floors, errors, generated files, examples, links."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from allegedly import errors
from docs.generate import generated_files
from tests.architecture.source_files import ROOT, SOURCES, name_of

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.slow
def test_imports_only_point_down() -> None:
    """Every import contract holds, and every module stands on a floor."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stdout


def test_the_tree_of_errors_is_drawn_whole() -> None:
    """The docstring of the errors draws each class once."""
    classes = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, Exception)}
    drawn = re.findall(r"^\W*([A-Z]\w+)", (errors.__doc__ or "").split("::", 1)[1], re.MULTILINE)
    assert sorted(classes) == sorted(drawn)


@pytest.mark.parametrize(
    "name", ["SpanError", "SettingsError", "PackError", "LayerError", "LedgerError", "UnreadableDocument"]
)
def test_errors_say_what_to_do(name: str) -> None:
    """Every error can carry a hint."""
    assert getattr(errors, name)("what happened", hint="what to do").hint == "what to do"


def test_an_annotator_error_names_both() -> None:
    """An error of an annotator carries annotator and document."""
    error = errors.AnnotatorError("it broke", annotator="events", document_id="d")
    assert (error.annotator, error.document_id) == ("events", "d")


@pytest.mark.parametrize("name", sorted(generated_files()))
def test_generated_files_are_fresh(name: str) -> None:
    """What is derived from the code is what the code says; `make generated` writes it."""
    assert (ROOT / name).read_text("utf-8") == generated_files()[name]


@pytest.mark.parametrize("path", [path for path in SOURCES if ">>> " in path.read_text("utf-8")], ids=name_of)
def test_examples_in_docstrings_work(path: Path) -> None:
    """Examples give what they say."""
    module = importlib.import_module(_module_name(path))
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """Links between our pages and files are not broken."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_python_in_pages_is_python(path: Path) -> None:
    """Python examples can be parsed."""
    for block in re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
        ast.parse(block)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_session_names_onnxruntime(path: Path) -> None:
    """One module imports the neural run time, so that it can be swapped."""
    if path.name != "session.py":
        assert re.search(r"^\s*(import|from) onnxruntime", path.read_text("utf-8"), re.MULTILINE) is None
