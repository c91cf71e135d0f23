"""``allegedly users``: who may use the pages, and which programs act for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import click

from allegedly.cli.app import App, common_options, store_option, write
from allegedly.cli.listing import ListFormat, format_option, print_rows
from allegedly.errors import UsageError

if TYPE_CHECKING:
    from allegedly.store.accounts import AccountStore
    from allegedly.store.people import Role, Token, User
    from allegedly.store.sql import SqlStore

_ROLES = (
    "reader",
    "reviewer",
    "admin",
)  # allegedly.store.people.ROLES, which a test holds it to; sqlalchemy comes late
_USERS = ("name", "role", "password", "added", "disabled")
_TOKENS = ("id", "label", "made", "revoked")
_LONGEST_LINE = 16 * 1024  # bytes of a password on standard input

role_argument = click.argument("role", type=click.Choice(_ROLES))
stdin_option = click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")


@click.group("users")
def users_command() -> None:
    """
    Say who may use the pages: accounts, roles, passwords, tokens of programs.

    A reader looks; a reviewer also judges; an admin also looks after the store. See
    docs/accounts.md for how to run the pages for a team.
    """


@users_command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), default="reader", show_default=True, help="What they may do.")
@click.option("--no-password", is_flag=True, help="They come through a reverse proxy and need none.")
@stdin_option
@store_option
@common_options
@click.pass_obj
def add_command(app: App, name: str, *, role: Role, no_password: bool, password_stdin: bool) -> None:
    """Add a user; the password is asked for twice, and never shown."""
    if no_password and password_stdin:
        raise UsageError("--no-password and --password-stdin exclude each other", hint="leave one out")
    password_hash = None if no_password else _new_hash(from_stdin=password_stdin)
    with app.store(create=True) as store:
        user = _accounts(store).add_user(name, role, password_hash=password_hash)
    app.say(f"{user.name}: added as {user.role}")


@users_command.command("list")
@format_option
@store_option
@common_options
@click.pass_obj
def list_command(app: App, *, output_format: ListFormat) -> None:
    """List the users."""
    with app.store() as store:
        rows = [_user_row(user) for user in _accounts(store).users()]
    print_rows(output_format, _USERS, rows)


@users_command.command("role")
@click.argument("name")
@role_argument
@store_option
@common_options
@click.pass_obj
def role_command(app: App, name: str, role: Role) -> None:
    """Let a user do more or less, from their next click on."""
    with app.store() as store:
        user = _accounts(store).set_role(name, role)
    app.say(f"{user.name}: now {user.role}")


@users_command.command("password")
@click.argument("name")
@stdin_option
@store_option
@common_options
@click.pass_obj
def password_command(app: App, name: str, *, password_stdin: bool) -> None:
    """Give a user another password; they have to sign in anew everywhere."""
    with app.store() as store:
        accounts = _accounts(store)
        found = accounts.user(name)
        user = accounts.set_password_hash(found.name, _new_hash(from_stdin=password_stdin))
    app.say(f"{user.name}: new password")


@users_command.command("disable")
@click.argument("name")
@store_option
@common_options
@click.pass_obj
def disable_command(app: App, name: str) -> None:
    """Keep a user and their tokens out, at once; what they did stays under their name."""
    with app.store() as store:
        user = _accounts(store).disable(name)
    app.say(f"{user.name}: disabled")


@users_command.command("enable")
@click.argument("name")
@store_option
@common_options
@click.pass_obj
def enable_command(app: App, name: str) -> None:
    """Let a user in again."""
    with app.store() as store:
        user = _accounts(store).enable(name)
    app.say(f"{user.name}: enabled")


@users_command.group("token")
def token_command() -> None:
    """Look after tokens, with which programs use the API and feed readers the feeds."""


@token_command.command("add")
@click.argument("name")
@click.option("--label", metavar="WORDS", required=True, help="By which you will know it again.")
@store_option
@common_options
@click.pass_obj
def token_add_command(app: App, name: str, *, label: str) -> None:
    """Make a token that may do what the user may, and print it: it is shown this once only."""
    from allegedly.store.people import make_token_secret, secret_id  # noqa: PLC0415  # as _ROLES

    secret = make_token_secret()
    with app.store() as store:
        token = _accounts(store).add_token(secret_id(secret), name, label)
    write(f"{secret}\n".encode())
    app.say(f"{token.user}: token {token.id[:12]} for {token.label}; it is not shown again")


@token_command.command("list")
@click.argument("name")
@format_option
@store_option
@common_options
@click.pass_obj
def token_list_command(app: App, name: str, *, output_format: ListFormat) -> None:
    """List the tokens of a user; what they hold is not kept."""
    with app.store() as store:
        rows = [_token_row(token) for token in _accounts(store).tokens(name)]
    print_rows(output_format, _TOKENS, rows)


@token_command.command("revoke")
@click.argument("token_id", metavar="ID")
@store_option
@common_options
@click.pass_obj
def token_revoke_command(app: App, token_id: str) -> None:
    """Let a token no longer count; ID is what `list` shows."""
    with app.store() as store:
        token = _accounts(store).revoke_token(token_id)
    app.say(f"{token.user}: token {token.id[:12]} for {token.label} revoked")


def _accounts(store: object) -> AccountStore:
    from allegedly.store.accounts import AccountStore  # noqa: PLC0415  # sqlalchemy, see App.store

    return AccountStore(cast("SqlStore", store))


def _new_hash(*, from_stdin: bool) -> str:
    """Ask for a password and give its hash."""
    from allegedly.web.passwords import MAXIMUM, MINIMUM, Passwords  # noqa: PLC0415  # an extra

    passwords = Passwords()
    if from_stdin:
        return passwords.hash(_line_of_stdin())
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password on", hint="use --password-stdin")
    words = f"Password ({MINIMUM} to {MAXIMUM} signs)"
    return passwords.hash(click.prompt(words, hide_input=True, confirmation_prompt=True, err=True))


def _line_of_stdin() -> str:
    line = sys.stdin.buffer.readline(_LONGEST_LINE)
    try:
        return line.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is no text: {error}", hint="give the password in UTF-8") from error


def _user_row(user: User) -> dict[str, Any]:
    has = "yes" if user.password_hash else "no"
    return {"name": user.name, "role": user.role, "password": has, "added": user.added, "disabled": user.disabled}


def _token_row(token: Token) -> dict[str, Any]:
    return {"id": token.id[:12], "label": token.label, "made": token.made, "revoked": token.revoked}
