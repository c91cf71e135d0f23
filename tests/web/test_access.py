"""Who comes in: sessions, tokens, a proxy's header, hosts, and what attackers try of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from starlette.datastructures import Headers

from allegedly.errors import StoreUnavailable, UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import make_token_secret, secret_id
from allegedly.web.access import Access, AccessRules, Visitor, check_host, local_path
from allegedly.web.addresses import check_bind
from allegedly.web.problems import WrongHost
from allegedly.web.rules import read_networks
from tests.web.conftest import PROXY
from tests.web.desk import HOME, PASSWORD, Clock, Desk, ask, make_desk, sign_in, token_of

EVIL = "https://evil.example"


def me(answer: Any) -> tuple[str, str, str]:
    """Give whom the pages take the visitor for."""
    assert answer.status_code == 200, answer.text
    return answer.json()["name"], answer.json()["role"], answer.json()["kind"]


def bearer(desk: Desk, user: str) -> dict[str, str]:
    """Make a token for a user and give the header that shows it."""
    secret = make_token_secret()
    desk.accounts.add_token(secret_id(secret), user, "a program")
    return {"Authorization": f"Bearer {secret}"}


# ------------------------------------------------------------------------------------------------------------ sessions


def test_signing_in_and_out(desk: Desk) -> None:
    """A session begins with the form and ends on the server: its cookie is worth nothing afterwards."""
    browser = desk.signed_in()
    assert me(browser.get("/me")) == ("Ida", "admin", "user")
    secret = browser.cookies["allegedly"]
    assert browser.post("/logout", data={"csrf": token_of(browser)}).status_code == 303
    assert "allegedly" not in browser.cookies
    browser.cookies.set("allegedly", secret)
    assert browser.get("/me").status_code == 303


@pytest.mark.parametrize(("secure", "name"), [(False, "allegedly"), (True, "__Host-allegedly")])
def test_flags_of_the_cookie(accounts: AccountStore, clock: Clock, secure: bool, name: str) -> None:  # noqa: FBT001  # a case
    """No script reads the cookie, no other site sends it, and with HTTPS it goes no other way."""
    desk = make_desk(accounts, clock, AccessRules(mode="accounts", secure=secure))
    (cookie,) = SimpleCookie(sign_in(desk.browser()).headers["set-cookie"]).values()
    assert cookie.key == name
    assert (cookie["path"], cookie["domain"], cookie["samesite"].lower()) == ("/", "", "lax")
    assert (cookie["httponly"], bool(cookie["secure"]), cookie["max-age"]) == (True, secure, str(30 * 24 * 3600))


def test_a_session_chosen_by_somebody_else(desk: Desk) -> None:
    """A session id put into a browser is never taken over at signing in, and opens nothing before."""
    browser = desk.browser()
    browser.cookies.set("allegedly", "chosen-by-an-attacker")
    assert browser.get("/me").status_code == 303
    assert sign_in(browser).status_code == 303
    assert [cookie.value for cookie in browser.cookies.jar if cookie.name == "allegedly"][-1] != "chosen-by-an-attacker"
    attacker = desk.browser()
    attacker.cookies.set("allegedly", "chosen-by-an-attacker")
    assert attacker.get("/me").status_code == 303


def test_signing_in_again_ends_the_old_session(desk: Desk) -> None:
    """Whoever held the old id, by fixation or not, holds nothing."""
    browser = desk.signed_in("Jan")
    old = browser.cookies["allegedly"]
    sign_in(browser, "Ida")
    assert browser.cookies["allegedly"] != old
    other = desk.browser()
    other.cookies.set("allegedly", old)
    assert other.get("/me").status_code == 303


def test_a_failed_attempt_leaves_the_session(desk: Desk) -> None:
    """A wrong password neither ends the session nor makes another."""
    browser = desk.signed_in("Jan")
    assert sign_in(browser, "Ida", "wrong password it is").status_code == 401
    assert me(browser.get("/me"))[0] == "Jan"


@pytest.mark.parametrize("name", ["ida", " Ida", "Gone", "Nobody", "Ida\0", "\u202e"])
def test_wrong_names_and_passwords(desk: Desk, name: str) -> None:
    """Wrong name, wrong password and a disabled user get the same answer after the same work."""
    password = "wrong password it is" if name == "ida" else PASSWORD
    answer = sign_in(desk.browser(), name, password)
    assert (answer.status_code, answer.text.split("\n")[0]) == (401, "the name or the password is wrong")
    assert "set-cookie" not in answer.headers
    assert len(desk.passwords.verified) == 1


def test_a_session_that_is_idle(desk: Desk) -> None:
    """Coming keeps a session alive; twelve hours without end it."""
    browser = desk.signed_in()
    for _ in range(3):
        desk.clock.move(hours=11)
        assert browser.get("/me").status_code == 200
    desk.clock.move(hours=12)
    assert browser.get("/me").status_code == 303


def test_a_session_that_is_old(desk: Desk) -> None:
    """After thirty days it ends in any case."""
    browser = desk.signed_in()
    for _ in range(71):
        desk.clock.move(hours=10)
        assert browser.get("/me").status_code == 200
    desk.clock.move(hours=10)
    assert browser.get("/me").status_code == 303


def test_visits_are_recorded_sparingly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is changed at most once in five minutes, and a store that cannot be changed keeps nobody out."""
    browser, touched = desk.signed_in(), []

    def touch(session: str) -> None:
        touched.append(session)
        raise StoreUnavailable("another program is writing")

    monkeypatch.setattr(desk.accounts, "touch", touch)
    for minutes in (1, 3, 1):
        desk.clock.move(minutes=minutes)
        assert browser.get("/me").status_code == 200
    assert len(touched) == 1


