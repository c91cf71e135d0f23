"""``allegedly conflicts``: where what is said of an incident cannot all hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from allegedly.cli.app import App, common_options, store_option
from allegedly.cli.incidents import (
    CONFLICT_FOUND,
    Behind,
    after_option,
    behind,
    claims_in,
    clusters_of,
    fail_option,
    in_option,
    incidents_of,
    ledgers_of_file,
    limit_option,
)
from allegedly.cli.listing import ListFormat, format_option, print_objects, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegedly.records.incidents import Conflict
    from allegedly.store.sql import SqlStore

FIELDS = ("happened", "who", "whom", "where", "when", "killed", "wounded", "weapon", "target")
_TABLE = ("incident_id", "field", "since", "value_a", "source_a", "value_b", "source_b")


@click.command("conflicts")
@click.option("--field", type=click.Choice(FIELDS), help="Only in this field.")
@limit_option
@after_option
@fail_option
@in_option
@format_option
@store_option
@common_options
@click.pass_obj
def conflicts_command(  # the options of the command
    app: App,
    *,
    field: str | None,
    limit: int,
    after: str | None,
    fail_on: str | None,
    file: str | None,
    output_format: ListFormat,
) -> None:
    """
    List figures, days, places and actors that differ, and what is denied, newest first.

    One row for each pair of claims that cannot both hold; tolls of one event are
    never set against tolls of a longer time.
    """
    found: Sequence[Conflict]
    following = None
    if file is not None:
        ledgers = ledgers_of_file(file)
        rows = [row for item in incidents_of(ledgers) for row in item.conflicts if field in (None, row.field)]
        found = sorted(rows, key=lambda row: (row.since or "", row.incident_id), reverse=True)[:limit]
        _print(found, output_format, after=following, claims=lambda: Behind(claims_in(ledgers)))
    else:
        with app.store() as opened:
            store = clusters_of(app, opened)
            page = store.conflicts(limit=limit, after=after, field=field)
            found, following = page.conflicts, page.after
            incidents = store.incidents_of({row.incident_id for row in found})
            _print(found, output_format, after=following, claims=lambda: behind(cast("SqlStore", opened), incidents))
    if not found:
        app.say("no conflict was found")
    elif following is not None:
        app.say(f"more with --after {following}")
    if fail_on and found:
        app.code = CONFLICT_FOUND


def _print(
    found: Sequence[Conflict], output_format: ListFormat, *, after: str | None, claims: Callable[[], Behind]
) -> None:
    from allegedly.render.incidents import plain  # noqa: PLC0415  # --help needs none

    if output_format == "csv":
        from allegedly.cli.tables import print_conflicts  # noqa: PLC0415  # for this format only

        print_conflicts(found, *claims())
    elif output_format == "table":
        print_table(_TABLE, [plain(item) for item in found])
    else:
        print_objects(
            output_format, [plain(item) for item in found], **({} if output_format == "jsonl" else {"after": after})
        )
