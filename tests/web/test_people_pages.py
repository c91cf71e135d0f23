"""Sign in, account, people: what each role may do, and where there are no accounts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.records.claims_of import claims_of
from allegedly.store.accounts import AccountStore
from allegedly.store.opening import open_store
from allegedly.web.rules import AccessRules
from allegedly.web.site import Site
from tests.fakes import FakeReader
from tests.web.desk import PASSWORD, QuickPasswords
from tests.web.pages import client_of, demo_ledgers, demo_site, links_of, send, token_of

RULES = AccessRules(mode="accounts")
NEW = "a staple of batteries"
CLAIM = claims_of(demo_ledgers()[0])[0]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with an admin, two reviewers and a reader."""
    with demo_site(tmp_path) as made:
        hashed = QuickPasswords().hash(PASSWORD)
        for name, role in (("Ida", "admin"), ("Omar", "reviewer"), ("Rana", "reviewer"), ("Jan", "reader")):
            AccountStore(made.store).add_user(name, role, password_hash=hashed)  # type: ignore[arg-type]  # a role
        yield made


def _browser(site: Site) -> TestClient:
    return client_of(site, RULES, passwords=QuickPasswords())


def _signed_in(site: Site, name: str) -> TestClient:
    browser = _browser(site)
    token = token_of(browser, "/login")
    assert browser.post("/login", data={"csrf": token, "name": name, "password": PASSWORD}).status_code == 303
    return browser


def _post(browser: TestClient, path: str, page: str = "/alerts", **fields: str) -> int:
    return int(browser.post(path, data={"csrf": token_of(browser, page), **fields}).status_code)


