"""The shipped measures give the figures of the project's shared scorers, on random, invented and real input."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest

from allegedly.metrics import macro_f1, score_attributions, score_bio, score_ledgers, speech_attributions
from allegedly.metrics.attribution import ROLES
from allegedly.metrics.ledger import flatten_ledger
from allegedly.metrics.spans import Score
from bench.corpora import shared_folder
from bench.readers.polnear import read_speech_words

pytestmark = pytest.mark.corpora

HALF_A_DIGIT = 0.0500001  # the shared scorers round to one decimal
WORDS = ("Orr", "said", "the", "rebels", "denied", "that", "“", "”", ",", ".", "shelling", "12", "Karveli", "—")
ROW: dict[str, Any] = {"stance": "assert", "parent": None}


def scorer(name: str) -> ModuleType:
    """Load a shared scorer from its file."""
    spec = importlib.util.spec_from_file_location(name, shared_folder() / "bench" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_text(chance: random.Random) -> str:
    """Make a text of words and signs, now and then without blanks."""
    return "".join(chance.choice(WORDS) + chance.choice((" ", " ", " ", "")) for _ in range(40))


def random_spans(chance: random.Random, size: int, most: int = 2) -> list[list[int]]:
    """Make up to `most` spans."""
    starts = sorted(chance.sample(range(size - 12), chance.randint(0, most)))
    return [[start, start + chance.randint(1, 12)] for start in starts]


def random_rows(chance: random.Random, size: int, base: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Make attributions, some of them close to those of `base`."""
    rows: list[dict[str, Any]] = []
    for number in range(chance.randint(0, 7)):
        row = {role: random_spans(chance, size) for role in ROLES}
        row["content"] = row["content"] or [[3, 9]]
        if base and chance.random() < 0.7:
            row = {role: [list(span) for span in chance.choice(base)[role]] for role in ROLES}
            row["source"] = row["source"][: chance.randint(0, 2)]
        rows.append({**row, "id": f"a{number}", "stance": chance.choice(("assert", "deny"))})
    return rows


