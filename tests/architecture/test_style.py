"""What the house asks of every file: docstrings, budget, words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import allegedly
from tests.architecture.source_files import SOURCES, TESTS, functions, name_of, public_definitions, tree

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
MOST_POSITIONAL = 5

# Words of the glossary's "we do not say" that have no other use in code. What we say instead stands there.
BANNED = frozenset(
    """
    accuracy article articles author camp category embedded location polarity predicate provenance
    sentiment speaker statement story stories subcategory target truth veracity
    """.split()
)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_have_docstrings(path: Path) -> None:
    """Every module opens with what a newcomer needs."""
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_public_names_are_documented(path: Path) -> None:
    """Every public class, function and method has a docstring whose summary is a sentence."""
    bare = [
        name
        for name, node in public_definitions(path)
        if not re.search(r"[.:?](\n|$)", (ast.get_docstring(node) or "").split("\n\n")[0])
    ]
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_are_short(path: Path) -> None:
    """A module that grows past the budget is two modules."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    """A function that grows past the budget, docstring aside, is two functions."""
    assert [node.name for node in functions(path) if _length(node) > LONGEST_FUNCTION] == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_few_positional_parameters(path: Path) -> None:
    """In public functions, more than a few parameters are given by name."""
    many = [
        node.name
        for node in functions(path)
        if not node.name.startswith("_")
        and len([*node.args.posonlyargs, *node.args.args]) > MOST_POSITIONAL + _is_method(node)
    ]
    assert many == []


def _is_method(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg in {"self", "cls"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_banned_words(path: Path) -> None:
    """Names in the code are the glossary's."""
    found = {name for name in _names(tree(path)) if BANNED & {word.lower() for word in _WORD.findall(name)}}
    assert found == set()


def _names(module: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case _:
                pass
    return names


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_say_what_they_test(path: Path) -> None:
    """Every test has a docstring of one sentence."""
    bare = [
        node.name
        for node in functions(path)
        if node.name.startswith("test_") and not (ast.get_docstring(node) or "").endswith(".")
    ]
    assert bare == []


def test_public_names_are_sorted() -> None:
    """The package's names are sorted, capitals first, as Python sorts."""
    assert sorted(allegedly.__all__) == allegedly.__all__
