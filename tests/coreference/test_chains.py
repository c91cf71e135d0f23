"""Chains: rules with their reasons, scores where rules are silent, and what contradicts an entity."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.coreference.chains import fullest_name
from tests.coreference.marked import Case, chains, join, pairs_of, read


def reasons(marked: str, *, oracle: bool = False) -> list[str]:
    """Give the reason of each mention."""
    return [joined.reason for joined in join(read(marked), oracle=oracle)[1]]


def parted(marked: str, *, oracle: bool = False) -> list[list[str]]:
    """Give the chains as printed."""
    case = read(marked)
    return chains(case, join(case, oracle=oracle)[0])


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER=a Omar Taal]. [PER=a Omar Taal]", ["first", "same-name"]),
        ("[PER=a Omar Taal]. [PER=a Mr. {Taal}]", ["first", "part-of-name"]),
        ("[PER=a Mr. {Taal}]. [PER=a Omar Taal]", ["first", "part-of-name"]),
        ("[ORG=a Rapid Support Forces]. [ORG=a RSF]", ["first", "acronym"]),
        ("[ORG=a RSF]. [ORG=a Rapid Support Forces]", ["first", "acronym"]),
        ("[ORG=a the {U.N.}]. [ORG=a the {United Nations}]", ["first", "acronym"]),
        ("[GPE=a Norland]. [NORP=a Norlandic] [MIL~b ^troops]", ["first", "state-alias", "first"]),
        ("[GPE=a Norvik] said. [GPE=a Norland]", ["first", "state-alias"]),
        ("[ORG=a Front]. [PER=b Front]", ["first", "first"]),
        ("[ORG=a As]. [ORG=b Alpha Society]", ["first", "first"]),
        ("[PER=a Omar Taal]. [PER=b Lina Taal]. [PER=b Taal]", ["first", "first", "nearest-of-that-name"]),
    ],
)
def test_rules_give_reasons(marked: str, expected: list[str]) -> None:
    """Names join by rule, without any score, and say by which."""
    assert reasons(marked) == expected


SIX = (
    "[PER=a Col. {Omar Taal}] [PER=a OMAR TAAL] [PER=a Mr. {Taal}] [PER=a Taal’s] [PER=a Omar Said Taal]"
    " [PER=a Ómar Taal]"
)


def test_a_name_in_six_spellings() -> None:
    """Titles, capitals, a middle name, a possessive, an accent: it is one person."""
    assert len(parted(SIX)) == 1


def test_a_person_with_a_place_s_name() -> None:
    """A person named like a state is not the state."""
    case = "[GPE=a Norland] fell. [PER=b Lina Norland] wept. [GPE=a Norland] rose. [PER=b Ms. {Norland}] left."
    assert parted(case) == [["Norland", "Norland"], ["Lina Norland", "Ms. Norland"]]


def test_two_people_of_one_surname() -> None:
    """Full names that share a surname are two people; titles part what the surname joins."""
    case = (
        "[PER=a Mr. {Omar Taal}] met [PER=b Mrs. {Lina Taal}]. [PER=a Mr. {Taal}] spoke. [PER=b Mrs. {Taal}] wept."
        " [PER=a Mr. {Taal}] left. [PER=b Mrs. {Taal}] stayed."
    )
    assert parted(case) == [["Mr. Omar Taal", "Mr. Taal", "Mr. Taal"], ["Mrs. Lina Taal", "Mrs. Taal", "Mrs. Taal"]]


def test_a_couple_with_titles_only() -> None:
    """A man and a woman of one surname stay two people, though their names are the same."""
    case = "[PER=a Mr. {Taal}] spoke. [PER=b Mrs. {Taal}] wept. [PER=a Mr. {Taal}] left. [PER=b Mrs. {Taal}] stayed."
    assert parted(case) == [["Mr. Taal", "Mr. Taal"], ["Mrs. Taal", "Mrs. Taal"]]


def test_all_capitals() -> None:
    """Wire text in capitals names the same people and groups."""
    case = (
        "[GPE=a NORLAND] SAYS [PER=b OMAR TAAL] LED [ORG=c UNITED FRONT]."
        " [PER=b Taal] of [ORG=c the {UF}] left [GPE=a Norland]."
    )
    assert parted(case) == [["NORLAND", "Norland"], ["OMAR TAAL", "Taal"], ["UNITED FRONT", "the UF"]]


@pytest.mark.parametrize(
    "marked",
    [
        "[PER~a the ^spokesman] and [PER*b she]",
        "[PER=a Omar Taal] and [GPE*b it]",
        "[PER=a Omar Taal] and [PER=b Lina Orr]",
        "[PER=a Mrs. {Taal}] and [PER~b the ^chairman]",
        "[PER~a the ^men] and [PER*b he]",
        "[PER~a the ^man] and [PER*b they]",
        "[PER=a Omar Taal] and [GPE~b the ^country]",
        '"[MIL*a We] held. [MIL*b They] fired"',
        '"[MIL*a They] fired. [MIL*b We] held"',
        "[PER~a the ^ambassador] and [PER=b President {Omar Taal}]",
        "[ORG~a the civil ^defence] and [ORG~b the defence ^ministry]",
    ],
)
def test_what_contradicts(marked: str) -> None:
    """However sure the scorer is: a man is no "she", a person no "it", two full names are two, "we" is not "they"."""
    case = read(marked)
    numbers, _ = join(case, wanted=lambda _i, _j: 50.0)
    assert numbers == [0, 1]


@pytest.mark.parametrize(
    "marked",
    [
        "[PER=a Omar Taal] said [PER*a he] left",
        "[PER~a the ^woman] said [PER*a she] left",
        "[ORG~a the ^ministry] said [ORG*a it] left",
        "[MIL~a the ^rebels] said [MIL*a they] left",
        "[PER=a Omar Taal] said [PER*a they] left",
        "[MIL=a Red Army] and [ORG~a the ^army]",
        "[GPE=a Norland] and [GPE~a the ^country]",
        "[MIL~a the ^fighters] and [PER~a the ^men]",
        '"[MIL*a We] held". "[MIL*a They] fired"',
        "[PER~a the ^president] and [PER=a President {Omar Taal}]",
        "[PER~a the ^ambassador] and [PER=a Omar Taal]",
        "[ORG~a the civil ^defence] and [ORG~a the ^ministry]",
        "[ORG~a the old ^ministry] and [ORG~a the defence ^ministry]",
        "[ORG=a Red Aid] and [ORG~a the aid ^group]",
    ],
)
def test_what_agrees(marked: str) -> None:
    """Descriptions and pronouns join what they can mean, if the scorer is sure."""
    assert len(parted(marked, oracle=True)) == 1


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER=a Omar] said [PER*a he] left", ["first", "pronoun"]),
        ("[ORG=a Red Front]. [ORG~a the ^group]", ["first", "description"]),
        ("[ORG~a the ^group]. [ORG=a Red Front]", ["first", "name"]),
        ("[PER~a the ^spokesman, [PER=a Omar Taal]], left", ["first", "apposition"]),
        ("[PER=a Omar Taal], [PER~a the ^spokesman], left", ["first", "apposition"]),
    ],
)
def test_scored_links_give_reasons(marked: str, expected: list[str]) -> None:
    """What the scorer joins says what kind of mention it was."""
    assert reasons(marked, oracle=True) == expected


def test_a_phrase_inside_another_is_somebody_else() -> None:
    """The president of a state is not the state, however sure the scorer is."""
    numbers, _ = join(read("[ORG~a the ^army of [ORG~b the ^north]]"), wanted=lambda _i, _j: 50.0)
    assert numbers == [0, 1]


@pytest.mark.parametrize(("least", "count"), [(0.0, 1), (0.9, 1), (0.9999, 2)])
def test_the_threshold(least: float, count: int) -> None:
    """A link needs at least so much belief."""
    case = read("[PER=a Omar] said [PER*a he] left")
    assert len(set(join(case, oracle=True, least=least)[0])) == count


def test_belief_in_an_entity_is_summed() -> None:
    """Three mentions of one person outweigh one of another, each of which is likelier alone."""
    case = read("[PER=a Omar] [PER=a Omar] [PER=a Omar] [PER=b Lina] [PER*a he]")
    numbers, joined = join(case, wanted=lambda _i, j: 1.0 if j < 3 else 1.5, least=0.0)
    assert numbers[4] == numbers[0]
    assert 0.4 < joined[4].score < 0.7


def test_what_is_given_may_stand_later() -> None:
    """The word "I" joins the "he" that speaks after it, and all that "he" is."""
    case = read("[PER=a Omar Taal] came. “[PER*a I] won,” [PER*a he] said.")
    numbers, joined = join(case, oracle=True, given={1: (2, "quote-speaker")})
    assert (numbers, joined[1].antecedent, joined[1].reason) == ([0, 0, 0], 2, "quote-speaker")


@pytest.mark.parametrize("given", [{0: (0, "x")}, {0: (1, "x"), 1: (0, "x")}, {0: (2, "x"), 2: (1, "x"), 1: (0, "x")}])
def test_given_links_in_circles(given: dict[int, tuple[int, str]]) -> None:
    """Links that go round in a circle leave every mention in a chain."""
    numbers, joined = join(read("“[PER*a I] and [PER*a I] and [PER*a I]”"), given=given)
    assert (len(numbers), len(joined)) == (3, 3)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER=a Taal] [PER*a he] [PER=a Omar Taal]", "Omar Taal"),
        ("[PER=a Prime Minister {Taal}] [PER=a Omar Taal]", "Omar Taal"),
        ("[ORG=a UF] [ORG=a United Front]", "United Front"),
        ("[NORP=a Norlandic] [GPE=a Norland]", "Norland"),
        ("[PER*a he] [PER~a the ^man]", "the man"),
        ("[PER*a he] [PER*a him]", "he"),
    ],
)
def test_the_fullest_name(marked: str, expected: str) -> None:
    """An entity is called by its longest name, else its first description."""
    case = read(marked)
    words, _ = pairs_of(case)
    assert case.printed(fullest_name(case.items, words, range(len(case.items)))) == expected


_MARKED = st.lists(
    st.sampled_from(
        [
            "[PER=a Omar Taal]", "[PER=b Mrs. {Taal}]", "[PER*a he]", "[PER*c they]", "[GPE=d Norland]", "[ORG=e UF]",
            "[PER~a the ^spokesman, [PER=a Omar Taal]],", "[MIL~c the ^rebels]", "[ORG=e United Front]", ".",
            "[PER*f I]", "“", "”", "[WEA~g ^drones]", "[NORP=d Norlandic]",
        ]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


@given(marked=_MARKED, seed=st.integers(0, 5), least=st.sampled_from([0.0, 0.5, 0.9]))
def test_any_scores_give_chains(marked: str, seed: int, least: float) -> None:
    """Whatever the scorer says, each mention is in one chain, and links lead to earlier mentions of the same chain."""
    case = read(marked)
    if not case.items:
        return
    numbers, joined = join(case, wanted=lambda i, j: (i * 31 + j * 17 + seed * 7) % 13 - 4.0, least=least)
    assert len(numbers) == len(joined) == len(case.items)
    firsts = list(dict.fromkeys(numbers))
    assert firsts == list(range(len(firsts)))
    for k, link in enumerate(joined):
        assert 0 <= link.score <= 1
        if link.antecedent is not None:
            assert (link.antecedent < k, numbers[link.antecedent]) == (True, numbers[k])
        else:
            assert (link.reason, numbers.index(numbers[k])) == ("first", k)


def _seconds(case: Case) -> float:
    begin = perf_counter()
    join(case, oracle=True)
    return perf_counter() - begin


@pytest.mark.parametrize(
    "line",
    [
        "[PER=a Omar Taal] [PER*a he] [GPE=b Norland] [MIL~c the ^rebels] ",
        "[PER=a Omar N@ Taal] [PER=b Lina N@ Taal] [PER*a he] [PER=c X@ Taal] ",
        "[ORG=a Front N@] [ORG=b FN@] [ORG~c ^group] [ORG*d it] ",
        "[PER*a I] [PER*a I] [PER*a he] [PER*a we] ",
    ],
    ids=["a report", "one surname", "acronyms", "pronouns"],
)
def test_three_thousand_mentions(line: str) -> None:
    """Twice the mentions take about twice the time."""
    half, whole = (read("".join(line.replace("@", str(k)) for k in range(size))) for size in (375, 750))
    assert min(_seconds(whole) for _ in range(2)) < 3.5 * min(_seconds(half) for _ in range(2)) + 0.1
