"""A site with the demo's reports and a browser on it; a store with people, and pages in each mode."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegedly.store.accounts import AccountStore
from allegedly.store.opening import open_store
from allegedly.web.access import AccessRules
from allegedly.web.rules import read_networks
from allegedly.web.site import Site
from tests.web.desk import PASSWORD, Clock, Desk, QuickPasswords, make_desk
from tests.web.pages import client_of, demo_site

PROXY = "10.0.0.5"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with the demo's reports."""
    with demo_site(tmp_path) as made:
        yield made


@pytest.fixture
def client(site: Site) -> TestClient:
    """A browser on it, of whoever runs the program."""
    return client_of(site)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an admin, a reviewer, a reader and somebody who may no longer come in."""
    file = tmp_path_factory.mktemp("people") / "store.db"
    password_hash = QuickPasswords().hash(PASSWORD)
    with open_store(file, create=True) as store:
        accounts = AccountStore(store)
        for name, role in (("Ida", "admin"), ("Omar", "reviewer"), ("Jan", "reader"), ("Gone", "admin")):
            accounts.add_user(name, role, password_hash=password_hash)  # type: ignore[arg-type]  # a role
        accounts.disable("Gone")
    return file


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.fixture
def accounts(people: Path, tmp_path: Path, clock: Clock) -> Iterator[AccountStore]:
    """A copy of the people that a test may change."""
    shutil.copy(people, tmp_path / "store.db")
    with open_store(tmp_path / "store.db") as store:
        yield AccountStore(store, clock=clock.text)


@pytest.fixture
def desk(accounts: AccountStore, clock: Clock) -> Desk:
    """Pages with accounts."""
    return make_desk(accounts, clock, AccessRules(mode="accounts"))


@pytest.fixture
def local(accounts: AccountStore, clock: Clock) -> Desk:
    """Pages without accounts, on this machine."""
    return make_desk(accounts, clock, AccessRules(person="me"))


@pytest.fixture
def proxied(accounts: AccountStore, clock: Clock) -> Desk:
    """Pages behind a reverse proxy that names users."""
    rules = AccessRules(
        mode="proxy", header="Remote-User", proxies=read_networks([PROXY]), hosts=("desk.example",), secure=True
    )
    return make_desk(accounts, clock, rules)
