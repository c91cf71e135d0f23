"""A site for the tests of pages: a store with the demo's ledgers as the shipped pack read them, and a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from allegedly.ledger.json import decode_ledger
from allegedly.records.ledger import Ledger
from allegedly.store.opening import add_ledgers, open_store
from allegedly.web.app import make_app
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
    with open_store(folder / "store.db", create=True) as store:
        if demo:
            add_ledgers(store, demo_ledgers())
        yield Site(store, load)


def client_of(site: Site) -> TestClient:
    """Give a client that asks the pages of a site as a browser on this machine would."""
    return TestClient(make_app(site), base_url="http://127.0.0.1:8321", follow_redirects=False)
