"""Resolved sources: readers, what counts as the right one, and both tasks, on invented input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bench.corpora import Corpus
from bench.found import Found, FoundChain, FoundSource, Pair
from bench.readers.gum import Chained
from bench.readers.resolved import NamedSource, chained_sources, named_sources
from bench.rivals.capitals import find_sources
from bench.tasks.resolution import (
    Verdict,
    best_chain,
    finds_name,
    judge_chain,
    judge_source,
    name_places,
    run_given_sources,
    run_gum_sources,
    run_ledger_sources,
    stands_at,
)

TEXT = "Foreign Minister Idris Taal of Veldra met the head of the Karveli court. He said the court erred."


def span(words: str, text: str = TEXT, skip: int = 0) -> Pair:
    """Give the span of words."""
    start = -1
    for _ in range(skip + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def found(words: str, head: str = "", kind: str = "name", type_: str = "PER", text: str = TEXT) -> Found:
    """Make a mention; its head is its last word unless given."""
    start, end = span(words, text)
    at = start + words.index(head) if head else start + words.rindex(" ") + 1 if " " in words else start
    return Found((start, end), (at, at + len(head) if head else end), kind, type_)


HE = found("He", kind="pronoun")
CASE = NamedSource((span("He"),), (span("said"),), "Idris Taal")


def test_only_sources_with_another_name_are_cases() -> None:
    """A source that is the name itself, has no name or no words, is no case."""
    text = "Orr said he left. It fell, he said."
    rows = [
        {"source": [[9, 11]], "cue": [[4, 8]], "source_name": "Orr"},
        {"source": [[0, 3]], "cue": [[4, 8]], "source_name": "orr"},
        {"source": [[0, 3]], "cue": [[4, 8]], "source_name": None},
        {"source": [], "cue": [[4, 8]], "source_name": "Orr"},
    ]
    cases = named_sources({"text": text, "attributions": rows})
    assert cases == [NamedSource(((9, 11),), ((4, 8),), "Orr")]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Idris Taal", "Taal"),
        ("the head of the Karveli court", "head"),
        ("Idris Taal of Veldra", "Taal"),
        ("Foreign Minister Idris Taal", "Taal"),
    ],
)
def test_the_head_of_a_name_is_its_last_word_before_a_modifier(name: str, head: str) -> None:
    """Of "the head of the court" it is "head"."""
    assert [TEXT[slice(*at)] for _, at in name_places(TEXT, name)] == [head]


@pytest.mark.parametrize("name", ["Somebody Else", "…", "", "(?"])
def test_names_that_do_not_stand_in_the_text_have_no_place(name: str) -> None:
    """Signs and strange words are looked for literally."""
    assert list(name_places(TEXT, name)) == []


@pytest.mark.parametrize(
    ("mention", "name", "expected"),
    [
        (found("Idris Taal"), "Idris Taal", True),
        (found("Idris Taal of Veldra", head="Idris"), "Idris Taal", True),
        (found("Foreign Minister Idris Taal", head="Minister"), "Idris Taal", True),
        (found("Foreign Minister Idris Taal", head="Taal"), "Idris Taal", True),
        (found("Idris Taal"), "Foreign Minister Idris Taal", True),
        (found("Veldra"), "Idris Taal of Veldra", False),
        (found("Foreign Minister", head="Minister"), "Foreign Minister Idris Taal", False),
        (found("the head of the Karveli court", head="head"), "the Karveli court", False),
        (found("the Karveli court"), "the head of the Karveli court", False),
        (found("Karveli"), "the Karveli court", False),
        (found("the head of the Karveli court", head="head"), "the head of the Karveli court", True),
        (HE, "Idris Taal", False),
    ],
)
def test_a_mention_stands_where_the_name_stands(mention: Found, name: str, *, expected: bool) -> None:
    """Titles before a name do no harm; a phrase around or inside it is another one."""
    assert any(stands_at(TEXT, mention, *place) for place in name_places(TEXT, name)) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([], Verdict(attributed=False)),
        ([FoundSource((span("Veldra"),), CASE.cue)], Verdict(attributed=False)),
        ([FoundSource(CASE.source, (span("erred"),))], Verdict(attributed=False)),
        ([FoundSource(CASE.source, CASE.cue)], Verdict(taken_for="nobody")),
        ([FoundSource(CASE.source, CASE.cue, "Karveli", (HE, found("Karveli")))], Verdict(taken_for="Karveli")),
        (
            [FoundSource(CASE.source, CASE.cue, "Idris Taal", (HE, found("Idris Taal")))],
            Verdict(right=True, taken_for="Idris Taal"),
        ),
        (
            [FoundSource((span("e said"),), CASE.cue), FoundSource(CASE.source, CASE.cue, "T", (found("Idris Taal"),))],
            Verdict(right=True, taken_for="T"),
        ),
        ([FoundSource(CASE.source, CASE.cue, "both", (HE,), (found("Idris Taal"),))], Verdict(taken_for="both")),
    ],
)
def test_the_attribution_that_fits_best_is_judged(answer: list[FoundSource], expected: Verdict) -> None:
    """It must touch source and cue; an unresolved source is wrong; members count only where the name holds several."""
    assert judge_source(TEXT, CASE, answer) == expected


def test_a_member_will_do_where_the_name_holds_several() -> None:
    """Where the source is "they", it may be resolved to all who are named."""
    text = "Orr and Taal left. They said nothing."
    case = NamedSource((span("They", text),), (span("said", text),), "Orr and Taal")
    answer = FoundSource(case.source, case.cue, "They", (), (found("Orr", text=text),))
    assert judge_source(text, case, [answer]).right


def test_missing_cues_agree() -> None:
    """A run-on quotation has no cue on either side."""
    case = NamedSource(CASE.source, (), CASE.name)
    assert judge_source(TEXT, case, [FoundSource(CASE.source, ())]).attributed
    assert not judge_source(TEXT, case, [FoundSource(CASE.source, CASE.cue)]).attributed


RIGHT = FoundChain("PER", (found("Idris Taal"), HE))
WRONG = FoundChain("ORG", (found("the Karveli court"), HE))


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ([RIGHT], Verdict(right=True, taken_for="Idris Taal")),
        ([WRONG], Verdict(taken_for="the Karveli court")),
        ([], Verdict(taken_for="nobody")),
        ([FoundChain("PER", (found("Idris Taal"),))], Verdict(taken_for="nobody")),
    ],
)
def test_chains_are_judged_where_the_source_is_given(chains: list[FoundChain], expected: Verdict) -> None:
    """The chain with a mention on the source counts; without one nobody is named."""
    assert judge_chain(TEXT, CASE, chains) == expected


def test_the_chain_that_fits_best_is_taken() -> None:
    """Of nested mentions the one with most in common with the source counts."""
    outer = FoundChain("PER", (found("the head of the Karveli court", head="head"),))
    inner = FoundChain("ORG", (found("the Karveli court"),))
    assert best_chain(span("the Karveli court"), [outer, inner]) is inner
    assert best_chain(span("the head of the Karveli court"), [inner, outer]) is outer


LEDGER = {
    "id": "d", "text": TEXT,
    "attributions": [{"source": [list(span("He"))], "cue": [list(span("said"))], "source_name": "Idris Taal"}],
}  # fmt: skip


def test_ledgers_are_scored_with_and_without_given_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares of right cases, of all and of those that were attributed; what is wrong is listed."""
    monkeypatch.setattr(Corpus, "lines", lambda _: iter([LEDGER, {**LEDGER, "attributions": []}]))
    result = run_ledger_sources(lambda _: [])["resolution, ledger"]
    assert result.figures == {"right": 0.0, "right where attributed": 0.0}
    assert result.failures[0] == "d: 'He' is 'Idris Taal', not 'no attribution'"
    given = run_given_sources(lambda _: [RIGHT])["resolution, ledger with gold sources"]
    assert given.figures == {"right": 100.0, "right where attributed": 100.0}
    assert (given.details["pronouns"], given.details["cases"], given.failures) == (100.0, 2, ())


