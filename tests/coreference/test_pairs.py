"""Candidates and features of pairs: in range, the same for training and product, linear in the text."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.coreference import pairs as engine
from allegedly.coreference.items import INNER_TYPES, Item
from allegedly.coreference.pairs import (
    FURTHER,
    NEAREST,
    OFFSETS,
    PRONOUN_NEAREST,
    TABLE_SIZES,
    distance_bucket,
    gap_bucket,
    make_pairs,
    quote_numbers,
)
from tests.coreference.marked import pairs_of, read


@pytest.mark.parametrize(
    ("marked", "match"),
    [
        ("[PER=a Omar Taal] … [PER=a Omar Taal]", engine.WHOLE),
        ("[PER=a Omar Taal] … [PER=a Mr. ^Taal]", engine.NAME_PART),
        ("[ORG=a United Front] … [ORG=a UF]", engine.IS_ACRONYM),
        ("[ORG=a UF] … [ORG=a United Front]", engine.IS_ACRONYM),
        ("[GPE=a Norland] … [NORP=a Norlandic]", engine.STEM),
        ("[PER=a Omar Taal] … [PER=b Lina Taal]", engine.NAME_OVERLAP),
        ("[PER=a Omar Taal] … [PER=b Lina Orr]", engine.NAMES_APART),
        ("[MIL~a the ^rebels] … [MIL~a the ^rebels]", engine.WHOLE),
        ("[MIL~a the northern ^rebels] … [MIL~a the ^rebels]", engine.HEAD_AND_MORE),
        ("[MIL~a northern ^rebels] … [MIL~b southern ^rebels]", engine.HEAD_ONLY),
        ("[MIL~a a ^rebel] … [MIL~a the ^rebels]", engine.STEM),
        ("[MIL~a the ^rebels] … [MIL~b an ^army]", engine.NO_MATCH),
        ("[PER*a he] … [PER*a he]", engine.WHOLE),
        ("[PER*a he] … [PER*a his]", engine.NO_MATCH),
        ("[PER=a Omar] … [PER*a he]", engine.NO_MATCH),
    ],
)
def test_how_words_match(marked: str, match: int) -> None:
    """Two mentions match by name, acronym, head or not at all."""
    _, pairs = pairs_of(read(marked))
    assert pairs.match.tolist() == [match]


def items_of(size: int, kind: int = 1) -> tuple[str, list[Item]]:
    """Make a text of so many mentions, each word its own."""
    words = [f"w{chr(97 + k % 26)}{k}" for k in range(size)]
    starts = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
    items = [
        Item(start, start + len(word), (start, start + len(word)), kind, 0)
        for start, word in zip(starts, words, strict=False)
    ]
    return " ".join(words), items


@pytest.mark.parametrize(("kind", "most"), [(1, NEAREST), (2, PRONOUN_NEAREST)])
def test_the_nearest_are_candidates(kind: int, most: int) -> None:
    """A mention looks at so many before it, in order of the text."""
    text, items = items_of(60, kind)
    zeros = np.zeros(len(items), np.int64)
    _, pairs = make_pairs(text, items, zeros, zeros)
    assert pairs.antecedent[pairs.anaphor == 59].tolist() == list(range(59 - most, 59))
    assert np.bincount(pairs.anaphor, minlength=60)[:3].tolist() == [0, 1, 2]


def test_those_further_back_share_words() -> None:
    """Beyond the nearest, the last few that share a word of the name are candidates."""
    filler = "".join(f"[MIL~x{k} unit^u{k}] " for k in range(NEAREST))
    case = read("[PER=a Omar Taal] " * 12 + filler.replace("unit", "") + "[PER=a Taal]")
    _, pairs = pairs_of(case)
    last = len(case.items) - 1
    far = [j for j in pairs.antecedent[pairs.anaphor == last].tolist() if j < last - NEAREST]
    assert far == list(range(12 - FURTHER, 12))


@pytest.mark.parametrize(
    "marked", ["[PER=a Omar]", "[PER=a Omar] [PER*a he]", "“[PER*a I],” said [PER=a Omar], [PER~a the ^man]."]
)
def test_features_are_rows_of_their_tables(marked: str) -> None:
    """Each of the five features lies in its own part of the joint table."""
    _, pairs = pairs_of(read(marked))
    assert pairs.features.shape == (len(pairs.anaphor), len(TABLE_SIZES))
    assert ((pairs.features >= OFFSETS) & (pairs.features < OFFSETS + np.array(TABLE_SIZES))).all()


@given(st.data())
def test_any_features_are_in_range(data: st.DataObject) -> None:
    """Whatever kinds, types, nesting, distances and quotations, the features are rows of the table."""
    words = data.draw(
        st.lists(st.sampled_from("Omar the he I , “ both U.N. 🔥 women Orr's".split()), min_size=2, max_size=20)
    )
    text = " ".join(words)
    starts = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
    items = []
    for k in range(len(words)):
        first, last = data.draw(st.integers(0, k)), data.draw(st.integers(k, len(words) - 1))
        head = (starts[k], starts[k] + len(words[k]))
        kind = data.draw(st.integers(0, 2))
        type_ = data.draw(st.integers(0, len(INNER_TYPES) - 1))
        items.append(Item(starts[first], starts[last] + len(words[last]), head, kind, type_, None if kind else head))
    sentence = np.sort(data.draw(st.lists(st.integers(0, 40), min_size=len(items), max_size=len(items))))
    quote = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(items), max_size=len(items))), np.int64)
    _, pairs = make_pairs(text, items, sentence, quote)
    assert ((pairs.features >= OFFSETS) & (pairs.features < OFFSETS + np.array(TABLE_SIZES))).all()
    assert (pairs.antecedent < pairs.anaphor).all()
    assert (np.diff(pairs.anaphor) >= 0).all()


@pytest.mark.parametrize(
    ("marked", "apposed"),
    [
        ("[PER~a the ^spokesman, [PER=b Omar Taal]]", 1), ("[PER=a Omar Taal], [PER~b the ^spokesman]", 1),
        ("[PER=a Omar Taal] met [PER~b the ^spokesman]", 0), ("[PER~a the ^man], [PER~b the ^spokesman]", 0),
    ],
)  # fmt: skip
def test_apposition(marked: str, apposed: int) -> None:
    """A name and a description parted by a comma, or one inside the other, may be apposed."""
    _, pairs = pairs_of(read(marked))
    assert ((pairs.features[0, 4] - OFFSETS[4]) // 6) % 2 == apposed


@pytest.mark.parametrize(
    ("distances", "expected"), [([0, 1, 2, 3, 4, 5, 7, 8, 12, 13, 999], [0, 1, 2, 3, 4, 5, 5, 6, 6, 7, 7])]
)
def test_sentences_apart(distances: list[int], expected: list[int]) -> None:
    """Distances in sentences are exact to 4 and then coarse."""
    assert distance_bucket(np.array(distances)).tolist() == expected


def test_mentions_apart() -> None:
    """Distances in mentions rise through ten buckets."""
    found = gap_bucket(np.arange(1, 200)).tolist()
    assert (found == sorted(found), set(found)) == (True, set(range(10)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a “b” c “d” e", [0, 1, 0, 2, 0]), ('a "b" c "d" e', [0, 1, 0, 2, 0]), ("“a b c d e", [1, 1, 1, 1, 1]),
        ("a ”b c d e", [0, 0, 0, 0, 0]), ("", []),
    ],
)  # fmt: skip
def test_numbers_of_quotations(text: str, expected: list[int]) -> None:
    """Quotations are numbered in order; outside is 0; what is not closed goes on."""
    offsets = [k for k, sign in enumerate(text) if sign.isalpha()]
    assert quote_numbers(text, offsets).tolist() == expected


def test_time_is_linear() -> None:
    """Twice the mentions take about twice the time, all of one name or each of its own."""
    for words in ("Omar Taal said the army of Norland hit the rebels; he denied it. ",):
        seconds = []
        for size in (300, 600):
            case = read("".join(f"[PER=a {w}] " for w in words.split()[:5] * size))
            begin = perf_counter()
            pairs_of(case)
            seconds.append(perf_counter() - begin)
        assert seconds[1] < 4 * seconds[0] + 0.1
