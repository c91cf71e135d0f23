"""Bodies too large and too slow, and the headers of every response."""

from __future__ import annotations

import asyncio
import time

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from allegedly.web.access import AccessRules
from allegedly.web.guards import CONTENT_POLICY, BodyGuard, SecurityHeaders
from allegedly.web.problems import plain_answer
from allegedly.web.throttle import Throttle
from tests.web.desk import Clock, Desk, ask, make_desk, token_of

FORM = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
MEGABYTE = b"x" * 2**20


async def length(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer how long the body is."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


def signed(desk: Desk) -> dict[str, str]:
    """Give the headers of a browser in which somebody is signed in."""
    browser = desk.signed_in()
    return {"Cookie": f"allegedly={browser.cookies['allegedly']}", "X-CSRF-Token": token_of(browser)}


def test_an_upload_without_length(desk: Desk) -> None:
    """Ten megabytes are taken; of more, nothing is read once the limit is passed, and the answer says so."""
    headers = {**signed(desk), **FORM}
    fits = [HEAD, *[MEGABYTE] * 10, b"\r\n--b--\r\n"]
    status, _, body, _ = ask(desk.app, "/upload", headers=headers, chunks=fits)
    assert (status, body) == (200, b"Ida: 10485760")
    status, answer, body, taken = ask(desk.app, "/upload", headers=headers, chunks=[HEAD, *[MEGABYTE] * 100])
    assert (status, taken, answer["connection"]) == (413, 12, "close")
    assert b"larger than 10 MB" in body


def test_an_upload_that_says_its_length(desk: Desk) -> None:
    """What is announced as too large is not read at all."""
    headers = {**signed(desk), **FORM, "Content-Length": "999999999999999999999999"}
    status, _, _, taken = ask(desk.app, "/upload", headers=headers, chunks=[MEGABYTE])
    assert (status, taken) == (413, 0)


@pytest.mark.parametrize("said", ["", "-1", "nonsense", "5"])
def test_a_length_that_is_wrong(said: str) -> None:
    """What a client says does not stop the counting."""
    app = BodyGuard(length, most_bytes=10)
    assert ask(app, "/", headers={"Content-Length": said}, chunks=[b"x" * 6] * 9)[0] == 413
    assert ask(app, "/", headers={"Content-Length": said}, chunks=[b"x" * 5] * 2)[::2] == (200, b"10")


def test_nobody_known_sends_nothing(desk: Desk) -> None:
    """The body of somebody who is not signed in is not read."""
    status, _, _, taken = ask(desk.app, "/upload", headers=FORM, chunks=[MEGABYTE] * 50)
    assert (status, taken) == (401, 0)


def test_a_slow_body(desk: Desk) -> None:
    """A body that trickles in is given up in time, not after each of its pieces."""
    slow = make_desk(desk.accounts, desk.clock, desk.access.rules, seconds=0.2)
    begun = time.monotonic()
    status, answer, body, taken = ask(
        slow.app, "/upload", headers={**signed(desk), **FORM}, chunks=[HEAD, *[b"x"] * 1000], pause=0.03
    )
    assert time.monotonic() - begun < 5
    assert (status, answer["connection"], b"within 0.2 seconds" in body) == (408, "close", True)
    assert taken < 10


def test_a_page_may_take_longer_than_its_body() -> None:
    """Once the body is there, the time of the work is not limited, and the client's leaving is still heard of."""
    heard: list[Message] = []

    async def work(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        await asyncio.sleep(0.1)
        heard.append(await receive())
        await PlainTextResponse("done")(scope, receive, send)

    assert ask(BodyGuard(work, seconds=0.05), "/")[::2] == (200, b"done")
    assert heard[0]["type"] == "http.request"


def test_an_application_that_fails_on_its_own() -> None:
    """Only errors of an interrupted body are ours to answer."""

    async def fail(*_: object) -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        ask(BodyGuard(fail), "/")


def test_an_answer_that_began_before_the_body_ended() -> None:
    """What has been sent cannot be taken back: the connection breaks off."""

    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        await StreamingResponse(Request(scope, receive).stream())(scope, receive, send)

    with pytest.raises(BaseException, match=r"larger than|unhandled errors"):
        ask(BodyGuard(echo, most_bytes=3), "/", chunks=[b"xx"] * 5)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/me", 200), ("/nowhere", 404), ("/api/me", 200), ("/healthz", 200), ("/static/none", 404), ("/broken", 500)],
)
def test_headers_of_every_response(desk: Desk, path: str, status: int) -> None:
    """Pages, errors and failures alike tell browsers what to refuse."""
    answer = desk.signed_in().get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/me", {}, 303),
        ("/api/me", {}, 401),
        ("/me", {"host": "evil"}, 421),
        ("/login", {"content-length": "9" * 9}, 413),
    ],
)
def test_headers_of_refusals(desk: Desk, path: str, headers: dict[str, str], status: int) -> None:
    """What the guards answer themselves has the headers too."""
    code, answer, _, _ = ask(desk.app, path, method="GET", headers=headers)
    assert (code, answer["content-security-policy"]) == (status, CONTENT_POLICY)


