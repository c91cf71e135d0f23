"""What all commands share: options, settings, the reader on first use, messages, the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from allegedly.errors import DocumentError, SidesError
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, Run
from allegedly.settings import Settings, default_store

if TYPE_CHECKING:
    from allegedly.actors.sides import Sides
    from allegedly.store.base import Store

OK, NOTHING_READ, WRONG_USE, SOME_FAILED, STORE_IS_NEWER = 0, 1, 2, 3, 4
F = TypeVar("F", bound=Callable[..., Any])


class ReaderLike(Protocol):
    """What the commands need of a reader; tests bring one without weights."""

    @property
    def run(self) -> Run:
        """What its ledgers say they were read by."""
        ...

    def read(self, document: Document) -> Ledger:
        """Read one document."""
        ...

    def read_many(
        self, documents: Iterable[Document], *, failed: Callable[[DocumentError], None] | None = None
    ) -> Iterator[Ledger]:
        """Read many, in input order."""
        ...


def load_reader(settings: Settings) -> ReaderLike:
    """Load the real reader; imported here because onnxruntime and the weights take most of the start-up."""
    from allegedly.reader import load  # noqa: PLC0415  # see above

    return load(settings)


@dataclass(slots=True)
class App:
    """
    The state of one call of the program; made by :func:`allegedly.cli.main.execute`.

    Args:
        load: Makes the reader.
        debug: Show tracebacks.
        quiet: No messages except errors.
        config: The settings file to read instead of the usual ones.
        given: Settings that stand on the command line.
        code: Exit code so far.
    """

    load: Callable[[Settings], ReaderLike] = load_reader
    debug: bool = False
    quiet: bool = False
    config: Path | None = None
    given: dict[str, object] = field(default_factory=dict)
    code: int = OK

    def settings(self) -> Settings:
        """Give the effective settings, a sides file by the name of a shipped example included."""
        return find_sides(Settings.load(self.config, given=self.given))

    def reader(self) -> ReaderLike:
        """
        Load the reader.

        Raises:
            SidesError: If the sides file cannot be used; found out before the weights are loaded.
        """
        settings = self.settings()
        check_sides(settings)
        return self.load(settings)

    def store(self, *, create: bool = False) -> Store:
        """
        Open the store.

        Args:
            create: Make it if there is none.

        Raises:
            StoreError: If it cannot be opened.
        """
        from allegedly.store.opening import open_store  # noqa: PLC0415  # sqlalchemy takes longer to import than --help

        return open_store(self.store_place(), create=create)

    def store_place(self) -> str | Path:
        """Say where the store is: a file, or an address as it was given."""
        return Settings.load(self.config, given=self.given).store or default_store()

    def say(self, message: str) -> None:
        """Put a message on standard error, unless asked to be quiet."""
        if not self.quiet:
            click.echo(one_line(message), err=True)

    def complain(self, message: str, hint: str = "") -> None:
        """Put an error on standard error, in one line."""
        click.echo(one_line(f"allegedly: {message}{f' - {hint}' if hint else ''}"), err=True)


def one_line(message: str) -> str:
    """Keep a message on one line and harmless to a terminal, whatever a file name or a text put into it."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in message)


def find_sides(settings: Settings) -> Settings:
    """Replace the name of a shipped sides file by its path, unless there is a file of that name."""
    file = settings.sides
    if file is None or file.name != str(file):
        return settings
    from allegedly.actors.sides import SHIPPED_SIDES  # noqa: PLC0415  # most calls name no sides

    shipped = SHIPPED_SIDES / f"{file.name}.toml"
    try:
        return replace(settings, sides=shipped) if shipped.is_file() and not file.is_file() else settings
    except OSError:  # a name that no file can have: reading it will say why
        return settings


def check_sides(settings: Settings) -> Sides | None:
    """
    Read the sides file, if one is set.

    Raises:
        SidesError: If it is not there or cannot be used.
    """
    if settings.sides is None:
        return None
    from allegedly.actors.sides import SHIPPED_SIDES, load_sides  # noqa: PLC0415  # as above

    try:
        return load_sides(settings.sides)
    except SidesError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise
        names = ", ".join(sorted(file.stem for file in SHIPPED_SIDES.glob("*.toml")))
        hint = f"give a file, or one of the examples {names}"
        raise SidesError(f"{settings.sides}: there is no such sides file", path=settings.sides, hint=hint) from error


def wants_color() -> bool:
    """Say whether standard output is a terminal that may be coloured (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(data: bytes) -> None:
    """Put data on standard output and pass it on at once, so that a reader of the pipe gets whole lines."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()  # a closed pipe shows here, where click ends the program quietly


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> Any:  # noqa: ANN401  # click's signature
    """Store a common option; given before or after the command's name, it means the same."""
    app = context.find_object(App)
    if app is None or value in (None, False) or parameter.name is None:
        return value
    if parameter.name in {"debug", "quiet", "config"}:
        setattr(app, parameter.name, value)
    else:
        app.given[parameter.name] = value
    return value


def store_option(command: F) -> F:
    """Add the option that says which store; it goes to the App."""
    text = "The store: a file, or postgresql://user@host/name; otherwise `store` of the settings."
    add = click.option("--store", metavar="FILE|URL", help=text, expose_value=False, callback=_remember)
    return add(command)


_SIDES_HELP = (
    "Who belongs to which party of a conflict: a TOML file, or the name of an example in the package (sudan, syria, "
    "ukraine-russia ...)."
)


def common_options(command: F) -> F:
    """Add the options that every command understands; they go to the App, not to the command's function."""
    file = click.Path(path_type=Path)
    add = partial(click.option, expose_value=False, callback=_remember)
    for option in (
        add("--debug", is_flag=True, help="Show the traceback of an error."),
        add("--quiet", "-q", is_flag=True, help="No messages on standard error except errors."),
        add("--config", type=file, metavar="FILE", help="Settings file to use instead of the usual ones."),
        add("--threads", type=int, metavar="N", help="Threads of the encoder; 0 is one per core."),
        add("--pack", type=file, metavar="FOLDER", help="Model pack to use instead of the shipped one."),
        add("--sides", type=file, metavar="FILE", help=_SIDES_HELP),
    ):
        command = option(command)
    return command
