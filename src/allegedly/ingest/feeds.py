"""RSS, Atom and OPML, by feedparser: which pages a feed names, and what it says of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from allegedly.errors import InputError
from allegedly.ingest.arrive import Found
from allegedly.ingest.base import Options, Received
from allegedly.ingest.extras import load_extra, version_of
from allegedly.ingest.html import extract_page, stated_language
from allegedly.ingest.urls import clean_url, is_url, join_url

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of a feed.

    Args:
        url: The page it names; empty if it names none.
        title: Its headline.
        publisher: The feed's own title.
        published_as: Publication date as it stands there.
        byline: Who is named as having written it.
        text: HTML of the text that the feed itself gives; empty if it gives none.
        language: ISO 639-1 code that the feed states.
    """

    url: str
    title: str | None
    publisher: str | None
    published_as: str | None
    byline: str | None
    text: str
    language: str | None


def read_feed(received: Received, options: Options) -> tuple[Entry, ...]:
    """
    Give the entries of a feed, in its order.

    Raises:
        InputError: If it is too large, or no feed.
        ExtraError: If feedparser is not installed.
    """
    feedparser = load_extra("feedparser", "reading feeds")
    data = received.read(options.max_bytes)
    base = received.url or ""
    try:  # a stream: of bytes, feedparser would first try whether they name a file
        feed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": base}, sanitize_html=False)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"{received.place}: a damaged feed: {error}", reason="damaged") from error
    entries = tuple(_entry(entry, feed.feed, base) for entry in feed.entries[: options.max_entries])
    if not entries and feed.bozo:
        raise InputError(f"{received.place}: a damaged feed: {feed.bozo_exception}", reason="damaged")
    return entries


def _entry(entry: Any, feed: Any, base: str) -> Entry:  # noqa: ANN401  # feedparser has no types
    contents = [part.get("value", "") for part in entry.get("content", ())]
    return Entry(
        url=clean_url(join_url(base, str(entry.get("link") or ""))),
        title=_plain(entry.get("title")),
        publisher=_plain(feed.get("title")),
        published_as=entry.get("published") or entry.get("updated") or None,
        byline=entry.get("author") or None,
        text=max([*contents, str(entry.get("summary") or "")], key=len),
        language=stated_language(feed.get("language")),
    )


def _plain(words: str | None) -> str | None:
    """Take tags and entities out of a title; None if nothing is left."""
    return " ".join(unescape(_TAG.sub("", words or "")).split()) or None


def text_of_entry(entry: Entry, *, place: str) -> Found:
    """
    Take the text that stands in the feed itself; often it is only the beginning of the report.

    Raises:
        InputError: If there is none.
    """
    page = f"<html><body><article><div>{entry.text}</div></article></body></html>"
    if "<" not in entry.text:
        page = page.replace("<div>", "<p>").replace("</div>", "</p>")
    found = extract_page(page.encode(), place=place, url=entry.url or None) if entry.text.strip() else None
    if found is None:
        raise InputError(f"{place}: no text in the feed's entry", reason="no-text", hint="leave out --no-follow")
    return Found(
        text=found.text,
        kind="feed",
        extractor="feedparser",
        version=version_of("feedparser"),
        title=entry.title,
        url=entry.url,
        publisher=entry.publisher,
        published_as=entry.published_as,
        language=found.language or entry.language,
        byline=entry.byline,
    )


def read_opml(received: Received, options: Options) -> tuple[str, ...]:
    """
    Give the URLs of the feeds that an OPML list names, in its order, each once.

    Raises:
        InputError: If it is too large, or names no feed.
        ExtraError: If lxml, which comes with trafilatura, is not installed.
    """
    etree = load_extra("lxml.etree", "reading OPML")
    data = received.read(options.max_bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{received.place}: a damaged OPML list: {error}", reason="damaged") from error
    urls = tuple(_feed_urls(root)) if root is not None else ()
    if not urls:
        raise InputError(f"{received.place}: an OPML list without feeds", reason="empty")
    return urls


def _feed_urls(root: Any) -> Iterator[str]:  # noqa: ANN401  # lxml's element
    seen = set()
    for outline in root.iter("{*}outline", "outline"):
        values = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        url = values.get("xmlurl", "")
        if is_url(url) and url not in seen:
            seen.add(url)
            yield url