def test_signing_in_leads_back(site: Site) -> None:
    """Whoever is not signed in comes to the form, and from there to what they wanted."""
    browser = _browser(site)
    sent = browser.get("/review?order=second")
    assert sent.status_code == 303
    page = browser.get(sent.headers["location"]).text
    onward = html.unescape(re.search(r'name="next" value="([^"]*)"', page)[1])  # type: ignore[index]  # it is there
    form = {"csrf": token_of(browser, "/login"), "name": "omar", "password": PASSWORD, "next": onward}
    answer = browser.post("/login", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?order=second")
    assert browser.get("/login").status_code == 303


@pytest.mark.parametrize(("name", "password"), [("Omar", "wrong horse battery"), ("Nobody", PASSWORD), ("", "")])
def test_what_was_wrong_is_not_said(site: Site, name: str, password: str) -> None:
    """Name or password: the form says the same, and keeps the name."""
    browser = _browser(site)
    answer = browser.post("/login", data={"csrf": token_of(browser, "/login"), "name": name, "password": password})
    assert answer.status_code == 401
    assert "the name or the password is wrong" in answer.text
    assert f'value="{name}"' in answer.text


def test_signing_out(site: Site) -> None:
    """Signed out, the pages are closed."""
    browser = _signed_in(site, "Jan")
    assert browser.get("/alerts").status_code == 200
    assert _post(browser, "/logout") == 303
    assert browser.get("/alerts").status_code == 303


def test_signing_out_everywhere(site: Site) -> None:
    """All of one's browsers are signed out, nobody else's."""
    one, other, somebody = _signed_in(site, "Jan"), _signed_in(site, "Jan"), _signed_in(site, "Omar")
    assert _post(one, "/account/sign-out") == 303
    assert [browser.get("/alerts").status_code for browser in (one, other, somebody)] == [303, 303, 200]


def test_another_password(site: Site) -> None:
    """The new password counts, this session goes on, others end."""
    one, other = _signed_in(site, "Jan"), _signed_in(site, "Jan")
    new = {"old": PASSWORD, "new": "a staple of batteries", "again": "a staple of batteries"}
    assert _post(one, "/account/password", **new) == 303
    assert [browser.get("/account").status_code for browser in (one, other)] == [200, 303]


@pytest.mark.parametrize(
    "form",
    [
        {"old": "wrong horse battery", "new": "a staple of batteries", "again": "a staple of batteries"},
        {"old": PASSWORD, "new": "short", "again": "short"},
        {"old": PASSWORD, "new": "a staple of batteries", "again": "a staple of bats"},
    ],
)
def test_no_other_password(site: Site, form: dict[str, str]) -> None:
    """What is wrong is said, and the old one goes on."""
    assert _post(_signed_in(site, "Jan"), "/account/password", **form) == 400
    _signed_in(site, "Jan")


def test_a_token_for_a_feed(site: Site) -> None:
    """A token is shown once, opens one's own feed by its address, and no longer once it is revoked."""
    browser = _signed_in(site, "Jan")
    _post(browser, "/alerts/add", query="stance:deny", kind="claims")
    made = browser.post("/account/tokens", data={"csrf": token_of(browser, "/alerts"), "label": "reader"})
    secret = re.search(r"allegedly_[\w-]{20,}", made.text)[0]  # type: ignore[index]  # it is there
    assert made.headers["cache-control"] == "no-store"
    assert secret not in browser.get("/account").text
    reader = _browser(site)
    assert reader.get("/feeds/1.xml").status_code == 401
    feed = reader.get(f"/feeds/1.xml?token={secret}")
    assert feed.status_code == 200
    assert secret not in feed.text
    token = AccountStore(site.store).tokens("Jan")[0]
    assert _post(browser, "/account/tokens/revoke", id=token.id) == 303
    assert reader.get(f"/feeds/1.xml?token={secret}").status_code == 401


def test_nobody_revokes_the_token_of_another(site: Site) -> None:
    """A token of somebody else is not found."""
    token = AccountStore(site.store).add_token("f" * 64, "Omar", "his")
    assert _post(_signed_in(site, "Jan"), "/account/tokens/revoke", id=token.id) == 404
    assert AccountStore(site.store).token(token.id).revoked is None


@pytest.mark.parametrize(
    ("path", "name", "status"),
    [
        ("/review", "Jan", 403), ("/review", "Omar", 200), ("/review/judgements", "Jan", 200),
        (f"/review/claim/{CLAIM.id}", "Jan", 403), ("/users", "Omar", 403), ("/users", "Ida", 200),
        ("/account", "Jan", 200), ("/export", "Jan", 200), ("/quality", "Jan", 200), ("/api", "Jan", 200),
    ],
)  # fmt: skip
def test_who_may_see_what(site: Site, path: str, name: str, status: int) -> None:
    """Reviewing is for reviewers, people for admins, all else for everybody who is signed in."""
    assert _signed_in(site, name).get(path).status_code == status


def test_readers_judge_nothing(site: Site) -> None:
    """A reader's judgement is refused, whatever form it comes in."""
    assert _post(_signed_in(site, "Jan"), "/review/judge", claim=CLAIM.id, decision="right") == 403
    with site.view() as view:
        assert view.judgements() == ()


def test_judgements_of_others_stay(site: Site) -> None:
    """A reviewer takes back what is their own; what another decided only an admin does."""
    made = site.store.judge(CLAIM.id, "accept", who="Omar")
    rana = _signed_in(site, "Rana")
    assert _post(rana, "/review/undo", number=str(made.number)) == 403
    assert "Take back" not in rana.get("/review/judgements").text
    assert _post(rana, "/review/judge", claim=CLAIM.id, decision="wrong") == 303
    with site.view() as view:
        assert [(item.who, item.decision) for item in view.judgements()] == [("Omar", "accept"), ("Rana", "reject")]
    assert _post(_signed_in(site, "Ida"), "/review/undo", number=str(made.number)) == 303


def test_people_are_looked_after(site: Site) -> None:
    """An admin adds somebody, gives another role, keeps out and lets in, sets a password."""
    ida, accounts = _signed_in(site, "Ida"), AccountStore(site.store)
    assert _post(ida, "/users/add", name="Lena", role="reviewer", password=NEW) == 303
    assert _post(ida, "/users/change", name="Lena", do="role", role="reader") == 303
    assert accounts.user("lena").role == "reader"
    assert _post(ida, "/users/change", name="Omar", do="disable") == 303
    assert accounts.user("Omar").disabled is not None
    assert _post(ida, "/users/change", name="Omar", do="enable") == 303
    assert accounts.user("Omar").disabled is None
    assert _post(ida, "/users/change", name="Jan", do="password", password=NEW) == 303


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/users/add", {"name": "ida", "role": "reader", "password": "a staple of batteries"}),
        ("/users/add", {"name": "Lena", "role": "king", "password": "a staple of batteries"}),
        ("/users/add", {"name": "Lena", "role": "reader", "password": "short"}),
        ("/users/add", {"name": "\u202eLena", "role": "reader", "password": "a staple of batteries"}),
        ("/users/change", {"name": "Ida", "do": "disable"}),
        ("/users/change", {"name": "Ida", "do": "role", "role": "reader"}),
        ("/users/change", {"name": "Ida", "do": "dance"}),
    ],
)
def test_what_cannot_be_done_to_people(site: Site, path: str, form: dict[str, str]) -> None:
    """Names are taken, roles exist, passwords are long, and the last admin stays."""
    assert _post(_signed_in(site, "Ida"), path, **form) == 400
    assert len(AccountStore(site.store).users()) == 4
    assert AccountStore(site.store).user("Ida").role == "admin"


@pytest.mark.parametrize("path", ["/account", "/users", "/login"])
def test_without_accounts(tmp_path: Path, path: str) -> None:
    """Pages of whoever runs them know no accounts."""
    with demo_site(tmp_path, demo=False) as site:
        assert client_of(site).get(path).status_code in {404, 303}


def test_links_lead_somewhere(site: Site) -> None:
    """Links of the pages about people are answered."""
    ida = _signed_in(site, "Ida")
    paths = {path for page in ("/account", "/users") for path in links_of(ida.get(page).text)}
    wanted = [path for path in paths if path in {"/account", "/users", "/alerts"} or path.startswith("/static")]
    assert {ida.get(path).status_code for path in wanted} == {200}


def test_the_store_opens_again(tmp_path: Path) -> None:
    """What was saved by one server is there for the next."""
    with demo_site(tmp_path, demo=False) as site:
        assert send(client_of(site), "/alerts/add", query="stance:deny", kind="claims").status_code == 303
    with open_store(tmp_path / "store.db") as store:
        assert "/feeds/1.xml" in client_of(Site(store, FakeReader)).get("/alerts").text
