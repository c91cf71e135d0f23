"""``allegedly evaluate``: the figures that a user can measure without gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import click

from allegedly.cli.app import App, common_options, write

if TYPE_CHECKING:
    from allegedly.neutrality.swap import Share, Trial

WORST = 10
Format = Literal["table", "json"]


@click.group("evaluate")
def evaluate_command() -> None:
    """Measure the reader on this machine."""


@evaluate_command.command("neutrality")
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N trials; all otherwise.")
@common_options
@click.pass_obj
def neutrality_command(app: App, *, output_format: Format, limit: int | None) -> None:
    """
    Exchange the two parties of invented reports and say what else changes.

    Each template is read for each pair of parties, both ways round. A trial
    holds if the exchange changes nothing in the ledger but the parties.
    """
    # Data and comparison are loaded for this command only.
    from allegedly.neutrality.data import load_pairs, load_templates  # noqa: PLC0415  # see above
    from allegedly.neutrality.swap import report, run_trials  # noqa: PLC0415  # see above

    trials = list(run_trials(app.reader(), load_templates(), load_pairs(), limit=limit))
    if output_format == "json":
        write(json.dumps(report(trials), ensure_ascii=False).encode() + b"\n")
    else:
        write("".join(f"{line}\n" for line in _table(trials)).encode())


def _table(trials: Sequence[Trial]) -> Iterator[str]:
    from allegedly.neutrality.swap import count_labels, share_of, shares_by  # noqa: PLC0415  # as above

    yield "SIDE SWAP"
    yield from _share_lines([share_of(trials)])
    yield from ("", "KINDS OF PAIRS")
    yield from _share_lines(shares_by(trials, lambda trial: trial.pair.kind))
    yield from ("", "WORST PAIRS")
    yield from _share_lines(shares_by(trials, lambda trial: trial.pair.id)[:WORST])
    yield from ("", "WORST TEMPLATES")
    yield from _share_lines(shares_by(trials, lambda trial: trial.template.id)[:WORST])
    yield from ("", "WHAT CHANGED, IN HOW MANY TRIALS")
    yield from (f"  {label:<24}{count:>6}" for label, count in count_labels(trials).items())


def _share_lines(shares: Sequence[Share]) -> Iterator[str]:
    yield f"  {'':<24}{'trials':>6}  {'hold':>6}       {'hold, scores aside':>18}"
    for share in shares:
        figures = share.to_dict()
        yield (
            f"  {share.name:<24}{share.trials:>6}  {share.holds:>6} {figures['percent']:>5.1f} % "
            f"{share.holds_scores_aside:>8} {figures['percent_scores_aside']:>5.1f} %"
        )
