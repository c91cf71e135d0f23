"""Our pipeline behind the bench's interface: what the layers give, what hooks add, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from allegedly.annotators.base import Reading
from allegedly.encoder.encode import Encoder
from allegedly.metrics.mentions import TypedSpan
from allegedly.pipeline import Pipeline
from allegedly.records.annotations import (
    Annotation,
    Attribution,
    Chain,
    CodedActor,
    Link,
    Mention,
    ResolvedSource,
)
from allegedly.records.span import Span
from bench.details import larger_jobs, measure
from bench.details import main as details
from bench.entities import HOOKS, capabilities, share_of
from bench.found import Codes, Found, FoundChain, FoundSource
from bench.rivals import capitals
from bench.systems import System, system_of
from bench.tasks import Result, by_group, f1_of, f1_of_all, right_or_wrong
from bench.tasks.everything import CAPABILITIES, jobs_of, missing_in
from tests.fakes import ORIGIN

TEXT = "Gen. Orr left. He and Taal said: both lost."
LAYERS = (Mention, Chain, ResolvedSource, CodedActor, Attribution)


def span(words: str) -> Span:
    """Give the span of words."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def mention(key: str, words: str, kind: Any = "name", name: str | None = None) -> Mention:
    """Make a person's mention whose head is its last word."""
    whole = span(words)
    head = span(words.rsplit(maxsplit=1)[-1])
    return Mention(
        span=whole, origin=ORIGIN, key=key, head=head, kind=kind, type="PER", name=span(name) if name else None
    )


MENTIONS = [
    mention("m1", "Gen. Orr", name="Orr"), mention("m2", "He", "pronoun"), mention("m3", "Taal", name="Taal"),
    mention("m4", "both", "pronoun"),
]  # fmt: skip


def chain(key: str, name: str, *mentions: str, members: tuple[str, ...] = ()) -> Chain:
    """Make a chain."""
    links = tuple(Link(mention=m, reason="first") for m in mentions)
    return Chain(span=span(name), origin=ORIGIN, key=key, type="PER", links=links, name=span(name), members=members)


FOUND: dict[type[Annotation], list[Any]] = {
    Mention: MENTIONS,
    Chain: [chain("e1", "Orr", "m1", "m2"), chain("e2", "Taal", "m3"), chain("e3", "both", "m4", members=("e1", "e2"))],
    Attribution: [
        Attribution(
            span=span("Taal said: both lost"), origin=ORIGIN, key=key, source=source, cue=(span("said"),),
            content=(span("both lost"),), form="indirect", stance="assert",
        )
        for key, source in (("a1", (span("both"),)), ("a2", ()))
    ],
    ResolvedSource: [
        ResolvedSource(span=span("Taal said: both lost"), origin=ORIGIN, attribution="a1", chain="e3", type="named"),
        ResolvedSource(span=span("Taal said: both lost"), origin=ORIGIN, attribution="a2", chain=None, type=None),
    ],
    CodedActor: [
        CodedActor(
            span=span(name), origin=ORIGIN, chain=key, country=country, sector=sector, actor=None, side=None, reason="x"
        )
        for name, key, country, sector in (("Orr", "e1", "RUS", "MIL"), ("Taal", "e2", None, None))
    ],
}  # fmt: skip


class Scripted:
    """An annotator that writes layers made by hand; hooks are set on it by the tests."""

    name, version, requires = "scripted", "1", frozenset[type[Annotation]]()

    def __init__(self, *provides: type[Annotation], **hooks: Any) -> None:
        self.provides = frozenset(provides)
        self.seen: list[str | None] = []
        for name, hook in hooks.items():
            setattr(self, name, hook)

    def annotate(self, reading: Reading) -> Mapping[type[Annotation], Iterable[Annotation]]:
        """Give the layers."""
        self.seen.append(reading.layers.document.published)
        return {kind: FOUND[kind] for kind in self.provides}


def pipeline(*provides: type[Annotation], **hooks: Any) -> Pipeline:
    """Make a pipeline of one annotator."""
    return Pipeline([Scripted(*provides, **hooks)], cast("Encoder", None))


@pytest.mark.parametrize(
    ("provides", "hooks", "expected"),
    [
        ((), (), set()),
        ((Mention,), (), {"names", "mentions"}),
        ((Mention, Chain), (), {"names", "mentions", "chains"}),
        (LAYERS, (), {"names", "mentions", "chains", "sources", "code"}),
        ((), tuple(HOOKS), {"names", "mentions", "chains", "chains_of"}),
    ],
)
def test_a_pipeline_offers_what_its_annotators_provide(
    provides: tuple[type[Annotation], ...], hooks: tuple[str, ...], expected: set[str]
) -> None:
    """What no annotator gives is not run, and is named as missing."""
    run = pipeline(*provides, **dict.fromkeys(hooks, lambda *_: []))
    assert set(capabilities(run)) == expected
    missing = missing_in(system_of(run, "0", lambda _: []))
    assert set(missing) == set(CAPABILITIES) - expected - {"attributions", "clusters", "ledgers", "sentences", "times"}


def ours(*provides: type[Annotation], **hooks: Any) -> System:
    """Give our system on such a pipeline."""
    return system_of(pipeline(*provides, **hooks), "0", lambda _: [])


def call(ability: Any, *given: Any) -> Any:
    """Use an ability that must be there."""
    assert ability is not None
    return ability(*given)


