"""Find out who is asking, and sign people in and out; the store's sessions and tokens behind it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from allegedly.errors import NotInStore, StoreUnavailable, UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import User, check_name, name_key, secret_id
from allegedly.web.csrf import SAFE, make_token
from allegedly.web.passwords import Passwords, Verdict
from allegedly.web.problems import NotAllowed, NotFound, SignIn, TooMany, is_below
from allegedly.web.rules import AccessRules, Address, Visitor, read_address
from allegedly.web.throttle import Throttle

FREE_BY_NAME, FREE_BY_PEER = 5, 20  # attempts; behind one address sits a whole office
_TOUCH = timedelta(minutes=5)  # a session's last visit is kept to this, as each change of the store costs
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host")


@dataclass(frozen=True, slots=True)
class Known:
    """
    What is known of a request's sender.

    Args:
        visitor: Who it is; None if nobody knows.
        secret: What their session's cookie holds; empty without a session.
    """

    visitor: Visitor | None
    secret: str = ""


class Access:
    """
    Who comes in; made once, used from many threads.

    Args:
        rules: Who may.
        accounts: Users, sessions and tokens; needed in all modes but ``local``.
        passwords: Compares passwords; made here in mode ``accounts``.
        throttle: Slows guessing down.

    Raises:
        UsageError: If the mode needs accounts and there are none.
        ExtraError: If argon2-cffi is needed and not installed.
    """

    def __init__(
        self,
        rules: AccessRules,
        accounts: AccountStore | None = None,
        *,
        passwords: Passwords | None = None,
        throttle: Throttle | None = None,
    ) -> None:
        if accounts is None and rules.mode != "local":
            raise UsageError(f"mode {rules.mode} needs a store with accounts", hint="`allegedly users add` makes one")
        self.rules, self._accounts = rules, accounts
        self._passwords = passwords or (Passwords() if rules.mode == "accounts" else None)
        self._throttle = throttle or Throttle()

    def known(self, request: Request) -> Known:
        """
        Say who is asking.

        Raises:
            SignIn: If a token does not count, or a proxy names nobody.
            NotAllowed: If the visitor may not come in at all.
        """
        if self.rules.mode == "local":
            return Known(self._local(request))
        named = self._named(request)
        token = _token(request)
        if token is not None:
            return Known(self._by_token(token))
        if self.rules.mode == "proxy":
            return Known(self._by_proxy(named))
        return self._by_session(request.cookies.get(self.rules.session_cookie, ""))

    def form_token(self, known: Known, cookie: str) -> str:
        """Give the token of forms: bound to the session, else to the cookie and the name; empty without both."""
        if known.secret:
            return make_token(known.secret.encode())
        name = known.visitor.name if known.visitor else ""
        return make_token(self.rules.key, cookie, name) if cookie else ""

    def peer(self, scope: Scope) -> Address | None:
        """Give the address of the browser: what our own proxies say it is, else of whoever is connected."""
        address = _connected(scope)
        said = ",".join(Request(scope).headers.getlist("x-forwarded-for")).split(",")
        while said and self.rules.is_proxy(address):
            before = read_address(said.pop())
            if before is None:  # what stands to the left of it, the browser may have written
                break
            address = before
        return address

    # signing in and out

    def sign_in(self, request: Request, response: Response, *, name: str, password: str) -> Visitor:
        """
        Start a session and put its cookie on a response; the browser's old session ends.

        Raises:
            SignIn: If name or password is wrong; it does not say which.
            TooMany: If there were too many attempts.
            NotFound: If nobody signs in here.
        """
        accounts = self._signing()
        try:
            user: User | None = accounts.user(name)
        except NotInStore:
            user = None
        known = None if user is None or user.disabled else user
        verdict = self._verify(request, name, None if known is None else known.password_hash, password)
        if known is None or not verdict.right:
            raise SignIn("the name or the password is wrong", hint="try again, or ask an admin for a new password")
        if verdict.newer:
            accounts.replace_hash(known, verdict.newer)
        self._end(request)
        self._start(known, response)
        return Visitor(known.name, known.role, "user")

    def sign_out(self, request: Request, response: Response) -> None:
        """End the browser's session, here and there."""
        self._signing()
        self._end(request)
        response.delete_cookie(
            self.rules.session_cookie, path="/", secure=self.rules.secure, httponly=True, samesite="lax"
        )

    def change_password(self, request: Request, *, old: str, new: str) -> None:
        """
        Give the visitor another password; all their other sessions end.

        Raises:
            SignIn: If the old one is wrong, or nobody is signed in.
            TooMany: If there were too many attempts.
            UsageError: If the new one is too short or too long.
        """
        accounts, visitor = self._signing(), request.state.visitor
        if visitor is None or visitor.kind != "user" or self._passwords is None:
            raise SignIn("a password is changed by whoever is signed in with it", hint="sign in first")
        user = accounts.user(visitor.name)
        if not self._verify(request, user.name, user.password_hash, old).right:
            raise SignIn("the old password is wrong", hint="try again, or ask an admin for a new one")
        current = secret_id(request.cookies.get(self.rules.session_cookie, ""))
        accounts.set_password_hash(user.name, self._passwords.hash(new), keep=current)

    def _signing(self) -> AccountStore:
        if self.rules.mode != "accounts" or self._accounts is None:
            raise NotFound("nobody signs in here", hint="go to the first page")
        return self._accounts

    def _verify(self, request: Request, name: str, password_hash: str | None, password: str) -> Verdict:
        by_name, by_peer = f"name {secret_id(name_key(name[:1000]))}", f"peer {_place(self.peer(request.scope))}"
        wait = self._throttle.attempt([(by_name, FREE_BY_NAME), (by_peer, FREE_BY_PEER)])
        if wait:
            raise TooMany("there were too many attempts", wait=wait, hint=f"try again in {wait} seconds")
        verdict = Verdict(right=False) if self._passwords is None else self._passwords.verify(password_hash, password)
        if verdict.right:
            self._throttle.forget(by_name)
            self._throttle.pardon(by_peer)
        return verdict

    def _start(self, user: User, response: Response) -> None:
        """Start a session whose secret nobody but this browser has ever held."""
        accounts, rules, now = self._signing(), self.rules, self._now()
        secret = secrets.token_urlsafe(32)
        accounts.forget_expired(seen_before=_text(now - rules.idle))
        accounts.add_session(secret_id(secret), user.name, expires=_text(now + rules.absolute))
        seconds = int(rules.absolute.total_seconds())
        response.set_cookie(
            rules.session_cookie, secret, max_age=seconds, path="/", secure=rules.secure, httponly=True, samesite="lax"
        )

    def _end(self, request: Request) -> None:
        secret = request.cookies.get(self.rules.session_cookie, "")
        if secret and self._accounts is not None:
            self._accounts.end_session(secret_id(secret))

    # who is asking

    def _local(self, request: Request) -> Visitor:
        connected = _connected(request.scope)
        passed_on = any(name in request.headers for name in _FORWARDED)
        if connected is None or not connected.is_loopback or passed_on:
            raise NotAllowed(
                "without accounts, the pages are for this machine only", hint="start them with accounts or a proxy"
            )
        return Visitor(self.rules.person, "admin", "local")

    def _named(self, request: Request) -> str | None:
        """Give the name in the proxy's header; from anybody else it is an attempt to be somebody."""
        names = request.headers.getlist(self.rules.header) if self.rules.header else []
        if names and not self.rules.is_proxy(_connected(request.scope)):
            raise NotAllowed(
                f"the header {self.rules.header} is believed from the reverse proxy only", hint="come through the proxy"
            )
        if len(names) > 1:
            raise NotAllowed(f"the header {self.rules.header} came twice", hint="let the proxy replace it, not add it")
        return names[0] if names and names[0] else None

    def _by_proxy(self, name: str | None) -> Visitor:
        if name is None:
            raise SignIn("the reverse proxy names nobody", hint="sign in where the proxy asks you to")
        with suppress(UnicodeDecodeError):  # proxies send UTF-8 although HTTP has Latin-1
            name = name.encode("latin-1").decode()
        try:
            user = self._kept.user(name)
        except NotInStore:
            return self._newcomer(name)
        if user.disabled:
            raise NotAllowed(f"{user.name} may no longer come in", hint="ask an admin")
        return Visitor(user.name, user.role, "proxy")

    def _newcomer(self, name: str) -> Visitor:
        if self.rules.proxy_role is None:
            raise NotAllowed(
                f"there is no user {name[:100]!a}", hint="an admin can add you: `allegedly users add NAME`"
            )
        try:
            return Visitor(check_name(name), self.rules.proxy_role, "proxy")
        except UsageError as error:
            raise NotAllowed(str(error), hint=error.hint) from error

    def _by_token(self, secret: str) -> Visitor:
        try:
            token = self._kept.token(secret_id(secret))
            user = self._kept.user(token.user)
        except NotInStore:
            raise _bad_token() from None
        if token.revoked or user.disabled:
            raise _bad_token()
        return Visitor(user.name, user.role, "token")

    def _by_session(self, secret: str) -> Known:
        if not secret:
            return Known(None)
        try:
            session = self._kept.session(secret_id(secret))
            user = self._kept.user(session.user)
        except NotInStore:
            return Known(None)
        now, seen = self._now(), datetime.fromisoformat(session.seen)
        if user.disabled or now >= datetime.fromisoformat(session.expires) or now - seen >= self.rules.idle:
            return Known(None)
        if now - seen >= min(_TOUCH, self.rules.idle / 10):
            with suppress(StoreUnavailable):  # who is being written for long; the next visit will do
                self._kept.touch(session.id)
        return Known(Visitor(user.name, user.role, "user"), secret)

    @property
    def _kept(self) -> AccountStore:
        if self._accounts is None:
            raise NotInStore("there are no accounts", hint="`allegedly users add` makes one")
        return self._accounts

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._kept.clock())


def _token(request: Request) -> str | None:
    """Give the token that a program shows: in a header, or to feed readers, which know no headers, in the address."""
    if not is_below(request.scope, "/api", "/feeds"):
        return None
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    feed = is_below(request.scope, "/feeds") and request.method in SAFE
    return request.query_params.get("token") if feed else None


def _bad_token() -> SignIn:
    return SignIn(
        "this token does not count", hint="make one with `allegedly users token add NAME`",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )  # fmt: skip


def _connected(scope: Scope) -> Address | None:
    client = scope.get("client")
    return read_address(str(client[0])) if client else None


def _place(address: Address | None) -> str:
    """Give what attempts are counted by: an address, or of IPv6 the network that one customer has."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False).network_address)
    return str(address)


def _text(moment: datetime) -> str:
    """Write a time as the store's clock does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