def test_a_disabled_user_with_a_session(desk: Desk) -> None:
    """Disabling counts from the next click, for sessions and tokens."""
    browser, header = desk.signed_in("Jan"), bearer(desk, "Jan")
    assert desk.browser().get("/api/me", headers=header).status_code == 200
    desk.accounts.disable("Jan")
    assert browser.get("/me").status_code == 303
    assert desk.browser().get("/api/me", headers=header).status_code == 401
    desk.accounts.enable("Jan")
    assert browser.get("/me").status_code == 303


def test_a_lower_role_counts_at_once(desk: Desk) -> None:
    """A session holds no role of its own."""
    browser = desk.signed_in("Omar")
    form = {"csrf": token_of(browser)}
    assert browser.post("/judge", data=form).text == "judged by Omar"
    desk.accounts.set_role("Omar", "reader")
    answer = browser.post("/judge", data=form)
    assert (answer.status_code, "for reviewers, and Omar is reader" in answer.text) == (403, True)


def test_another_password_ends_other_sessions(desk: Desk) -> None:
    """The browser in which it was changed goes on, the others do not, and only the new one signs in."""
    here, there = desk.signed_in("Jan"), desk.signed_in("Jan")
    form = {"old": PASSWORD, "new": "another long password", "csrf": token_of(here)}
    assert here.post("/password", data=form).text == "changed"
    assert (here.get("/me").status_code, there.get("/me").status_code) == (200, 303)
    assert sign_in(desk.browser(), "Jan").status_code == 401
    assert sign_in(desk.browser(), "Jan", "another long password").status_code == 303


def test_changing_a_password_needs_the_old_one(desk: Desk) -> None:
    """An open browser is not enough."""
    browser = desk.signed_in("Jan")
    form = {"old": "wrong password it is", "new": "another long password", "csrf": token_of(browser)}
    assert browser.post("/password", data=form).status_code == 401
    assert sign_in(desk.browser(), "Jan").status_code == 303


def test_old_hashes_become_new_ones(desk: Desk) -> None:
    """Signing in keeps the password under the parameters of today."""
    before = desk.accounts.user("Ida").password_hash
    desk.passwords._hasher.__init__(time_cost=2, memory_cost=8, parallelism=1)  # type: ignore[misc]
    desk.signed_in()
    after = desk.accounts.user("Ida").password_hash or ""
    assert after != before
    assert "t=2" in after
    desk.signed_in()
    assert desk.accounts.user("Ida").password_hash == after


# ------------------------------------------------------------------------------------------------------------ guessing


