"""``allegedly find``: search the store."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import click

from allegedly.cli.app import App, common_options, store_option
from allegedly.cli.listing import ListFormat, format_option, print_csv, print_objects, print_table

if TYPE_CHECKING:
    from allegedly.store.answers import DocumentPage, Page
    from allegedly.store.base import View

_DOCUMENT_TABLE = ("id", "published", "publisher", "characters", "title")


class _QueryCommand(click.Command):
    """Takes ``-word`` for a part of the query, unless it is an option as it stands: ``-hospital`` is not ``-h``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a blank before what is no option, so that click leaves it alone."""
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        words = [f" {word}" if re.match("-[^-]", word) and word not in options else word for word in args]
        return super().parse_args(ctx, words)


@click.command("find", cls=_QueryCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--documents", is_flag=True, help="Find documents by their whole text instead of claims.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Results on a page.")
@click.option("--after", type=int, metavar="N", help="The next page: the number that the page before ends with.")
@format_option
@store_option
@common_options
@click.pass_obj
def find_command(
    app: App,
    query: tuple[str, ...],
    *,
    documents: bool,
    limit: int,
    after: int | None,
    output_format: ListFormat,
) -> None:
    """
    Find claims in the store, last added first.

    QUERY is words, "phrases", beginnings (hosp*), fields and comparisons; all must
    hold, - turns one round, OR joins two:

    \b
      drone "district hospital" -bridge        in the sentences of the claim
      source:icrc  voice:taal  voice:own       who vouches; anyone in the chain
      denies:"southern front"  stance:deny,doubt
      actor:army  recipient:civilians  place:karveli  country:SDN
      type:ASSAULT  mode:drone  factuality:uncertain
      killed>=10  injured<100  score>=0.5
      since:2024-05-07  until:2024-05  happened:2024-05
      publisher:northwire  title:strike  language:en  document:ID

    Without a query, everything is listed. docs/store.md says more.
    """  # noqa: D301  # the sign by which click keeps lines as they are
    words = _query(app, query)
    with app.store() as store, store.view() as view:
        if documents:
            _print_documents(view.find_documents(words, limit=limit, after=after), output_format, words)
            return
        page = view.find(words, limit=limit, after=after)
        _print_claims(page, output_format, words, view)
        if not page.claims and after is None:
            app.say("no claim was found; --documents searches whole texts")
        elif page.after is not None:
            app.say(f"more with --after {page.after}")


def _query(app: App, words: tuple[str, ...]) -> str:
    """
    Join what the shell handed over; of several words, one with a blank is a phrase.

    A single word is the whole query: the shell has taken its quotation marks.
    """
    words = tuple(word.strip() for word in words)
    if len(words) == 1:
        if re.fullmatch(r"-?[A-Za-z]+:[^\s\":=<>]+(\s[^\s\":=<>]+)+", words[0]):
            app.say("to look for a phrase, keep its quotation marks from the shell: 'denies:\"southern front\"'")
        return words[0]
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if '"' in word or not re.search(r"\s", word):
        return word
    minus = "-" if word.startswith("-") else ""
    head, sign, value = word.removeprefix("-").rpartition(":")
    return f'{minus}{head}{sign}"{value}"'


def _print_claims(page: Page, output_format: ListFormat, query: str, view: View) -> None:
    if output_format == "table":
        from allegedly.render.claims import short_claim_row  # noqa: PLC0415  # --help needs none

        rows = [short_claim_row(claim) for claim in page.claims]
        print_table(list(rows[0]) if rows else [], rows)
    elif output_format == "csv":
        from allegedly.cli.tables import print_claims  # noqa: PLC0415  # for this format only
        from allegedly.review.states import reviews_of  # noqa: PLC0415  # as above

        print_claims(page.claims, reviews_of(view))
    else:
        print_objects(output_format, page.claims, query=query, after=page.after)


def _print_documents(page: DocumentPage, output_format: ListFormat, query: str) -> None:
    from allegedly.store.answers import DocumentInfo  # noqa: PLC0415  # as above

    rows = [asdict(document) for document in page.documents]
    if output_format == "table":
        print_table(_DOCUMENT_TABLE, rows)
    elif output_format == "csv":
        print_csv([item.name for item in fields(DocumentInfo)], rows)
    else:
        print_objects(output_format, page.documents, query=query, after=page.after)
