"""Bodies: what their nouns and the words before these say of whether two can be one."""

from __future__ import annotations

import pytest

from allegedly.coreference.bodies import Body, differ, marks_of, noun_of
from allegedly.coreference.items import words_of
from tests.coreference.marked import chains, join, read


def refuses(marked: str) -> bool:
    """Say whether the last mention refuses to be what the others are."""
    case = read(marked)
    *before, last = case.items
    body = Body()
    for item in before:
        body.take(case.text, item, words_of(case.text, item))
    return body.refuses(last, words_of(case.text, last))


@pytest.mark.parametrize(
    "marked",
    [
        "[ORG~a The miners' ^union] struck. [ORG~b The ^company] lost.",
        "[MIL=a The {Eastern Command}] fired. [MIL=b The {Western Command}] did not.",
        "[ORG=a The {Ministry of Defence}] and [ORG=b the {Ministry of Health}] differ.",
        "[ORG~a The defence ^ministry] and [ORG~b the health ^ministry] differ.",
        "[MIL=a The {River Guard}] fled. [MIL~b The ^army] came.",
        "[MIL=a The {Karveli Liberation Army}] fled. [MIL~b The ^army] came.",
        "[MIL~a The ^army] fired. [MIL~b The ^rebels] fled.",
        "[MIL~a The air ^force] fired. [MIL~b The coast ^guard] came.",
        "[ORG=a {Open Wards}] left. [ORG~b The ^junta] stayed.",
        "[ORG~a The ^commission] met. [ORG~b A new ^union] formed.",
        "[GPE=a {North Tessin}] and [GPE=b {South Tessin}] differ.",
    ],
)
def test_two_bodies(marked: str) -> None:
    """Another kind of body, other words that tell it apart, or an indefinite one is another body."""
    assert refuses(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[MIL=a The {Hill Brigade}] fled. [MIL~a The ^brigade] came.",
        "[MIL=a The {Coast Movement}] fled. [MIL~a The ^rebels] came.",
        "[MIL=a The {Norland Army}] fled. [MIL~a The ^army] came.",
        "[MIL=a {NDF}] troops fled. [MIL~a The ^army] came.",
        "[ORG=a {Terrana}] lost. [ORG~a The ^company] left.",
        "[ORG=a {Open Wards}] left. [ORG~a The ^organisation] came back.",
        "[ORG=a The {Northern Council}] met. [ORG=a The {North Council}] parted.",
        "[PER=a {Omar Taal}] spoke. [PER~a The ^minister] left.",
    ],
)
def test_one_body(marked: str) -> None:
    """The same noun, a noun that fits any body, or one that says nothing against it may be the same body."""
    assert not refuses(marked)


def test_the_only_body_of_its_kind() -> None:
    """A bare noun joins the one body called so before, and none if there have been two."""
    one = "[MIL=a The {Hill Brigade}] met [ORG~b the ^council]. [MIL~a The ^brigade] left."
    two = "[MIL=a The {Hill Brigade}] met [MIL=b the {Plain Brigade}]. [MIL~b The ^brigade] left."
    assert [reason.reason for reason in join(read(one))[1]] == ["first", "first", "same-body"]
    assert len(chains(read(two), join(read(two))[0])) == 3


def test_nouns_and_marks() -> None:
    """The noun of a name stands last, or before "of"; what else it says marks it."""
    case = read("[ORG=a The {Ministry of Defence}] and [ORG~b the state oil ^company] met [PER~c {him}].")
    words = [words_of(case.text, item) for item in case.items]
    nouns = [noun_of(item, said) for item, said in zip(case.items, words, strict=True)]
    assert nouns[:2] == ["ministry", "company"]
    assert marks_of(words[0], "ministry") == {"defence"}
    assert marks_of(words[1], "company") == {"oil"}
    assert differ({"defence"}, {"health"})
