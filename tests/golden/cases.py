"""The golden cases: a text, what is known of it, and the rows that the shipped pack read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from allegedly.demo import demo_documents
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.render.table import render_table

FOLDER = Path(__file__).parent / "cases"
README = Path(__file__).parents[2] / "README.md"
LEDGERS = Path(__file__).parents[1] / "web" / "demo.jsonl"  # what tests of pages show, without weights
_EXAMPLE = re.compile("(?<=<!-- example: written by `make golden` -->\n).*?(?=<!-- end example -->)", re.DOTALL)
CASES = sorted(path.name for path in FOLDER.iterdir())
ROWS = ("times", "places", "attributions", "quantities", "events")


def document(case: str) -> Document:
    """Give the document of a case."""
    known: dict[str, Any] = json.loads((FOLDER / case / "meta.json").read_text("utf-8"))
    return Document((FOLDER / case / "text.txt").read_bytes().decode(), id=case, language="en", **known)


def golden_file(case: str) -> Path:
    """Give the file of a case's rows."""
    return FOLDER / case / "ledger.json"


def readme(reader: Any) -> str:
    """Give the README with its example as the reader reads it now."""
    table = render_table(reader.read(demo_documents()[0]))
    return _EXAMPLE.sub(lambda _: f"```text\n{table}```\n", README.read_text("utf-8"))


def readable(ledger: Ledger) -> str:
    """
    Write the rows for a diff: words beside spans, no scores.

    Scores are left out because int8 arithmetic differs in the last digits between processors.
    """
    plain = ledger.to_dict()
    rows = {name: [_worded(row, ledger) for row in plain[name]] for name in ROWS}
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def _worded(value: Any, ledger: Ledger) -> Any:
    if isinstance(value, dict):
        return {key: _worded(item, ledger) for key, item in value.items() if key != "score"}
    if isinstance(value, list):
        if len(value) == 2 and all(type(item) is int for item in value):
            return f"{value[0]}-{value[1]} {ledger.words((value[0], value[1]))}"
        return [_worded(item, ledger) for item in value]
    return value
