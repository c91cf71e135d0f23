"""A site for the tests of pages: a store with the demo's ledgers as the shipped pack read them, and a client."""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from allegedly.keeper import up_to_date
from allegedly.ledger.json import decode_ledger
from allegedly.records.ledger import Ledger
from allegedly.store.opening import add_ledgers, open_store
from allegedly.web.app import behind_door
from allegedly.web.passwords import Passwords
from allegedly.web.rules import AccessRules
from allegedly.web.site import Reads, Site
from tests.fakes import FakeReader

DEMO = Path(__file__).parent / "demo.jsonl"


def demo_ledgers() -> list[Ledger]:
    """Give the ledgers of the demo's three reports; `make golden` writes them."""
    return [decode_ledger(line) for line in DEMO.read_bytes().splitlines()]


@contextmanager
def demo_site(folder: Path, *, load: Callable[[], Reads] = FakeReader, demo: bool = True) -> Iterator[Site]:
    """
    Make a site over a store in a folder.

    Args:
        folder: Where the store is made.
        load: Makes the reader; the default one needs no weights.
        demo: Whether the demo's ledgers are in it.
    """
    shutil.copy(filled_store(demo=demo), folder / "store.db")
    with open_store(folder / "store.db") as store:
        yield Site(store, load)


@cache
def filled_store(*, demo: bool) -> Path:
    """Make a store, with its incidents made, once for all tests; each takes a copy."""
    file = Path(tempfile.mkdtemp(prefix="allegedly-pages-")) / "store.db"
    with open_store(file, create=True) as store:
        if demo:
            add_ledgers(store, demo_ledgers())
            up_to_date(store)
    return file


def client_of(site: Site, rules: AccessRules | None = None, *, passwords: Passwords | None = None) -> TestClient:
    """Give a client that asks the pages of a site as a browser on this machine would."""
    app = behind_door(site, rules, passwords=passwords)
    return TestClient(app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 50000), follow_redirects=False)


def token_of(client: TestClient, page: str = "/nowhere") -> str:
    """Give the token that forms of a page carry."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(page).text)
    return found[1] if found else ""


def send(client: TestClient, path: str, **fields: str) -> Any:  # a response of the client's library
    """Send a form as a page of ours does."""
    return client.post(path, data={"csrf": token_of(client), **fields})


def links_of(page: str) -> list[str]:
    """Give the addresses of this site that a page links to."""
    found = re.findall(r'(?:href|src|action|data-chart)="(/[^"#]*)', page)
    return sorted({html.unescape(address) for address in found})
