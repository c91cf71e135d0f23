"""An entity and a mention, explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.records.ledger import Ledger
from allegedly.render.show_entity import code_lines, entity_lines, mention_lines

SENTENCE = "The militia, [mention: he] added, denied that drones killed at least 12 villagers near Port Azel on Monday."


def test_an_entity(ledger: Ledger) -> None:
    """Role, codes with their reason, every mention with its link, all that it says."""
    assert entity_lines(ledger, ledger.entities[1]) == [
        "e2  Orr (person)",
        "",
        "role      Col.",
        "country   -",
        "sector    MIL",
        "side      Nord",
        "actor     +orr",
        "coded by  no country in its words",
        "member of e1 We",
        "",
        "MENTIONS  2",
        "  m2    first mention",
        '        NORD — "We hit <b>nothing</b>", [mention: Col. Orr] said 🔥.',
        "  m4    likeliest for the pronoun",
        f"        {SENTENCE}",
        "",
        "SAYS",
        "  a1    asserts: We hit <b>nothing</b>",
        "  a2    asserts: The militia ... denied that drones killed at least 12 villagers near Port Azel on Monday",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "members   Orr; The militia"),
        (0, '  v1    ASSAULT "hit": happened, voice Northwire (its own voice)'),
        (0, "DOES"),
        (4, "IS DONE TO IT"),
        (4, '  v2    ASSAULT/drone "killed": did not happen, voice 2 Orr > 3 The militia'),
    ],
)
def test_what_it_does(number: int, words: str, ledger: Ledger) -> None:
    """Members, what an entity does and what is done to it are listed with the voice."""
    assert words in entity_lines(ledger, ledger.entities[number])


def test_a_mention(ledger: Ledger) -> None:
    """A mention stands in its sentence, with its entity, the reason of the link, the codes."""
    assert mention_lines(ledger, ledger.mentions[3]) == [
        'm4  "he" (pronoun, person)',
        "",
        f"  {SENTENCE}",
        "",
        "entity    e2 Orr",
        "because   likeliest for the pronoun",
        "role      Col.",
        "country   -",
        "sector    MIL",
        "side      Nord",
        "actor     +orr",
        "coded by  no country in its words",
        "offsets   words 63-65; head 63-65",
    ]


def test_a_mention_of_nobody(ledger: Ledger) -> None:
    """A mention without an entity says so."""
    assert "entity    -" in mention_lines(ledger, replace(ledger.mentions[3], entity=None, reason=""))


def test_reasons_of_other_versions(ledger: Ledger) -> None:
    """A reason that this version does not know is shown as it is, and harmless."""
    entity = replace(ledger.entities[1], reason="by\x1bmagic")
    assert code_lines(entity)[-1] == "coded by  by\ufffdmagic"
