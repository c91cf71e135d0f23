"""Augmentation: texts change, spans keep standing for the same words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.augment import COUNTRIES, augment, edited, exchange_parties, joined, pages
from training.corpora import Annotated
from training.invented.validate import documents, problems_of

EVERY = 12  # of the committed texts every twelfth is tried
SEEDS = st.integers(0, 2**32 - 1)
_FORMS = sorted((re.escape(word) for country in [*COUNTRIES, ["Kiev"]] for word in country), key=len, reverse=True)
_COUNTRY = re.compile(rf"\b(?:{'|'.join(_FORMS)})(?=\b|s\b)")


@cache
def texts() -> tuple[Annotated, ...]:
    """Give a sample of the committed texts."""
    sample = list(documents())[::EVERY]
    return tuple(Annotated(d["id"], d["text"], d["sentences"], d["attributions"], d["events"]) for d in sample)


def spans_of(raw: Annotated) -> list[list[int]]:
    """Give all spans of a text, in an order that does not depend on where they are."""
    out = list(raw.sentences or [])
    for row in [*(raw.attributions or []), *(raw.events or [])]:
        for key in ("source", "cue", "content", "actors", "recipients", "places", "times"):
            out += row.get(key, [])
        out += [row["trigger"]] if "trigger" in row else []
        out += [q["span"] for q in row.get("quantities", [])]
    return out


def words_of(raw: Annotated) -> list[str]:
    """Give the words of all spans."""
    return [raw.text[start:end] for start, end in spans_of(raw)]


def problems(raw: Annotated) -> list[str]:
    """Check a text as the committed files are checked."""
    d = {"text": raw.text, "sentences": raw.sentences, "attributions": raw.attributions, "events": raw.events}
    return list(problems_of(d | {"style": "report"}))


def flattened(words: list[str]) -> list[str]:
    """Make all countries the same."""
    return [_COUNTRY.sub("@", part) for part in words]


def noted(text: str, **rows: Any) -> Annotated:
    """Make a text of one sentence."""
    return Annotated("x", text, [[0, len(text)]], rows.get("attributions", []), rows.get("events", []))


@pytest.mark.parametrize("seed", range(3))
def test_exchanged_parties_keep_all_words(seed: int) -> None:
    """But for the countries, every span of every text holds the words it held."""
    rng = np.random.default_rng(seed)
    for raw in texts():
        found = exchange_parties(raw, rng)
        assert flattened(words_of(found)) == flattened(words_of(raw))


@pytest.mark.parametrize("corpus", ["invented", "ledger_gold"])
@pytest.mark.parametrize("seed", range(2))
def test_augmented_texts_are_sound(seed: int, corpus: str) -> None:
    """Whatever the dice give, spans lie in their sentences and voices hold."""
    rng = np.random.default_rng(seed)
    assert [problem for raw in texts() for problem in problems(augment(raw, rng, corpus=corpus))] == []


@pytest.mark.parametrize("seed", range(30))
def test_letters_that_grow_are_left(seed: int) -> None:
    """Letters whose capitals are two, at the head of words too, do not move offsets."""
    raw = noted("ßen ﬁre ßen at ŉdor", events=[], attributions=[])
    found = augment(raw, np.random.default_rng(seed), corpus="invented")
    assert (len(found.text), found.sentences) == (len(raw.text), raw.sentences)


def test_augmenting_leaves_the_original() -> None:
    """The text that is varied is not changed itself."""
    raw = noted("Iran said Iraq fled.", events=[], attributions=[{"id": "a1", "source": [[0, 4]]}])
    before = (raw.text, [list(s) for s in spans_of(raw)])
    for seed in range(20):
        augment(raw, np.random.default_rng(seed), corpus="invented")
    assert (raw.text, spans_of(raw)) == before


def test_all_forms_of_a_country_change_alike() -> None:
    """Name, adjective and capital go to the same country, everywhere in the text."""
    found = exchange_parties(noted("Iran, Iranian, Tehran, Iranians, Iran"), np.random.default_rng(1)).text
    name, adjective, capital, people, again = found.split(", ")
    assert (name, adjective, capital) in COUNTRIES
    assert (people, again) == (f"{adjective}s", name)


@given(seed=SEEDS)
def test_countries_stay_apart(seed: int) -> None:
    """Two countries never become one, and none of those in the text comes back."""
    found = exchange_parties(noted("Iran and Iraq"), np.random.default_rng(seed)).text.split(" and ")
    assert len({*found, "Iran", "Iraq"}) == 4


@pytest.mark.parametrize("text", ["South Sudan fled", "New Mexico fled", "Romania fled", "chad fled", "Nigerians"])
def test_other_names_are_left(text: str) -> None:
    """Names that only hold a country's name, and words that look like one, are left alone."""
    kept = text != "Nigerians"
    assert (exchange_parties(noted(text), np.random.default_rng(0)).text == text) is kept


