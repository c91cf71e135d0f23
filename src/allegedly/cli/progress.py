"""A bar with rate and time left, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allegedly.cli.app import App

Moved = Callable[[int, int], None]


@contextmanager
def progress(app: App, *, total: int) -> Iterator[Moved]:
    """
    Show how far a run is, on standard error if that is a terminal, unless asked to be quiet.

    Args:
        app: Whether to be quiet.
        total: What there is to do, in any unit.

    Yields:
        What to call with how much of it is done and how many documents that gave.
    """
    if app.quiet or not sys.stderr.isatty():
        yield lambda _done, _documents: None
        return
    from rich.console import Console  # noqa: PLC0415  # takes a while to import
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[documents]} documents, {task.fields[rate]:.1f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=max(total, 1), documents=0, rate=0.0)

        def moved(done: int, documents: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = documents / elapsed if elapsed else 0.0
            bar.update(task, completed=done, documents=documents, rate=rate)

        yield moved
