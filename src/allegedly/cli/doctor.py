"""``allegedly doctor``: is everything there that reading needs?"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import metadata

import click

from allegedly import __version__
from allegedly.cli.app import NOTHING_READ, App, check_sides, common_options, one_line
from allegedly.demo import demo_documents
from allegedly.errors import AllegedlyError
from allegedly.settings import Settings

PACKAGES = (
    "alembic",
    "click",
    "msgspec",
    "numpy",
    "onnxruntime",
    "py3langid",
    "rensa",
    "rich",
    "sqlalchemy",
    "tokenizers",
)
OLDEST_PYTHON = (3, 11)


@click.command("doctor")
@common_options
@click.pass_obj
def doctor_command(app: App) -> None:
    """Check the installation: Python, packages, settings, actors, places, sides, model pack, one reading."""
    for name, check in _checks(app):
        try:
            click.echo(f"ok    {name:<12} {check()}")
        except (AllegedlyError, ImportError, metadata.PackageNotFoundError) as error:
            app.code = NOTHING_READ
            hint = getattr(error, "hint", "")
            click.echo(one_line(f"FAIL  {name:<12} {error}{f' - {hint}' if hint else ''}"))


def _checks(app: App) -> Iterator[tuple[str, Callable[[], str]]]:
    """Go through the checks, each one leaning on those before it."""
    yield "allegedly", lambda: __version__
    yield "python", _python
    for package in PACKAGES:
        yield package, lambda package=package: metadata.version(package)  # type: ignore[misc]  # binds the loop variable
    yield "ingest", _ingest
    yield "settings", lambda: app.settings().digest
    yield "threads", lambda: _threads(app.settings())
    yield "actors", _actors
    yield "places", _places
    yield "sides", lambda: _sides(app.settings())
    yield "pack", lambda: _pack(app.settings())
    yield "reading", lambda: _reading(app)


def _python() -> str:
    if sys.version_info < OLDEST_PYTHON:
        raise AllegedlyError(f"Python {platform.python_version()} is too old", hint="use Python 3.11 or newer")
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _ingest() -> str:
    """Name the optional libraries of taking in; that some are missing is no fault."""
    from allegedly.ingest.extras import COMMAND, PACKAGES, version_of  # noqa: PLC0415  # read when it is its turn

    versions = {name: version_of(name) for name in PACKAGES}
    there = ", ".join(f"{name} {number}" for name, number in versions.items() if number)
    missing = ", ".join(name for name, number in versions.items() if not number)
    return "; ".join(filter(None, (there, missing and f"not installed: {missing} ({COMMAND})")))


def _threads(settings: Settings) -> str:
    cores = os.cpu_count() or 1
    return f"{settings.threads or cores} of {cores} cores"


def _actors() -> str:
    from allegedly.actors.dictionary import load_table_of_actors  # noqa: PLC0415  # read when it is its turn

    table = load_table_of_actors()
    actors = {entry.actor for name in table.names() for entry in table.find_key(name)}
    return f"{len(actors):,} actors in the table, under {sum(1 for _ in table.names()):,} names"


def _places() -> str:
    from allegedly.geo.added import added_files  # noqa: PLC0415  # read when it is its turn
    from allegedly.geo.gazetteer import Gazetteer  # noqa: PLC0415  # as above

    tables = Gazetteer.open(added=added_files()).info()
    return f"{sum(table['places'] for table in tables):,} places in {', '.join(table['title'] for table in tables)}"


def _sides(settings: Settings) -> str:
    sides = check_sides(settings)
    if sides is None:
        return "no sides file; side is group or country"
    return f"{', '.join(side.id for side in sides.sides)} in {settings.sides}"


def _pack(settings: Settings) -> str:
    from allegedly.resources.pack import load_pack  # noqa: PLC0415  # numpy is checked before

    pack = load_pack(settings.pack)
    return pack.digest


def _reading(app: App) -> str:
    ledger = app.reader().read(demo_documents()[0])
    return f"{len(ledger.attributions)} claims and {len(ledger.events)} events in a demo report"
