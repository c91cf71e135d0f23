"""`allegedly read URL`: one report from the web."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from allegedly.ledger.json import decode_ledger
from tests.cli.conftest import call
from tests.ingest.files import make_pdf
from tests.sites import SENTENCES, Site, open_site, page


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site on loopback that passes for a public one."""
    monkeypatch.setattr("allegedly.ingest.addresses.is_public", lambda _: True)
    with open_site() as made:
        yield made


def test_a_page(site: Site) -> None:
    """The ledger is that of the report in the page, with what the page says of its publication."""
    url = site.put("/a", page(head='<meta name="date" content="2024-05-07">'))
    result = call("read", url.replace("http://", "http://ann:secret@"), "--format", "json", "--publisher", "Northwire")
    document = decode_ledger(result.out).document
    assert (document.url, document.published, document.publisher, result.code) == (url, "2024-05-07", "Northwire", 0)
    assert SENTENCES[0] in document.text


def test_a_pdf(site: Site) -> None:
    """A PDF on the web is read as well."""
    result = call("read", site.put("/a.pdf", make_pdf("The army said so.")))
    assert (result.code, "WHO SAYS WHAT" in result.text) == (0, True)


def test_a_page_that_is_not_there(site: Site) -> None:
    """An error of the server is exit 1, in one line."""
    result = call("read", site.base + "/gone")
    assert (result.code, result.out, result.err.count("\n"), "404" in result.err) == (1, b"", 1, True)


def test_several_reports(site: Site) -> None:
    """What holds several reports is for another command."""
    result = call("read", site.put("/a.json", b'[{"text":"A said b."},{"text":"A said c."}]'))
    assert (result.code, "2 documents" in result.err, "allegedly add" in result.err) == (2, True, True)


def test_no_report(site: Site) -> None:
    """What holds no report is exit 1."""
    result = call("read", site.put("/a.jsonl", b"\n\n"))
    assert (result.code, "no document in it" in result.err) == (1, True)


def test_no_public_address() -> None:
    """Loopback is refused."""
    result = call("read", "http://127.0.0.1:9/a")
    assert (result.code, "no public address" in result.err) == (1, True)
