"""Who may use the pages: for admins, where accounts are on or a proxy names users."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.errors import UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import ROLES, Role, User, check_role
from allegedly.web.pages.account import access_of
from allegedly.web.passwords import MINIMUM, Passwords
from allegedly.web.people import Admin, Fields
from allegedly.web.problems import NotFound
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersPage:
    """
    What the page shows.

    Args:
        title: Its title.
        users: All users, by name.
        roles: All roles, least first.
        me: The visitor's name.
        with_passwords: Whether users sign in here; else a proxy names them.
        minimum: Fewest signs of a password.
        given: Name and role that were filled in, where the form is shown again.
        wrong: What went wrong; empty if nothing.
    """

    title: str = "People"
    users: tuple[User, ...]
    roles: tuple[Role, ...] = ROLES
    me: str
    with_passwords: bool
    minimum: int = MINIMUM
    given: dict[str, str]
    wrong: str = ""


@router.get("/users")
def users_page(request: Request, visitor: Admin) -> Response:
    """Show all users."""
    return show(request, "users.html", page_of(site_of(request), visitor.name, with_passwords=_mode(request)))


@router.post("/users/add")
def add_user(request: Request, visitor: Admin, form: Fields) -> Response:
    """Add a user."""
    with_passwords = _mode(request)
    try:
        role = check_role(form.get("role", "reader"))
        hashed = Passwords().hash(form.get("password", "")) if with_passwords else None
        AccountStore(site_of(request).store).add_user(form.get("name", "").strip(), role, password_hash=hashed)
    except UsageError as error:
        return _again(request, visitor, form, error)
    return RedirectResponse("/users", 303)


@router.post("/users/change")
def change_user(request: Request, visitor: Admin, form: Fields) -> Response:
    """Give a user another role, keep them out or let them in, or give them another password."""
    with_passwords, accounts = _mode(request), AccountStore(site_of(request).store)
    try:
        _change(accounts, form, with_passwords=with_passwords)
    except UsageError as error:
        return _again(request, visitor, {}, error)
    return RedirectResponse("/users", 303)


def _change(accounts: AccountStore, form: dict[str, str], *, with_passwords: bool) -> None:
    """Change what a form asks for."""
    name = accounts.user(form.get("name", "")).name
    match form.get("do"):
        case "role":
            accounts.set_role(name, check_role(form.get("role", "")))
        case "disable":
            accounts.disable(name)
        case "enable":
            accounts.enable(name)
        case "password" if with_passwords:
            accounts.set_password_hash(name, Passwords().hash(form.get("password", "")))
        case _:
            raise UsageError("nothing was asked for", hint="choose what to change")


def page_of(
    site: Site, me: str, *, with_passwords: bool, given: dict[str, str] | None = None, wrong: str = ""
) -> UsersPage:
    """
    Make the page from the store.

    Args:
        site: The site.
        me: The visitor's name.
        with_passwords: Whether users sign in here.
        given: What was filled in.
        wrong: What went wrong.
    """
    users = AccountStore(site.store).users()
    kept = {key: value for key, value in (given or {}).items() if key in {"name", "role"}}
    return UsersPage(users=users, me=me, with_passwords=with_passwords, given=kept, wrong=wrong)


def _mode(request: Request) -> bool:
    """Say whether users sign in here; there are none where the pages are those of whoever runs the program."""
    mode = access_of(request).rules.mode
    if mode == "local":
        raise NotFound("there are no accounts here", hint="`allegedly users add` makes one; see docs/accounts.md")
    return mode == "accounts"


def _again(request: Request, visitor: Admin, form: dict[str, str], error: UsageError) -> Response:
    wrong = f"{error} - {error.hint}" if error.hint else str(error)
    page = page_of(site_of(request), visitor.name, with_passwords=_mode(request), given=form, wrong=wrong)
    return show(request, "users.html", page, status=400)
