"""Toponyms: what the encoder's names become, what the document says of them, and the model on its rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from allegedly.annotators.toponyms import Toponyms, named_spans
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.readings import ReadingModel
from allegedly.records.annotations import Mention, Toponym
from allegedly.records.span import Span
from tests.fakes import ORIGIN
from tests.scripted_network import Script

Scripts = Callable[..., Script]
TEXT = "Kyiv said shells hit Kharkiv and Veldra"
MODEL = ReadingModel("sha256:test", np.ones(1, np.float32), 100.0)


def toponyms(play: Script) -> list[tuple[str, str, str | None]]:
    """Give words, reading and country of each toponym."""
    found = play.read().layers[Toponym]
    return [(one.span.of(play.text), one.reading, one.place.country if one.place else None) for one in found]


def scripted(script: Scripts) -> Script:
    """Script three names, the first of which speaks."""
    play = script(TEXT)
    for name in ("Kyiv", "Kharkiv", "Veldra"):
        play.mention(name, "name", "GPE", name=name)
    play.attribution("Kyiv", "said", "shells hit Kharkiv and Veldra")
    return play


def test_names_become_toponyms(script: Scripts) -> None:
    """Who speaks is a government, what is hit a place; the unknown name is kept with its reason."""
    play = scripted(script)
    assert toponyms(play) == [("Kyiv", "government", "UKR"), ("Kharkiv", "literal", "UKR"), ("Veldra", "literal", None)]
    last = play.read().layers[Toponym][-1]
    assert (last.key, last.reason, last.candidates, last.score) == ("p3", "unresolved-unknown-name", 0, 0.0)
    assert (last.precision, last.radius, last.others) == (None, None, ())


def test_all_is_filled(script: Scripts) -> None:
    """A resolved toponym says which place it is, how surely, and what else it may be."""
    first = scripted(script).read().layers[Toponym][0]
    assert first.place is not None
    assert (first.place.name, first.precision, first.radius) == ("Kyiv", "town", first.place.radius_km)
    assert 0.5 < first.score <= 1
    assert first.candidates >= 1


@pytest.mark.parametrize(("role", "expected"), [("actors", "government"), ("places", "literal")])
def test_what_a_name_does(role: str, expected: str, script: Scripts) -> None:
    """An actor stands for a government; where something happens is a place."""
    play = script("Kharkiv shelled them")
    play.mention("Kharkiv", "name", "GPE", name="Kharkiv")
    play.trigger("shelled", "ASSAULT")
    play.argument("shelled", role, "Kharkiv")
    assert toponyms(play) == [("Kharkiv", expected, "UKR")]


def test_a_name_that_modifies(script: Scripts) -> None:
    """Before the head of a longer phrase a government is an adjective."""
    play = script("Kharkiv officials shelled them")
    play.mention("Kharkiv", "name", "GPE", name="Kharkiv")
    play.mention("Kharkiv officials", "nominal", "PER", head="officials")
    play.trigger("shelled", "ASSAULT")
    play.argument("shelled", "actors", "Kharkiv")
    (found,) = toponyms(play)
    assert found[0] == "Kharkiv"
    assert found[1] in {"adjective", "government"}


@pytest.mark.parametrize(
    ("model", "pack", "expected"),
    [(MODEL, MODEL.pack, "government"), (MODEL, "sha256:another", "literal"), (None, MODEL.pack, "literal")],
)
def test_the_model_is_for_its_pack(model: ReadingModel | None, pack: str, expected: str, script: Scripts) -> None:
    """Weights for other rows are not used."""
    play = script("shells hit Kharkiv")
    play.mention("Kharkiv", "name", "GPE", name="Kharkiv")
    annotator = Toponyms(Gazetteer.open(), model, pack)
    found = annotator.annotate(play.read())[Toponym]
    assert [one.reading for one in found if isinstance(one, Toponym)] == [expected]


def test_names_proper_of_mentions() -> None:
    """Names that overlap are cut to the longest; mentions without a name give none."""
    spans = [(0, 9, "ORG"), (0, 4, "GPE"), (12, 15, "GPE")]
    mentions = [
        Mention(span=Span(a, z), origin=ORIGIN, key=f"m{k}", head=Span(a, z), kind="name", type=kind, name=Span(a, z))  # type: ignore[arg-type]
        for k, (a, z, kind) in enumerate(spans)
    ]
    mentions.append(Mention(span=Span(20, 22), origin=ORIGIN, key="m9", head=Span(20, 22), kind="nominal", type="PER"))
    assert named_spans(mentions) == [(0, 9, "ORG"), (12, 15, "GPE")]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing(text: str, script: Scripts) -> None:
    """A text without words has no toponyms."""
    assert script(text).read().layers[Toponym] == ()