CHAINED = Chained("GUM_news_x", "news", TEXT, {"1": [found("Idris Taal", head="Idris"), HE], "2": [found("Veldra")]})


@pytest.mark.parametrize(
    ("source", "cluster", "expected"),
    [("He", "1", 1), ("He", "9", 0), ("Idris Taal", "1", 0), ("Veldra", "2", 0), ("said", "1", 0)],
)
def test_cases_of_gum_have_a_name_elsewhere(source: str, cluster: str, expected: int) -> None:
    """A source that is a name, stands in no chain, or is no mention, is no case."""
    row = {"attributions": [{"source": [list(span(source))], "source_entity": {"cluster": cluster}}]}
    assert len(chained_sources(row, CHAINED)) == expected


def test_a_source_without_entity_is_no_case() -> None:
    """Some sources of the corpus have no chain at all."""
    assert chained_sources({"attributions": [{"source": [list(span("He"))]}]}, CHAINED) == []


@pytest.mark.parametrize(("chains", "expected"), [([RIGHT], True), ([WRONG], False), ([], False)])
def test_a_name_of_the_gold_chain_must_be_found(chains: list[FoundChain], *, expected: bool) -> None:
    """One name of the gold chain is enough, wherever its head is seen."""
    row = {"attributions": [{"source": [list(span("He"))], "source_entity": {"cluster": "1"}}]}
    (case,) = chained_sources(row, CHAINED)
    assert finds_name(case, [*chains]) is expected