def test_names_come_from_the_layer_without_titles() -> None:
    """The name proper counts; pronouns have none."""
    names = call(ours(Mention).names, TEXT)
    assert names == [TypedSpan(5, 8, "PER"), TypedSpan(22, 26, "PER")]


def test_names_come_from_the_hook_where_there_is_one() -> None:
    """It knows names that are no entities of the ledger."""
    assert call(ours(Mention, names=lambda _: [(Span(0, 3), "MISC")]).names, TEXT) == [TypedSpan(0, 3, "MISC")]


def test_mentions_and_chains_come_from_the_layers() -> None:
    """Single mentions are chains, too."""
    system = ours(Mention, Chain)
    mentions = call(system.mentions, TEXT)
    assert mentions[0] == Found((0, 8), (5, 8), "name", "PER")
    assert call(system.chains, TEXT) == [
        FoundChain("PER", tuple(mentions[:2])), FoundChain("PER", (mentions[2],)), FoundChain("PER", (mentions[3],)),
    ]  # fmt: skip


def test_mentions_and_chains_come_from_hooks_where_there_are_some() -> None:
    """Types beyond the ledger's pass through; given mentions are handed on."""
    event: Any = SimpleNamespace(span=Span(9, 13), head=Span(9, 13), kind="nominal", type="EVENT")
    given: list[Sequence[Mention]] = []

    def chains_of(_: Reading, mentions: Sequence[Mention]) -> list[Sequence[Mention]]:
        given.append(mentions)
        return [mentions]

    system = ours(Mention, Chain, all_mentions=lambda _: [event], all_chains=lambda _: [[event]], chains_of=chains_of)
    found = Found((9, 13), (9, 13), "nominal", "EVENT")
    assert call(system.mentions, TEXT) == [found]
    assert call(system.chains, TEXT) == [FoundChain("EVENT", (found,))]
    assert call(system.chains_of, TEXT, [found]) == [FoundChain("EVENT", (found,))]
    assert [[(m.span, m.head, m.kind, m.type) for m in mentions] for mentions in given] == [
        [(Span(9, 13), Span(9, 13), "nominal", "EVENT")]
    ]


def test_sources_carry_their_entity_and_its_members() -> None:
    """A plural entity names its members; an unresolved source has no name."""
    first, second = call(ours(*LAYERS).sources, TEXT)
    assert (first.name, len(first.mentions), len(first.members)) == ("both", 1, 3)
    assert second == FoundSource((), ((27, 31),))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Gen. Orr", Codes("RUS", "MIL")),
        ("Orr", Codes("RUS", "MIL")),
        ("He", Codes("RUS", "MIL")),
        ("Taal", Codes(None, None)),
        ("both", Codes(None, None)),
        ("Gen.", Codes(None, None)),
        ("left", Codes(None, None)),
    ],
)
def test_words_are_coded_by_the_chain_they_belong_to(words: str, expected: Codes) -> None:
    """The mention whose head lies in the words decides; without one nothing is coded."""
    assert call(ours(*LAYERS).code, TEXT, (span(words).start, span(words).end), None) == expected


def test_the_publication_date_is_handed_on() -> None:
    """Codes may depend on the day."""
    scripted = Scripted(*LAYERS)
    code = capabilities(Pipeline([scripted], cast("Encoder", None)))["code"]
    code(TEXT, (0, 8), "2024-03-11")
    assert scripted.seen == ["2024-03-11"]


def test_a_mention_fits_a_span_by_what_they_share() -> None:
    """Nothing is shared if the head lies outside."""
    found = Found((0, 8), (5, 8), "name", "PER")
    assert [share_of(place, found) for place in ((0, 8), (5, 8), (0, 4))] == [1.0, 3 / 8, 0.0]


def test_every_ability_has_its_job() -> None:
    """A system that can do all runs all tasks; one that can do nothing runs none."""
    everything = System("x", "0", **dict.fromkeys(CAPABILITIES, lambda *_: []))  # type: ignore[arg-type]
    assert len(jobs_of(everything)) == 18
    assert jobs_of(System("x", "0")) == {}


def test_groups_are_scored_apart() -> None:
    """Each group sums its own documents."""
    scores = [{"right": right_or_wrong(right=right)} for right in (True, False, True)]
    assert by_group(scores, ["b", "a", "b"], f1_of("right")) == {"a": 0.0, "b": 100.0}
    assert f1_of_all(["right", "never"])(scores[0]) == 100.0


def test_details_show_figures_and_failures(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything of a task is printed, and what the system lacks is said."""
    result = Result("t", (), [], {"right": 50.0}, details={"by genre": 12.5}, failures=("a1 is wrong",))
    monkeypatch.setattr("bench.details.jobs_of", lambda _: {"t": lambda: {"t": result}})
    assert details(["t", "--rival", "capitals"]) == 0
    assert details(["other", "--rival", "capitals"]) == 2
    assert details(["--list", "--rival", "capitals"]) == 0
    shown = capsys.readouterr()
    assert all(words in shown.out for words in ("50.0", "by genre", "- a1 is wrong", "lacks: attributions"))
    assert "nothing to run" in shown.err


def test_only_the_jobs_asked_for_are_run() -> None:
    """A job is named by how it begins."""
    assert measure(capitals.load(), ["no such job"]) == {}


def test_larger_sets_stand_in_for_the_jobs_of_the_gate() -> None:
    """Each has the name of the job that it replaces; a system without abilities has none."""
    assert set(larger_jobs(capitals.load())) <= set(jobs_of(capitals.load()))
    assert larger_jobs(System("x", "0")) == {}
