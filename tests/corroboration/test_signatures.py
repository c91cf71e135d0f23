"""Signatures: how they were made goes with them, and those alike are found."""

from __future__ import annotations

import pytest

from allegedly.corroboration import signatures
from allegedly.corroboration.origins import group_origins
from allegedly.corroboration.signatures import Neighbours, Signature, method, sign
from allegedly.corroboration.words import split_text
from allegedly.records.document import Document
from tests.sites import SENTENCES

TEXT = " ".join(SENTENCES)


def test_the_method_names_everything() -> None:
    """Library, version and parameters go with each signature."""
    made = sign(split_text(TEXT)).method
    assert made == method()
    assert made.startswith("rensa 0.")
    assert "permutations=128 seed=1 shingle=4w" in made


def test_the_same_words_give_the_same_signature() -> None:
    """A signature depends on nothing but the words."""
    assert sign(split_text(TEXT)) == sign(split_text(TEXT.upper()))


def test_those_alike_are_found() -> None:
    """A copy with a changed word is found, another report is not."""
    table = Neighbours()
    table.add(7, sign(split_text(TEXT)))
    table.add(8, sign(split_text("Rain fell over the whole of the coast, and the ferries stayed in port. " * 3)))
    assert list(table.of(sign(split_text(TEXT.replace("dawn", "sunrise"))))) == [7]


def test_short_texts_have_one() -> None:
    """A text shorter than a shingle, or without words, has a signature."""
    assert sign(split_text("Rain.")) != sign(split_text("Snow."))
    assert sign(split_text("…")).data


@pytest.mark.parametrize("made", ["ours", "another version"])
def test_signatures_made_before(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signatures of the same method are used, those of another are made anew."""
    documents = [Document(TEXT, id="a"), Document(TEXT + " More.", id="b")]
    known = {document.id: sign(split_text(document.text)) for document in documents}
    if made == "another version":
        known = {name: Signature(signature.data, "rensa 0.0.1") for name, signature in known.items()}
    calls: list[object] = []
    kept = signatures.sign
    monkeypatch.setattr("allegedly.corroboration.origins.sign", lambda words: calls.append(words) or kept(words))
    assert len(group_origins(documents, signatures=known)) == 1
    assert len(calls) == (0 if made == "ours" else 2)
