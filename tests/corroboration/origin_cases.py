"""
The cases of origins, tests/cases/origins.toml, and how many of them the grouping gets right.

    python -m tests.corroboration.origin_cases

prints the share of cases whose origins are counted right and those whose
documents are grouped right, the same for all documents in one heap, and what is wrong.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from allegedly.corroboration.origins import group_origins
from allegedly.records.document import Document

CASES = Path(__file__).parents[1] / "cases" / "origins.toml"
_PART = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
Groups = frozenset[frozenset[str]]


class Case(NamedTuple):
    """A case: documents, and for each the origins it goes back to."""

    id: str
    category: str
    documents: tuple[Document, ...]
    origins: tuple[frozenset[str], ...]


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    data = tomllib.loads(CASES.read_text("utf-8"))
    return tuple(_case(row, data["texts"]) for row in data["case"])


def _case(row: dict[str, Any], texts: dict[str, str]) -> Case:
    documents = tuple(
        Document(
            _text(item, texts),
            id=f"{row['id']}/{number}",
            publisher=item.get("publisher"),
            published=item.get("published"),
        )
        for number, item in enumerate(row["document"])
    )
    return Case(
        row["id"], row["category"], documents, tuple(frozenset(item["origin"].split()) for item in row["document"])
    )


def _text(item: dict[str, Any], texts: dict[str, str]) -> str:
    def part(match: re.Match[str]) -> str:
        sentences = texts[match[1]].strip().split("\n")
        first, last = int(match[2] or 1), int(match[3] or len(sentences))
        return " ".join(sentences[first - 1 : last])

    text = _PART.sub(part, item["text"])
    for old, new in item.get("swap", {}).items():
        text = text.replace(old, new)
    return text


def expected_groups(cases: Iterable[Case]) -> Groups:
    """Give the groups that documents should be in."""
    members: dict[str, set[str]] = {}
    for case in cases:
        for document, origins in zip(case.documents, case.origins, strict=True):
            for origin in origins:
                members.setdefault(origin, set()).add(document.id)
    return frozenset(map(frozenset, members.values()))


def actual_groups(cases: Iterable[Case]) -> Groups:
    """Give the groups that documents are put in."""
    documents = [document for case in cases for document in case.documents]
    return frozenset(frozenset(group.documents) for group in group_origins(documents))


def wrong_cases(*, counted: bool = False) -> Iterator[str]:
    """Go through the cases that are wrong: in their groups, or only in their number."""
    for case in read_cases():
        actual, expected = actual_groups([case]), expected_groups([case])
        if len(actual) != len(expected) if counted else actual != expected:
            yield case.id


def main() -> int:
    """Print the figures."""
    cases = read_cases()
    for name, counted in (("origins counted", True), ("documents grouped", False)):
        wrong = list(wrong_cases(counted=counted))
        half = [case.id for case in cases[1::2]]
        unseen = len(half) - len(set(half) & set(wrong))
        sys.stdout.write(
            f"{name} right: {len(cases) - len(wrong)} of {len(cases)} cases; of every second one {unseen} of"
            f" {len(half)}; wrong: {', '.join(wrong) or 'none'}\n"
        )
    actual, expected = actual_groups(cases), expected_groups(cases)
    sys.stdout.write(f"one heap: {len(actual & expected)} of {len(expected)} groups right, {len(actual)} made\n")
    for group in sorted(map(sorted, actual - expected)):
        sys.stdout.write(f"  not a group: {' '.join(group)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
