"""A small application behind the real guards, a store with people, and a clock that tests set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, FastAPI, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from allegedly.store.accounts import AccountStore
from allegedly.web.access import Access, AccessRules, Visitor, guarded, local_path
from allegedly.web.csrf import checked, require
from allegedly.web.passwords import Passwords
from allegedly.web.problems import WebProblem, plain_answer
from allegedly.web.throttle import Throttle

HOME = ("127.0.0.1", 50000)
PASSWORD = "correct horse battery"  # noqa: S105  # of people who do not exist
AnyVisitor = Annotated[Visitor, Depends(require("reader"))]
Reviewer = Annotated[Visitor, Depends(require("reviewer"))]


@dataclass
class Clock:
    """
    Time for stores and throttles; it stands still until it is moved.

    Args:
        at: The time.
    """

    at: datetime = field(default_factory=lambda: datetime(2025, 1, 1, tzinfo=UTC))

    def text(self) -> str:
        """Give the time as the store's clock does."""
        return self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def seconds(self) -> float:
        """Give the time as a monotonic clock does."""
        return self.at.timestamp()

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


class QuickPasswords(Passwords):
    """The same with parameters that cost no time; what costs time is the library's."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str | None] = []

    def verify(self, password_hash: str | None, password: str) -> Any:
        """Compare, and note that it was done."""
        self.verified.append(password_hash)
        return super().verify(password_hash, password)


@dataclass
class Desk:
    """
    Pages, their people and their clock.

    Args:
        app: The guarded application.
        access: Who may come in.
        accounts: The people.
        clock: The time.
        passwords: What compared passwords.
    """

    app: ASGIApp
    access: Access
    accounts: AccountStore
    clock: Clock
    passwords: QuickPasswords

    def browser(self, *, host: str = "127.0.0.1:8321", peer: str = HOME[0], **headers: str | bytes) -> TestClient:
        """Open a browser with no cookies; headers with ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        scheme = "https" if self.access.rules.secure else "http"
        return TestClient(
            self.app, f"{scheme}://{host}", client=(peer, 50000), headers=named, follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip

    def signed_in(self, name: str = "Ida") -> TestClient:
        """Open a browser in which somebody is signed in."""
        browser = self.browser()
        assert sign_in(browser, name).status_code == 303
        return browser


def make_desk(accounts: AccountStore, clock: Clock, rules: AccessRules, **limits: Any) -> Desk:
    """Put an application together as `allegedly serve` does."""
    passwords = QuickPasswords()
    access = Access(rules, accounts, passwords=passwords, throttle=Throttle(clock=clock.seconds))
    return Desk(guarded(make_app(), access, **limits), access, accounts, clock, passwords)


def sign_in(browser: TestClient, name: str = "Ida", password: str = PASSWORD, **more: str) -> Any:
    """Fill in the form of the page."""
    form = {"name": name, "password": password, "csrf": token_of(browser, "/login"), **more}
    return browser.post("/login", data=form)


def token_of(browser: TestClient, page: str = "/") -> str:
    """Give the token in the form of a page."""
    return str(browser.get(page).text)


@cache
def make_app() -> FastAPI:
    """Make the application: pages whose body is the token of their form, and what can be done."""
    app = FastAPI(dependencies=[Depends(checked)])

    @app.exception_handler(WebProblem)
    def problem(request: Request, error: WebProblem) -> Response:
        return plain_answer(request.scope, error)

    @app.get("/")
    @app.get("/login")
    @app.get("/healthz")
    @app.get("/static/page.css")
    def page(request: Request) -> HTMLResponse:
        return HTMLResponse(request.state.csrf)

    @app.get("/public")
    def public() -> Response:
        return Response("x", headers={"Cache-Control": "no-store"})

    @app.get("/broken")
    def broken() -> Response:
        raise RuntimeError("secret of the inside")

    @app.get("/me")
    @app.get("/api/me")
    @app.get("/feeds/me")
    @app.post("/feeds/me")
    def me(visitor: AnyVisitor) -> JSONResponse:
        return JSONResponse({"name": visitor.name, "role": visitor.role, "kind": visitor.kind})

    add_forms(app)
    return app


def add_forms(app: FastAPI) -> None:
    """Add what can be done."""

    @app.post("/login")
    def login(
        request: Request,
        name: Annotated[str, Form()],
        password: Annotated[str, Form()],
        next: Annotated[str, Form()] = "/",  # noqa: A002  # the field's name
    ) -> Response:
        response = RedirectResponse(local_path(next), 303)
        request.state.access.sign_in(request, response, name=name, password=password)
        return response

    @app.post("/logout")
    def logout(request: Request) -> Response:
        response = RedirectResponse("/login", 303)
        request.state.access.sign_out(request, response)
        return response

    @app.post("/password")
    def password(request: Request, old: Annotated[str, Form()], new: Annotated[str, Form()]) -> Response:
        request.state.access.change_password(request, old=old, new=new)
        return Response("changed")

    @app.post("/judge")
    @app.post("/api/judge")
    def judge(visitor: Reviewer) -> Response:
        return Response(f"judged by {visitor.name}")

    @app.post("/upload")
    def upload(file: Annotated[UploadFile, File()], visitor: AnyVisitor) -> Response:
        return Response(f"{visitor.name}: {len(file.file.read())}")


def ask(
    app: ASGIApp,
    path: str,
    *,
    method: str = "POST",
    headers: dict[str, str] | None = None,
    chunks: Iterable[bytes] = (b"",),
    pause: float = 0.0,
    root_path: str = "",
) -> tuple[int, dict[str, str], bytes, int]:
    """
    Send a request chunk by chunk, as a client without Content-Length does.

    Returns:
        Status, headers and body of the answer, and how many chunks were taken.
    """
    sent: list[Message] = []
    waiting, taken = list(chunks), 0

    async def receive() -> Message:
        nonlocal taken
        await asyncio.sleep(pause)
        taken += 1
        body = waiting.pop(0) if waiting else b""
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    named = {"host": "127.0.0.1:8321", **(headers or {})}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": root_path, "query_string": b"", "client": HOME,
        "server": ("127.0.0.1", 8321), "headers": [(k.lower().encode(), v.encode()) for k, v in named.items()],
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    answer = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], answer, b"".join(message.get("body", b"") for message in sent[1:]), taken