@given(
    words=st.lists(st.sampled_from(["a", "bb", "ccc", "dd dd"]), min_size=1, max_size=10),
    chosen=st.dictionaries(st.integers(0, 9), st.sampled_from(["X", "YYYY", "Z Z Z"])),
)
def test_edits_move_spans(words: list[str], chosen: dict[int, str]) -> None:
    """After edits, any run of words stands for the same words, with the replaced ones replaced."""
    edges = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
    text = " ".join(words)
    spans = [[a, b] for a in range(len(words)) for b in range(a, len(words))]
    raw = Annotated("x", text, [[edges[a], edges[b] + len(words[b])] for a, b in spans])
    edits = [(edges[k], edges[k] + len(words[k]), new) for k, new in sorted(chosen.items()) if k < len(words)]
    changed = [chosen.get(k, word) for k, word in enumerate(words)]
    assert words_of(edited(raw, edits)) == [" ".join(changed[a : b + 1]) for a, b in spans]


@pytest.mark.parametrize(
    ("span", "expected"),
    [([4, 8], "Norland"), ([4, 6], "Norland"), ([6, 8], "Norland"), ([0, 6], "the Norland"), ([9, 13], "army")],
)
def test_edges_inside_a_replaced_word(span: list[int], expected: str) -> None:
    """An edge inside a replaced word moves to the word's edge."""
    raw = Annotated("x", "the Iraq army", [span])
    assert words_of(edited(raw, [(4, 8, "Norland")])) == [expected]


def test_edits_move_tags_and_values() -> None:
    """Layers of tokens and values move too."""
    raw = Annotated("x", "Iraq fled", tags={"upos": [(0, 4, "PROPN"), (5, 9, "VERB")]}, values=[(5, 9, 0.5)])
    found = edited(raw, [(0, 4, "Norland")])
    assert (found.tags, found.values) == ({"upos": [(0, 7, "PROPN"), (8, 12, "VERB")]}, [(8, 12, 0.5)])


def test_layers_that_are_absent_stay_absent() -> None:
    """What a corpus does not annotate is not made an empty layer."""
    found = edited(Annotated("x", "Iraq fled"), [(0, 4, "Norland")])
    assert (found.sentences, found.attributions, found.events) == (None, None, None)


@given(numbers=st.lists(st.integers(0, 200), min_size=1, max_size=4))
def test_joined_texts_keep_all_words(numbers: list[int]) -> None:
    """Texts put after one another keep the words of all spans and hold together."""
    raws = [texts()[k % len(texts())] for k in numbers]
    found = joined(raws)
    assert sorted(words_of(found)) == sorted(word for raw in raws for word in words_of(raw))
    assert problems(found) == []


def test_joined_texts_are_paragraphs() -> None:
    """Texts are parted by an empty line."""
    assert joined([noted("One."), noted("Two.")]).text == "One.\n\nTwo."


def test_joined_ids_stay_apart() -> None:
    """Attributions and events of two texts do not share ids, even where the texts are the same."""
    raw = next(raw for raw in texts() if raw.attributions and raw.events)
    rows = [row for part in (joined([raw, raw]),) for row in [*(part.attributions or []), *(part.events or [])]]
    assert len({row["id"] for row in rows}) == len(rows) == 2 * len([*(raw.attributions or []), *(raw.events or [])])


def test_one_text_is_itself() -> None:
    """A text alone is not changed."""
    raw = texts()[0]
    assert joined([raw]) is raw


@given(seed=SEEDS, share=st.sampled_from([0.0, 0.5, 1.0]))
def test_pages_lose_no_text(seed: int, share: float) -> None:
    """Shuffled and joined, all texts are still there."""
    raws = [noted(f"Text{k}x.") for k in range(15)]
    found = pages(raws, np.random.default_rng(seed), share)
    assert sorted(part for raw in found for part in raw.text.split("\n\n")) == sorted(raw.text for raw in raws)


def test_long_texts_stay_alone() -> None:
    """A text that is long is never joined."""
    raws = [noted("x" * 600) for _ in range(9)]
    assert len(pages(raws, np.random.default_rng(0), 1.0)) == 9
