"""Documents and their ids."""

from __future__ import annotations

import hashlib

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
