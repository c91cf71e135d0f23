"""HTTPS: the certificate must be trusted, and be the name's, although we connect to an address."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allegedly.errors import InputError
from allegedly.ingest.fetch import Fetcher
from tests.ingest.conftest import LOCAL
from tests.sites import Site, open_site

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
_MAKE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of news.example and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    more = f"-addext subjectAltName=DNS:news.example -keyout {folder}/key.pem -out {folder}/cert.pem"
    subprocess.run(f"{_MAKE} {more}".split(), check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    """A site that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with open_site(context) as made:
        made.put("/a", b"Rain.")
        yield made


def _fetch(site: Site, host: str) -> bytes:
    def resolve(_: str, port: int, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    port = site.base.rsplit(":", 1)[1]
    got = Fetcher(replace(LOCAL, obey_robots=False), resolve=resolve).fetch(f"https://{host}:{port}/a")
    assert got is not None
    return got.read(99)


def test_a_certificate_that_nobody_vouches_for(secure: Site) -> None:
    """An untrusted certificate is refused before anything is asked."""
    with pytest.raises(InputError, match=r"(?i)certificate") as caught:
        _fetch(secure, "news.example")
    assert (caught.value.reason, secure.asked) == ("network", [])


@pytest.mark.parametrize("host", ["news.example", "other.example"])
def test_the_certificate_of_the_name(
    host: str, secure: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted certificate is good for its own name only, whatever address we connect to."""
    kept = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: kept(cafile=str(certificate)))
    if host == "news.example":
        assert _fetch(secure, host) == b"Rain."
        return
    with pytest.raises(InputError, match=r"other\.example"):
        _fetch(secure, host)
