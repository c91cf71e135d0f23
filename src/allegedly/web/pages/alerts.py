"""Alerts: saved queries, what is new in them, and an Atom feed of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.errors import NotInStore, QueryError, UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import Watch, name_key
from allegedly.store.query_language import parse_query
from allegedly.web import links
from allegedly.web.atom import MEDIA_TYPE, Feed, atom
from allegedly.web.news import KINDS, News, news_of
from allegedly.web.people import Fields, Reader
from allegedly.web.rules import Visitor
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
_SHOWN = 3  # pieces of news of each on the page
_MOST_WATCHES = 100  # of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """
    A saved query with its news.

    Args:
        watch: The query.
        kind: What counts as news, in words.
        news: The last of it.
        feed: Address of the feed, without a token.
        look: Address of the search.
        wrong: Why there is no news: the query can no longer be understood; empty if it can.
    """

    watch: Watch
    kind: str
    news: tuple[News, ...]
    feed: str
    look: str
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsPage:
    """
    What the page shows.

    Args:
        title: Its title.
        alerts: The visitor's queries, oldest first.
        kinds: All kinds, each with what it means.
        given: What was filled in, where the form is shown again.
        wrong: What is wrong, by field.
        needs_token: Whether feeds need a token in their address.
    """

    title: str = "Alerts"
    alerts: tuple[Alert, ...]
    kinds: Mapping[str, str]
    given: Mapping[str, str]
    wrong: Mapping[str, str]
    needs_token: bool


_NOTHING: Final[Mapping[str, str]] = {}


@router.get("/alerts")
def alerts_page(request: Request, visitor: Reader) -> Response:
    """Show the visitor's queries; ``q`` fills the form in."""
    given = {"query": request.query_params.get("q", ""), "kind": request.query_params.get("kind", "")}
    return show(request, "alerts.html", page_of(site_of(request), visitor, given=given))


@router.post("/alerts/add")
def add_alert(request: Request, visitor: Reader, form: Fields) -> Response:
    """Save a query."""
    site = site_of(request)
    wrong = mistakes(form, count=len(AccountStore(site.store).watches(visitor.name)))
    if not wrong:
        query, kind = form["query"].strip(), form["kind"]
        try:
            AccountStore(site.store).add_watch(visitor.name, form.get("name", "").strip() or query[:60], kind, query)
        except UsageError as error:
            wrong = {"name": _words(error)}
    if wrong:
        page = page_of(site, visitor, given=form, wrong=wrong)
        return show(request, "alerts.html", page, status=400)
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/remove")
def remove_alert(request: Request, visitor: Reader, form: Fields) -> Response:
    """Forget a query of one's own."""
    AccountStore(site_of(request).store).remove_watch(_number(form.get("number", "")), user=visitor.name)
    return RedirectResponse("/alerts", 303)


@router.get("/feeds/{number}.xml")
def feed(request: Request, number: str, visitor: Reader) -> Response:
    """Give the news of a query of the visitor's as an Atom feed."""
    site = site_of(request)
    watch = AccountStore(site.store).watch(_number(number))
    if name_key(watch.user) != name_key(visitor.name):
        raise _no_alert(number)
    with site.view() as view:
        news = news_of(site, view, kind=watch.kind, query=watch.query, since=watch.made)
    body = atom(feed_of(watch, str(request.base_url).rstrip("/")), news)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=MEDIA_TYPE)


def feed_of(watch: Watch, site: str) -> Feed:
    """Say what a feed says of itself; its address is given without the token, which is the reader's secret."""
    return Feed(
        id=f"urn:allegedly:alert:{watch.number}:{watch.made}",
        title=f"{watch.name} · allegedly",
        subtitle=f"{KINDS[watch.kind]}: {watch.query}",
        address=f"{site}/feeds/{watch.number}.xml",
        site=site,
        page="/alerts",
        made=watch.made,
    )


def page_of(
    site: Site, visitor: Visitor, *, given: Mapping[str, str] = _NOTHING, wrong: Mapping[str, str] = _NOTHING
) -> AlertsPage:
    """
    Make the page from the store.

    Args:
        site: The site.
        visitor: Whose queries.
        given: What was filled in.
        wrong: What is wrong with that, by field.
    """
    alerts = tuple(_alert(site, watch) for watch in AccountStore(site.store).watches(visitor.name))
    return AlertsPage(alerts=alerts, kinds=KINDS, given=given, wrong=wrong, needs_token=visitor.kind != "local")


def _alert(site: Site, watch: Watch) -> Alert:
    news: tuple[News, ...] = ()
    wrong = ""
    try:
        with site.view() as view:
            news = news_of(site, view, kind=watch.kind, query=watch.query, since=watch.made, limit=_SHOWN)
    except QueryError as error:  # of an older program
        wrong = _words(error)
    return Alert(
        watch=watch,
        kind=KINDS.get(watch.kind, watch.kind),
        news=news,
        feed=f"/feeds/{watch.number}.xml",
        look=links.find(watch.query),
        wrong=wrong,
    )


def mistakes(form: Mapping[str, str], *, count: int) -> dict[str, str]:
    """Say what is wrong with a new query, by field."""
    wrong = {}
    if form.get("kind") not in KINDS:
        wrong["kind"] = "there is no such kind"
    query = form.get("query", "").strip()
    if not query:
        wrong["query"] = "a query is missing"
    try:
        parse_query(query)
    except QueryError as error:
        wrong["query"] = _words(error)
    if count >= _MOST_WATCHES:
        wrong["query"] = f"nobody follows more than {_MOST_WATCHES} queries"
    return wrong


def _words(error: UsageError) -> str:
    return f"{error} - {error.hint}" if error.hint else str(error)


def _number(words: str) -> int:
    """Read the number of a query."""
    if not (words.isascii() and words.isdecimal() and len(words) < 16):
        raise _no_alert(words)
    return int(words)


def _no_alert(words: str) -> NotInStore:
    return NotInStore(f"there is no alert {words[:20]!a}", hint="/alerts lists yours")
