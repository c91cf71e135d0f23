"""
Rivals: one adapter per tool, imported on use; a tool that is not installed is named and left out.

None of them knows PolNeAR's conventions; spans are taken as the tool gives them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from bench.systems import Sentences, System

Segment = Callable[[str], Sentences]

QUOTATIONS = ("narrator", "regex_quotes", "spacy_rules", "textacy_quotes")
ENTITIES = ("capitals", "spacy_entities")


def load_rivals(names: tuple[str, ...] = QUOTATIONS + ENTITIES) -> list[System]:
    """Load the rivals that can be loaded here; say which cannot, and why."""
    found: list[System] = []
    for name in names:
        try:
            found.append(import_module(f"bench.rivals.{name}").load())
        except ImportError as problem:
            print(f"{name}: not run ({problem})")
    return found


def load_segmenters(by_paragraph: Callable[[Segment], Segment]) -> list[System]:
    """Load the sentence segmenters that are installed, each made to take whole texts."""
    from bench.rivals.segmenters import SEGMENTERS  # noqa: PLC0415 - imported on use

    found: list[System] = []
    for name, load in SEGMENTERS.items():
        try:
            version, segment = load()
        except (ImportError, OSError) as problem:
            print(f"{name}: not run ({problem})")
        else:
            found.append(System(name, version, sentences=by_paragraph(segment)))
    return found