def _gum(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Give the invented document as GUM's dev split and as its attributions."""
    mentions = [(m, key) for key, chain in CHAINED.chains.items() for m in chain]
    entities = [
        {"s": m.span[0], "e": m.span[1], "hs": m.head[0], "he": m.head[1], "etype": "person", "grp": key,
         "kind": {"name": "name", "pronoun": "pron"}[m.kind]}
        for m, key in mentions
    ]  # fmt: skip
    source = {"source": [list(span("He"))], "source_entity": {"cluster": "1"}}
    rows = {
        "gum_dev": {"doc": CHAINED.id, "genre": "news", "text": TEXT, "entities": entities},
        "gum_attribution_news": {"text": TEXT, "attributions": [source]},
    }
    return iter([rows[corpus.name]] if corpus.name in rows else [])


def test_gum_is_scored_by_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dev and test make the figure, train stands beside it; kinds of sources are told apart."""
    monkeypatch.setattr(Corpus, "lines", _gum)
    result = run_gum_sources(lambda _: [WRONG])["resolution, GUM"]
    assert result.figures == {"right": 0.0}
    assert result.details == {"pronoun": 0.0, "cases": 1, "train": 0.0, "cases in train": 0}
    assert result.failures == ("GUM_news_x: 'He' is Idris Taal",)


def test_the_baseline_takes_the_nearest_name_before() -> None:
    """A pronoun is the name before it; a name is itself."""
    text = 'Idris Taal came. "We never hit the town," he said. "They left," Mina Sol said.'
    assert [(source.name, text[slice(*source.source[0])]) for source in find_sources(text)] == [
        ("Idris Taal", "he"),
        ("Mina Sol", "Mina Sol"),
    ]


@pytest.mark.corpora
def test_the_real_cases_are_there() -> None:
    """The corpora give the cases that the documentation speaks of."""
    assert run_ledger_sources(lambda _: [])["resolution, ledger"].details["cases"] == 38
    assert run_gum_sources(lambda _: [])["resolution, GUM"].details["cases"] == 17
