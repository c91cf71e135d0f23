"""Feeds and lists of feeds: what is followed, what is known already, what is unchanged."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from allegedly.ingest.base import Skipped
from allegedly.ingest.visits import Visits
from tests.ingest.conftest import LOCAL, arrivals, reasons, take
from tests.sites import SENTENCES, Site, page

DAY = "Tue, 07 May 2024 23:10:00 -0400"


def rss(*links: str, text: str = "") -> bytes:
    """Make an RSS feed."""
    items = "".join(
        f"<item><title>Clinic {n}</title><link>{link}</link><pubDate>{DAY}</pubDate><author>Mara Ilen</author>"
        f"<description>{text}</description></item>"
        for n, link in enumerate(links)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Northwire</title><language>en-GB</language>'
        f"{items}</channel></rss>"
    ).encode()


def atom(link: str) -> bytes:
    """Make an Atom feed."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Northwire</title><entry><title>Clinic</title>'
        f'<link href="{link}"/><published>2024-05-07T10:00:00Z</published></entry></feed>'
    ).encode()


def opml(*urls: str) -> bytes:
    """Make a list of feeds."""
    outlines = "".join(f'<outline text="f" type="rss" xmlUrl="{url}"/>' for url in urls)
    return f'<opml version="2.0"><body><outline text="News">{outlines}</outline></body></opml>'.encode()


def test_a_feed_is_followed(site: Site) -> None:
    """Each page a feed names is fetched; what the page does not say of itself, the feed says."""
    bare = page().replace(b' lang="en"', b"").replace(b"<title>Clinic hit</title>", b"")
    site.put("/a", bare)
    site.put(
        "/b", page(head='<meta property="og:site_name" content="Veldra Today"><meta name="date" content="2024-05-06">')
    )
    items = arrivals(take(site.put("/feed", rss(f"{site.base}/a", "/b"))))
    documents = [item.document for item in items]
    assert [document.url for document in documents] == [f"{site.base}/a", f"{site.base}/b"]
    assert [document.publisher for document in documents] == ["Northwire", "Veldra Today"]
    assert [document.published for document in documents] == ["2024-05-07", "2024-05-06"]
    assert [item.retrieval.published_as for item in items] == [DAY, "2024-05-06"]
    assert [document.language for document in documents] == ["en", "en"]


def test_atom(site: Site) -> None:
    """Atom is read as well."""
    site.put("/a", page())
    (item,) = arrivals(take(site.put("/feed", atom(f"{site.base}/a"))))
    assert item.document.published == "2024-05-07T10:00:00Z"


def test_a_bad_page_does_not_stop_the_rest(site: Site) -> None:
    """Pages that are gone, empty or forbidden are failures; entries without a page too."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /no\n")
    site.put("/empty", b"<html></html>", Content_Type="text/html")
    site.put("/b", page())
    items = take(site.put("/feed", rss("/gone", "/empty", "/no", "mailto:a@n.example", "/b")))
    assert reasons(items) == ["http-status", "no-text", "robots", "unsupported"]
    assert len(arrivals(items)) == 1


def test_the_text_in_the_feed(site: Site) -> None:
    """On request the feed's own text is taken and no page is fetched."""
    text = "".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES)
    url = site.put("/feed", rss("/a", text=text))
    (item,) = arrivals(take(url, options=replace(LOCAL, follow=False)))
    assert all(sentence in item.document.text for sentence in SENTENCES)
    assert (item.document.title, item.document.published, item.retrieval.kind) == ("Clinic 0", "2024-05-07", "feed")
    assert "/a" not in site.paths()


def test_an_entry_without_text(site: Site) -> None:
    """An entry without text gives a failure when texts are wanted."""
    assert reasons(take(site.put("/feed", rss("/a")), options=replace(LOCAL, follow=False))) == ["no-text"]


def test_a_feed_file(site: Site, tmp_path: Path) -> None:
    """A feed in a file that was named is followed; one met in a folder never goes to the network."""
    site.put("/a", page())
    (tmp_path / "feed.xml").write_bytes(rss(f"{site.base}/a", text=SENTENCES[0]))
    (inside,) = arrivals(take(tmp_path))
    assert (inside.document.text, site.paths()) == (SENTENCES[0], [])
    (followed,) = arrivals(take(tmp_path / "feed.xml"))
    assert SENTENCES[2] in followed.document.text