def test_guessing_one_name(desk: Desk) -> None:
    """After five attempts each has to wait twice as long as the one before; who waits gets in and starts over."""
    browser, waits = desk.browser(), []
    for _ in range(8):
        answer = sign_in(browser, "Ida", "wrong password it is")
        while answer.status_code == 429:
            waits.append(int(answer.headers["retry-after"]))
            desk.clock.move(seconds=waits[-1])
            answer = sign_in(browser, "Ida", "wrong password it is")
        assert answer.status_code == 401
    assert waits == [1, 2, 4]
    assert sign_in(desk.browser(peer="127.0.0.2"), "IDA").status_code == 429
    desk.clock.move(seconds=8)
    assert sign_in(browser, "Ida").status_code == 303
    assert sign_in(browser, "Ida", "wrong password it is").status_code == 401


def test_what_must_wait_is_not_looked_at(desk: Desk) -> None:
    """Within the delay even the right password is refused, and nothing is computed."""
    browser = desk.browser()
    for _ in range(5):
        sign_in(browser, "Nobody", "wrong password it is")
    done = len(desk.passwords.verified)
    assert sign_in(browser, "Nobody").status_code == 429
    assert len(desk.passwords.verified) == done


def test_guessing_many_names(desk: Desk) -> None:
    """One address has twenty attempts, however many names it tries; another address is not concerned."""
    browser = desk.browser()
    codes = [sign_in(browser, f"user {n}").status_code for n in range(21)]
    assert codes == [401] * 20 + [429]
    assert sign_in(desk.browser(peer="127.0.0.9")).status_code == 303


def test_addresses_behind_a_proxy(accounts: AccountStore, clock: Clock) -> None:
    """A proxy of ours says for whom it asks; what a browser writes into that header itself changes nothing."""
    desk = make_desk(accounts, clock, AccessRules(mode="accounts", proxies=read_networks([PROXY])))
    for n in range(20):
        sign_in(desk.browser(peer=PROXY, X_Forwarded_For=f"192.0.2.{n}, 198.51.100.7"), f"user {n}")
    codes = [
        sign_in(desk.browser(peer=peer, X_Forwarded_For=said), "Ida").status_code
        for peer, said in (
            (PROXY, "203.0.113.1, 198.51.100.7"), (PROXY, "198.51.100.8"), ("198.51.100.7", "203.0.113.1"),
            (PROXY, "198.51.100.7, junk"),
        )
    ]  # fmt: skip
    assert codes == [429, 303, 429, 303]


# ---------------------------------------------------------------------------------------------- pages for nobody known


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("/", "/login"),
        ("/me", "/login?next=%2Fme"),
        ("/find?q=killed%3E%3D3&page=2", "/login?next=%2Ffind%3Fq%3Dkilled%253E%253D3%26page%3D2"),
        ("//evil.example/x", "/login?next=%2F%2Fevil.example%2Fx"),
    ],
)
def test_pages_lead_to_signing_in(desk: Desk, page: str, to: str) -> None:
    """A page that nobody may see leads to the form, and the form knows the way back."""
    status, headers, _, _ = ask(desk.app, page.split("?", maxsplit=1)[0], method="GET")
    assert (status, headers["location"][:6]) == (303, "/login")
    if not page.startswith("//"):  # the client would take it for another host
        assert desk.browser().get(page).headers["location"] == to


@pytest.mark.parametrize(
    "words",
    [
        "//evil.example", "///evil.example", EVIL, "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "evil",
        "", "/\n/evil.example", "javascript:alert(1)", "/login?next=/", " /me", "/ärger", "http:/evil.example",
    ],
)  # fmt: skip
def test_other_sites_are_never_gone_to(desk: Desk, words: str) -> None:
    """Whatever stands in `next`, the browser stays here."""
    assert local_path(words) == "/"
    assert sign_in(desk.browser(), next=words).headers["location"] == "/"


def test_the_way_back(desk: Desk) -> None:
    """A path here, with its query, is gone to."""
    assert sign_in(desk.browser(), next="/find?q=a%20b").headers["location"] == "/find?q=a%20b"


