"""Forms that only pages of ours can send: what other sites try, in each mode."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from starlette.testclient import TestClient

from allegedly.web.csrf import make_token
from tests.web.conftest import PROXY
from tests.web.desk import PASSWORD, Desk, make_desk, sign_in, token_of

OTHER_SITES = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8321"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://["},
]


def judge(browser: TestClient, token: str | None, path: str = "/judge", **headers: str) -> Any:
    """Send the form of a judgement."""
    form = {} if token is None else {"csrf": token}
    return browser.post(path, data=form, headers=headers)


def test_a_form_of_ours(desk: Desk) -> None:
    """The token in a field or in a header lets a form through."""
    browser = desk.signed_in()
    token = token_of(browser)
    assert judge(browser, token).text == "judged by Ida"
    assert browser.post("/judge", headers={"X-CSRF-Token": token}).text == "judged by Ida"
    assert (
        judge(browser, token, **{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8321"}).status_code == 200
    )


@pytest.mark.parametrize("token", [None, "", "x", "0" * 64, "\ud800é"])
@pytest.mark.parametrize("path", ["/judge", "/api/judge"])
def test_a_form_without_token(desk: Desk, local: Desk, token: str | None, path: str) -> None:
    """A session's cookie alone, or being on this machine, changes nothing."""
    given = None if token is None else token.encode("utf-8", "surrogatepass").decode("latin-1")
    for browser in (desk.signed_in(), local.browser()):
        browser.get("/")
        answer = judge(browser, given, path)
        assert (answer.status_code, "none of this site's" in answer.text) == (403, True)


def test_a_token_in_the_address(desk: Desk) -> None:
    """Addresses stay in logs and histories: a token there does not count."""
    browser = desk.signed_in()
    assert browser.post(f"/judge?csrf={token_of(browser)}").status_code == 403


@pytest.mark.parametrize("headers", OTHER_SITES)
def test_another_site_with_the_right_token(desk: Desk, local: Desk, headers: dict[str, str]) -> None:
    """What browsers say about where a request comes from is enough to refuse it."""
    for browser in (desk.signed_in(), local.browser()):
        answer = judge(browser, token_of(browser), **headers)
        assert (answer.status_code, "sent by another site" in answer.text) == (403, True)


def test_another_users_token(desk: Desk) -> None:
    """A token holds for its session only, and no longer than that."""
    mine, theirs = desk.signed_in("Omar"), desk.signed_in("Ida")
    token = token_of(mine)
    assert judge(theirs, token).status_code == 403
    sign_in(mine, "Omar")
    assert judge(mine, token).status_code == 403


def test_signing_somebody_else_in(desk: Desk) -> None:
    """Another site cannot sign a browser in under its own account."""
    browser = desk.browser()
    form = {"name": "Jan", "password": PASSWORD}
    for token in (None, token_of(desk.browser(), "/login")):
        answer = browser.post("/login", data=form if token is None else {**form, "csrf": token})
        assert (answer.status_code, "allegedly" in answer.headers.get("set-cookie", "")) == (403, False)


def test_tokens_outlive_a_restart(desk: Desk) -> None:
    """A form that was open when the program was started anew can still be sent."""
    browser = desk.signed_in()
    token = token_of(browser)
    again = make_desk(desk.accounts, desk.clock, type(desk.access.rules)(mode="accounts")).browser()
    again.cookies = browser.cookies
    assert judge(again, token).text == "judged by Ida"


def test_tokens_without_session_hold_for_one_browser(local: Desk) -> None:
    """On this machine a token goes with its cookie, and a cookie that somebody chose gives none of ours."""
    browser, other = local.browser(), local.browser()
    assert judge(browser, token_of(browser)).status_code == 200
    assert judge(other, token_of(browser)).status_code == 403
    other.cookies.set("allegedly-form", "chosen")
    assert judge(other, make_token(b"", "chosen", "me")).status_code == 403


def test_the_cookie_of_forms(local: Desk) -> None:
    """It comes with the first page only, and no other site can have it sent or scripts read it."""
    browser = local.browser()
    (cookie,) = SimpleCookie(browser.get("/").headers["set-cookie"]).values()
    assert (cookie.key, cookie["samesite"], cookie["path"], cookie["httponly"]) == (
        "allegedly-form",
        "Strict",
        "/",
        True,
    )
    assert "set-cookie" not in browser.get("/").headers
    assert "set-cookie" not in local.browser().get("/api/me").headers


def test_tokens_behind_a_proxy(proxied: Desk) -> None:
    """A token holds for the user whom the proxy named: another user's, planted with its cookie, does not."""
    omar = proxied.browser(host="desk.example", peer=PROXY, Remote_User="Omar")
    ida = proxied.browser(host="desk.example", peer=PROXY, Remote_User="Ida")
    token = token_of(omar)
    assert judge(omar, token).text == "judged by Omar"
    (cookie,) = omar.cookies.jar
    assert (cookie.name, cookie.secure) == ("__Host-allegedly-form", True)
    ida.cookies.set(cookie.name, cookie.value or "")
    assert judge(ida, token).status_code == 403
    assert judge(ida, token_of(ida)).text == "judged by Ida"


def test_programs_on_this_machine(local: Desk, desk: Desk) -> None:
    """JSON to the API, which other sites cannot send unasked, needs no token; with accounts, programs have theirs."""
    json = {"json": {}}
    assert local.browser().post("/api/judge", **json).text == "judged by me"
    assert local.browser().post("/judge", **json).status_code == 403
    assert (
        local.browser().post("/api/judge", headers={"Content-Type": "text/plain; application/json"}).status_code == 403
    )
    assert local.browser().post("/api/judge", headers={"Sec-Fetch-Site": "cross-site"}, **json).status_code == 403
    assert desk.signed_in().post("/api/judge", **json).status_code == 403


def test_uploads(desk: Desk) -> None:
    """A form with a file carries its token like any other, and the file arrives whole."""
    browser = desk.signed_in("Jan")
    files = {"file": ("report.txt", b"x" * 2_000_000)}
    assert browser.post("/upload", files=files, data={"csrf": token_of(browser)}).text == "Jan: 2000000"
    assert browser.post("/upload", files=files).status_code == 403
    planted = {**files, "csrf": ("csrf", token_of(browser).encode())}
    assert browser.post("/upload", files=planted).status_code == 403


def test_long_fields_beside_the_token(desk: Desk) -> None:
    """A text of several megabytes in a form does not keep its token from being read."""
    browser = desk.signed_in()
    form = {"text": "ü" * 3_000_000, "csrf": token_of(browser)}
    assert browser.post("/judge", data=form, files={"none": b""}).text == "judged by Ida"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "post"])
def test_all_that_changes_something(desk: Desk, method: str) -> None:
    """Methods other than looking are refused from elsewhere before they find a page."""
    answer = desk.signed_in().request(method, "/judge", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_who_may_not_is_told_so(desk: Desk) -> None:
    """A reader's right form is refused because they are a reader."""
    browser = desk.signed_in("Jan")
    answer = judge(browser, token_of(browser))
    assert (answer.status_code, "this is for reviewers" in answer.text) == (403, True)
