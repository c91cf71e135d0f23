"""The table in the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.ledger.build import build_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.render.table import render_table
from tests.fakes import RUN, fake_layers


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "x.txt | 146 characters | English | published Tue 2024-05-07 | Northwire |",
        "1 Orr asserts We hit <b>nothing</b> quote 8-29 Col.",
        "3 The militia denies drones killed at least 12 villagers near Port Azel on Monday in 2 85-145 armed group",
        "v1 ASSAULT happened",
        "voice Northwire (its own voice)",
        "v2 ASSAULT/drone did not happen",
        "voice 2 Orr > 3 The militia",
        "where Port Azel: Azel, Azel Coast, NRD (town, within 2 km; near other places of the",
        'killed 12 or more ("at least 12")',
        "IN THE REPORT'S OWN VOICE",
        "3 claims | 2 sources, 1 named | 2 events | 1 in the report's own voice",
        "machine-read, nothing here has been checked by a person",
        "when Monday: 2024-05-06 (counted from publication)",
        'Col., "he"',
        "Orr > The militia",
        "who did it We (= Orr; The militia)",
        "# who country sector side mentions type no code because",
        "e2 Orr - MIL Nord 2 person Col.",
        "e1 We - - - 1 person nothing is known = Orr; The militia",
    ],
)
def test_shows(words: str, ledger: Ledger) -> None:
    """Claims, events, voices, numbers and the closing line are there."""
    assert words in _squeezed(render_table(ledger, name="x.txt"))


def test_frame_is_ascii(ledger: Ledger) -> None:
    """Without a terminal all that is not the report's own words is plain ASCII."""
    assert render_table(ledger).isascii()


def test_keeps_words_of_any_script() -> None:
    """The report's words keep their characters."""
    ledger = build_ledger(fake_layers(Document("Міністр said армія killed 3 цивільних.")), RUN)
    assert "Міністр" in render_table(ledger)


def test_a_terminal_gets_styles(ledger: Ledger) -> None:
    """On a terminal there are styles and typographic signs."""
    page = render_table(ledger, color=True, width=120)
    assert ("\x1b[" in page, "8–29" in page) == (True, True)


@pytest.mark.parametrize("width", [1, 60, 80, 200])
def test_fits_the_width(width: int, ledger: Ledger) -> None:
    """On a terminal no table line is wider than asked for, down to the narrowest layout."""
    rows = render_table(ledger, width=width, color=True).split("WHO SAYS WHAT")[1].split("note:")[0]
    plain = list(rows.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "").splitlines())
    assert max(map(len, plain)) <= max(width, 60)


def test_nothing_found() -> None:
    """An empty ledger says so in each part."""
    page = render_table(build_ledger(fake_layers(Document("Rain.")), RUN))
    wanted = [
        "nobody is quoted",
        "no event of a coded type",
        "nothing of a coded type",
        "0 claims",
        "publisher unknown",
    ]
    assert [words for words in wanted if words not in page] == []


def test_no_control_signs() -> None:
    """A text cannot move the cursor or turn the line round."""
    text = "Evil\x1b[31m\u202e man said army killed 3\x07 people."
    page = render_table(build_ledger(fake_layers(Document(text)), RUN), name="a\x1b]0;b\x07.txt")
    assert [sign for sign in page if not sign.isprintable() and sign != "\n"] == []


def test_no_markup() -> None:
    """Square brackets of a text are words, not styles."""
    page = render_table(build_ledger(fake_layers(Document("[bold]Orr[/] said army killed 3 people.")), RUN))
    assert "[bold]Orr[/]" in page


def test_unnamed_source(ledger: Ledger) -> None:
    """A claim whose source is not named says so and counts as no source."""
    rows = tuple(replace(row, source=(), source_entity=None, source_type=None) for row in ledger.attributions)
    page = render_table(replace(ledger, attributions=rows))
    assert ("(not named)" in page, "0 sources, 0 named" in page) == (True, True)


def test_things_are_not_who(ledger: Ledger) -> None:
    """A weapon that acts is in the events and not among those who are somebody, unless words are attributed to it."""
    names = ledger.entities[3].name
    spoken = replace(ledger.attributions[2], source_entity="e4")
    speaking = replace(ledger, attributions=(*ledger.attributions[:2], spoken))
    found = [render_table(item).split("WHO IS WHO")[1].split("note:")[0] for item in (ledger, speaking)]
    assert (names, [False, True]) == ("drones", ["drones" in part for part in found])


def test_little_room(ledger: Ledger) -> None:
    """On a narrow terminal the who-is-who leaves types and reasons out, so that names stay whole."""
    part = render_table(ledger, width=70).split("WHO IS WHO")[1].split("note:")[0]
    assert ("The militia" in part, "armed force" in part, "no code because" in part) == (True, False, False)


def test_without_entities(ledger: Ledger) -> None:
    """Rows without entities keep their words."""
    rows = tuple(replace(row, source_entity=None, source_type=None) for row in ledger.attributions)
    page = _squeezed(render_table(replace(ledger, attributions=rows, events=(), entities=(), mentions=())))
    wanted = ["1 Col. Orr asserts", "2 he asserts", "nobody speaks or acts", "3 sources, 0 named"]
    assert [words for words in wanted if words not in page] == []