def test_lists_of_feeds(site: Site, tmp_path: Path) -> None:
    """The feeds of a list are followed, each once, and a page that two of them name is fetched once."""
    site.put("/a", page())
    one, two = site.put("/one", rss(f"{site.base}/a")), site.put("/two", rss(f"{site.base}/a"))
    (tmp_path / "feeds.opml").write_bytes(opml(one, two, one, "ftp://n.example/"))
    items = take(tmp_path / "feeds.opml")
    assert len(arrivals(items)) == 1
    assert [item for item in items if isinstance(item, Skipped)] == [Skipped(f"{site.base}/a", "repeated")]


def test_a_list_in_a_folder(site: Site, tmp_path: Path) -> None:
    """A list of feeds met in a folder is not followed, and that is said."""
    (tmp_path / "feeds.opml").write_bytes(opml(site.put("/one", rss())))
    assert (reasons(take(tmp_path)), site.paths()) == (["unsupported"], [])


def test_known_pages_are_not_fetched(site: Site) -> None:
    """What was taken in before is passed over without asking for it."""
    site.put("/a", page())
    url = site.put("/feed", rss("/a", "/b"))
    items = take(url, options=replace(LOCAL, known=lambda place: place.endswith("/a")))
    assert items[0] == Skipped(f"{site.base}/a", "known")
    assert "/a" not in site.paths()


def _versioned(site: Site, path: str, body: bytes) -> str:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Content-Length", str(0 if known else len(body)))
        handler.end_headers()
        handler.wfile.write(b"" if known else body)

    return site.on(path, answer)


def test_visits_are_remembered_when_committed(site: Site, tmp_path: Path) -> None:
    """A page is unchanged only after what came of it was stored; a killed run asks again."""
    url = _versioned(site, "/a", page())
    file = tmp_path / "visits.jsonl"
    for committed in (False, True):
        visits = Visits(file)
        assert len(arrivals(take(url, visits=visits))) == 1
        if committed:
            visits.commit()
    file.write_bytes(file.read_bytes() + b'{"url":"torn')
    assert take(url, visits=Visits(file)) == [Skipped(url, "unchanged")]


def test_a_feed_with_a_bad_page_is_asked_again(site: Site, tmp_path: Path) -> None:
    """A feed counts as visited only if all its pages came in."""
    url = _versioned(site, "/feed", rss("/gone"))
    visits = Visits(tmp_path / "visits.jsonl")
    take(url, visits=visits)
    visits.commit()
    assert reasons(take(url, visits=Visits(tmp_path / "visits.jsonl"))) == ["http-status"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss version='2.0'><channel><item><title>cut", None),
        (b"<rss nonsense", "damaged"),
        (b"<?xml version='1.0'?><opml><body></body></opml>", "empty"),
        (b"<opml", None),
    ],
)
def test_damaged_feeds(data: bytes, reason: str | None, tmp_path: Path) -> None:
    """A damaged feed or list is a failure at most, never an end of the run."""
    (tmp_path / "feed.xml").write_bytes(data)
    (tmp_path / "z.txt").write_text("z said.")
    items = take(tmp_path / "feed.xml", tmp_path / "z.txt")
    assert len(arrivals(items)) >= 1
    assert reason is None or reasons(items) == [reason]


def test_tags_in_titles(site: Site) -> None:
    """Titles come without tags and entities."""
    feed = rss("/a", text=SENTENCES[0]).replace(b"Clinic 0", b"&lt;b&gt;Clinic&lt;/b&gt; &amp;amp; school &lt; 3")
    (item,) = arrivals(take(site.put("/feed", feed), options=replace(LOCAL, follow=False)))
    assert item.document.title == "Clinic & school < 3"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A list that names a file of this machine as an entity does not get it."""
    (tmp_path / "secret").write_text("http://n.example/secret")
    data = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><opml><outline xmlUrl="&x;"/></opml>'
    (tmp_path / "a.opml").write_text(f'<?xml version="1.0"?>{data}')
    (tmp_path / "secret").unlink()
    assert arrivals(take(tmp_path / "a.opml")) == []
