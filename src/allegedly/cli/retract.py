"""``allegedly retract``: take a document out of all views of the store."""

from __future__ import annotations

import getpass

import click

from allegedly.cli.app import App, common_options, store_option
from allegedly.errors import UsageError


def user_name() -> str:
    """Give the name of whoever runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment, and none in the system's list
        return "unknown"


@click.command("retract")
@click.argument("document_id", metavar="DOCUMENT")
@click.option("--why", default="", help="The reason, kept with the retraction.")
@click.option("--by", "who", help="Who retracts it; otherwise the name of the user.")
@click.option("--undo", is_flag=True, help="Take the retraction back.")
@store_option
@common_options
@click.pass_obj
def retract_command(app: App, document_id: str, *, why: str, who: str | None, undo: bool) -> None:
    """
    Take a document out of all searches and exports.

    It stays recorded that it was there, who retracted it and why; adding the same
    text again does not bring it back, --undo does.
    """
    if undo and why:
        raise UsageError("--why is for a retraction", hint="leave it out with --undo")
    with app.store() as store:
        name = who or user_name()
        done = store.restore(document_id, who=name) if undo else store.retract(document_id, who=name, why=why)
    app.say(f"{done.id}: {'restored' if undo else 'retracted'}")
