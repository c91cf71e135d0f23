"""``allegedly demo``: three invented reports of one incident, from opposed outlets."""

from __future__ import annotations

import click

from allegedly.cli.app import App, common_options
from allegedly.cli.output import FORMATS, Format, print_ledger
from allegedly.demo import REPORTS, demo_documents
from allegedly.errors import UsageError


@click.command("demo")
@click.argument("report", required=False, type=click.Choice(list(REPORTS)))
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@click.pass_obj
def demo_command(app: App, report: str | None, *, output_format: Format) -> None:
    """
    Read three invented reports of one incident from opposed outlets.

    REPORT picks one of them; --format json and html want one.
    """
    documents = [document for document in demo_documents() if report in (None, document.id)]
    if output_format in {"json", "html"} and len(documents) > 1:
        raise UsageError(f"--format {output_format} is for one report", hint=f"pick one of {', '.join(REPORTS)}")
    for number, ledger in enumerate(app.reader().read_many(documents)):
        if number and output_format == "table":
            click.echo()
        print_ledger(app, ledger, output_format)
