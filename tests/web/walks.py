"""Walk over pages as a visitor does: follow links, send forms, look at what stands where."""

from __future__ import annotations

from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from starlette.testclient import TestClient

from allegedly.errors import UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import Role
from allegedly.web.rules import AccessRules, read_networks
from allegedly.web.site import Site
from tests.web.pages import client_of

HEADER = "Remote-User"


def client_as(site: Site, role: Role = "reader", *, name: str = "Ada") -> TestClient:
    """Give a client that somebody with a role asks through, as a reverse proxy names them."""
    accounts = AccountStore(site.store)
    with suppress(UsageError):  # known already
        accounts.add_user(name, role)
    rules = AccessRules(mode="proxy", header=HEADER, proxies=read_networks(["127.0.0.1"]))
    client = client_of(site, rules)
    client.headers[HEADER] = name
    return client


class Page(HTMLParser):
    """
    What a page is made of: names of elements with attributes, and its words.

    Args:
        text: The HTML.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += data

    def values(self, tag: str, attribute: str) -> list[str]:
        """Give an attribute of all elements of a name that have it."""
        return [found[attribute] for name, found in self.elements if name == tag and attribute in found]


def dead_links(client: TestClient, path: str) -> list[str]:
    """Follow what a page links to and shows, and give what cannot be got."""
    page = Page(client.get(path).text)
    named = page.values("a", "href") + page.values("img", "src") + page.values("link", "href")
    named += page.values("script", "src") + page.values("figure", "data-chart")
    ours = dict.fromkeys(urlsplit(urljoin(path, name))._replace(fragment="").geturl() for name in named)
    return [name for name in ours if not urlsplit(name).netloc and client.get(name).status_code >= 400]
