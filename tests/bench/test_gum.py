"""Mentions and coreference on GUM: reader, maps of types, tasks, baselines, on an invented document."""

from __future__ import annotations

from typing import Any

import pytest

from allegedly.metrics.coreference import conll_f1
from bench.corpora import Corpus
from bench.found import Found, FoundChain
from bench.readers.gum import Chained, parse_gum, read_gum, trim_end, typed_mentions
from bench.rivals.capitals import find_chains
from bench.rivals.string_match import chain_mentions
from bench.tasks.coreference import NEAREST, found_chains, gold_chains, run_coreference
from bench.tasks.mentions import GUM_TYPES, map_types, run_mentions, score_document

TEXT = "Orr's army left Karveli. It fled, Orr said."
ROWS = [  # words, head, type, kind, chain
    ("Orr's army", "army", "organization", "nom", "1"),
    ("Orr's", "Orr", "person", "name", "2"),
    ("Karveli", "Karveli", "place", "name", "3"),
    ("It", "It", "organization", "pron", "1"),
    ("Orr said", "Orr", "person", "name", "2"),
]
OURS = {"organization": "MIL", "person": "PER", "place": "GPE"}


def row() -> dict[str, Any]:
    """Make the document in the form of the corpus."""
    entities = []
    end = 0
    for place, head, kind, form, chain in ROWS:
        start = TEXT.index(place, end if place in {"It", "Orr said"} else 0)
        words = place.removesuffix(" said")
        at = start + words.index(head)
        entities.append(
            {
                "s": start, "e": start + len(words), "hs": at, "he": at + len(head), "etype": kind, "kind": form,
                "grp": chain,
            }
        )  # fmt: skip
        end = start
    return {"doc": "GUM_news_x", "genre": "news", "text": TEXT, "entities": entities}


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Chained:
    """The invented document, which also stands in for GUM dev."""
    monkeypatch.setattr(Corpus, "lines", lambda _: iter([row()]))
    return read_gum()[0]


def ours(document: Chained) -> list[FoundChain]:
    """Give the gold chains with our types."""
    return [
        FoundChain(OURS[chain[0].type], tuple(mention._replace(type=OURS[mention.type]) for mention in chain))
        for chain in document.chains.values()
    ]


def test_mentions_and_chains_are_read() -> None:
    """Mentions come in order of the text, outer ones first, with kinds in our words."""
    document = parse_gum(row())
    assert [TEXT[slice(*mention.span)] for mention in document.mentions] == [
        "Orr's army",
        "Orr's",
        "Karveli",
        "It",
        "Orr",
    ]
    assert [mention.kind for mention in document.mentions] == ["nominal", "name", "name", "pronoun", "name"]
    assert [len(chain) for chain in document.chains.values()] == [2, 2, 1]


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        ("Orr's", (0, 3), "Orr"),
        ("the rebels’", (4, 10), "the rebels"),
        ("the army,", (4, 8), "the army"),
        ("the U.S.", (4, 8), "the U.S."),
        ("'s", (0, 2), "'s"),
        ("Taal's", (0, 6), "Taal's"),
        ("", (0, 0), ""),
    ],
)
def test_possessive_signs_are_left_out(words: str, head: tuple[int, int], expected: str) -> None:
    """The sign and loose punctuation go, a full stop of an abbreviation and the head stay."""
    start, end = trim_end(words, Found((0, len(words)), head, "name", "person"))
    assert words[start:end] == expected


def test_both_sides_are_trimmed(document: Chained) -> None:
    """A system may put the sign inside or not."""
    bare = [mention._replace(span=trim_end(TEXT, mention)) for mention in document.mentions]
    assert typed_mentions(TEXT, bare) == typed_mentions(TEXT, document.mentions)


def test_every_type_of_ours_is_mapped() -> None:
    """All ten types of GUM can be reached, and what is given with gold mentions maps back."""
    assert {GUM_TYPES[kind] for kind in NEAREST.values()} == set(NEAREST) == set(GUM_TYPES.values())
    assert all(GUM_TYPES[NEAREST[kind]] == kind for kind in NEAREST)


def test_an_unknown_type_is_a_fault_of_the_adapter() -> None:
    """No type is dropped in silence."""
    with pytest.raises(KeyError):
        map_types([Found((0, 3), (0, 3), "name", "PERSON")])


