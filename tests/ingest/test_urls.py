"""URLs as they may be stored and fetched."""

from __future__ import annotations

import pytest

from allegedly.errors import InputError
from allegedly.ingest.urls import clean_url, join_url, split_url

CLEAN = {
    "https://ann:secret@n.example/a": "https://n.example/a",
    "https://secret@n.example:8443/a?b=1#c": "https://n.example:8443/a?b=1",
    "HTTP://N.Example/A?x=1": "http://n.example/A?x=1",
    "https://n.example/?id=3&api_key=77&access_token=zz&page=2": "https://n.example/?id=3&api_key=&access_token=&page=2",
    "https://n.example/?X-Amz-Signature=ab&X-Amz-Credential=cd": "https://n.example/?X-Amz-Signature=&X-Amz-Credential=",
    "https://[2001:db8::1]:80/a": "https://[2001:db8::1]:80/a",
    "https://u:p@n.example:port/": "https://n.example:port/",
    "reports/a.txt": "reports/a.txt",
    "": "",
}


@pytest.mark.parametrize("url", CLEAN)
def test_no_secret_stays(url: str) -> None:
    """User names, passwords, tokens and fragments are taken out; the rest stays."""
    assert clean_url(url) == CLEAN[url]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://n.example/",
        "file:///etc/passwd",
        "http://",
        "http:///a",
        "http://n.example:99999/",
        "http://a b/",
        "http://n\n.example/",
    ],
)
def test_what_cannot_be_fetched(url: str) -> None:
    """Other schemes, missing hosts and broken forms are errors of ours."""
    with pytest.raises(InputError) as caught:
        split_url(url)
    assert caught.value.reason == "unsupported"


def test_hosts_in_other_scripts() -> None:
    """A host is asked for in ASCII, as the network wants it."""
    assert split_url("https://новини.example/a").netloc == "xn--b1amarcd.example"


def test_links_are_joined() -> None:
    """A relative link is completed; a broken one comes back."""
    assert join_url("https://n.example/a/b", "../c") == "https://n.example/c"
    assert join_url("https://n.example/", "http://[x") == "http://[x"
