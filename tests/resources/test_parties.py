"""Names of parties that the encoder reads as signs: what is one, what is not, and that all parties are alike."""

from __future__ import annotations

import re
from collections import Counter
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.resources.parties import FORMS, KINDS, LEAVE_ALONE, find_parties, party_names
from tests.hostile import HOSTILE

_TOKEN = re.compile(r"[^\W_]+|\S")


def found(text: str) -> list[tuple[str, str]]:
    """Find parties as the encoder does: printed name and form of each."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    parties = find_parties(text, starts, ends)
    return [(text[starts[p.first] : ends[p.last]], FORMS[p.form]) for p in parties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia said.", [("Russia", "country")]),
        ("Ukrainian and Russian troops", [("Ukrainian", "adjective"), ("Russian", "adjective")]),
        ("the Iraqis fled Baghdad", [("Iraqis", "people"), ("Baghdad", "capital")]),
        ("the US and the UK", [("US", "country"), ("UK", "country")]),
        ("the U.S. and the U.K.", [("U.S.", "country"), ("U.K.", "country")]),
        ("the United States of America", [("United States of America", "country")]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", "country")]),
        ("Niger and Nigeria", [("Niger", "country"), ("Nigeria", "country")]),
        ("Guinea-Bissau and Guinea", [("Guinea-Bissau", "country"), ("Guinea", "country")]),
        ("Sudan, South Sudan", [("Sudan", "country"), ("South Sudan", "country")]),
        ("Bogotá", [("Bogotá", "capital")]),
    ],
)
def test_names_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """States are found by name, adjective, people and capital, the longest name first."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's army", ["Russia"]),
        ("Russia’s army", ["Russia"]),
        ("Iran-backed and pro-Russian men", ["Iran", "Russian"]),
        ("the Russia–Ukraine war", ["Russia", "Ukraine"]),
        ("(Iran)", ["Iran"]),
        ("“Iran”", ["Iran"]),
        ("Iran\nIraq\r\nSyria", ["Iran", "Iraq", "Syria"]),
    ],
)
def test_names_beside_signs(text: str, expected: list[str]) -> None:
    """Possessives, hyphens, dashes, brackets and line ends stand beside a name, not in it."""
    assert [name for name, _ in found(text)] == expected


@pytest.mark.parametrize("name", ["RUSSIA", "IRAN", "IRAQ", "KYIV", "MOSCOW", "UKRAINE", "MALI", "UNITED STATES"])
def test_names_in_capitals(name: str) -> None:
    """All-capitals wire text names the same parties, those of four letters too."""
    assert found(f"{name} SAYS IT WAS HIT") == [(name, found(_printed(name))[0][1])]


def _printed(name: str) -> str:
    return name.title()


@pytest.mark.parametrize("opener", ["But", "On Monday", "In", "When", "The"])
@pytest.mark.parametrize("name", ["Israel", "Georgia", "Jordan", "Chad", "Iran"])
def test_the_word_that_opens_a_sentence_is_no_first_name(name: str, opener: str) -> None:
    """A state that is a first name, too, is read like any other behind a word that is no name."""
    assert [party for party, _ in found(f"{opener} {name} denied it.")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored.", "Denzel Washington said", "Israel Adesanya won", "Paris Hilton came",
        "GIVE US ARMS", "THEY TOLD US NOTHING", "Latin American states", "the Indian Ocean", "New Mexico", "Russians1",
        "xIran", "Iranology", "turkey", "us", "he is chad", "Irán", "",
    ],
)  # fmt: skip
def test_what_is_no_party(text: str) -> None:
    """People, longer names, words of capitals and parts of words are left alone."""
    assert found(text) == []


def test_lower_case_is_no_name() -> None:
    """The table is read as printed: "polish" and "turkey" are words."""
    assert found("they polish the turkey") == []


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts(name: str) -> None:
    """Texts that break readers break nothing here, and what is found are names of the text."""
    assert all(printed in HOSTILE[name] for printed, _ in found(HOSTILE[name]))


@given(
    st.text()
    | st.lists(st.sampled_from(["Iran", "Iraq's", "US", "U.S.", "-", "ARMS", "Jordan", "\n", "é"])).map(" ".join)
)
def test_parties_follow_one_another(text: str) -> None:
    """Parties never overlap and stand in order of the text."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    parties = find_parties(text, [start for start, _ in tokens], [end for _, end in tokens])
    edges = [edge for party in parties for edge in (party.first, party.last)]
    assert edges == sorted(edges)
    assert len({party.first for party in parties}) == len(parties)


def test_every_form_has_a_kind() -> None:
    """Each form of a name is numbered with its kind."""
    assert len(FORMS) == len(KINDS)


def test_every_name_of_a_state_is_found_alone() -> None:
    """A name of the table that stands alone in a text is found, whichever state it is."""
    states = {
        name: form
        for names in party_names().values()
        for name, form, party in names
        if form not in (LEAVE_ALONE, *range(4, len(FORMS))) and party.isalpha()
    }
    missing = [name for name in states if [printed for printed, _ in found(f"{name} .")] != [name]]
    assert missing == []


def test_a_name_has_one_party() -> None:
    """No name of a state is another state's: signs would depend on the order of the table."""
    rows = {(name, party) for names in party_names().values() for name, form, party in names if 0 <= form < 4}
    assert [name for name, count in Counter(name for name, _ in rows).items() if count > 1] == []


def test_time_is_linear() -> None:
    """Twice the names take about twice the time."""
    text = "Iran told Iraq that Hamas and Israel met in Paris. " * 600

    def seconds(part: str) -> float:
        tokens = [match.span() for match in _TOKEN.finditer(part)]
        starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
        begin = perf_counter()
        assert len(find_parties(part, starts, ends)) >= 3 * len(part) // 52
        return perf_counter() - begin

    half = min(seconds(text[: len(text) // 2]) for _ in range(3))
    assert min(seconds(text) for _ in range(3)) < 4 * half + 0.05