def test_with_https(desk: Desk) -> None:
    """Where browsers come by HTTPS, they are told to go on so."""
    secure = make_desk(desk.accounts, desk.clock, AccessRules(mode="accounts", secure=True))
    assert secure.signed_in().get("/me").headers["strict-transport-security"] == "max-age=31536000"


def test_what_routes_say_about_caches(desk: Desk) -> None:
    """A route's own words about caches count."""
    assert desk.signed_in().get("/public").headers["cache-control"] == "no-store"


def test_failures_outside_of_the_application() -> None:
    """What nobody caught becomes a page without the inside of the program, and goes on to the log."""

    async def fail(*_: object) -> None:
        raise ValueError("secret of the inside")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "path": "/api/x", "method": "GET", "headers": []}
    with pytest.raises(ValueError, match="secret"):
        asyncio.run(SecurityHeaders(fail, answer=plain_answer)(scope, receive, send))
    assert sent[0]["status"] == 500
    assert b"secret" not in sent[1]["body"]
    assert b"the program failed" in sent[1]["body"]


def test_other_kinds_of_connection_pass() -> None:
    """Starting and stopping of the application are not requests."""
    seen: list[str] = []

    async def app(scope: Scope, *_: object) -> None:
        seen.append(scope["type"])

    asyncio.run(SecurityHeaders(BodyGuard(app))({"type": "lifespan"}, None, None))  # type: ignore[arg-type]  # not used
    assert seen == ["lifespan"]


def test_answers_are_words_or_json(desk: Desk) -> None:
    """Below the API a problem is JSON, elsewhere words, both with what to do."""
    browser = desk.signed_in("Jan")
    form = {"csrf": token_of(browser)}
    error = browser.post("/api/judge", data=form).json()["error"]
    assert (error["code"], error["message"]) == ("not-allowed", "this is for reviewers, and Jan is reader")
    assert browser.post("/judge", data=form).text == f"{error['message']}\n{error['hint']}\n"


# ------------------------------------------------------------------------------------------------------- slowing down


def test_waits_double_and_end() -> None:
    """Each failure doubles the wait up to five minutes; an hour without one starts over."""
    clock = Clock()
    throttle, waits = Throttle(clock=clock.seconds), []
    for _ in range(14):
        waits.append(throttle.attempt([("k", 2)]))
        if waits[-1]:
            clock.move(seconds=waits[-1])
            assert throttle.attempt([("k", 2)]) == 0
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    clock.move(seconds=3601 + 300)
    assert [throttle.attempt([("k", 2)]) for _ in range(3)] == [0, 0, 1]


def test_refused_attempts_do_not_count() -> None:
    """Knocking during the wait makes it no longer, and costs the other keys nothing."""
    clock = Clock()
    throttle = Throttle(clock=clock.seconds)
    assert throttle.attempt([("k", 1), ("peer", 2)]) == 0
    assert [throttle.attempt([("k", 1), ("peer", 2)]) for _ in range(9)] == [1] * 9
    assert throttle.attempt([("peer", 2)]) == 0
    clock.move(seconds=1)
    assert throttle.attempt([("k", 1)]) == 0


def test_memory_is_bounded() -> None:
    """The keys that were quiet for longest go first."""
    throttle = Throttle(clock=Clock().seconds, most_keys=3)
    for n in range(1000):
        throttle.attempt([(f"k{n}", 1)])
    assert list(throttle._tries) == ["k997", "k998", "k999"]
    throttle.pardon("k0")
    throttle.pardon("k999")
    assert (throttle.attempt([("k999", 2)]), throttle.attempt([("k998", 1)])) == (0, 1)


def test_no_response_is_left_without_headers() -> None:
    """Headers that an application set itself are replaced, not doubled."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(headers={"Content-Security-Policy": "default-src *"})(scope, receive, send)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(app)({"type": "http", "path": "/", "headers": []}, None, send))  # type: ignore[arg-type]
    policies = [value for name, value in sent[0]["headers"] if name == b"content-security-policy"]
    assert policies == [CONTENT_POLICY.encode()]
