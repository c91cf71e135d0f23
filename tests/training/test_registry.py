"""The training corpora by name."""

from __future__ import annotations

import pytest

from training.registry import CORPORA


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_corpora_say_their_class(name: str) -> None:
    """Each corpus stands under its name with a licence class and a reader."""
    corpus = CORPORA[name]
    assert (corpus.name, corpus.licence_class in {"A", "B", "U"}, callable(corpus.read)) == (name, True, True)


def test_one_corpus_is_read_once() -> None:
    """GUM has two entries, with and without its share-alike genres; no other corpus has two."""
    readers = [corpus.read for corpus in CORPORA.values()]
    assert len(set(readers)) == len(readers)


def test_no_corpus_is_kept_for_measuring() -> None:
    """What only measures has no reader here."""
    assert {"uner_en", "worldwide_newswire_NC", "gum_attribution", "ud_pud"} & set(CORPORA) == set()


def test_only_polnear_has_its_conventions() -> None:
    """PolNeAR's attributions have a head of their own."""
    assert [corpus.name for corpus in CORPORA.values() if corpus.polnear] == ["polnear"]
