"""
News as an Atom feed (RFC 4287).

XML carries fewer signs than reports do: control signs, halves of signs and
those that are none become U+FFFD, as do signs that turn a line round. All else is
escaped by :mod:`xml.etree`, and text is given as text, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from allegedly import __version__
from allegedly.web.news import News, moment
from allegedly.web.show import harmless

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """
    What a feed says of itself.

    Args:
        id: A URI that stays.
        title: Its title.
        subtitle: What it holds.
        address: Its own address, whole.
        site: Address of the site, without a path.
        page: Path of the page that it belongs to.
        made: When the query was saved: the feed's time while it is empty, UTC.
    """

    id: str
    title: str
    subtitle: str
    address: str
    site: str
    page: str
    made: str


def atom(feed: Feed, news: Iterable[News]) -> bytes:
    """Write a feed, news in the order given."""
    entries = list(news)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", max((item.updated for item in entries), default=moment(feed.made)))
    _add(root, "generator", "allegedly", version=__version__)
    _add(_add(root, "author"), "name", "allegedly")
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.site + feed.page)
    for item in entries:
        entry = _add(root, "entry")
        _add(entry, "id", item.id)
        _add(entry, "title", " ".join(item.title.split()))
        _add(entry, "updated", item.updated)
        if item.publisher and item.publisher.strip():
            _add(_add(entry, "author"), "name", item.publisher)
        _add(entry, "link", rel="alternate", type="text/html", href=feed.site + item.link)
        _add(entry, "content", item.words, type="text")
    ET.register_namespace("", _ATOM)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def xml_words(words: str) -> str:
    r"""
    Give words that XML can carry and that move nothing beside them.

    Example:
        >>> xml_words("a\x00b\uffffc") == "a\ufffdb\ufffdc"
        True
    """
    return _NO_XML.sub("\ufffd", harmless(words))


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", {key: xml_words(value) for key, value in attributes.items()})
    made.text = xml_words(words) or None
    return made
