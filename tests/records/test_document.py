"""Documents and their ids."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from allegedly.records.document import Document


def test_id_is_the_head_of_the_digest() -> None:
    """Without an id the document is named by the first 16 hex digits of its digest."""
    digest = hashlib.sha256("héllo".encode()).hexdigest()
    document = Document("héllo")
    assert (f"sha256:{digest}", digest[:16]) == (document.digest, document.id)


def test_keeps_the_id_given() -> None:
    """An id that is given stays."""
    assert Document("x", id="wire-7").id == "wire-7"


@pytest.mark.parametrize("text", ["", "\ud83d", "\x00\r\n", "مرحبا"])
def test_takes_any_text(text: str) -> None:
    """No text is refused or changed, lone surrogates included."""
    assert Document(text).text == text


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-05-07", date(2024, 5, 7)), ("2024-05-07T23:59:59+02:00", date(2024, 5, 7)), ("2024-13-01", None),
        ("May 2024", None), ("", None), (None, None), ("9" * 50, None),
    ],
)  # fmt: skip
def test_published_day(published: str | None, expected: date | None) -> None:
    """The day of ISO dates and times; None for all else."""
    assert Document("x", published=published).published_day == expected
