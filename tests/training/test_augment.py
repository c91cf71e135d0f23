"""Augmentation: texts change, spans keep standing for the same words."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.augment import augment, joined, pages
from training.corpora import Annotated
from training.invented.validate import documents, problems_of

EVERY = 12  # of the committed texts every twelfth is tried
SEEDS = st.integers(0, 2**32 - 1)


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


def noted(text: str, **rows: Any) -> Annotated:
    """Make a text of one sentence."""
    return Annotated("x", text, [[0, len(text)]], rows.get("attributions", []), rows.get("events", []))


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
