"""The source files as the architecture tests see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "allegedly").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    """Name a file from the root of the repository, for the ids of tests."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """Go through all functions and methods of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def public_definitions(path: Path) -> Iterator[tuple[str, Definition]]:
    """Go through public functions, classes and their public methods, each with its dotted name."""
    yield from _public(tree(path), "")


def _public(node: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition) and not child.name.startswith("_"):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from _public(child, f"{child.name}.")
