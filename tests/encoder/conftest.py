"""Small tokenizers and networks, and the shipped tokenizer where the pack is."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.encoder.wordpiece import WordPieces
from allegedly.resources.pack import SHIPPED
from tests.random_network import random_reader


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small tokenizer lies: it knows Latin letters, digits and some signs."""
    folder = tmp_path_factory.mktemp("small")
    random_reader(folder)
    return folder


@pytest.fixture(scope="session", params=["small", pytest.param("shipped", marks=pytest.mark.weights)])
def pieces_of(request: pytest.FixtureRequest, small_folder: Path) -> WordPieces:
    """Both tokenizers, one after the other."""
    return WordPieces((small_folder if request.param == "small" else SHIPPED) / "tokenizer.json")
