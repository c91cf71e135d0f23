"""Print ledgers in the format asked for."""

from __future__ import annotations

import shutil
from typing import Literal

from allegedly.cli.app import App, wants_color, write
from allegedly.ledger.json import encode_ledger
from allegedly.records.ledger import Ledger

Format = Literal["table", "json", "jsonl", "html"]
FORMATS: tuple[Format, ...] = ("table", "json", "jsonl", "html")


def print_ledger(app: App, ledger: Ledger, output_format: Format, *, name: str = "") -> None:
    """
    Print one ledger, whole or not at all.

    Args:
        app: Where messages go.
        ledger: What to print.
        output_format: How.
        name: Name of the input, for the head line of the table.
    """
    write(_formatted(ledger, output_format, name))
    if output_format != "table":  # the table shows its warnings itself
        for warning in ledger.warnings:
            app.say(f"{ledger.document.id}: {warning}")


def _formatted(ledger: Ledger, output_format: Format, name: str) -> bytes:
    """Lay it out; renderers are imported here, as only one of them is needed."""
    if output_format in {"json", "jsonl"}:
        return encode_ledger(ledger) + b"\n"
    if output_format == "html":
        from allegedly.render.html import render_page  # noqa: PLC0415  # see above

        return render_page(ledger).encode()
    from allegedly.render.table import WIDTH, render_table  # noqa: PLC0415  # rich takes a while to import

    color = wants_color()
    width = shutil.get_terminal_size((WIDTH, 0)).columns if color else WIDTH
    return render_table(ledger, name=name, width=width, color=color).encode("utf-8", "replace")
