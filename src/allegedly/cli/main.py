"""The program: commands, errors on one line, exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

import click

from allegedly import __version__
from allegedly.cli.add import add_command
from allegedly.cli.app import NOTHING_READ, STORE_IS_NEWER, WRONG_USE, App, ReaderLike, common_options, load_reader
from allegedly.cli.config import config_command
from allegedly.cli.conflicts import conflicts_command
from allegedly.cli.demo import demo_command
from allegedly.cli.diff import diff_command
from allegedly.cli.doctor import doctor_command
from allegedly.cli.evaluate import evaluate_command
from allegedly.cli.export import export_command
from allegedly.cli.find import find_command
from allegedly.cli.gazetteer import gazetteer_command
from allegedly.cli.incidents import incidents_command
from allegedly.cli.read import read_command
from allegedly.cli.retract import retract_command
from allegedly.cli.review import review_command
from allegedly.cli.serve import serve_command
from allegedly.cli.show import show_command
from allegedly.cli.store import store_command
from allegedly.cli.users import users_command
from allegedly.errors import AllegedlyError, SchemaMismatch, UsageError
from allegedly.settings import Settings

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="allegedly %(version)s")
@common_options
def group() -> None:
    """
    Read news of armed conflict and politics into auditable ledgers.

    Who did what to whom, and according to whom, with the exact characters that
    say it. It never says what is true; it says who says so.

    Exit codes: 0 ok, 1 nothing could be read, 2 wrong use, 3 some inputs failed,
    4 the store is newer than the program, 10 --fail-on conflict found one.
    """


for _command in (
    add_command, config_command, conflicts_command, demo_command, diff_command, doctor_command, evaluate_command,
    export_command, find_command, gazetteer_command, incidents_command, read_command, retract_command, review_command,
    serve_command, show_command, store_command, users_command,
):  # fmt: skip
    group.add_command(_command)


def run() -> NoReturn:
    """Run the program on the arguments of the shell."""
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: Sequence[str], *, load: Callable[[Settings], ReaderLike] = load_reader) -> int:
    """
    Run the program and give its exit code.

    Args:
        arguments: Words after the program's name.
        load: Makes the reader; tests bring their own.
    """
    app = App(load=load)
    try:
        code = group.main(list(arguments), prog_name="allegedly", standalone_mode=False, obj=app)
    except Exception as error:  # noqa: BLE001  # the last line of defence: no traceback unless asked for
        if app.debug:
            traceback.print_exc()
        return _complain(app, error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return code if isinstance(code, int) and code else app.code


def _complain(app: App, error: Exception) -> int:
    """Say in one line what went wrong and what to do, and give the exit code."""
    if isinstance(error, click.exceptions.Abort):
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        app.complain(error.format_message(), "see allegedly --help")
        return WRONG_USE
    if isinstance(error, AllegedlyError):
        app.complain(str(error), error.hint)
        if isinstance(error, SchemaMismatch) and error.newer:
            return STORE_IS_NEWER
        return WRONG_USE if isinstance(error, UsageError) else NOTHING_READ
    if isinstance(error, MemoryError):
        app.complain("out of memory", "give shorter texts")
        return NOTHING_READ
    app.complain(f"internal error: {type(error).__name__}: {error}", "run again with --debug and report it")
    return NOTHING_READ
