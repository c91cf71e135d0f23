"""Labels of names and mentions as far as a corpus knows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.coreference.items import INNER_TYPES, NAME_TYPES, PRONOUN
from training.entities import (
    EVERY_MENTION,
    EVERY_NAME,
    Marked,
    guess_head,
    m2e2_labels,
    mention_mask,
    name_masks,
    one_a_head,
    rough_sentences,
    without_title,
)


def bits(mask: int) -> list[int]:
    """Give the numbers of the labels in a set."""
    return [k for k in range(mask.bit_length()) if mask >> k & 1]


def test_a_set_of_mention_labels() -> None:
    """A set holds a label for each kind and type; label 0 is no mention."""
    size = len(INNER_TYPES)
    assert bits(mention_mask(("PER", "ORG"))) == [1, 2, 1 + size, 2 + size, 1 + 2 * size, 2 + 2 * size]
    assert bits(mention_mask(("GPE",), (PRONOUN,))) == [1 + PRONOUN * size + INNER_TYPES.index("GPE")]


def test_sets_of_name_labels() -> None:
    """First and further tokens of a name have sets of their own."""
    assert tuple(map(bits, name_masks(("PER", "MISC")))) == ([1, 21], [2, 22])


def test_all_labels() -> None:
    """The set of all labels leaves none out."""
    assert (bits(EVERY_MENTION), bits(EVERY_NAME)) == (
        list(range(1 + 3 * len(INNER_TYPES))), list(range(1 + 2 * len(NAME_TYPES))),
    )  # fmt: skip
    assert bits(mention_mask(INNER_TYPES) | 1) == bits(EVERY_MENTION)


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the rebels of the north", "rebels"), ("rebels", "rebels"), ("the army's chief", "chief"),
        ("the army’s", "army"), ("the man who fled", "man"), ("the chief, a colonel", "chief"), ("🔥", "🔥"),
    ],
)  # fmt: skip
def test_heads_of_descriptions(phrase: str, head: str) -> None:
    """The head of a description is the last word before what modifies it."""
    start, end = guess_head(phrase, 0, len(phrase), person_name=False, name=False)
    assert phrase[start:end] == head


@pytest.mark.parametrize(("name", "head"), [("Gen. Omar Taal", "Omar"), ("Omar", "Omar"), ("Mr", "Mr")])
def test_heads_of_people(name: str, head: str) -> None:
    """A person's name is headed by its first word behind the titles."""
    start, end = guess_head(name, 0, len(name), person_name=True, name=True)
    assert name[start:end] == head


@pytest.mark.parametrize(
    ("name", "expected"), [("Gen. Omar Taal", "Omar Taal"), ("Omar", "Omar"), ("General", "General"), ("🔥", "🔥")]
)
def test_without_title(name: str, expected: str) -> None:
    """Titles are cut off, but never the whole name."""
    start, end = without_title(name, 0, len(name))
    assert name[start:end] == expected


def test_one_mention_a_head() -> None:
    """Of mentions with one head the shortest stays, and order is that of the heads."""
    wide, narrow = Marked(0, 20, (4, 8), 1, ("PER",)), Marked(4, 8, (4, 8), 0, ("PER",))
    other = Marked(0, 3, (0, 3), 0, ("ORG",))
    assert one_a_head([wide, narrow, other]) == [other, narrow]


def test_m2e2_knows_heads_only() -> None:
    """Machine-made entities give heads of that type, no phrases, and say nothing of other words."""
    labels = m2e2_labels("two masked men fled", [(0, 14, "PER"), (15, 19, "Time")])
    (mention,) = labels.mentions
    assert (mention.head, mention.whole, mention.kind, labels.other_mentions) == ((11, 14), False, None, EVERY_MENTION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left. ", "She stayed."]),
        ("Mr. Taal left. “No,” he said.", ["Mr. Taal left. ", "“No,” he said."]),
        ("The U.S. Army left.\n\nIt rained.", ["The U.S. Army left.\n\n", "It rained."]),
        ("Gen. Taal", ["Gen. Taal"]), ("", []), ("\n", []),
    ],
)  # fmt: skip
def test_rough_sentences(text: str, expected: list[str]) -> None:
    """A stop and a capital end a sentence, short titles do not."""
    assert [text[start:end] for start, end in rough_sentences(text)] == expected


@given(st.text(max_size=80))
def test_rough_sentences_follow_one_another(text: str) -> None:
    """Sentences never overlap, and no letter stands outside."""
    spans = rough_sentences(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    covered = {k for start, end in spans for k in range(start, end)}
    assert [sign for k, sign in enumerate(text) if sign.isalnum() and k not in covered] == []
