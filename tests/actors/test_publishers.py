"""Where a publisher sits, and how it writes dates in figures."""

from __future__ import annotations

import pytest

from allegedly.actors.dictionary import load_table_of_actors
from allegedly.actors.publishers import is_day_first, publisher_country


@pytest.mark.parametrize(
    ("publisher", "url", "country"),
    [
        ("14ymedio", None, "CUB"),
        ("Northwire", None, None),
        ("The Kyiv Courier", None, "UKR"),
        ("Times of Nigeria", "https://example.com/", "NGA"),
        ("Chad Smith's paper", "https://example.se/", "SWE"),
        ("israel today", None, None),
        (None, None, None),
        ("Northwire", "https://news.example.ng/a/1?x=.uk", "NGA"),
        (None, "https://example.co.uk:8443/report.html", "GBR"),
        (None, "https://EXAMPLE.UA/", "UKR"),
        (None, "https://example.com/ua", None),
        (None, "https://example.tv/", None),
        (None, "https://[broken", None),
        (None, "no address at all", None),
        ("14ymedio", "https://example.de/", "CUB"),
    ],
)
def test_country(publisher: str | None, url: str | None, country: str | None) -> None:
    """The name of a known outlet counts, else a country's domain; domains sold the world over say nothing."""
    assert publisher_country(load_table_of_actors(), publisher, url) == country


@pytest.mark.parametrize(("country", "expected"), [("USA", False), ("GBR", True), ("CAN", None), (None, None)])
def test_day_first(country: str | None, expected: bool | None) -> None:  # noqa: FBT001  # a column of the table
    """Most countries write the day first, few the month, some both."""
    assert is_day_first(country) is expected
