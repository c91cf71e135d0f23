"""What the words of a mention tell."""

from __future__ import annotations

import pytest

from allegedly.coreference.items import (
    ANY_NUMBER,
    BARE,
    FEMALE,
    FORMS,
    INNER_TYPES,
    MALE,
    NAME_TYPES,
    OTHER_FORM,
    PLURAL,
    POSSESSED,
    SINGULAR,
    words_of,
)
from allegedly.records.codes import ENTITY_TYPES
from tests.coreference.marked import read


def test_the_ledger_s_types_come_first() -> None:
    """The pack's types begin with those of the ledger, in its order."""
    assert (INNER_TYPES[: len(ENTITY_TYPES)], NAME_TYPES[: len(ENTITY_TYPES)]) == (ENTITY_TYPES, ENTITY_TYPES)


@pytest.mark.parametrize(
    ("marked", "number"),
    [
        ("[PER~a the ^rebels]", PLURAL), ("[PER~a two ^policemen]", PLURAL), ("[PER~a the ^police]", PLURAL),
        ("[PER~a the ^woman]", SINGULAR), ("[ORG~a the ^press]", SINGULAR), ("[ORG~a the ^headquarters]", SINGULAR),
        ("[ORG~a the ^boss]", SINGULAR), ("[ORG=a Reuters]", SINGULAR), ("[PER*a they]", PLURAL),
        ("[PER*a he]", SINGULAR), ("[PER*a who]", ANY_NUMBER), ("[PER*a you]", ANY_NUMBER),
    ],
)  # fmt: skip
def test_number(marked: str, number: int) -> None:
    """Plural nouns and pronouns are plural; names are one; some pronouns may be either."""
    case = read(marked)
    assert words_of(case.text, case.items[0]).number == number


@pytest.mark.parametrize(
    ("marked", "gender"),
    [
        ("[PER~a the ^spokesman]", MALE), ("[PER~a the ^spokeswoman]", FEMALE), ("[PER~a the ^officer]", 0),
        ("[PER=a Mr. ^Taal]", MALE), ("[PER=a Mrs. ^Taal]", FEMALE), ("[PER=a ^Taal]", 0), ("[PER*a she]", FEMALE),
        ("[PER*a his]", MALE), ("[PER*a they]", 0),
    ],
)  # fmt: skip
def test_gender(marked: str, gender: int) -> None:
    """Titles, nouns and pronouns tell it; names never do."""
    case = read(marked)
    assert words_of(case.text, case.items[0]).gender == gender


@pytest.mark.parametrize(
    ("marked", "determiner"),
    [
        ("[PER~a the ^men]", 1), ("[PER~a these ^men]", 2), ("[PER~a a ^man]", 3), ("[PER~a their ^men]", 4),
        ("[PER~a Orr's ^men]", POSSESSED), ("[PER~a the army’s ^men]", 1), ("[PER~a ^men]", BARE),
    ],
)  # fmt: skip
def test_determiner(marked: str, determiner: int) -> None:
    """The first word says whether somebody known is meant."""
    case = read(marked)
    assert words_of(case.text, case.items[0]).determiner == determiner


@pytest.mark.parametrize(("word", "form"), [("He", FORMS["he"]), ("ITS", FORMS["it"]), ("whom", OTHER_FORM)])
def test_forms_of_pronouns(word: str, form: int) -> None:
    """Pronouns are known by their form, whatever their case."""
    case = read(f"[PER*a {word}]")
    assert words_of(case.text, case.items[0]).form == form
