"""What several test files need: a rich ledger made by hand, the fake reader, the real reader where the pack is."""

from __future__ import annotations

import gc
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from allegedly.ledger.build import build_ledger
from allegedly.records.annotations import (
    Attribution,
    Chain,
    CodedActor,
    Event,
    EventDate,
    EventFactuality,
    EventPlace,
    Link,
    Mention,
    Quantity,
    ResolvedSource,
    SayingDate,
    Sentence,
    Timex,
    Toponym,
    Voice,
)
from allegedly.records.codes import EntityType, MentionKind
from allegedly.records.daterange import DateRange
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.ledger import Ledger
from allegedly.records.place import Place
from allegedly.records.span import Span
from tests.fakes import ORIGIN, RUN, FakeReader
from tests.postgres_server import absence
from tests.web import browsing

# Deadlines measure the machine, not the code; the same examples every time, so that a red run can be repeated.
settings.register_profile(
    "allegedly", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("allegedly")

# What a user of this machine has imported or stored must not change a test.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="allegedly-tests-")

ROOT = Path(__file__).parent.parent
PACK = ROOT / "src" / "allegedly" / "resources" / "pack" / "pack.toml"

TEXT = (
    'NORD — "We hit <b>nothing</b>", Col. Orr said 🔥.\r\n'
    "The militia, he added, denied that drones killed at least 12 villagers near Port Azel on Monday."
)


AZEL = Place("geonames:1", "Azel", 10.5, 20.25, "NRD", population=40_000, region="Azel Coast", radius_km=2.5)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests that need weights or corpora where these are absent."""
    absent = {
        "weights": (not PACK.is_file(), "no model pack in the package"),
        "corpora": (not (ROOT.parent / "shared" / "data").is_dir(), "no ../shared/data"),
        # In CI, where .ci/run installs it, a missing server is a failure and no reason to skip.
        "browser": (bool(browsing.absence()) and os.environ.get("CI") != "true", browsing.absence()),
        "postgres": (bool(absence()) and os.environ.get("CI") != "true", absence()),
    }
    for item in items:
        for name, (missing, reason) in absent.items():
            if missing and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="module", autouse=True)
def steady_collector() -> None:
    """Keep what other test modules left out of the garbage collector's way: timings measure the code, not the heap."""
    gc.collect(1)
    gc.freeze()


@pytest.fixture
def layers() -> Layers:
    """Two sentences with everything: a quote, a nested denial, an event with all arguments."""
    return sample_layers()


@pytest.fixture
def ledger() -> Ledger:
    """The ledger of those layers."""
    return build_ledger(sample_layers(), RUN)


@pytest.fixture
def reader() -> FakeReader:
    """A reader without weights."""
    return FakeReader()


@pytest.fixture(scope="session")
def real_reader() -> Any:
    """The real reader, loaded once; only for tests marked `weights`."""
    from allegedly.reader import load  # noqa: PLC0415  # onnxruntime is loaded by those tests only that need it

    return load()


def span_of(words: str, text: str = TEXT, *, skip: int = 0) -> Span:
    """Give the span of words in a text, the first or, with `skip`, a later one."""
    start = -1
    for _ in range(skip + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def sample_layers(**changes: Any) -> Layers:
    """Build the layers of TEXT; `changes` replaces whole layers, by the lower-case name of the class."""
    document = Document(TEXT, id="sample", published="2024-05-07", publisher="Northwire", language="en")
    outer = "denied that drones killed at least 12 villagers near Port Azel on Monday"
    made: dict[type[Any], list[Any]] = {
        Sentence: [
            Sentence(span=Span(0, TEXT.index("\r\n")), origin=ORIGIN),
            Sentence(span=Span(TEXT.index("The militia"), len(TEXT)), origin=ORIGIN),
        ],
        Attribution: [
            _attribution("k1", ["Col. Orr"], ["said"], ["We hit <b>nothing</b>"], form="direct"),
            _attribution("k2", ["he"], ["added"], ["The militia", outer]),
            _attribution("k3", ["The militia"], ["denied"], [outer[12:]], stance="deny", parent="k2"),
        ],
        Quantity: [
            Quantity(
                span=span_of("at least 12"), origin=ORIGIN, key="n", measure="killed",
                low=12.0, best=None, high=None, qualifier="at_least",
            ),
        ],
        Event: [
            Event(span=span_of("hit"), origin=ORIGIN, key="e1", type="ASSAULT", actors=(span_of("We"),), score=0.5),
            Event(
                span=span_of("killed"), origin=ORIGIN, key="e2", type="ASSAULT", modes=("drone",),
                actors=(span_of("drones"),), recipients=(span_of("villagers"),), places=(span_of("Port Azel"),),
                times=(span_of("on Monday"),), quantities=("n",), score=0.87654321,
            ),
        ],
        Voice: [
            Voice(span=span_of("hit"), origin=ORIGIN, event="e1"),
            Voice(span=span_of("killed"), origin=ORIGIN, event="e2", chain=("k2", "k3")),
        ],
        EventFactuality: [
            EventFactuality(span=span_of("hit"), origin=ORIGIN, event="e1", value="+"),
            EventFactuality(span=span_of("killed"), origin=ORIGIN, event="e2", value="-"),
        ],
    }  # fmt: skip
    made |= _entities(made[Attribution]) | _dates(made[Attribution]) | _places()
    layers = Layers(document)
    for kind, found in made.items():
        layers.add(kind, changes.get(kind.__name__.lower(), found))
    return layers


def _places() -> dict[type[Any], list[Any]]:
    """Say where: the killing near a town, the hit nowhere."""
    return {
        Toponym: [
            Toponym(
                span=span_of("Port Azel"), origin=ORIGIN, score=0.75, key="x", reading="literal", place=AZEL,
                precision="town", radius=2.5, candidates=3, others=("geonames:2",), reason="near-others",
            ),
        ],
        EventPlace: [
            EventPlace(span=span_of("hit"), origin=ORIGIN, event="e1", words=None, toponym=None),
            EventPlace(
                span=span_of("killed"), origin=ORIGIN, event="e2", words=span_of("Port Azel"), toponym="x"
            ),
        ],
    }  # fmt: skip


def _dates(attributions: list[Attribution]) -> dict[type[Any], list[Any]]:
    """Say when: the killing on Monday, the hit and all that was said by the day of publication."""
    monday = DateRange(date(2024, 5, 6), date(2024, 5, 6), "day")
    by_then = DateRange(None, date(2024, 5, 7), "open")
    return {
        Timex: [
            Timex(
                span=span_of("Monday"), origin=ORIGIN, key="t9", type="DATE", value="2024-05-06", days=monday,
                rule="weekday", anchor="publication",
            ),
        ],
        EventDate: [
            EventDate(
                span=span_of("hit"), origin=ORIGIN, event="e1", timex=None, days=by_then, origin_of_days="publication"
            ),
            EventDate(
                span=span_of("killed"), origin=ORIGIN, event="e2", timex="t9", days=monday, origin_of_days="stated"
            ),
        ],
        SayingDate: [
            SayingDate(
                span=a.span, origin=ORIGIN, attribution=a.key, timex=None, days=by_then, origin_of_days="publication"
            )
            for a in attributions
        ],
    }  # fmt: skip


def _entities(attributions: list[Attribution]) -> dict[type[Any], list[Any]]:
    """Say who is mentioned: a colonel by name and as "he", his "we", a militia, its drones, villagers."""
    mentions = [
        _mention("w", "We", "pronoun", "PER"),
        _mention("o", "Col. Orr", "name", "PER", head="Orr", name=span_of("Orr")),
        _mention("m", "The militia", "nominal", "MIL", head="militia"),
        _mention("h", "he", "pronoun", "PER", skip=1),
        _mention("d", "drones", "nominal", "WEA"),
        _mention("v", "villagers", "nominal", "PER"),
    ]
    chains = [
        _chain("cw", "PER", [mentions[0]], members=("co", "cm")),
        _chain("co", "PER", [mentions[1], mentions[3]], role=span_of("Col.")),
        *(_chain(f"c{m.key}", m.type, [m]) for m in (mentions[2], *mentions[4:])),
    ]
    codes = [
        CodedActor(
            span=chain.span, origin=ORIGIN, chain=chain.key, country=None,
            sector="MIL" if chain.key == "co" else None, actor="+orr" if chain.key == "co" else None,
            side="Nord" if chain.key == "co" else None,
            reason="words-alone" if chain.key == "co" else "no-evidence",
        )
        for chain in chains
    ]  # fmt: skip
    sources = {"k1": ("co", "named"), "k2": ("co", "named"), "k3": ("cm", "armed-group")}
    resolved = [
        ResolvedSource(
            span=a.span, origin=ORIGIN, attribution=a.key, chain=sources[a.key][0], type=sources[a.key][1],  # type: ignore[arg-type]
        )
        for a in attributions
    ]  # fmt: skip
    return {Mention: mentions, Chain: chains, CodedActor: codes, ResolvedSource: resolved}


def _mention(
    key: str, words: str, kind: MentionKind, type_: EntityType, *, head: str = "", skip: int = 0,
    name: Span | None = None,
) -> Mention:  # fmt: skip
    span = span_of(words, skip=skip)
    inner = span if not head else Span(span.start + words.index(head), span.start + words.index(head) + len(head))
    return Mention(span=span, origin=ORIGIN, key=key, head=inner, kind=kind, type=type_, name=name)


def _chain(key: str, type_: EntityType, own: list[Mention], **other: Any) -> Chain:
    first, *rest = own
    links = [
        Link(mention=first.key, reason="first"),
        *(Link(mention=m.key, reason="pronoun", antecedent=first.key, score=0.8) for m in rest),
    ]
    name = own[0].name or own[0].span
    return Chain(span=own[0].span, origin=ORIGIN, key=key, type=type_, links=tuple(links), name=name, **other)


def _attribution(key: str, source: list[str], cue: list[str], content: list[str], **other: Any) -> Attribution:
    parts = [tuple(span_of(words, skip=words == "he") for words in role) for role in (source, cue, content)]
    spans = [span for part in parts for span in part]
    values: dict[str, Any] = {"form": "indirect", "stance": "assert", "score": 0.91} | other
    return Attribution(
        span=Span(min(span.start for span in spans), max(span.end for span in spans)),
        origin=ORIGIN, key=key, source=parts[0], cue=parts[1], content=parts[2], **values,
    )  # fmt: skip
