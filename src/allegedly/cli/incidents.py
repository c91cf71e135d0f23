"""``allegedly incidents``: what is said of one alleged event, side by side; merge, split and undo by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

import click

from allegedly.cli.app import App, common_options, store_option, wants_color, write
from allegedly.cli.listing import ListFormat, format_option, print_csv, print_objects, print_table
from allegedly.cli.retract import user_name
from allegedly.errors import UnreadableDocument, UsageError

if TYPE_CHECKING:
    from allegedly.records.claims import Claim
    from allegedly.records.incidents import ClusterJudgement, Incident
    from allegedly.records.ledger import Ledger
    from allegedly.review.states import Reviews
    from allegedly.store.clusters import ClusterStore
    from allegedly.store.sql import SqlStore

CONFLICT_FOUND = 10
F = TypeVar("F", bound=Callable[..., Any])
Best = Literal["acled", "ucdp", "median"]

in_option = click.option("--in", "file", metavar="FILE|-", help="Ledgers in JSON Lines instead of the store.")
fail_option = click.option(
    "--fail-on", type=click.Choice(["conflict"]), help=f"Exit with {CONFLICT_FOUND} if there is one; for scripts."
)
limit_option = click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="On a page.")
after_option = click.option("--after", metavar="ID", help="The next page: what the page before ends with.")
best_option = click.option(
    "--best", type=click.Choice(["acled", "ucdp", "median"]), help="Give single numbers by this policy; none otherwise."
)


@click.group("incidents", invoke_without_command=True)
@click.option("--conflicts-only", is_flag=True, help="Only incidents with conflicts.")
@click.option("--anew", is_flag=True, help="Make all incidents of the store again from rows and judgements.")
@limit_option
@after_option
@best_option
@fail_option
@in_option
@format_option
@store_option
@common_options
@click.pass_context
def incidents_command(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401  # click hands them over
    """
    Put claims about one alleged event side by side, last reported first.

    Who asserts, confirms, concedes, denies or doubts what, and where figures, days,
    places and actors cannot all hold. It never says who is right. docs/incidents.md
    says how incidents form and what each status means.
    """
    if context.invoked_subcommand is None:
        _list(context.find_object(App) or App(), **options)


def _list(  # noqa: PLR0913  # the options of the command
    app: App,
    *,
    conflicts_only: bool,
    anew: bool,
    limit: int,
    after: str | None,
    best: Best | None,
    fail_on: str | None,
    file: str | None,
    output_format: ListFormat,
) -> None:
    if file is not None:
        ledgers = ledgers_of_file(file)
        found = [item for item in incidents_of(ledgers) if item.conflicts or not conflicts_only]
        shown, following = [with_best(item, best) for item in found[:limit]], None
        conflicts = sum(len(item.conflicts) for item in found)
        print_incidents(shown, output_format, after=following, behind=lambda: Behind(claims_in(ledgers)))
    else:
        with app.store() as opened:
            kept = cast("SqlStore", opened)
            store = clusters_of(app, opened, anew=anew)
            page = store.page(limit=limit, after=after, conflicts_only=conflicts_only)
            shown, following = [with_best(item, best) for item in page.incidents], page.after
            _, conflicts = store.count()
            print_incidents(shown, output_format, after=following, behind=lambda: behind(kept, shown))
    if not shown:
        app.say("no incident was found")
    elif following is not None:
        app.say(f"more with --after {following}")
    if fail_on and conflicts:
        app.code = CONFLICT_FOUND


@incidents_command.command("merge")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@click.option("--note", default="", help="Why; kept with the judgement.")
@click.option("--by", "who", help="Who decides; otherwise the name of the user.")
@store_option
@common_options
@click.pass_obj
def merge_command(app: App, one: str, other: str, *, note: str, who: str | None) -> None:
    """Say that two incidents are one."""
    with app.store() as opened:
        store = clusters_of(app, opened)
        left, right = store.incident(one), store.incident(other)
        if left.id == right.id:
            raise UsageError(f"{one} and {other} are one incident already", hint="see `allegedly show`")
        made = store.judge("merge", left.claims, right.claims, who=who or user_name(), note=note)
        clusters_of(app, opened)
    app.say(f"{left.id} and {right.id} are one; take it back with `allegedly incidents undo {made.number}`")


@incidents_command.command("split")
@click.argument("incident_id", metavar="ID")
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@click.option("--note", default="", help="Why; kept with the judgement.")
@click.option("--by", "who", help="Who decides; otherwise the name of the user.")
@store_option
@common_options
@click.pass_obj
def split_command(app: App, incident_id: str, claims: tuple[str, ...], *, note: str, who: str | None) -> None:
    """Take claims out of an incident; they become one of their own."""
    with app.store() as opened:
        store = clusters_of(app, opened)
        incident = store.incident(incident_id)
        taken = [_claim_in(incident, claim) for claim in claims]
        rest = [claim for claim in incident.claims if claim not in taken]
        made = store.judge("split", taken, rest, who=who or user_name(), note=note)
        clusters_of(app, opened)
    app.say(f"{len(taken)} claims taken out; take it back with `allegedly incidents undo {made.number}`")


@incidents_command.command("undo")
@click.argument("number", type=int, metavar="NUMBER")
@click.option("--by", "who", help="Who takes it back; otherwise the name of the user.")
@store_option
@common_options
@click.pass_obj
def undo_command(app: App, number: int, *, who: str | None) -> None:
    """Take a merge or split back."""
    with app.store() as opened:
        store = cluster_store(opened)
        done = store.undo(number, who=who or user_name())
        clusters_of(app, opened)
    app.say(f"{done.decision} {number}: taken back")


@incidents_command.command("judgements")
@click.option("--all", "undone", is_flag=True, help="Those taken back, too.")
@format_option
@store_option
@common_options
@click.pass_obj
def judgements_command(app: App, *, undone: bool, output_format: ListFormat) -> None:
    """List merges and splits, oldest first."""
    with app.store() as opened:
        found = cluster_store(opened).judgements(undone=undone)
    if output_format in {"json", "jsonl"}:
        print_objects(output_format, found)
        return
    rows = [_judgement_row(item) for item in found]
    columns = ("number", "decision", "made", "who", "undone", "left", "right", "note")
    if output_format == "csv":
        print_csv(columns, rows)
    else:
        print_table(columns, rows)


def cluster_store(opened: object) -> ClusterStore:
    """Give the incidents of an open store as they were last made."""
    from allegedly.store.clusters import ClusterStore  # noqa: PLC0415  # sqlalchemy, see App.store

    return ClusterStore(cast("SqlStore", opened))


def clusters_of(app: App, opened: object, *, anew: bool = False) -> ClusterStore:
    """Give the incidents of an open store, brought up to date."""
    store = cluster_store(opened)
    if not anew and store.made_from() == store.state():
        return store
    from allegedly.keeper import up_to_date  # noqa: PLC0415  # numpy, which a page alone does not need

    def tell(done: int, count: int) -> None:
        if count > done:
            app.say(f"{done} of {count} documents")

    return up_to_date(cast("SqlStore", opened), anew=anew, progress=tell)


class Behind(NamedTuple):
    """The claims behind incidents or conflicts, and what people decided about them; None where nobody could."""

    claims: Sequence[Claim]
    reviews: Reviews | None = None


def behind(opened: SqlStore, incidents: Iterable[Incident]) -> Behind:
    """Give the claims of incidents of a store as people left them, and what these decided."""
    from allegedly.keeper import claims_behind  # noqa: PLC0415  # as above
    from allegedly.review.states import reviews_of  # noqa: PLC0415  # as above

    with opened.view() as view:
        reviews = reviews_of(view)
    return Behind(claims_behind(opened, incidents), reviews)


def incidents_of(ledgers: Sequence[Ledger]) -> Sequence[Incident]:
    """Make the incidents of some ledgers."""
    from allegedly.corroboration.corroborate import corroborate  # noqa: PLC0415  # as above
    from allegedly.corroboration.origins import origins_by_document  # noqa: PLC0415  # as above
    from allegedly.keeper import document_of  # noqa: PLC0415  # as above

    documents = {ledger.document.id: document_of(ledger) for ledger in ledgers}
    origins = origins_by_document(lambda ids: [documents[name] for name in ids])
    return corroborate(claims_in(ledgers), origins=origins)


def claims_in(ledgers: Iterable[Ledger]) -> list[Claim]:
    """Give all claims of some ledgers."""
    from allegedly.records.claims_of import claims_of  # noqa: PLC0415  # as above

    return [claim for ledger in ledgers for claim in claims_of(ledger)]


def ledgers_of_file(file: str) -> list[Ledger]:
    """
    Give all ledgers of a file in JSON Lines; ``-`` is standard input.

    Raises:
        UnreadableDocument: If it cannot be read.
        LedgerError: If a line is no ledger.
    """
    from allegedly.ledger.json import decode_ledger  # noqa: PLC0415  # as above

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableDocument(f"{file}: {error}", hint="give ledgers in JSON Lines") from error
    return [decode_ledger(line) for line in data.splitlines() if line.strip()]


def with_best(incident: Incident, best: Best | None) -> Incident:
    """Add single numbers by a policy, if one is asked for."""
    if best is None:
        return incident
    from allegedly.corroboration.assemble import with_estimates  # noqa: PLC0415  # as above

    return with_estimates(incident, best)


def print_incidents(
    incidents: Sequence[Incident], output_format: ListFormat, *, after: str | None, behind: Callable[[], Behind]
) -> None:
    """
    Print incidents in the format asked for.

    Args:
        incidents: The incidents.
        output_format: How.
        after: What the next page begins after.
        behind: Gives their claims, which CSV alone needs.
    """
    from allegedly.render.incidents import plain, render_incident  # noqa: PLC0415  # as above

    if output_format == "csv":
        from allegedly.cli import tables  # noqa: PLC0415  # for this format only

        tables.print_incidents(incidents, *behind())
    elif output_format == "table":
        blocks = (render_incident(item, color=wants_color()) for item in incidents)
        write("\n".join(blocks).encode("utf-8", "replace"))
    else:
        print_objects(
            output_format, [plain(item) for item in incidents], **({} if output_format == "jsonl" else {"after": after})
        )


def show_incident(app: App, incident_id: str, output_format: ListFormat) -> None:
    """Print one incident of the store with the words behind it."""
    with app.store() as opened:
        store = clusters_of(app, opened)
        incident = store.incident(incident_id)
        found = behind(cast("SqlStore", opened), [incident])
    print_incidents([incident], output_format, after=None, behind=lambda: found)
    if output_format == "table":
        from allegedly.render.incidents import render_claims  # noqa: PLC0415  # for this format only

        write(render_claims(incident, {claim.id: claim for claim in found.claims}).encode("utf-8", "replace"))


def _claim_in(incident: Incident, begins: str) -> str:
    found = [claim for claim in incident.claims if claim.startswith(begins)]
    if len(found) != 1:
        raise UsageError(
            f"{len(found)} claims of {incident.id} begin with {begins}",
            hint=f"`allegedly show {incident.id}` lists them",
        )
    return found[0]


def _judgement_row(item: ClusterJudgement) -> dict[str, Any]:
    return {
        "number": item.number, "decision": item.decision, "made": item.made, "who": item.who, "undone": item.undone,
        "left": " ".join(item.left), "right": " ".join(item.right), "note": item.note,
    }  # fmt: skip
