"""
Write what is derived from the code: the JSON Schema, the tables of fields, the pages of the commands; and from the
page of figures, what the page Quality shows of them.

``python docs/generate.py`` writes, ``--check`` only says what is stale.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import click

from allegedly.cli.main import group
from allegedly.corroboration.policies import POLICIES, estimate
from allegedly.export.registry import EXPORTS, table_of
from allegedly.ledger.json import schema_text
from allegedly.records import claims, incidents
from allegedly.records import ledger as rows
from allegedly.records.incidents import Figure
from allegedly.records.ledger import json_key
from allegedly.text.numbers import read_number

ROOT = Path(__file__).parent.parent
SCHEMA_FILE = "src/allegedly/ledger/ledger.schema.json"
ROW_CLASSES = (
    rows.Ledger,
    rows.DocumentRow,
    rows.Run,
    rows.AttributionRow,
    rows.EventRow,
    rows.ArgumentRow,
    rows.QuantityRow,
    rows.TimeRow,
    rows.DateRow,
    rows.PlaceRow,
    rows.MentionRow,
    rows.EntityRow,
)
CLAIM_CLASSES = (
    claims.Claim,
    claims.ClaimVoice,
    claims.ClaimParty,
    claims.ClaimPlace,
    claims.ClaimTime,
    claims.ClaimNumber,
    rows.DateRow,
)
INCIDENT_CLASSES = (
    incidents.Incident,
    incidents.IncidentParty,
    incidents.Point,
    incidents.Cell,
    incidents.Figure,
    incidents.Conflict,
    incidents.Estimate,
    incidents.ClusterJudgement,
    claims.ClaimPlace,
    rows.DateRow,
)
NAMED = ROW_CLASSES + CLAIM_CLASSES + INCIDENT_CLASSES
_NUMBERS = ("3", "about 40", "at least 12", "10 to 12", "up to 9", "dozens", "hundreds")
# Sections of docs/evaluation.md that the page Quality shows: each is about something that a ledger or the store holds.
QUALITY = (
    "Who says what: PolNeAR dev, whole articles",
    "Who says what: protocol A",
    "The ledger",
    "Who: names, mentions, coreference",
    "Who: sources and codes",
    "When: time expressions",
    "Where: places",
    "Many reports: origins, incidents, store",
    "Sentences",
    "Neutrality",
    "Speed",
)
QUALITY_FILE = "src/allegedly/web/quality.json"
_COMMAND = re.compile("`((?:python -m bench|allegedly evaluate|pytest)[^`]*)`", re.DOTALL)
_BLOCK = "<!-- generated: {name} -->"
_END = "<!-- end -->"


def stale_files(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Go through the files that are not as they should be, each with its right text."""
    for name, text in generated_files(root).items():
        path = root / name
        if not path.is_file() or path.read_text("utf-8") != text:
            yield path, text


def generated_files(root: Path = ROOT) -> dict[str, str]:
    """Give the right text of each derived file."""
    return {
        SCHEMA_FILE: schema_text(),
        "docs/ledger.md": _fill(root / "docs/ledger.md", "fields", _field_tables(ROW_CLASSES)),
        "docs/incidents.md": _fill(root / "docs/incidents.md", "fields", _field_tables(INCIDENT_CLASSES)),
        "docs/store.md": _fill(root / "docs/store.md", "fields", _field_tables(CLAIM_CLASSES)),
        "docs/exports.md": _fill(
            root / "docs/exports.md",
            "columns",
            _export_tables(),
            _fill(root / "docs/exports.md", "policies", _policy_table()),
        ),
        "docs/cli.md": _fill(root / "docs/cli.md", "commands", _command_pages()),
        QUALITY_FILE: _quality_text(root),
    }


def _fill(page: Path, name: str, body: str, text: str | None = None) -> str:
    """Put the body between the two marks of a page, or of a text made of it before."""
    pattern = re.compile(f"(?<={re.escape(_BLOCK.format(name=name))}\n).*?(?={re.escape(_END)})", re.DOTALL)
    return pattern.sub(lambda _: body, page.read_text("utf-8") if text is None else text, count=1)


def _field_tables(classes: tuple[type, ...]) -> str:
    return "\n".join(_field_table(row) for row in classes)


def _field_table(row: type) -> str:
    hints = get_type_hints(row)
    lines = [
        f"## {row.__name__}",
        "",
        (row.__doc__ or "").strip().splitlines()[0],
        "",
        "| key | type | meaning |",
        "|---|---|---|",
    ]
    for item in fields(row):
        unit = f" Unit: {item.metadata['unit']}." if item.metadata["unit"] else ""
        lines.append(f"| `{json_key(item.name)}` | {_type_name(hints[item.name])} | {item.metadata['help']}{unit} |")
    return "\n".join(lines) + "\n"


