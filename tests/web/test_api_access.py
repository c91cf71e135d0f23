"""Who may do what by the API, and from where."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from allegedly.store.accounts import AccountStore
from allegedly.store.people import Role, make_token_secret, secret_id
from allegedly.web.csrf import HEADER, make_token
from allegedly.web.passwords import Passwords
from allegedly.web.rules import AccessRules
from allegedly.web.site import Site
from tests.web.pages import client_of

HERE = "http://127.0.0.1:8321"
LATER = "9999-01-01T00:00:00.000Z"
CHANGING = (
    ("/api/judgements", {"row": "c0000000", "decision": "accept"}),
    ("/api/cluster-judgements", {"decision": "split", "left": ["c0000000"]}),
    ("/api/judgements/1/undo", {}),
    ("/api/cluster-judgements/1/undo", {}),
    ("/api/read", {"text": "Rebels said 3 died.", "keep": True}),
)
LOOKING = ("/api/claims", "/api/ledger?id=northwire", "/api/openapi.json", "/api/nowhere")


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    """Compares passwords; made once, as that takes a while."""
    return Passwords()


class Team:
    """A site of several people, each with a program that has a token, or with a browser that is signed in."""

    def __init__(self, site: Site, passwords: Passwords) -> None:
        self.site, self.passwords, self.accounts = site, passwords, AccountStore(site.store)

    def nobody(self) -> TestClient:
        """Give a client of somebody unknown."""
        return client_of(self.site, AccessRules(mode="accounts"), passwords=self.passwords)

    def program(self, name: str, role: Role) -> TestClient:
        """Give a client with a token."""
        secret, client = make_token_secret(), self.nobody()
        self.accounts.add_user(name, role)
        self.accounts.add_token(secret_id(secret), name, "a program")
        client.headers["Authorization"] = f"Bearer {secret}"
        return client

    def browser(self, name: str, role: Role) -> tuple[TestClient, str]:
        """Give a client with a session, and the token of its forms."""
        secret, client = f"a session of {name}".replace(" ", "-"), self.nobody()
        self.accounts.add_user(name, role)
        self.accounts.add_session(secret_id(secret), name, expires=LATER)
        client.cookies.set("allegedly", secret)
        return client, make_token(secret.encode())


@pytest.fixture
def team(site: Site, passwords: Passwords) -> Team:
    """A site of several people."""
    return Team(site, passwords)


@pytest.mark.parametrize(("path", "form"), [*((path, None) for path in LOOKING), *CHANGING])
def test_nobody_sees_or_changes_anything(team: Team, path: str, form: object) -> None:
    """Who has not signed in is told to, in the way that programs understand."""
    answer = team.nobody().request("GET" if form is None else "POST", path, json=form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign-in")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_that_does_not_count(team: Team) -> None:
    """A wrong token is no token."""
    answer = team.nobody().get("/api/claims", headers={"Authorization": "Bearer allegedly_0"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign-in")


@pytest.mark.parametrize(("path", "form"), CHANGING)
def test_readers_change_nothing(team: Team, path: str, form: object) -> None:
    """A reader may neither judge nor keep."""
    answer = team.program("Rita", "reader").post(path, json=form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")


def test_readers_may_read(team: Team) -> None:
    """A reader gets lists, and the ledger of a text that is not to be kept."""
    client = team.program("Rita", "reader")
    assert client.post("/api/read", json={"text": "Rebels said 3 died."}).status_code == 200
    assert client.get("/api/claims").status_code == 200
    assert client.get("/api/review/queue").status_code == 403


def test_one_s_own_judgements_only(team: Team) -> None:
    """A reviewer takes back what they decided, an admin what anybody did."""
    ada, bo, root = team.program("Ada", "reviewer"), team.program("Bo", "reviewer"), team.program("Root", "admin")
    claim = ada.get("/api/claims").json()["data"][0]["claim"]["id"]
    for _ in range(2):
        assert ada.post("/api/judgements", json={"row": claim, "decision": "accept"}).json()["data"]["who"] == "Ada"
    answers = [client.post(f"/api/judgements/{n}/undo").status_code for client, n in ((bo, 1), (ada, 1), (root, 2))]
    assert answers == [403, 200, 200]


def test_one_s_own_merges_only(team: Team) -> None:
    """A reviewer takes back their own merge or split, an admin anybody's."""
    ada, bo, root = team.program("Ada", "reviewer"), team.program("Bo", "reviewer"), team.program("Root", "admin")
    one, other = (item["id"] for item in ada.get("/api/incidents?limit=2").json()["data"])
    ada.post("/api/cluster-judgements", json={"decision": "merge", "left": [one], "right": [other]})
    answers = [client.post("/api/cluster-judgements/1/undo").status_code for client in (bo, root)]
    assert answers == [403, 200]


@pytest.mark.parametrize("shown", ["none", "wrong", "right"])
@pytest.mark.parametrize(("path", "form"), CHANGING)
def test_a_browser_shows_the_token_of_forms(team: Team, path: str, form: object, shown: str) -> None:
    """With a session, what changes something needs the token of forms as well."""
    client, token = team.browser("Ada", "reviewer")
    headers = {"none": {}, "wrong": {HEADER: "0" * 64}, "right": {HEADER: token}}[shown]
    assert (client.post(path, json=form, headers=headers).status_code == 403) is (shown != "right")


@pytest.mark.parametrize(("path", "form"), CHANGING)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
        {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"}, {"Origin": "http://["},
    ],
)  # fmt: skip
def test_other_sites_cannot_make_a_browser_ask(site: Site, path: str, form: object, headers: dict[str, str]) -> None:
    """On one's own machine, where nobody signs in, a page of another site changes nothing."""
    answer = client_of(site).post(path, json=form, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": HERE}])
def test_pages_of_ours_and_programs_can(site: Site, headers: dict[str, str]) -> None:
    """Our own pages, and programs, which say nothing of where they come from, are answered."""
    assert client_of(site).post("/api/read", json={"text": "Rebels said 3 died."}, headers=headers).status_code == 200


def test_another_host_is_refused(site: Site) -> None:
    """A name that somebody made to mean this machine is not ours, and the error has the one form."""
    answer = client_of(site).get("/api/claims", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "wrong-host")


def test_tags_are_a_visitor_s_own(team: Team) -> None:
    """What one visitor has seen is not said to be unchanged to another: the queue is not the same."""
    one, other = (team.program(name, "reviewer") for name in ("Ada", "Bo"))
    assert one.get("/api/review/queue").headers["etag"] != other.get("/api/review/queue").headers["etag"]


def test_who_watches_the_server_need_not_sign_in(team: Team) -> None:
    """The server says without asking who it is whether it can answer."""
    assert team.nobody().get("/healthz").json() == {"data": {"status": "ok"}}


@pytest.mark.parametrize(("signed_in", "needed"), [(True, [{"token": []}, {"session": []}]), (False, None)])
def test_the_description_says_whether_to_sign_in(
    team: Team,
    signed_in: bool,  # noqa: FBT001  # of a table
    needed: list[dict[str, list[str]]] | None,
) -> None:
    """With accounts, all but the health of the server needs a token or a session; on one's own machine nothing does."""
    client = team.program("Rita", "reader") if signed_in else client_of(team.site)
    paths = client.get("/api/openapi.json").json()["paths"]
    assert paths["/healthz"]["get"]["security"] == []
    security = paths["/api/claims"]["get"]["security"]
    assert security == needed if needed else {} in security
