"""Names, mentions and chains as numbers of tokens."""

from __future__ import annotations

import numpy as np
import pytest

from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.encoder.windows import Window
from allegedly.encoder.wordpiece import WordPieces
from tests.random_network import random_reader
from training.corpora import Annotated
from training.entities import EVERY_NAME, NOTHING, EntityLabels, Marked, mention_mask, name_masks
from training.entity_corpora import marked_labels
from training.examples import Example, build, cut_window, stretch_of, windows_of
from training.invented.markup import parse_report

MARKED = "[PER=a General {Omar Taal}] left [GPE=b Orr]. [PER*a He] said [MIL~c the ^rebels of [GPE=b Orr]] fled."


@pytest.fixture(scope="module")
def pieces_of(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    """A small tokenizer."""
    folder = tmp_path_factory.mktemp("pack")
    random_reader(folder)
    return WordPieces(folder / "tokenizer.json")


def example(pieces_of: WordPieces, marked: str = MARKED) -> Example:
    """Number a marked report."""
    report = parse_report("x", f"# none | test\n{marked}")
    raw = Annotated("x", report.text, entities=marked_labels(report.text, report.mentions))
    found = build(pieces_of, raw, polnear=False)
    assert found is not None
    return found


def words(example: Example) -> list[str]:
    """Give the printed tokens."""
    return [example.text[s:e] for s, e in zip(example.pieces.starts, example.pieces.ends, strict=True)]


def test_heads_have_one_set_of_labels(pieces_of: WordPieces) -> None:
    """Heads have the labels of their kind and types, other words those that the corpus leaves open."""
    found = example(pieces_of)
    sets = dict(zip(words(found), found.allowed["mention"].tolist(), strict=True))
    assert sets["Omar"] == mention_mask(("PER",), (0,))
    assert sets["He"] == mention_mask(("PER",), (2,))
    assert sets["rebels"] == mention_mask(("MIL",), (1,))
    assert sets["left"] == NOTHING | mention_mask(INNER_TYPES[9:])


def test_names_begin_and_go_on(pieces_of: WordPieces) -> None:
    """First and further tokens of a name have their labels, titles and other words none."""
    found = example(pieces_of)
    sets = found.allowed["name"].tolist()[:4]
    begin, inside = name_masks(("PER",))
    assert sets == [NOTHING, begin, inside, NOTHING]


def test_phrases_in_tokens(pieces_of: WordPieces) -> None:
    """Each mention has head, first and last token, in order of the heads."""
    found = example(pieces_of)
    printed = words(found)
    assert [(printed[m.head], printed[m.first], printed[m.last], m.whole) for m in found.mentions] == [
        ("Omar", "General", "Taal", True), ("Orr", "Orr", "Orr", True), ("He", "He", "He", True),
        ("rebels", "the", "Orr", True), ("Orr", "Orr", "Orr", True),
    ]  # fmt: skip


def test_loose_stretches_and_adjectives(pieces_of: WordPieces) -> None:
    """Loose stretches may be anything, adjectives may be nationalities."""
    labels = EntityLabels(loose=[(0, 3)], adjectives=[(4, 10)], other_names=NOTHING, other_mentions=NOTHING)
    found = build(pieces_of, Annotated("x", "the kenyan men", entities=labels), polnear=False)
    assert found is not None
    begin = name_masks(("NORP",))[0]
    assert found.allowed["name"].tolist() == [EVERY_NAME, NOTHING | begin, NOTHING]
    assert found.allowed["mention"].tolist() == [NOTHING, NOTHING | mention_mask(("NORP",), (0,)), NOTHING]
    assert (1 << (1 + 2 * len(NAME_TYPES))) - 1 == EVERY_NAME


def test_a_corpus_without_mentions_has_no_layer(pieces_of: WordPieces) -> None:
    """What a corpus does not know is absent, not empty."""
    labels = EntityLabels(names=[(0, 3, ("PER",))], other_names=NOTHING)
    found = build(pieces_of, Annotated("x", "Orr left", entities=labels), polnear=False)
    assert found is not None
    assert (sorted(found.allowed), found.mentions, found.chained) == (["name"], [], False)


def test_a_head_without_a_phrase_is_not_whole(pieces_of: WordPieces) -> None:
    """Where only the head is known, the pointers learn nothing."""
    mention = Marked(0, 8, (4, 8), None, ("PER",), whole=False)
    labels = EntityLabels(mentions=[mention], other_mentions=NOTHING)
    found = build(pieces_of, Annotated("x", "the boss left", entities=labels), polnear=False)
    assert found is not None
    assert ([m.whole for m in found.mentions], found.allowed["mention"][1]) == ([False], mention_mask(("PER",)))


def test_an_empty_text(pieces_of: WordPieces) -> None:
    """A text without tokens is no example."""
    assert build(pieces_of, Annotated("x", " \n", entities=EntityLabels(other_names=1)), polnear=False) is None


def test_a_window_keeps_what_lies_in_it(pieces_of: WordPieces) -> None:
    """A window holds the heads inside it; phrases that leave it are no longer whole."""
    found = example(pieces_of)
    start = words(found).index("rebels")
    part = cut_window(found, Window(start, len(words(found)), start, len(words(found))))
    assert [(m.head, m.first, m.whole) for m in part.mentions] == [(0, 0, False), (2, 2, True)]
    assert part.allowed["mention"].tolist() == found.allowed["mention"].tolist()[start:]


def test_windows_hold_all_heads(pieces_of: WordPieces) -> None:
    """Cut into windows, a text keeps every mention once."""
    found = example(pieces_of, " ".join([MARKED] * 20))
    parts = windows_of(found, 100)
    assert len(parts) > 1
    assert sum(len(part.mentions) for part in parts) == len(found.mentions)


def test_chains_of_a_stretch(pieces_of: WordPieces) -> None:
    """Pairs of one key, and no others, are gold; heads and types fit the mentions."""
    found = example(pieces_of, " ".join([MARKED] * 6))
    stretch = stretch_of(found, 10_000, np.random.default_rng(0))
    chains = stretch.chains
    assert chains is not None
    assert len(chains.heads) < len(found.mentions)  # a tenth is left out
    key_of = {m.head: m.marked.keys for m in found.mentions}
    keys = [key_of[int(head)] for head in chains.heads]
    pairs = zip(chains.anaphor.tolist(), chains.antecedent.tolist(), strict=True)
    assert chains.gold.tolist() == [keys[i] == keys[j] for i, j in pairs]
    assert chains.gold.any()


def test_one_mention_has_no_pairs(pieces_of: WordPieces) -> None:
    """A text with one mention has nothing to choose from."""
    assert stretch_of(example(pieces_of, "[PER=a Omar] left."), 100, np.random.default_rng(1)).chains is None


def test_the_same_draw_gives_the_same_stretch(pieces_of: WordPieces) -> None:
    """A stretch depends on the random numbers only."""
    found = example(pieces_of, " ".join([MARKED] * 20))
    one, other = (stretch_of(found, 200, np.random.default_rng(7)) for _ in range(2))
    assert one.pieces.ids.tolist() == other.pieces.ids.tolist()
    assert len(one.windows) >= 1


def test_parties_are_signs_in_training_too(pieces_of: WordPieces) -> None:
    """A party of several words is one token, and the labels of its words are those of the sign."""
    found = example(pieces_of, "[GPE=a the {United States}] left.")
    assert words(found) == ["the", "United States", "left", "."]
    assert found.allowed["name"].tolist()[1] == name_masks(("GPE",))[0]
    assert [m.head for m in found.mentions] == [1]