def _type_name(hint: Any) -> str:  # noqa: ANN401  # any type form
    """Name a type as JSON has it."""
    if hint == rows.SpanPair:
        return "span"
    if getattr(hint, "__origin__", None) is tuple:
        return f"list of {_type_name(hint.__args__[0])}"
    if getattr(hint, "__args__", None):
        parts = [part for part in hint.__args__ if part is not type(None)]
        if all(isinstance(part, str) for part in parts):
            return ", ".join(f"`{part}`" for part in parts)
        null = " or null" if type(None) in hint.__args__ else ""
        return ", ".join(dict.fromkeys(map(_type_name, parts))) + null
    names = {str: "text", int: "number", float: "number"}
    return names.get(hint, f"[{hint.__name__}](#{hint.__name__.lower()})" if hint in NAMED else str(hint))


def _export_tables() -> str:
    names = [name for name, export in EXPORTS.items() if export.kind == "table"]
    return "\n".join(_export_table(name) for name in names)


def _policy_table() -> str:
    """Say what each policy makes of some words, as it does it."""
    lines = ["| policy | " + " | ".join(f'"{words}"' for words in _NUMBERS) + " |", "|---" * (len(_NUMBERS) + 1) + "|"]
    lines.append("| none | " + " | ".join(_shown(read_number(words).best) for words in _NUMBERS) + " |")
    for policy in POLICIES:
        bests = [estimate([_figure(words)], policy) for words in _NUMBERS]
        lines.append(f"| `{policy}` | " + " | ".join(map(_shown, bests)) + " |")
    return "\n".join(lines) + "\n"


def _figure(words: str) -> Figure:
    read = read_number(words)
    return Figure("c", words, read.low, read.best, read.high, read.qualifier, "event")


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _export_table(name: str) -> str:
    lines = [f"### {name}", "", f"{EXPORTS[name].help.capitalize()}.", "", "| column | what |", "|---|---|"]
    lines += [f"| `{column.name}` | {column.help.replace('|', chr(92) + '|')} |" for column in table_of(name).columns]
    return "\n".join(lines) + "\n"


def _command_pages() -> str:
    context = click.Context(group, info_name="allegedly", max_content_width=100, terminal_width=100)
    return "\n".join(f"## {title}\n\n```text\n{text}\n```\n" for title, text in _helps(group, context))


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Go through a command and those below it, each with its full name and its help."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            inner = click.Context(below, info_name=name, parent=context, max_content_width=100, terminal_width=100)
            yield from _helps(below, inner)


def _quality_text(root: Path) -> str:
    """Give the figures that the pages show: tables of docs/evaluation.md, and the calibration measured last."""
    parts = re.split(r"^#{2,3} (.+)$", (root / "docs/evaluation.md").read_text("utf-8"), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    shown = [_quality_section(title, sections[title]) for title in QUALITY]
    return json.dumps({"sections": shown, "calibration": _calibration(root)}, indent=1, ensure_ascii=False) + "\n"


def _quality_section(title: str, body: str) -> dict[str, Any]:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", body) if block.strip()]
    return {
        "title": title,
        "notes": [_plain(block) for block in blocks if not block.startswith("|")],
        "tables": [_quality_table(block) for block in blocks if block.startswith("|")],
        "commands": list(dict.fromkeys(" ".join(words.split()) for words in _COMMAND.findall(body))),
    }


def _quality_table(block: str) -> dict[str, Any]:
    """Read a table; rows whose first cell is bold are ours, those in italics are no system."""
    header, _, *lines = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines())
    rows = [{"ours": "**" in cells[0], "cells": [_plain(cell) for cell in cells]} for cells in lines]
    return {"columns": [_plain(cell) for cell in header], "rows": rows}


def _plain(words: str) -> str:
    """Take the marks off: bold, italics, code, links to pages."""
    words = re.sub(r"\{doc\}`(\w+)`", r"docs/\1.md", " ".join(words.split()))
    return re.sub(r"\*([^*]+)\*", r"\1", words.replace("**", "")).replace("`", "")


def _calibration(root: Path) -> Any:  # noqa: ANN401  # as bench/tasks/calibration.py wrote it
    """Give what was measured last; a package of sources has no bench/, and keeps what it came with."""
    measured = sorted((root / "bench" / "results").glob("*/calibration.json"))
    if measured:
        return json.loads(measured[-1].read_text("utf-8"))
    return json.loads((root / QUALITY_FILE).read_text("utf-8"))["calibration"]


def main(arguments: list[str]) -> int:
    """Write or check; the exit code is 1 where something was stale and only checked."""
    stale = list(stale_files())
    for path, text in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run make generated\n")
        else:
            path.write_text(text, "utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
