"""Names beside the words as printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.ledger.build import build_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import ArgumentRow, EntityRow, Ledger
from allegedly.render import names
from tests.fakes import RUN, fake_layers


def _entity(name: str, role: str | None = None) -> EntityRow:
    return EntityRow("e1", name, "PER", None, None, None, (), role=role)


def _printed(text: str, words: str, entity: EntityRow) -> str:
    ledger = build_ledger(fake_layers(Document(text)), RUN)
    start = text.index(words)
    return names.printed_words(ledger, entity, ((start, start + len(words)),))


@pytest.mark.parametrize(
    ("words", "name", "role", "expected"),
    [
        ("Idris Taal", "Idris Taal", None, ""),
        ("IDRIS TAAL", "Idris Taal", None, ""),
        ("the Southern Front", "Southern Front", None, ""),
        ("Ardia's", "Ardia", None, ""),
        ("Colonel Orr", "Orr", "Colonel", ""),
        ("the group's spokesman, Idris Taal", "Idris Taal", "the group's spokesman, Idris Taal", ""),
        ("he", "Idris Taal", None, "he"),
        ("the Front", "Southern Front", None, "the Front"),
        ("the spokesman", "Idris Taal", "the spokesman", "the spokesman"),
        ("Idris Taal and others", "Idris Taal", None, "Idris Taal and others"),
        ("إدريس", "Idris Taal", None, "إدريس"),
        ("the 🔥 Front", "🔥 Front", None, ""),
    ],
)
def test_printed_words(words: str, name: str, role: str | None, expected: str) -> None:
    """Printed words are shown unless they are the name, but for articles, a genitive and the role."""
    assert _printed(f"Then {words} left.", words, _entity(name, role)) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Southern Front left.", "Front", ""),
        ("The Southern Front left. Their Front fell.", "Their Front", "Their Front"),
        ("Southern Front. Front", "Front", ""),
    ],
)
def test_a_part_of_the_name_is_no_other_name(text: str, words: str, expected: str) -> None:
    """A span that is narrower than the name printed around it has nothing to add."""
    assert _printed(text, words, _entity("Southern Front")) == expected


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("Orr", None, ""),
        ("Orr", "Colonel", "Colonel"),
        ("Idris Taal", "the group's spokesman, Idris Taal", "the group's spokesman"),
        ("Idris Taal", "Idris Taal, its spokesman", "its spokesman"),
        ("Orr", "the\r\n colonel ", "the colonel"),
        ("", "Colonel", "Colonel"),
    ],
)
def test_roles(name: str, role: str | None, expected: str) -> None:
    """A role is shown without the name that may stand in its phrase."""
    assert names.role_words(_entity(name, role)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, ["Col."]), (1, ['Col., "he"']), (2, ["armed group", "Orr > The militia"])],
)
def test_notes_of_a_source(number: int, expected: list[str], ledger: Ledger) -> None:
    """Below a source stand its role or kind, its words as printed, and the chain of voices of a nested one."""
    assert names.source_notes(ledger, ledger.attributions[number]) == expected


def test_a_role_is_not_said_twice(ledger: Ledger) -> None:
    """Where the printed words are the role, they stand there once, in quotation marks."""
    entity = replace(ledger.entities[1], role="he")
    changed = replace(ledger, entities=(ledger.entities[0], entity, *ledger.entities[2:]))
    assert names.source_notes(changed, changed.attributions[1]) == ['"he"']


@pytest.mark.parametrize(("key", "expected"), [("e1", "We (= Orr; The militia)"), ("e2", 'Orr ("We")'), (None, "We")])
def test_arguments(key: str | None, expected: str, ledger: Ledger) -> None:
    """Who takes part has a name, the words as printed, and members if it stands for several."""
    assert names.argument_label(ledger, ArgumentRow(ledger.events[0].actors[0].span, key)) == expected


def test_a_plural_pronoun(ledger: Ledger) -> None:
    """Printed words and members stand side by side."""
    entity = replace(ledger.entities[0], name="both sides")
    changed = replace(ledger, entities=(entity, *ledger.entities[1:]))
    assert names.argument_label(changed, changed.events[0].actors[0]) == 'both sides ("We" = Orr; The militia)'


def test_who_is_who(ledger: Ledger) -> None:
    """Those who speak, act or suffer, with members, without things."""
    assert [entity.id for entity in names.who_is_who(ledger)] == ["e1", "e2", "e3", "e5"]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([("front", "front"), (None, None)], ["itself", ""]),
        ([("front", "front"), ("wing", "front")], ["front", "front"]),
        ([(None, "ABC"), (None, "\x1b")], ["ABC", "\ufffd"]),
    ],
)
def test_sides(sides: list[tuple[str | None, str | None]], expected: list[str]) -> None:
    """A side is shown as it is; one that nobody else is on and that is the actor itself is a label."""
    entities = [
        replace(_entity("N"), id=f"e{number}", actor=actor, side=side) for number, (actor, side) in enumerate(sides, 1)
    ]
    assert list(names.side_labels(entities).values()) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"country": "SDN", "sector": "MIL"}, ""),
        ({"sector": "IGO", "actor": "x"}, ""),
        ({"sector": "MIL", "reason": "words-alone"}, "no country in its words"),
        ({"country": "SDN", "reason": "country-alone"}, "only a country in its words"),
        ({"reason": "no-evidence"}, "nothing is known"),
        ({"reason": "several"}, "stands for several"),
    ],
)
def test_why_uncoded(codes: dict[str, str], expected: str) -> None:
    """A missing code has its reason; an international body of the table lacks none."""
    assert names.why_uncoded(replace(_entity("N"), **codes)) == expected  # type: ignore[arg-type]  # codes as text


def test_sources_count_once(ledger: Ledger) -> None:
    """A source that speaks as a name and as a pronoun is one source."""
    assert names.count_sources(ledger) == (2, 1)
