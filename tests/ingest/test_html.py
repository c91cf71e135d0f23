"""Web pages: text, what is said of the publication, encodings, and pages without a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.errors import InputError
from allegedly.ingest.html import decode_page, extract_page
from tests.ingest.conftest import arrivals, reasons, take
from tests.sites import SENTENCES, page

HEAD = (
    '<meta property="og:site_name" content="Northwire"><meta name="author" content="Mara Ilen">'
    '<meta property="article:published_time" content="2024-05-07T23:30:00+02:00">'
)


def test_report_and_publication(tmp_path: Path) -> None:
    """The report comes without the menu; title, publisher, author, date as printed and language are known."""
    (tmp_path / "a.html").write_bytes(page(head=HEAD))
    (item,) = arrivals(take(tmp_path))
    document, retrieval = item.document, item.retrieval
    assert all(sentence in document.text for sentence in SENTENCES)
    assert "Home" not in document.text
    assert (document.title, document.publisher, document.language) == ("Clinic hit", "Northwire", "en")
    assert (document.published, retrieval.published_as) == ("2024-05-07T23:30:00+02:00", "2024-05-07T23:30:00+02:00")
    assert (retrieval.byline, retrieval.extractor, retrieval.kind) == ("Mara Ilen", "trafilatura", "html")
    assert retrieval.extractor_version


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta itemprop="datePublished" content="2024-05-07">', "2024-05-07"),
        ('<meta name="date" content="2024-05-07T10:00:00Z">', "2024-05-07T10:00:00Z"),
        (
            '<script type="application/ld+json">{"@type":"Report","datePublished":"2024-05-07T09:00:00Z"}</script>',
            "2024-05-07T09:00:00Z",
        ),
        ("", None),
    ],
)
def test_dates(head: str, day: str | None) -> None:
    """The date is taken from where pages state it; one that is not stated is not known."""
    assert extract_page(page(head=head), place="x").published_as == day


def test_a_date_in_the_text_is_not_the_publication_date() -> None:
    """Dates of events do not date the page."""
    sentences = (*SENTENCES, "The truce of 3 March 2023 had held for a year.")
    assert extract_page(page(sentences=sentences), place="x").published_as is None


def test_comments_are_left_out() -> None:
    """What readers write below is not the report."""
    body = '<section id="comments" class="comments"><div class="comment"><p>Readers said: lies!</p></div></section>'
    assert "lies" not in extract_page(page(body=body), place="x").text


RUSSIAN = (
    "Армия Велдры сообщила во вторник, что удар пришёлся по больнице в Карвели.",
    "Южный фронт это отрицает.",
) * 3


def _russian(encoding: str, stated: str) -> bytes:
    head = f'<meta charset="{stated}">' if stated else ""
    return page(head=head, sentences=RUSSIAN, title="Удар").decode().encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "stated", "charset"),
    [
        ("cp1251", "windows-1251", ""),
        ("cp1251", "", "windows-1251"),
        ("koi8-r", "koi8-r", ""),
        ("utf-8", "windows-1251", "windows-1251"),
        ("utf-8", "", "iso-8859-1"),
        ("utf-8", "", "no-such"),
        ("utf-16", "", ""),
        ("cp1251", "", "hex"),
    ],
)
def test_encodings(encoding: str, stated: str, charset: str) -> None:
    """UTF-8 is seen even where server or page say otherwise; else what they say holds; else it is guessed."""
    assert RUSSIAN[0] in extract_page(_russian(encoding, stated), place="x", charset=charset).text


def test_nothing_fits() -> None:
    """Where nothing fits the bytes are left to the extractor."""
    assert decode_page(b"caf\xe9") == b"caf\xe9"


@pytest.mark.parametrize(
    "data",
    [
        b"<html></html>",
        b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        b"<!doctype html>",
        b"<html>" + b"<div>" * 5000,
    ],
)
def test_pages_without_a_report(data: bytes) -> None:
    """A page without a report is no document."""
    with pytest.raises(InputError) as caught:
        extract_page(data, place="x")
    assert caught.value.reason == "no-text"


def test_a_cut_page_is_still_a_page(tmp_path: Path) -> None:
    """HTML that breaks off gives what is there."""
    (tmp_path / "a.html").write_bytes(page()[:-150])
    (tmp_path / "b.html").write_bytes(b"<html><head>\xff\xfe\x00")
    items = take(tmp_path)
    assert (len(arrivals(items)), len(reasons(items))) == (1, 1)


@pytest.mark.parametrize(
    ("stated", "sentences", "language"),
    [
        ("ru", SENTENCES, "en"),
        ("en-GB", RUSSIAN, "ru"),
        ("uk-UA", ("Армія", "два", "три", "сім", "ні"), "uk"),
        ("x-default", ("Армія", "два", "три", "сім", "ні"), None),
    ],
)
def test_language(stated: str, sentences: tuple[str, ...], language: str | None) -> None:
    """The language is found in the text; what the page states counts where the text is too short to tell."""
    data = page(sentences=sentences, title="Нові").replace(b'lang="en"', f'lang="{stated}"'.encode())
    assert extract_page(data, place="x").language == language
