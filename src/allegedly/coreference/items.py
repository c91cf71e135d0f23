"""
Mentions as the engine sees them, and what their words alone tell: number, gender, person, determiner.

Codes are small integers, because pairs of mentions are compared in arrays.
Their order is fixed: the networks of a pack were trained with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allegedly.coreference.names import GENDER_OF_TITLE, name_words, plain

# what the mention head knows; the first nine are the ledger's entity types, the rest only teach and measure
INNER_TYPES: Final = (
    "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "MIL", "WEA", "VEH",
    "OBJECT", "EVENT", "TIME", "ABSTRACT", "ANIMAL", "PLANT", "SUBSTANCE",
)  # fmt: skip
# what the name layer tells apart
NAME_TYPES: Final = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "MIL", "WEA", "VEH", "EVENT", "MISC")
NAME, NOMINAL, PRONOUN = range(3)
SINGULAR, PLURAL, ANY_NUMBER = range(3)

# forms of pronouns: 0 is no pronoun; 9 is any other
FORMS: Final = {
    word: form
    for form, words in enumerate(
        (
            "he him his himself",
            "she her hers herself",
            "it its itself",
            "they them their theirs themselves",
            "i me my mine myself",
            "we us our ours ourselves",
            "you your yours yourself yourselves",
            "this that these those",
        ),
        1,
    )
    for word in words.split()
}
OTHER_FORM = 9
PLURAL_FORMS = frozenset({4, 6})
MALE, FEMALE = 1, 2
_PLURAL_HEADS = frozenset(
    "people police children men women troops personnel crew staff cattle clergy sides both".split()
)
_SINGULAR_HEADS = frozenset(
    "series headquarters news politics crisis analysis basis campus virus congress press".split()
)
_MALE_HEADS = frozenset(
    "man boy father son brother husband king prince spokesman chairman businessman policeman gunman sheikh sultan monk"
    " uncle grandfather nephew widower imam".split()
)
_FEMALE_HEADS = frozenset(
    "woman girl mother daughter sister wife queen princess spokeswoman chairwoman businesswoman policewoman actress"
    " nun aunt grandmother niece widow".split()
)
_DETERMINERS: Final = {
    word: code
    for code, words in enumerate(
        ("the", "this that these those such", "a an another some any no every each", "his her its their our my your"), 1
    )
    for word in words.split()
}
POSSESSED, BARE = 5, 0
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Item:
    """
    One mention.

    Offsets: code points of the text; ``head`` is the head word.

    Args:
        start: Where the phrase begins.
        end: Where it ends.
        head: Start and end of the head word.
        kind: ``NAME``, ``NOMINAL`` or ``PRONOUN``.
        type: Number of its type in ``INNER_TYPES``.
        name: Start and end of the name proper, or None.
    """

    start: int
    end: int
    head: tuple[int, int]
    kind: int
    type: int
    name: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """
    What the words of a mention tell.

    Args:
        head: Head word, plain.
        content: Words of the phrase without determiner, plain.
        names: Words of the name, plain; empty without a name.
        form: Form of the pronoun, 0 if it is none.
        gender: ``MALE``, ``FEMALE`` or 0.
        number: ``SINGULAR``, ``PLURAL`` or ``ANY_NUMBER``.
        determiner: Kind of the first word.
    """

    head: str
    content: tuple[str, ...]
    names: tuple[str, ...]
    form: int
    gender: int
    number: int
    determiner: int


def words_of(text: str, item: Item) -> Words:
    """Read the words of one mention."""
    head = plain(text[slice(*item.head)])
    phrase = text[item.start : item.end]
    content = name_words(phrase)
    if item.kind == PRONOUN:
        form = FORMS.get(content[0] if content else head, OTHER_FORM)
        number = PLURAL if form in PLURAL_FORMS else ANY_NUMBER if form in (7, 8, OTHER_FORM) else SINGULAR
        return Words(head, content, (), form, form if form in (MALE, FEMALE) else 0, number, BARE)
    names = name_words(text[slice(*item.name)]) if item.name else ()
    determiner = _determiner(phrase, text[item.start : item.head[0]])
    return Words(head, content, names, 0, _gender(content, head), _number(head, item.kind), determiner)


def _determiner(phrase: str, before_head: str) -> int:
    first = _FIRST_WORD.match(phrase)
    code = _DETERMINERS.get(first[0].lower(), BARE) if first else BARE
    return POSSESSED if code == BARE and re.search(r"[’']s?\s", before_head) else code


def _gender(content: Sequence[str], head: str) -> int:
    if head in _MALE_HEADS:
        return MALE
    if head in _FEMALE_HEADS:
        return FEMALE
    return next((GENDER_OF_TITLE[word] for word in content[:3] if word in GENDER_OF_TITLE), 0)


def _number(head: str, kind: int) -> int:
    if kind == NAME:
        return SINGULAR
    if head in _PLURAL_HEADS or (head.endswith("men") and len(head) > 4):
        return PLURAL
    ends_like_plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return PLURAL if ends_like_plural and head not in _SINGULAR_HEADS else SINGULAR
