"""What stands for several at once."""

from __future__ import annotations

from itertools import count
from time import perf_counter

import pytest

from allegedly.coreference.items import words_of
from allegedly.coreference.members import find_members
from tests.coreference.marked import Case, join, read


def members(case: Case) -> dict[str, list[str]]:
    """Give the members of each entity that stands for others, each by its first mention."""
    numbers, _ = join(case, oracle=True)
    words = [words_of(case.text, item) for item in case.items]
    first = {number: case.printed(numbers.index(number)) for number in numbers}
    found = find_members(case.text, case.items, words, numbers)
    return {first[whole]: [first[part] for part in parts] for whole, parts in found.items()}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[GPE=a Norland] hit [GPE=b Southland]. [GPE~c both ^sides] denied it",
            {"both sides": ["Norland", "Southland"]},
        ),
        (
            "[GPE=a Norland] hit [GPE=b Southland]. [GPE~c the two ^countries] met",
            {"the two countries": ["Norland", "Southland"]},
        ),
        (
            "[PER=a Omar Taal] met [PER=b Lina Orr]. [PER~c the two ^leaders] spoke",
            {"the two leaders": ["Omar Taal", "Lina Orr"]},
        ),
        ("[GPE~c [GPE=a Norland] ^and [GPE=b Southland]] met", {"Norland and Southland": ["Norland", "Southland"]}),
        ("[ORG~c [ORG=a Taal] ^and [ORG=b Orr]] met", {"Taal and Orr": ["Taal", "Orr"]}),
    ],
)
def test_members(marked: str, expected: dict[str, list[str]]) -> None:
    """Both sides, the two leaders, a coordination: each stands for two."""
    assert members(read(marked)) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[GPE=a Norland] fell. [GPE~c both ^sides] denied it",
        "[GPE~c both ^sides] denied it",
        "[GPE=a Norland] hit [GPE=b Southland]. [PER~c two ^men] died",
        "[GPE=a Norland] hit [GPE=b Southland]. [GPE~c the ^sides] denied it",
        "[PER=a Omar Taal] met [PER=b Lina Orr]. [GPE~c both ^sides] spoke",
        "[GPE=a Norland] hit [GPE=a Norland]. [GPE~c both ^sides] denied it",
    ],
)
def test_no_guess(marked: str) -> None:
    """Where there are not two of the kind, nobody is a member."""
    assert members(read(marked)) == {}


def test_no_entity_is_its_own_member() -> None:
    """A coordination chained with one of its parts has no member left but the other, so none."""
    case = read("[GPE~c [GPE=c Norland] ^and [GPE=b Southland]] met")
    words = [words_of(case.text, item) for item in case.items]
    assert find_members(case.text, case.items, words, [0, 0, 1]) == {}


def test_ampersands() -> None:
    """A coordination may be printed with "&"."""
    case = read("[ORG~c [ORG=a Taal] ^x [ORG=b Orr]] met")
    text = case.text.replace("x", "&")
    words = [words_of(text, item) for item in case.items]
    assert find_members(text, case.items, words, [0, 1, 2]) == {1: (0, 2)}


def test_time_is_linear() -> None:
    """Twice the coordinations take about twice the time."""
    seconds = []
    for size in (400, 800):
        case = read("[GPE~c [GPE=a Norland] ^and [GPE=b Southland]] met. [GPE~d both ^sides] left. " * size)
        words = [words_of(case.text, item) for item in case.items]
        numbers = [k for k, _ in zip(count(), case.items, strict=False)]
        begin = perf_counter()
        assert len(find_members(case.text, case.items, words, numbers)) == 2 * size
        seconds.append(perf_counter() - begin)
    assert seconds[1] < 3.5 * seconds[0] + 0.1
