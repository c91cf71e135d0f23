"""``allegedly add``: take documents in, read them, keep their ledgers."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allegedly.cli.app import NOTHING_READ, SOME_FAILED, App, common_options, store_option
from allegedly.cli.progress import Moved, progress
from allegedly.errors import DocumentError, InputError
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, Run

if TYPE_CHECKING:
    from allegedly.ingest.base import Arrival, Failure, Options
    from allegedly.ingest.intake import Intake
    from allegedly.ingest.retrievals import Retrievals
    from allegedly.store.answers import Report
    from allegedly.store.base import Store, View, Writer

_MOST_WARNINGS = 10  # kinds of warnings that are told


@click.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of texts and JSON Lines.")
@click.option("--no-follow", is_flag=True, help="Take the text that stands in a feed; fetch no pages.")
@click.option("--refetch", is_flag=True, help="Fetch the pages of a feed again that were taken in before.")
@click.option("--max-entries", type=click.IntRange(1), metavar="N", help="Entries of a feed to follow.  [default: 500]")
@click.option("--delay", type=float, metavar="SECONDS", help="Pause between requests to one host.  [default: 1]")
@click.option("--timeout", type=float, metavar="SECONDS", help="Time for one request, all in all.  [default: 30]")
@click.option(
    "--max-bytes", type=click.IntRange(1), metavar="N", help="A larger file or page is refused.  [default: 50 MB]"
)
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
@click.option("--ignore-robots", is_flag=True, help="Do not ask robots.txt; for sites that are yours.")
@click.option("--user-agent", metavar="WORDS", help="How to introduce us to servers.  [default: allegedly/VERSION]")
@click.option("--keep-raw", is_flag=True, help="Keep the raw bytes of each document in the intake folder.")
@click.option(
    "--intake", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Folder for what is known of retrievals and visits; otherwise beside the store.",
)  # fmt: skip
@store_option
@common_options
@click.pass_obj
def add_command(  # one of `given` per option
    app: App,
    /,
    inputs: tuple[str, ...],
    *,
    folder: Path | None,
    **given: Any,  # noqa: ANN401
) -> None:
    """
    Take documents in, read them and keep their ledgers in the store.

    INPUT is a file, a folder, a URL, or - for standard input: text, JSON Lines (also
    NGEC's, trafilatura's and auto-archiver's), HTML, RSS, Atom, OPML, PDF, WARC or WACZ; what
    it is, is found out. What was read before by the same program and settings is
    passed over, so that a run that was stopped is taken up by calling it again.

    One bad input never stops the rest; `allegedly store failures` lists them.
    """
    from allegedly.ingest.intake import Intake  # noqa: PLC0415  # --help needs none of it
    from allegedly.ingest.retrievals import Retrievals, folder_beside  # noqa: PLC0415  # as above
    from allegedly.ingest.visits import Visits  # noqa: PLC0415  # as above

    logging.getLogger().addHandler(logging.NullHandler())  # what libraries have to say stands in our own messages
    folder = folder or folder_beside(app.store_place())
    visits = Visits(folder / "visits.jsonl")
    options = _options(folder, given)
    if not given["refetch"]:
        options = replace(options, known=visits.visited)
    intake = Intake(inputs, options, visits)
    reader = app.reader()
    with app.store(create=True) as store, Retrievals(folder / "retrievals.jsonl") as retrievals:
        run = _Run(app, intake, store, retrievals, run=reader.run)
        run.perform(reader.read_many)
        visits.commit()
    run.tell()


def _options(folder: Path, given: dict[str, Any]) -> Options:
    from allegedly.ingest.base import Options  # noqa: PLC0415  # as above

    names = ("encoding", "max_entries", "delay", "timeout", "max_bytes", "user_agent")
    return Options(
        follow=not given["no_follow"],
        allow_private=given["allow_private"],
        obey_robots=not given["ignore_robots"],
        keep=folder / "raw" if given["keep_raw"] else None,
        **{name: given[name] for name in names if given[name] is not None},
    )


@dataclass(slots=True)
class _Run:
    """
    One run of the command: what waits for its ledger, and what became of all the rest.

    Args:
        app: Where messages go.
        intake: What comes in.
        store: Where ledgers go.
        retrievals: Where what is known of retrievals goes.
        run: What the ledgers will say they were read by.
    """

    app: App
    intake: Intake
    store: Store
    retrievals: Retrievals
    run: Run
    skipped: int = 0
    read: int = 0
    report: Report = field(init=False)
    reasons: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    _waiting: deque[Arrival] = field(default_factory=deque)
    _met: set[tuple[str, str]] = field(default_factory=set)

    def perform(self, read_many: Any) -> None:  # noqa: ANN401  # the reader's method
        """Take everything in, read it and keep it."""
        total = self.intake.total
        with (
            self.store.view() as before,
            self.store.writer(failed=self._not_kept) as writer,
            progress(self.app, total=total) as moved,
        ):
            documents = self._documents(before, writer, moved)
            for ledger in read_many(documents, failed=lambda error: self._not_read(error, writer)):
                self._keep(ledger, writer)
                moved(self.intake.done, self.read)
        self.report = writer.report

    def _documents(self, before: View, writer: Writer, moved: Moved) -> Iterator[Document]:
        """Give the documents that are to be read; failures and what is known already are dealt with here."""
        from allegedly.ingest.base import Arrival, Failure  # noqa: PLC0415  # as above

        for item in self.intake:
            moved(self.intake.done, self.read)
            if isinstance(item, Failure):
                self._fail(item, writer)
            elif isinstance(item, Arrival) and self._is_new(item.document, before):
                self._waiting.append(item)
                yield item.document
            else:
                self.skipped += 1

    def _fail(self, failure: Failure, writer: Writer) -> None:
        error = InputError(failure.message, reason=failure.reason, hint=failure.hint)
        writer.add_failure(failure.place, error)
        self._count(failure.reason, failure.message, failure.hint)

    def _keep(self, ledger: Ledger, writer: Writer) -> None:
        """Keep a ledger; what waits before it was not read."""
        self.retrievals.add(self._arrival(ledger.document.id))
        writer.add(ledger)
        self.read += 1
        self.warnings.update(ledger.warnings)

    def _arrival(self, document_id: str | None) -> Arrival:
        """Give what a ledger or an error belongs to: ledgers and errors come in the order of the documents."""
        arrival = self._waiting.popleft()
        while document_id is not None and arrival.document.id != document_id:
            arrival = self._waiting.popleft()
        return arrival

    def _not_read(self, error: DocumentError, writer: Writer) -> None:
        arrival = self._arrival(error.document_id)
        writer.add_failure(arrival.retrieval.place, error)
        self._count("not-read", f"{arrival.retrieval.place}: {error}", error.hint)

    def _not_kept(self, error: DocumentError) -> None:
        """Count a ledger that the store refused; the store has recorded it."""
        self._count("not-kept", str(error), error.hint)

    def _count(self, reason: str, message: str, hint: str) -> None:
        self.reasons[reason] += 1
        self.app.complain(message, hint)

    def _is_new(self, document: Document, before: View) -> bool:
        """Say whether a text has not been read by this run yet: not before, and not a moment ago."""
        key = (document.id, document.digest)
        if key in self._met:
            return False
        self._met.add(key)
        return not before.already_read({document.id: document.digest}, self.run)

    def tell(self) -> None:
        """Sum up, and set the exit code."""
        failed = self.reasons.total()
        kept = self.report.added + self.report.reread
        known = self.skipped + self.report.unchanged + self.report.retracted
        for warning, count in self.warnings.most_common(_MOST_WARNINGS):
            self.app.say(f"{count} documents: {warning}")
        self.app.say(f"{kept} documents added, {known} known or unchanged, {failed} inputs failed")
        if failed:
            counts = ", ".join(f"{count} {reason}" for reason, count in self.reasons.most_common())
            self.app.complain(f"{failed} failed: {counts}", "`allegedly store failures` lists them")
            self.app.code = SOME_FAILED if kept or known else NOTHING_READ
        elif not kept and not known:
            self.app.code = NOTHING_READ
            self.app.complain("no document in it", "give files, folders or URLs with reports")
