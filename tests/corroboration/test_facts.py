"""What reports are about, as far as words tell."""

from __future__ import annotations

from allegedly.corroboration.facts import Facts, are_other_events, find_facts, likeness, share
from allegedly.corroboration.words import split_text


def _facts(text: str) -> Facts:
    return find_facts(text, split_text(text))


def test_names_numbers_days_and_topics() -> None:
    """Names stand with a capital inside a sentence; figures written out count; years do not."""
    facts = _facts("On Tuesday in Karveli, twelve of 40 miners were buried in 2024. Rescuers came.")
    assert (facts.names, facts.numbers, facts.days) == ({"karveli"}, {"12", "40"}, {"tue"})
    assert {"miners", "buried", "rescue"} <= facts.topics


def test_transliterations_agree() -> None:
    """Common spellings of one name are one name."""
    assert _facts("He met Zelensky.").names == _facts("He met Zelenskyy.").names


def test_other_events_of_one_form() -> None:
    """Daily figures in the same words are of other events; a correction is of the same."""
    monday = _facts("In Kolm, the army of Ardania shot down 12 of 15 drones on Monday, it said.")
    friday = _facts("In Zerin, the army of Ardania shot down 31 of 40 drones on Friday, it said.")
    corrected = _facts("In Kolm, the army of Ardania shot down 13 of 16 drones on Monday, it said.")
    assert are_other_events(monday, friday)
    assert not are_other_events(monday, corrected)


def test_shares() -> None:
    """An empty set is no difference."""
    assert share(frozenset("ab"), frozenset("bcd")) == 0.5
    assert share(frozenset(), frozenset("a")) == 1.0


def test_likeness() -> None:
    """A rewrite is like its report, another report of the same country is not."""
    wire = _facts("Police in Port Lano fired tear gas on Saturday; opposition leader Teo Vanua spoke of 4 dead.")
    rewrite = _facts(
        "Four people died in Port Lano on Saturday, opposition leader Teo Vanua says, after tear gas was fired."
    )
    other = _facts("The port authority of Port Lano raised fees for ferries by 9 percent on Friday, its head said.")
    assert likeness(wire, rewrite) > 0.6
    assert likeness(wire, other) < 0.4