@pytest.mark.parametrize(("path", "kind"), [("/api/me", "application/json"), ("/feeds/me", "text/plain")])
def test_programs_are_told(desk: Desk, path: str, kind: str) -> None:
    """Programs get 401 and no page to sign in on."""
    answer = desk.browser().get(path)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (401, kind)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_script_whose_session_is_over(desk: Desk) -> None:
    """A form is led to signing in, without coming back to what cannot be repeated; a script is told."""
    assert desk.browser().post("/judge").status_code == 401
    answer = desk.browser(Accept="text/html").post("/judge")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("path", ["/healthz", "/static/page.css", "/login"])
def test_open_to_everybody(desk: Desk, path: str) -> None:
    """What is needed before signing in needs none."""
    assert desk.browser().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/staticx", "/login/", "/loginx", "/healthz/x", "/Static/page.css"])
def test_what_only_looks_open(desk: Desk, path: str) -> None:
    """Names that merely begin so are closed."""
    assert desk.browser().get(path).status_code == 303


def test_mounted_below_a_path(desk: Desk) -> None:
    """Behind a proxy that takes a part of the path off, the form is found."""
    for path, code, to in (
        ("/news/me", 303, "/news/login?next=%2Fnews%2Fme"), ("/news/login", 200, None), ("/news/api/me", 401, None),
    ):  # fmt: skip
        status, headers, _, _ = ask(desk.app, path, method="GET", root_path="/news")
        assert (status, headers.get("location")) == (code, to)


def test_no_websockets(desk: Desk) -> None:
    """A websocket is closed before it opens."""
    from starlette.websockets import WebSocketDisconnect  # noqa: PLC0415  # of this test only

    with pytest.raises(WebSocketDisconnect), desk.signed_in().websocket_connect("/"):
        pass  # pragma: no cover


def test_a_store_that_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """If people cannot be looked up nobody comes in, and the page says so."""
    browser = desk.signed_in()

    def session(_: str) -> None:
        raise StoreUnavailable("no route to the host", hint="check that the database runs")

    monkeypatch.setattr(desk.accounts, "session", session)
    answer = browser.get("/me")
    assert (answer.status_code, "no route" in answer.text, "database runs" in answer.text) == (503, False, True)


# -------------------------------------------------------------------------------------------------------------- tokens


def test_a_token_acts_as_its_user(desk: Desk) -> None:
    """With the user's name and role, without cookies and form tokens."""
    header = bearer(desk, "Omar")
    assert me(desk.browser().get("/api/me", headers=header)) == ("Omar", "reviewer", "token")
    assert desk.browser().post("/api/judge", headers=header).text == "judged by Omar"
    assert desk.browser().post("/api/judge", headers=bearer(desk, "Jan")).status_code == 403


def test_tokens_open_no_pages(desk: Desk) -> None:
    """A token is for the API and for feeds; in an address, for looking at feeds only."""
    header = bearer(desk, "Ida")
    secret = header["Authorization"].removeprefix("Bearer ")
    browser = desk.browser()
    assert browser.get("/me", headers=header).status_code == 303
    assert browser.get(f"/api/me?token={secret}").status_code == 401
    assert me(browser.get(f"/feeds/me?token={secret}")) == ("Ida", "admin", "token")
    assert browser.post(f"/feeds/me?token={secret}").status_code == 401


@pytest.mark.parametrize("given", ["", "wrong", "é", "a" * 10_000])
def test_wrong_tokens(desk: Desk, given: str) -> None:
    """A wrong token is refused, even in a browser that is signed in."""
    browser = desk.signed_in()
    answer = browser.get("/api/me", headers={"Authorization": f"Bearer {given}".encode()})
    assert (answer.status_code, answer.json()["error"]["message"]) == (401, "this token does not count")
    assert browser.get("/feeds/me", params={"token": given}).status_code == 401


def test_revoked_tokens(desk: Desk) -> None:
    """A revoked token is refused from then on."""
    header = bearer(desk, "Ida")
    desk.accounts.revoke_token(desk.accounts.tokens("Ida")[0].id)
    assert desk.browser().get("/api/me", headers=header).status_code == 401


