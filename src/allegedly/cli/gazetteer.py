"""``allegedly gazetteer``: look names up, import a dump, say what is there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allegedly.cli.app import NOTHING_READ, App, common_options, one_line, write

if TYPE_CHECKING:
    from allegedly.geo.gazetteer import Gazetteer, NameMatch

COLUMNS = ("how", "name", "kind", "country", "region", "population", "latitude", "longitude", "claimants", "id")
_SHOWN = 5  # numbers of bad lines
_FORMATS = click.Choice(("table", "json", "csv"))


@click.group("gazetteer")
@common_options
def gazetteer_command() -> None:
    """
    Look names of places up; add a country's villages.

    The gazetteer in the package has towns of 500 people or more. A country dump of
    GeoNames (download.geonames.org/export/dump, as UA.zip) adds every village.
    """


@gazetteer_command.command("find")
@click.argument("name")
@click.option("--format", "output_format", type=_FORMATS, default="table", show_default=True, help="How to print.")
@common_options
@click.pass_obj
def find_command(app: App, name: str, *, output_format: str) -> None:
    """
    Print all places that NAME may mean, surest link first, then the most populous.

    Exit code 1: no place is known by that name.
    """
    matches = _open().find(name)
    rows = [_row(match) for match in matches]
    write({"table": _table, "json": _json, "csv": _csv}[output_format](rows).encode("utf-8", "replace"))
    if not matches:
        app.code = NOTHING_READ
        app.complain(
            f"no place named {name} in the gazetteer", "`allegedly gazetteer add FILE` adds a country's villages"
        )


@gazetteer_command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@common_options
@click.pass_obj
def add_command(app: App, file: Path) -> None:
    """Import FILE, a country dump of GeoNames (UA.zip or UA.txt); adding it again replaces it."""
    from allegedly.geo.added import add_dump  # noqa: PLC0415  # most calls add nothing
    from allegedly.geo.gazetteer import open_shipped  # noqa: PLC0415  # as above

    added = add_dump(file, open_shipped())
    if added.bad:
        some = ", ".join(map(str, added.bad[:_SHOWN])) + (" ..." if len(added.bad) > _SHOWN else "")
        app.say(f"{file}: {len(added.bad):,} of {added.lines:,} lines left out: {some}")
    click.echo(one_line(f"{added.places:,} places {'replaced' if added.replaced else 'added'}: {added.path}"))


@gazetteer_command.command("info")
@common_options
@click.pass_obj
def info_command(app: App) -> None:
    """Say which files of places are there, how many places they have, and where they come from."""
    for about in _open().info():
        sources = ", ".join(f"{name} {version}" for name, version in sorted(about["sources"].items()))
        click.echo(one_line(f"{about['title']:<10} {about['places']:>9,} places  {about['licence']}  ({sources})"))
    from allegedly.geo.added import added_folder  # noqa: PLC0415  # loaded by now

    app.say(f"imported dumps are kept in {added_folder()}")


def _open() -> Gazetteer:
    from allegedly.geo.added import added_files  # noqa: PLC0415  # the program must start fast
    from allegedly.geo.gazetteer import Gazetteer  # noqa: PLC0415  # as above

    return Gazetteer.open(added=added_files())


def _row(match: NameMatch) -> dict[str, object]:
    place = asdict(match.place)
    return {"how": match.how, **{column: place[column] for column in COLUMNS[1:]}}


def _json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: list[dict[str, object]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    return buffer.getvalue()


def _table(rows: list[dict[str, object]]) -> str:
    cells = [COLUMNS, *(tuple(_cell(value) for value in row.values()) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "".join(f"{line}\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    return str(value)