def test_the_gold_as_answer_is_perfect(document: Chained) -> None:
    """Read through our types, the gold mentions score 100 on all figures, in its genre and its types."""
    answer = [mention for chain in ours(document) for mention in chain.mentions]
    result = run_mentions(lambda _: answer)["mentions, GUM"]
    assert set(result.figures.values()) == {100.0}
    assert (result.details["news"], result.details["person"], result.details["plant"]) == (100.0, 100.0, 0.0)


def test_types_outside_the_ledger_do_not_weigh_on_its_figure(document: Chained) -> None:
    """A wrong event counts against all types, not against persons, organizations and places."""
    answer = [mention for chain in ours(document) for mention in chain.mentions]
    scores = score_document(document, [*answer, Found((11, 15), (11, 15), "nominal", "EVENT")])
    assert (scores["mention"].predicted, scores["mention person"].predicted) == (6, 2)


def test_chains_are_scored_in_all_and_for_actors(document: Chained) -> None:
    """The gold chains as answer score 100 in every part, and also with gold mentions given."""
    results = run_coreference(lambda _: ours(document), lambda _, mentions: chain_mentions(TEXT, mentions))
    parts = ("", ", actors", ", actors and places")
    assert [results[f"coreference, GUM{part}"].figures["CoNLL"] for part in parts] == [100.0, 100.0, 100.0]
    assert results["coreference, GUM"].details == {"news": 100.0, "with single mentions": 100.0}
    assert results["coreference, GUM with gold mentions"].figures["linked"] > 0


def test_without_that_ability_gold_mentions_are_not_given(document: Chained) -> None:
    """What a system cannot do is left out, not counted as zero."""
    results = run_coreference(lambda _: ours(document))
    assert [task for task in results if "gold mentions" in task] == []


def test_actors_are_chosen_by_their_own_type(document: Chained) -> None:
    """A found chain of a wrong type is missing among the actors: gold is never asked what it is."""
    chains = [FoundChain("GPE", chain.mentions) if chain.type == "MIL" else chain for chain in ours(document)]
    actors = frozenset(("person", "organization"))
    assert (len(gold_chains(document, actors)), len(found_chains(chains, actors))) == (2, 1)


def mention(words: str, kind: str, type_: str = "PER", text: str = TEXT, skip: int = 0) -> Found:
    """Make a one-word mention of a text."""
    start = -1
    for _ in range(skip + 1):
        start = text.index(words, start + 1)
    return Found((start, start + len(words)), (start, start + len(words)), kind, type_)


def test_the_baseline_joins_equal_words_and_near_pronouns() -> None:
    """The same name is the same; "it" takes the nearest thing, "he" the nearest person; all mentions are kept."""
    text = "Orr left Karveli. He said it fell. Orr wept."
    found = [
        mention("Orr", "name", text=text), mention("Karveli", "name", "GPE", text), mention("He", "pronoun", text=text),
        mention("it", "pronoun", "ORG", text), mention("Orr", "name", text=text, skip=1),
    ]  # fmt: skip
    chains = chain_mentions(text, found)
    assert [[text[slice(*m.span)] for m in chain.mentions] for chain in chains] == [
        ["Orr", "He", "Orr"],
        ["Karveli", "it"],
    ]
    assert [chain.type for chain in chains] == ["PER", "GPE"]


@pytest.mark.parametrize("text", ["", "🔥", "he", "مرحبا", "He said.\r\nIt fell."])
def test_the_baseline_bears_any_text(text: str) -> None:
    """Every mention of the baseline stands in one chain, inside the text."""
    chains = find_chains(text)
    assert all(0 <= m.span[0] < m.span[1] <= len(text) for chain in chains for m in chain.mentions)


@pytest.mark.corpora
def test_gum_itself_is_perfect() -> None:
    """On the real file, reading the gold as answer gives 100 throughout."""
    back = {text.text: text for text in read_gum()}

    def chains(text: str) -> list[FoundChain]:
        return [
            FoundChain(NEAREST[chain[0].type], tuple(m._replace(type=NEAREST[m.type]) for m in chain))
            for chain in back[text].chains.values()
        ]

    results = run_coreference(chains)
    results |= run_mentions(lambda text: [m for chain in chains(text) for m in chain.mentions])
    assert {value for result in results.values() for value in result.figures.values()} == {100.0}
    assert conll_f1(results["coreference, GUM"].documents[0]) == 100.0
