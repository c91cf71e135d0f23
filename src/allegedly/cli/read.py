"""``allegedly read``: a report in, its ledger out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

import click

from allegedly.cli.app import NOTHING_READ, SOME_FAILED, App, common_options
from allegedly.cli.inputs import looks_like_html
from allegedly.cli.output import FORMATS, Format, print_ledger
from allegedly.errors import DocumentError, InputError, UnreadableDocument, UsageError
from allegedly.ingest.decode import decode_text, is_iso_date
from allegedly.ingest.urls import clean_url, is_url
from allegedly.records.document import Document

InputKind = Literal["text", "jsonl"]
_LINES = {".jsonl", ".ndjson"}


@click.command("read")
@click.argument("file", metavar="FILE|URL|-")
@click.option("--published", metavar="DATE", help="Publication date, ISO 8601.")
@click.option("--title", help="Headline, if it is not part of the text.")
@click.option("--publisher", help="Outlet that published it.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--input", "input_kind", type=click.Choice(["text", "jsonl"]),
    help="What the input is; otherwise its name says so, and standard input is JSON Lines with --format jsonl.",
)  # fmt: skip
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the input.")
@common_options
@click.pass_obj
def read_command(  # one parameter per option
    app: App,
    file: str,
    *,
    published: str | None,
    title: str | None,
    publisher: str | None,
    output_format: Format,
    input_kind: InputKind | None,
    encoding: str,
) -> None:
    """
    Read a report and print who says what and who did what to whom.

    FILE is one plain text, or JSON Lines with {"text", "id"?, "published"?,
    "title"?, "url"?, "publisher"?} per line; - is standard input. URL is a page or
    PDF on the web; `allegedly add` takes feeds, archives and much more.
    """
    if published is not None and not is_iso_date(published):
        raise UsageError(f"--published {published!r} is no ISO 8601 date", hint="write it as 2024-05-07")
    if is_url(file):
        given = {"published": published, "title": title, "publisher": publisher}
        document = replace(_fetched(file), **{name: words for name, words in given.items() if words is not None})
        print_ledger(app, app.reader().read(document), output_format, name=clean_url(file))
        return
    kind = input_kind or _kind(file, output_format)
    if kind == "text":
        text = decode_text(_bytes(file), name=_name(file), encoding=encoding)
        document = Document(text, published=published, title=title, publisher=publisher)
        _read_text(app, document, output_format, name=_name(file))
        return
    if output_format in {"json", "html"}:
        raise UsageError(f"--format {output_format} is for one text", hint="use --format jsonl for JSON Lines")
    if (published, title, publisher) != (None, None, None):
        raise UsageError("--published, --title and --publisher are for one text", hint="put them into each line")
    _read_jsonl(app, file, output_format, encoding=encoding)


def _fetched(url: str) -> Document:
    """
    Fetch the one report that a URL names.

    Raises:
        InputError: If it cannot be fetched, or holds none.
        UsageError: If it holds several.
    """
    from allegedly.ingest import Arrival, Failure, Options, ingest  # noqa: PLC0415  # most calls fetch nothing

    items = list(ingest([url], Options(follow=False)))
    documents = [item.document for item in items if isinstance(item, Arrival)]
    if len(documents) > 1:
        raise UsageError(f"{clean_url(url)}: {len(documents)} documents", hint="`allegedly add` takes feeds and lists")
    for item in items:
        if isinstance(item, Failure):
            raise InputError(item.message, reason=item.reason, hint=item.hint)
    if not documents:
        raise InputError(f"{clean_url(url)}: no document in it", reason="empty")
    return documents[0]


def _kind(file: str, output_format: Format) -> InputKind:
    if file == "-":
        return "jsonl" if output_format == "jsonl" else "text"
    return "jsonl" if Path(file).suffix.lower() in _LINES else "text"


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _bytes(file: str) -> bytes:
    with _opened(file) as stream:
        try:
            return stream.read()
        except OSError as error:  # a folder opens on some systems and fails here
            raise _unreadable(file, error) from error


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    """Open a file, or standard input without closing it."""
    try:
        return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error


def _unreadable(file: str, error: Exception) -> UnreadableDocument:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    hint = "give a file that exists and may be read, or - for standard input"
    return UnreadableDocument(f"{_name(file)}: {reason}", hint=hint)


def _read_text(app: App, document: Document, output_format: Format, *, name: str) -> None:
    if looks_like_html(document.text):
        app.say(f"{name}: this looks like a web page; its tags are read as words")
    print_ledger(app, app.reader().read(document), output_format, name=name)


def _read_jsonl(app: App, file: str, output_format: Format, *, encoding: str) -> None:
    """Read line by line and print each ledger as soon as it is there."""
    from allegedly.ingest.jsonl import read_lines  # noqa: PLC0415  # --help needs none of it

    failures: list[DocumentError] = []

    def failed(error: DocumentError) -> None:
        failures.append(error)
        known = error.document_id is None or error.document_id in str(error)
        app.complain(str(error) if known else f"{error.document_id}: {error}", error.hint)

    reader = app.reader()
    printed = 0
    with _opened(file) as lines:
        documents = read_lines(lines, name=_name(file), failed=failed, encoding=encoding)
        for ledger in reader.read_many(documents, failed=failed):
            print_ledger(app, ledger, output_format)
            printed += 1
    if not printed:
        app.code = NOTHING_READ
        app.complain(f"{_name(file)}: no document could be read")
    elif failures:
        app.code = SOME_FAILED
        app.complain(f"{_name(file)}: {len(failures)} of {len(failures) + printed} documents could not be read")