def random_events(chance: random.Random, size: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make events in the form of a gold file."""
    spans = lambda: random_spans(chance, size)  # noqa: E731
    return [
        {
            "trigger": [start := chance.randint(0, 20) * 4, start + chance.randint(1, 8)],
            "type": chance.choice(("ASSAULT", "HARM")),
            "actors": spans(),
            "recipients": spans(),
            "places": spans(),
            "times": spans(),
            "quantities": [
                {"measure": chance.choice(("killed", "injured")), "span": span, "qualifier": "exact"}
                for span in spans()
            ],
            "voice": [row["id"] for row in chance.sample(rows, min(len(rows), chance.randint(0, 2)))],
            "factuality": chance.choice("+-?>"),
        }
        for _ in range(chance.randint(0, 6))
    ]


def random_ledger(chance: random.Random, text: str, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """Make a ledger in the form of a gold file."""
    rows = random_rows(chance, len(text), base["attributions"] if base else None)
    events = random_events(chance, len(text), rows)
    if base:
        known = {row["id"] for row in rows}
        kept = [event for event in base["events"] if chance.random() < 0.6]
        events += [{**event, "voice": [key for key in event["voice"] if key in known]} for event in kept]
    return {"id": "r", "text": text, "attributions": rows, "events": events}


def real_documents(path: str, most: int) -> Iterator[dict[str, Any]]:
    """Read documents of a shared corpus."""
    with gzip.open(shared_folder() / "data" / path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(most), lines, strict=False):
            yield json.loads(line)


def noised(chance: random.Random, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop some attributions, shift spans of others."""
    return [
        {**row, **{role: [[s, e + chance.choice((0, 0, 0, 1, 7))] for s, e in row[role]] for role in ROLES}}
        for row in rows
        if chance.random() < 0.8
    ]


def assert_same(score: Score, expected: Mapping[str, float]) -> None:
    """Compare counts exactly and figures up to the other's rounding."""
    low = {key.lower(): value for key, value in expected.items()}
    assert (score.gold, score.predicted) == (low["gold"], low["pred"])
    assert score.precision == pytest.approx(low["p"], abs=HALF_A_DIGIT)
    assert score.recall == pytest.approx(low["r"], abs=HALF_A_DIGIT)
    assert score.f1 == pytest.approx(low["f1"], abs=HALF_A_DIGIT)


@pytest.mark.parametrize("seed", range(20))
def test_random_attributions(seed: int) -> None:
    """Every measure of every role and of triples agrees on random documents."""
    chance = random.Random(seed)  # noqa: S311
    texts = [random_text(chance) for _ in range(8)]
    golds = [random_rows(chance, len(text)) for text in texts]
    items = [(text, gold, random_rows(chance, len(text), gold)) for text, gold in zip(texts, golds, strict=True)]
    expected, found = scorer("score_attribution").score_docs(items), score_attributions(items)
    assert found.keys() == expected.keys()
    for measure, figures in expected.items():
        assert_same(found[measure], figures)


@pytest.mark.parametrize("cues", ["all", "speech"])
def test_real_attributions_with_noise(cues: str) -> None:
    """Real articles against noised versions of themselves give the same figures, all cues or speech only."""
    chance = random.Random(3)  # noqa: S311
    rows = [
        (d["text"], d["attributions"], noised(chance, d["attributions"]))
        for d in real_documents("polnear/dev.jsonl.gz", 12)
    ]
    module = scorer("score_attribution")
    if cues == "speech":
        module.SPEECH = words = read_speech_words()  # its own reading of the file leaves it open
        theirs = [(t, module.speech_only(t, g), module.speech_only(t, p)) for t, g, p in rows]
        rows = [(t, speech_attributions(t, g, words), speech_attributions(t, p, words)) for t, g, p in rows]
        assert rows == theirs
    found = score_attributions(rows)
    for measure, figures in module.score_docs(rows).items():
        assert_same(found[measure], figures)


@pytest.mark.parametrize("seed", range(20))
def test_random_labels(seed: int) -> None:
    """Protocol A agrees on random label sequences, broken ones included."""
    chance = random.Random(seed)  # noqa: S311
    tags = ["O", *(f"{letter}-{role}" for letter in "BI" for role in ROLES)]
    pairs = [([chance.choice(tags) for _ in range(30)], [chance.choice(tags) for _ in range(30)]) for _ in range(20)]
    expected, (scores, overlaps) = scorer("score_attribution").score_bio(pairs), score_bio(pairs)
    for measure, score in scores.items():
        assert_same(score, expected[measure])
    for role in ROLES:
        assert overlaps[role] == pytest.approx(expected[f"jaccard_{role}"], abs=HALF_A_DIGIT)


@pytest.mark.parametrize("seed", range(30))
def test_random_ledgers(seed: int) -> None:
    """Every measure agrees on random ledgers."""
    chance = random.Random(seed)  # noqa: S311
    golds = [random_ledger(chance, random_text(chance)) for _ in range(8)]
    pairs = [(gold, random_ledger(chance, gold["text"], gold)) for gold in golds]
    assert_same_ledgers(pairs)


@pytest.mark.parametrize("corpus", ["ledger_gold", "ledger_invented"])
def test_real_ledgers_with_noise(corpus: str) -> None:
    """Gold ledgers against noised versions of themselves give the same figures."""
    chance = random.Random(5)  # noqa: S311
    golds = list(real_documents(f"{corpus}/dev.jsonl.gz", 60))
    pairs = []
    for gold in golds:
        rows = noised(chance, gold["attributions"])
        events = [
            {**event, "type": chance.choice((event["type"], "HARM")), "actors": event["actors"][:1]}
            for event in gold["events"]
            if chance.random() < 0.8
        ]
        pairs.append((gold, {**gold, "attributions": rows, "events": events}))
    assert_same_ledgers(pairs)


def test_our_own_json_is_flattened_alike(ledger: Any) -> None:
    """A ledger's JSON comes out in the same gold form."""
    row = json.loads(json.dumps(ledger.to_dict()))
    expected = scorer("score_ledger").normal(row)
    found = flatten_ledger(row)
    assert {key: found[key] for key in ("id", "text")} == {key: expected[key] for key in ("id", "text")}
    for one, other in zip(found["events"], expected["events"], strict=True):
        assert {key: list(one[key]) if isinstance(other[key], list) else one[key] for key in other} == other
    assert_same_ledgers([(expected, row)])


def assert_same_ledgers(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Compare all measures of both scorers."""
    module = scorer("score_ledger")
    expected = module.score([module.normal(gold) for gold, _ in pairs], [module.normal(found) for _, found in pairs])
    scores = score_ledgers(pairs)
    macro = expected.pop("factuality macro-F1")
    assert macro_f1(scores) == pytest.approx(macro, abs=0.11)  # it averages rounded figures, then rounds again
    for measure, figures in expected.items():
        assert_same(scores[measure], figures)
