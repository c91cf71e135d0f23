"""Sign in and out; one's own password, tokens and sessions. Only where accounts are on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.errors import UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import Token, make_token_secret, secret_id
from allegedly.web.access import local_path
from allegedly.web.passwords import MINIMUM
from allegedly.web.people import Fields, Reader
from allegedly.web.problems import NotAllowed, NotFound, SignIn, WebProblem
from allegedly.web.rules import Visitor
from allegedly.web.show import show
from allegedly.web.signing import Access
from allegedly.web.site import Site, site_of

router = APIRouter()
_DONE: Final = {
    "password": "The password is changed; all your other sessions are ended.",
    "revoked": "The token no longer counts.",
}
_NO_STORE: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """
    What the page to sign in shows.

    Args:
        title: Its title.
        name: The name that was filled in.
        next: Where to go then.
        wrong: Why it did not work; empty at first.
    """

    title: str = "Sign in"
    name: str = ""
    next: str = "/"
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """
    What the page of one's account shows.

    Args:
        title: Its title.
        name: Whose account.
        role: What they may do.
        tokens: Their tokens, oldest first.
        minimum: Fewest signs of a password.
        secret: What a new token holds; shown this once, else empty.
        done: What was just done, in words; empty if nothing.
        wrong: What went wrong, by field.
    """

    title: str = "Account"
    name: str
    role: str
    tokens: tuple[Token, ...]
    minimum: int = MINIMUM
    secret: str = ""
    done: str = ""
    wrong: dict[str, str]


@router.get("/login")
def login_page(request: Request) -> Response:
    """Show the form; whoever is signed in goes on."""
    access = access_of(request)
    onward = local_path(request.query_params.get("next", ""))
    if request.state.visitor is not None:
        return RedirectResponse(onward, 303)
    if access.rules.mode != "accounts":
        raise NotFound("nobody signs in here", hint="go to the first page")
    return show(request, "login.html", LoginPage(next=onward))


@router.post("/login")
def login(request: Request, form: Fields) -> Response:
    """Sign somebody in; what was wrong, name or password, is not said."""
    onward = local_path(form.get("next", ""))
    response = RedirectResponse(onward, 303)
    try:
        access_of(request).sign_in(request, response, name=form.get("name", ""), password=form.get("password", ""))
    except WebProblem as problem:
        page = LoginPage(name=form.get("name", "")[:100], next=onward, wrong=f"{problem} - {problem.hint}")
        shown = show(request, "login.html", page, status=problem.status)
        shown.headers.update(problem.headers)
        return shown
    return response


@router.post("/logout")
def logout(request: Request) -> Response:
    """End this browser's session."""
    response = RedirectResponse("/login", 303)
    access_of(request).sign_out(request, response)
    return response


@router.get("/account")
def account_page(request: Request, visitor: Reader) -> Response:
    """Show one's own account."""
    _with_account(request)
    done = _DONE.get(request.query_params.get("done", ""), "")
    return show(request, "account.html", page_of(site_of(request), visitor, done=done))


@router.post("/account/password")
def change_password(request: Request, visitor: Reader, form: Fields) -> Response:
    """Give oneself another password."""
    if form.get("new") != form.get("again"):
        return _wrong(request, visitor, "password", "the new password was typed in two ways")
    try:
        access_of(request).change_password(request, old=form.get("old", ""), new=form.get("new", ""))
    except (SignIn, UsageError) as error:
        return _wrong(request, visitor, "password", f"{error} - {error.hint}")
    return RedirectResponse("/account?done=password", 303)


@router.post("/account/tokens")
def add_token(request: Request, visitor: Reader, form: Fields) -> Response:
    """Make a token, and show what it holds this once: the answer is no redirect, so that it stands in no address."""
    _with_account(request)
    secret = make_token_secret()
    try:
        AccountStore(site_of(request).store).add_token(secret_id(secret), visitor.name, form.get("label", "").strip())
    except UsageError as error:
        return _wrong(request, visitor, "label", f"{error} - {error.hint}")
    response = show(request, "account.html", page_of(site_of(request), visitor, secret=secret))
    response.headers.update(_NO_STORE)
    return response


@router.post("/account/tokens/revoke")
def revoke_token(request: Request, visitor: Reader, form: Fields) -> Response:
    """Let a token of one's own no longer count."""
    _with_account(request)
    AccountStore(site_of(request).store).revoke_token(form.get("id", ""), user=visitor.name)
    return RedirectResponse("/account?done=revoked", 303)


@router.post("/account/sign-out")
def sign_out_everywhere(request: Request, visitor: Reader) -> Response:
    """End all of one's sessions, this one too."""
    response = RedirectResponse("/login", 303)
    access_of(request).sign_out(request, response)
    AccountStore(site_of(request).store).end_sessions(visitor.name)
    return response


def page_of(
    site: Site, visitor: Visitor, *, secret: str = "", done: str = "", wrong: dict[str, str] | None = None
) -> AccountPage:
    """
    Make the page from the store.

    Args:
        site: The site.
        visitor: Whose account.
        secret: What a new token holds.
        done: What was just done.
        wrong: What went wrong, by field.
    """
    tokens = AccountStore(site.store).tokens(visitor.name)
    return AccountPage(name=visitor.name, role=visitor.role, tokens=tokens, secret=secret, done=done, wrong=wrong or {})


def access_of(request: Request) -> Access:
    """Give who comes in."""
    access: Access = request.state.access
    return access


def _wrong(request: Request, visitor: Visitor, field: str, words: str) -> Response:
    page = page_of(site_of(request), visitor, wrong={field: words})
    return show(request, "account.html", page, status=400)


def _with_account(request: Request) -> None:
    """Refuse those without an account here: whoever runs the program, guests of a proxy, and programs."""
    if access_of(request).rules.mode == "local":
        raise NotFound("there are no accounts here", hint="these pages are yours alone")
    if request.state.visitor.kind == "token":
        raise NotAllowed("a program has no account", hint="sign in as a person")
