"""``allegedly review``: judge claims one by one, and see what people decided and how far they agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

import click

from allegedly.cli.app import App, common_options, store_option, write
from allegedly.cli.listing import ListFormat, format_option, print_objects, print_rows
from allegedly.cli.retract import user_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.records.ledger import Ledger
    from allegedly.review.queue import Order
    from allegedly.store.answers import Judgement
    from allegedly.store.base import View
    from allegedly.store.sql import SqlStore

_ORDERS = ("uncertain", "disputed", "random", "second")  # a test holds them to those of the queue
_LIST = ("number", "made", "who", "decision", "state", "row", "queue", "blind", "undone", "before", "after", "note")


@click.group("review", invoke_without_command=True)
@click.option("--order", type=click.Choice(_ORDERS), default="uncertain", show_default=True, help="Which come first.")
@click.option("--query", default="", metavar="QUERY", help="Only claims that `allegedly find QUERY` finds.")
@click.option("--seed", default="", metavar="WORDS", help="Where the random order begins.")
@click.option("--blind", is_flag=True, help="Hide publisher, title and the names of parties.")
@click.option("--by", "who", metavar="NAME", help="Who reviews; otherwise the name of the user.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after so many answers.")
@store_option
@common_options
@click.pass_context
def review_command(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401  # click hands them over
    """
    Judge claims, one key each: a right, x wrong, space not sure, f fix, - back, q quit, ? help.

    Every answer is kept with who, when, before and after, and can be taken back.
    Only --order random gives a fair sample for `allegedly review precision`. Keys
    may come from a pipe. docs/review.md says what the states mean.
    """
    if context.invoked_subcommand is None:
        _review(context.find_object(App) or App(), **options)


def _review(  # the options of the command
    app: App,
    *,
    order: Order,
    query: str,
    seed: str,
    blind: bool,
    who: str | None,
    limit: int | None,
) -> None:
    from allegedly.cli.incidents import clusters_of  # noqa: PLC0415  # --help needs none of it
    from allegedly.cli.review_keys import Session  # noqa: PLC0415  # as above
    from allegedly.review.queue import Asked  # noqa: PLC0415  # as above

    with app.store() as opened:
        if order == "disputed":
            clusters_of(app, opened)
        asked = Asked(who=who or user_name(), order=order, query=query, seed=seed)
        Session(app, cast("SqlStore", opened), asked, blind=blind, limit=limit).run()


@review_command.command("list")
@click.option("--document", metavar="ID", help="Only of this document.")
@click.option("--all", "undone", is_flag=True, help="Those taken back, too.")
@format_option
@store_option
@common_options
@click.pass_obj
def list_command(app: App, *, document: str | None, undone: bool, output_format: ListFormat) -> None:
    """List judgements, oldest first: who, when, before and after, and the state of the claim."""
    from allegedly.review.states import reviews_of  # noqa: PLC0415  # as above

    with app.store() as store, store.view() as view:
        reviews = reviews_of(view, document=document)
        found = view.judgements(document=document, undone=undone)
    if output_format in {"json", "jsonl"}:
        states = ({"state": reviews.standing(item.row).state} for item in found)
        print_objects(output_format, [asdict(item) | state for item, state in zip(found, states, strict=True)])
        return
    rows = [_judgement_row(item, reviews.standing(item.row).state) for item in found]
    print_rows(output_format, _LIST, rows)
    if not rows:
        app.say("nobody has judged anything")


@review_command.command("undo")
@click.argument("number", type=int, metavar="NUMBER")
@click.option("--by", "who", metavar="NAME", help="Who takes it back; otherwise the name of the user.")
@store_option
@common_options
@click.pass_obj
def undo_command(app: App, number: int, *, who: str | None) -> None:
    """Take a judgement back; it stays recorded."""
    with app.store() as store:
        done = store.undo(number, who=who or user_name())
    app.say(f"{done.decision} {number} of {done.row}: taken back")


@review_command.command("agreement")
@click.option("--pairs", is_flag=True, help="Count for each pair of reviewers instead.")
@format_option
@store_option
@common_options
@click.pass_obj
def agreement_command(app: App, *, pairs: bool, output_format: ListFormat) -> None:
    """Say how far reviewers agree: Krippendorff's alpha of decisions and layers, or counts for each pair."""
    from allegedly.review.agreement import agreement  # noqa: PLC0415  # as above

    with app.store() as store, store.view() as view:
        found = agreement(view.judgements())
    _print_records(found.pairs if pairs else found.alphas, output_format)
    app.say(f"{found.unsure} not sure, left out")


@review_command.command("precision")
@click.option("--all", "everything", is_flag=True, help="Of every order: no fair sample.")
@format_option
@store_option
@common_options
@click.pass_obj
def precision_command(app: App, *, everything: bool, output_format: ListFormat) -> None:
    """Say how often the reader is right, as measured in the random order, with Wilson's 95 % interval."""
    from allegedly.review.precision import measured_precision  # noqa: PLC0415  # as above

    with app.store() as store, store.view() as view:
        found = measured_precision(_current(view), sample="all" if everything else "random")
    _print_records(found, output_format)
    if not found:
        app.say("nobody has judged anything in the random order; see --order random")


@review_command.command("export")
@store_option
@common_options
@click.pass_obj
def export_command(app: App) -> None:
    """
    Write documents that are reviewed to the end as gold for training, JSON Lines.

    A document counts if every claim of it is accepted, corrected or rejected and
    nobody differs or is unsure.
    """
    import msgspec  # noqa: PLC0415  # as above

    from allegedly.ledger.json import decode_ledger  # noqa: PLC0415  # as above
    from allegedly.review.states import reviews_of  # noqa: PLC0415  # as above
    from allegedly.review.training import gold_documents  # noqa: PLC0415  # as above

    with app.store() as store, store.view() as view:

        def ledgers() -> Iterator[Ledger]:
            judged = {item.document for item in view.judgements()}
            for name in [document.id for document in view.documents() if document.id in judged]:
                yield decode_ledger(view.ledger(name))

        count = 0
        for document in gold_documents(ledgers(), reviews_of(view)):
            write(msgspec.json.encode(document) + b"\n")
            count += 1
    app.say(f"{count} documents are reviewed to the end")


def _current(view: View) -> list[Judgement]:
    """Give the judgements of claims that still count as they were judged."""
    found = view.judgements()
    current = view.current_claims(item.row for item in found)
    return [item for item in found if item.row in current]


def _print_records(records: Sequence[Any], output_format: ListFormat) -> None:
    if output_format in {"json", "jsonl"}:
        print_objects(output_format, records)
        return
    rows = [{name: _rounded(value) for name, value in asdict(item).items()} for item in records]
    print_rows(output_format, tuple(rows[0]) if rows else (), rows)


def _rounded(value: object) -> object:
    return f"{value:.3f}" if isinstance(value, float) else value


def _judgement_row(item: Judgement, state: str) -> dict[str, Any]:
    """Give a judgement as a line: of before and after only what was changed."""
    import msgspec  # noqa: PLC0415  # as above

    after = item.after or {}
    values = asdict(item) | {"state": state, "blind": "blind" if item.blind else ""}
    before = {name: item.before.get(name) for name in after}
    texts = {"before": before, "after": after}
    return {name: values[name] for name in _LIST} | {
        name: msgspec.json.encode(value).decode() if value else "" for name, value in texts.items()
    }