def test_other_schemes_are_no_tokens(desk: Desk) -> None:
    """What a proxy's own password leaves in the header is not taken for a token."""
    assert me(desk.signed_in().get("/api/me", headers={"Authorization": "Basic aWRhOng="}))[2] == "user"


# --------------------------------------------------------------------------------------------------------------- proxy


def ask_proxied(desk: Desk, peer: str = PROXY, path: str = "/me", **headers: str | bytes) -> Any:
    """Ask as a reverse proxy, or whoever plays one."""
    return desk.browser(host="desk.example", peer=peer, **headers).get(path)


def test_the_proxy_names_users(proxied: Desk) -> None:
    """Whom it names comes in with their role, however the name is written."""
    assert me(ask_proxied(proxied, Remote_User="OMAR")) == ("Omar", "reviewer", "proxy")


@pytest.mark.parametrize("path", ["/me", "/api/me", "/feeds/me", "/login"])
def test_a_header_from_anybody_else(proxied: Desk, path: str) -> None:
    """Who is not the proxy and names a user is refused, not overlooked."""
    answer = ask_proxied(proxied, "10.0.0.6", path, Remote_User="Ida")
    assert (answer.status_code, "believed from the reverse proxy only" in answer.text) == (403, True)


def test_forwarding_does_not_make_a_proxy(proxied: Desk) -> None:
    """What is written into other headers does not change who is connected."""
    answer = ask_proxied(proxied, "10.0.0.6", Remote_User="Ida", X_Forwarded_For=PROXY, X_Real_IP=PROXY)
    assert answer.status_code == 403


def test_a_header_that_came_twice(proxied: Desk) -> None:
    """A proxy that adds its header to a forged one gives two, and neither counts."""
    with proxied.browser(host="desk.example", peer=PROXY) as browser:
        answer = browser.get("/me", headers=[("Remote-User", "Ida"), ("Remote-User", "Jan")])
    assert (answer.status_code, "came twice" in answer.text) == (403, True)


@pytest.mark.parametrize(("named", "status"), [("Nobody", 403), ("Gone", 403), ("", 401), (None, 401)])
def test_whom_the_proxy_cannot_let_in(proxied: Desk, named: str | None, status: int) -> None:
    """Unknown and disabled users are refused; who is not named is asked to sign in at the proxy, not here."""
    headers = {} if named is None else {"Remote_User": named}
    assert ask_proxied(proxied, **headers).status_code == status


def test_readers_without_account(proxied: Desk) -> None:
    """If asked for, whoever the proxy lets in may look, under a name that can be one; disabled users may not."""
    rules = replace(proxied.access.rules, proxy_role="reader")
    desk = make_desk(proxied.accounts, proxied.clock, rules)
    assert me(ask_proxied(desk, Remote_User="Nobody")) == ("Nobody", "reader", "proxy")
    assert me(ask_proxied(desk, Remote_User="Łuka".encode()))[0] == "Łuka"
    assert ask_proxied(desk, Remote_User="a" * 65).status_code == 403
    assert ask_proxied(desk, Remote_User="Gone").status_code == 403


def test_nobody_signs_in_behind_a_proxy(proxied: Desk) -> None:
    """The form of passwords is closed where the proxy asks for them."""
    browser = proxied.browser(host="desk.example", peer=PROXY, Remote_User="Jan")
    form = {"name": "Ida", "password": PASSWORD, "csrf": token_of(browser)}
    assert browser.post("/login", data=form).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mode": "proxy", "header": "Remote-User"}, "needs a header and its address"),
        ({"mode": "proxy", "proxies": read_networks([PROXY])}, "needs a header and its address"),
        ({"mode": "accounts", "header": "Remote-User"}, "counts in mode proxy only"),
    ],
)
def test_rules_that_lack_something(given: dict[str, Any], words: str) -> None:
    """Half of a proxy is refused when the pages are started."""
    with pytest.raises(UsageError, match=words):
        AccessRules(**given)


@pytest.mark.parametrize("word", ["0.0.0.0/0", "::/0", "10.0.0.1/8", "proxy.example", ""])
def test_networks_that_are_none(word: str) -> None:
    """Everybody is no proxy, and names are no addresses."""
    with pytest.raises(UsageError, match=r"is (no network|every address)"):
        read_networks([word])


