"""
Web pages: the report's text and what is said of its publication, by trafilatura.

Comments below the report are left out. A date that the extractor only guesses
from the running text is not taken. The date is kept as it stands in the page.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from allegedly.errors import InputError
from allegedly.ingest.arrive import Found, arrive
from allegedly.ingest.base import Item, Options, Received
from allegedly.ingest.extras import load_extra, version_of
from allegedly.text.language import detect_language

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DATES: Final = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content",
    "//meta[@itemprop='datePublished' or @itemprop='datepublished']/@content",
    "//meta[@name='date' or @name='Date' or @name='dc.date' or @name='DC.date' or @name='pubdate']/@content",
    "//meta[@name='dcterms.created' or @name='publishdate' or @name='parsely-pub-date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_FEWEST_WORDS: Final = 5  # less is a menu or a notice, not a report
_TIMES: Final = "//article//time/@datetime | //header//time/@datetime"


def feed_html(received: Received, options: Options) -> Iterator[Item]:
    """
    Take a web page in.

    Raises:
        InputError: If it is too large, or holds no report that can be told from the rest of the page.
        ExtraError: If trafilatura is not installed.
    """
    data = received.read(options.max_bytes)
    found = extract_page(data, place=received.place, url=received.url, charset=received.charset)
    yield arrive(found, data, place=received.place, received=received, options=options)


def extract_page(data: bytes, *, place: str, url: str | None = None, charset: str = "") -> Found:
    """
    Take the report out of a page.

    Args:
        data: The page.
        place: What to call it in messages.
        url: Where it was published.
        charset: Its encoding, as the server stated it.

    Raises:
        InputError: If there is no report in it.
        ExtraError: If trafilatura is not installed.
    """
    trafilatura = load_extra("trafilatura", "reading web pages")
    tree = trafilatura.load_html(decode_page(data, charset))
    page = None
    if tree is not None:
        page = trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )
    if page is None or len((page.text or "").split()) < _FEWEST_WORDS:
        hint = "save the report as text, if there is one"
        raise InputError(f"{place}: no report found in the page", reason="no-text", hint=hint)
    return Found(
        text=page.text,
        kind="html",
        extractor="trafilatura",
        version=version_of("trafilatura"),
        title=page.title,
        url=url or page.url,
        publisher=_publisher(page.sitename, url or page.url),
        published_as=_date_as_printed(tree, page.date) or page.date,
        language=detect_language(page.text) or stated_language(tree.get("lang")),
        byline=page.author,
    )


def decode_page(data: bytes, charset: str = "") -> str | bytes:
    """
    Decode a page by its byte order mark, as UTF-8 if it is that, else as server or page say.

    Returns:
        The text; the bytes where nothing fits, so that the extractor guesses.
    """
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    stated = _META_CHARSET.search(data[:4096])
    names = [name for mark, name in marks.items() if data.startswith(mark)]
    names += ["utf-8", charset, stated[1].decode("ascii", "ignore") if stated else ""]
    for name in filter(None, names):
        try:
            text = data.decode(name)
        except (LookupError, ValueError):
            continue
        if isinstance(text, str):
            return text
    return data


def stated_language(words: str | None) -> str | None:
    """
    Give the ISO 639-1 code of what a page or feed states; None if that is none.

    It counts only where the text is too short to tell: templates state anything.
    """
    code = (words or "").strip().split("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _publisher(name: str | None, url: str | None) -> str | None:
    """Give the outlet's name if the page states one: the extractor puts the host in its place."""
    host = urlsplit(url or "").netloc.lower()
    return None if name and name.lower() in {host, host.removeprefix("www.")} else name


def _date_as_printed(tree: Any, day: str | None) -> str | None:  # noqa: ANN401  # lxml's element
    """Give the words of the page that say when it was published; None if they are not of the day found."""
    words = [value.strip() for path in _DATES for value in tree.xpath(path)]
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    words += [match[1] for script in scripts for match in _LINKED_DATE.finditer(script)]
    words += [value.strip() for value in tree.xpath(_TIMES)]
    return next((word for word in words if _is_of(word, day)), None)


def _is_of(words: str, day: str | None) -> bool:
    """Say whether words are a date of that day; of any day, if none was found."""
    try:
        found = datetime.fromisoformat(words).date().isoformat()
    except ValueError:
        return bool(day) and words.startswith(str(day))
    return day is None or found == day
