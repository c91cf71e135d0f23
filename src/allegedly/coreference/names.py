"""
Names and their variants: which strings can stand for the same person, group or place.

Follows the string sieves of Lee et al. (2013), "Deterministic coreference
resolution based on entity-centric, precision-ranked rules": exact match, acronym,
part of a name. Nothing here knows the world; tables of states and groups are
the business of :mod:`allegedly.actors`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:[.’'ʼ-][^\W_]+)*")
_SMALL = frozenset(
    "the a an of and for in on at de la le les el al los las du des der den von van bin ibn abu da do".split()
)
_ARTICLES = frozenset("the a an this that these those".split())
_LEFT_OUT = frozenset("of the and for in on at de la du des to".split())
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir lord lady dame sheikh shaikh imam mullah maulana ayatollah rev reverend father sister"
    " president vice prime minister premier chancellor king queen prince princess emir sultan secretary general gen lt"
    " lieutenant col colonel maj major capt captain sgt sergeant brig brigadier adm admiral commander cmdr governor gov"
    " senator sen representative rep mayor judge justice ambassador chief deputy foreign defense defence interior u daw"
    " ko hon honourable honorable comrade marshal private pvt corporal cpl inspector superintendent chairman".split()
)
GENDER_OF_TITLE: Final = {
    **dict.fromkeys("mr sir lord king prince emir sultan sheikh imam mullah ayatollah father ko".split(), 1),
    **dict.fromkeys("mrs ms miss lady dame queen princess sister daw".split(), 2),
}
_AL = re.compile(r"^(?i:al|el|ash?|ad|an|ar)[-’'](?=[A-Z])")  # the Arabic article, left out as often as not
SAME, PART, ACRONYM, OVERLAP, APART = range(5)


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """
    Reduce a word to lower case without accents, dots, apostrophes and possessive ending.

    Example:
        >>> plain("Kyïv’s"), plain("U.N.")
        ('kyiv', 'un')
    """
    word = re.sub(r"[’'ʼ]s?$", "", word)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"[.’'ʼ`-]", "", word).lower()


def name_words(words: str) -> tuple[str, ...]:
    """
    Give the plain words of a phrase without its leading article.

    Example:
        >>> name_words("the Korean People's Army")
        ('korean', 'people', 'army')
        >>> name_words("Bashar al-Assad")
        ('bashar', 'assad')
    """
    out = tuple(p for m in _WORD.finditer(words) if (p := plain(_AL.sub("", m.group()))))
    return out[1:] if len(out) > 1 and out[0] in _ARTICLES else out


def without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop titles before a name: ("mr", "okafor") gives ("okafor",)."""
    k = 0
    while k < len(words) - 1 and words[k] in HONORIFICS:
        k += 1
    return words[k:]


def acronyms(words: tuple[str, ...], printed: str) -> Iterator[str]:
    """
    Give the acronyms that a name can have: with and without its small words, and its printed capitals.

    Args:
        words: Plain words of the name.
        printed: The name as printed, for capitals inside words ("PolNeAR").
    """
    if len(words) > 1:
        yield "".join(w[0] for w in words)
        yield "".join(w[0] for w in words if w not in _LEFT_OUT)
    elif words:
        capitals = "".join(c for c in printed if c.isupper())
        if len(capitals) > 1:
            yield capitals.lower()


def compare(a: tuple[str, ...], b: tuple[str, ...], *, person: bool) -> int:
    """
    Say how two names relate: ``SAME``, ``PART`` (one is the other's part), ``OVERLAP``, ``APART``.

    A part of a person's name is its last word, its first, or several in order;
    of another name it is a beginning or an ending that is no small word.

    Args:
        a: Plain words of one name.
        b: Plain words of the other.
        person: True if both name people; titles are dropped then.
    """
    if person:
        a, b = without_titles(a), without_titles(b)
    if a == b or "".join(a) == "".join(b):
        return SAME
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if short and len(short) < len(long) and _is_part(short, long, person=person):
        return PART
    return OVERLAP if (set(a) & set(b)) - _SMALL else APART


def _is_part(short: tuple[str, ...], long: tuple[str, ...], *, person: bool) -> bool:
    if all(word in _SMALL for word in short):
        return False
    n = len(short)
    if long[-n:] == short or long[:n] == short:
        return True
    if not person:
        return False
    words = iter(long)
    return all(word in words for word in short)