def test_accounts_need_a_store() -> None:
    """Without people there is nobody to come in."""
    with pytest.raises(UsageError, match="needs a store with accounts"):
        Access(AccessRules(mode="accounts"))


# --------------------------------------------------------------------------------------------------------- this machine


def test_whoever_runs_the_program(local: Desk) -> None:
    """Without accounts, the visitor is the person who started the pages."""
    assert me(local.browser().get("/me")) == ("me", "admin", "local")
    assert Visitor("me", "admin", "local").may("reviewer")


@pytest.mark.parametrize("peer", ["192.168.0.7", "::2", "not an address"])
def test_others_without_accounts(local: Desk, peer: str) -> None:
    """From another machine nobody is that person, however they got to the door."""
    assert local.browser(peer=peer).get("/me").status_code == 403


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Forwarded_Host"])
def test_a_proxy_without_accounts(local: Desk, header: str) -> None:
    """What a proxy passes on comes from elsewhere."""
    assert local.browser(**{header: "127.0.0.1"}).get("/me").status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:1", "[::1]:8321"])
def test_hosts_of_this_machine(local: Desk, host: str) -> None:
    """All names of this machine are its own."""
    assert ask(local.app, "/me", method="GET", headers={"host": host})[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8321", "", "127.0.0.1.evil.example", "localhost@evil", "["]
)
def test_hosts_of_others(local: Desk, host: str) -> None:
    """A name that was made to mean this machine (DNS rebinding) gets nothing, not even a form."""
    for path in ("/me", "/static/page.css", "/login"):
        assert ask(local.app, path, method="GET", headers={"host": host})[0] == 421
    assert ask(local.app, "/healthz", method="GET", headers={"host": host})[0] == 200


def test_hosts_that_were_named(proxied: Desk) -> None:
    """Where names are given, only they count."""
    assert proxied.browser(peer=PROXY, Remote_User="Jan").get("/me").status_code == 421
    with pytest.raises(WrongHost):
        check_host(Headers(raw=[(b"host", b"desk.example"), (b"host", b"desk.example")]), ("desk.example",))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_where_to_listen(host: str) -> None:
    """This machine's own addresses need no accounts."""
    assert check_bind(host, AccessRules()) in {host, "127.0.0.1", "::1"}


@pytest.mark.parametrize(
    "addresses",
    [["0.0.0.0"], ["::"], ["192.168.0.7"], ["127.0.0.1", "192.168.0.7"], ["::ffff:10.0.0.1"]],  # noqa: S104  # refused
)
def test_where_not_to_listen(addresses: list[str]) -> None:
    """An address that others reach needs accounts or a proxy; one of several is enough to refuse."""

    def resolve(*_: object, **__: object) -> list[tuple[Any, ...]]:
        return [(0, 0, 0, "", (address, 0)) for address in addresses]

    with pytest.raises(UsageError, match="can be reached by others") as error:
        check_bind("desk", AccessRules(), resolve=resolve)
    assert "users add" in error.value.hint
    assert check_bind("desk", AccessRules(mode="accounts"), resolve=resolve) == addresses[0]


def test_hosts_that_do_not_exist() -> None:
    """A name without address is said to be none."""
    with pytest.raises(UsageError, match="no such host"):
        check_bind("a b", AccessRules(mode="accounts"))


def test_the_empty_name_is_every_address() -> None:
    """What means all addresses to the system is refused, whatever it resolves to."""
    with pytest.raises(UsageError, match="every address can be reached"):
        check_bind("", AccessRules(), resolve=lambda *_, **__: [(0, 0, 0, "", HOME)])


def test_short_sessions_are_kept_in_time(accounts: AccountStore, clock: Clock) -> None:
    """Visits are recorded often enough for short lives too."""
    desk = make_desk(accounts, clock, AccessRules(mode="accounts", idle=timedelta(minutes=4)))
    browser = desk.signed_in()
    for _ in range(5):
        clock.move(minutes=3)
        assert browser.get("/me").status_code == 200
