"""``allegedly diff``: what another run reads otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from allegedly.cli.app import App, common_options, store_option
from allegedly.cli.listing import ListFormat, format_option, print_csv, print_objects, print_table

if TYPE_CHECKING:
    from allegedly.store.diff import Change

_TABLE = ("what", "document", "kind", "before", "after", "fields", "words")
_CSV = ("what", "document", "kind", "before", "after", "fields", "start", "end", "words")


@click.command("diff")
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN")
@click.option("--kind", "kinds", multiple=True, help="Only rows of this kind: claim, attribution, entity, place …")
@format_option
@store_option
@common_options
@click.pass_obj
def diff_command(app: App, before: str, after: str, *, kinds: tuple[str, ...], output_format: ListFormat) -> None:
    """
    Compare two runs on the documents that both have read.

    A run is one program, pack and settings; `allegedly store info` lists them.
    Rows are added, gone, or changed (same words, other values); scores do not count.
    """
    from allegedly.store.diff import diff_runs  # noqa: PLC0415  # sqlalchemy, see App.store

    with app.store() as store, store.view() as view:
        compared, changes = diff_runs(view, before, after, kinds=kinds)
        found = list(changes)
    if output_format in {"json", "jsonl"}:
        print_objects(output_format, [asdict(item) for item in found], documents=compared)
    elif output_format == "csv":
        print_csv(_CSV, [_flat(item) for item in found])
    else:
        print_table(_TABLE, [_flat(item) for item in found])
    counts = Counter(item.what for item in found)
    said = ", ".join(f"{counts[what]} {what}" for what in ("added", "gone", "changed"))
    app.say(f"{compared} documents read by both runs; rows: {said}")


def _flat(change: Change) -> dict[str, object]:
    row = change.after or change.before
    return {
        "what": change.what,
        "document": change.document,
        "kind": change.kind,
        "before": change.before.id if change.before else None,
        "after": change.after.id if change.after else None,
        "fields": "; ".join(change.fields) or None,
        "start": row.span[0] if row else None,
        "end": row.span[1] if row else None,
        "words": change.words,
    }
