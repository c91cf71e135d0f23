"""Print lists in the format asked for: a table for eyes, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import click
import msgspec

from allegedly.cli.app import one_line, wants_color, write

ListFormat = Literal["table", "json", "jsonl", "csv"]
LIST_FORMATS: tuple[ListFormat, ...] = ("table", "json", "jsonl", "csv")
WIDTH = 120  # of a table that goes to a file or a pipe
_NARROW = 32  # a column but the last takes no more
format_option = click.option(
    "--format", "output_format", type=click.Choice(LIST_FORMATS), default="table", show_default=True
)

Flat = Mapping[str, Any]


def print_objects(output_format: Literal["json", "jsonl"], objects: Sequence[object], **around: object) -> None:
    """
    Print objects as JSON: one per line, or one object that holds them all.

    Args:
        output_format: How.
        objects: Dataclasses or plain values.
        around: For ``json``: keys before the list, which stands under ``results``.
    """
    if output_format == "jsonl":
        write(b"".join(msgspec.json.encode(item) + b"\n" for item in objects))
    else:
        write(msgspec.json.encode({**around, "results": objects}) + b"\n")


def print_rows(output_format: ListFormat, columns: Sequence[str], rows: Sequence[Flat]) -> None:
    """Print flat rows in the format asked for."""
    if output_format in {"json", "jsonl"}:
        print_objects(output_format, rows)
    elif output_format == "csv":
        print_csv(columns, rows)
    else:
        print_table(columns, rows)


def print_csv(columns: Sequence[str], rows: Sequence[Flat]) -> None:
    """Print rows as CSV with a head line, as RFC 4180 has it; an empty cell is a value that is not known."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    write(out.getvalue().encode("utf-8", "replace"))


def print_table(columns: Sequence[str], rows: Sequence[Flat]) -> None:
    """Print rows in columns, each on one line; the last column takes the room that is left."""
    if not rows:
        return
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [
        min(_NARROW, max(len(column), *(len(line[place]) for line in cells))) for place, column in enumerate(columns)
    ]
    room = shutil.get_terminal_size((WIDTH, 0)).columns if wants_color() else WIDTH
    widths[-1] = max(room - sum(widths[:-1]) - 2 * (len(columns) - 1), 20)
    lines = [_line(columns, widths), *(_line(line, widths) for line in cells)]
    write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def _cell(value: object) -> str:
    return "" if value is None else one_line(" ".join(str(value).split()))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = (_cut(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(parts).rstrip()


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 3] + "..."
