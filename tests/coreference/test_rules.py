"""Rules that join names: which names they remember, and what they leave to the scorer."""

from __future__ import annotations

import pytest

from allegedly.coreference.items import words_of
from allegedly.coreference.rules import MOST_BEARERS, Named
from tests.coreference.marked import STATES, read


def last_link(marked: str) -> tuple[int, str] | None:
    """Give what the rules say of the last mention after all before it."""
    case = read(marked)
    words = [words_of(case.text, item) for item in case.items]

    def state_of(i: int) -> str | None:
        return STATES.get(case.printed(i).lower())

    named = Named(case.text, case.items, words, state_of)
    last = len(case.items) - 1
    for i in range(last):
        named.add(i)
    return named.antecedent(last)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER=a Omar Taal] [PER=a Taal] [PER=a Taal]", (1, "same-name")),
        ("[PER=a Omar Taal] [PER=a Omar Taal] [PER=a Taal]", (1, "part-of-name")),
        ("[PER=a Omar Taal] [PER=b Lina Taal] [PER=a Omar]", (0, "part-of-name")),
        ("[PER=a Mr. {Omar Taal}] [PER=b Mrs. {Lina Taal}] [PER=a Mr. {Taal}]", (0, "part-of-name")),
        ("[GPE=a Norland] [GPE=b Southland] [NORP=a Norlandic]", (0, "state-alias")),
        ("[ORG=a Front for Free Norland] [ORG=a FFN]", (0, "acronym")),
        ("[PER=a Colonel {Omar Taal}] [PER=b General {Lina Orr}] [PER~a the ^colonel]", (0, "title")),
        ("[PER=a Prime Minister {Omar Taal}] [PER~a the ^minister]", (0, "title")),
        ("[PER=a Colonel {Omar Taal}] [PER=b Colonel {Lina Orr}] [PER~b the ^colonel]", (1, "title")),
        ("[PER=a Omar Taal] [ORG=a Taal]", (0, "part-of-name")),
        ("[ORG=a F.F.N.] [ORG=a Front for Free Norland]", (0, "acronym")),
    ],
)
def test_links(marked: str, expected: tuple[int, str]) -> None:
    """Each rule links to an earlier mention of that name."""
    assert last_link(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[PER=a Omar Taal]",
        "[PER=a Omar Taal] [PER*a he]",
        "[PER=a Omar Taal] [PER~a the ^man]",
        "[PER=a Colonel {Omar Taal}] [PER~b a ^colonel]",
        "[PER=a Colonel {Omar Taal}] [PER~b the old ^colonel]",
        "[PER=a Colonel {Omar Taal}] [MIL~b the ^colonel]",
        "[PER=a Lina Norland] [GPE=b Norland]",
        "[PER=a Omar Taal] [PER=b Lina Orr]",
        "[PER=a Omar Taal] [PER=b Lina Taal]",
        "[PER=a Mr. {Taal}] [PER=b Mrs. {Taal}]",
        "[ORG=a Free Norland] [ORG=b fn]",
        "[GPE=a Norland] [GPE=b Southland]",
        "[PER=a Norland] [GPE=b Norland]",
        "[ORG=a Red Front] [ORG=b Blue Front]",
    ],
)
def test_silence(marked: str) -> None:
    """Pronouns, descriptions, other names and other kinds are left to the scorer."""
    assert last_link(marked) is None


def test_a_surname_of_hundreds() -> None:
    """Of very many who share a surname, the last ones are looked at."""
    kin = "".join(f"[PER=k{k} N{k} Taal] " for k in range(3 * MOST_BEARERS))
    assert last_link(f"{kin}[PER=x Taal]") == (3 * MOST_BEARERS - 1, "nearest-of-that-name")
    assert last_link(f"{kin}[PER=x N0]") == (0, "part-of-name")
