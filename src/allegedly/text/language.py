"""
Language: which one a text is written in, so that others than English are refused politely.

Plain English gives itself away by its function words, and is not looked at
further: loading the identifier (py3langid) would take longer than reading the
report. A sample of the text is enough, and short posts get no answer at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE: Final = 2_000  # code points from each of the beginning and the middle; more changes nothing
_FEWEST_LETTERS: Final = 25  # below that the identifier guesses
_SURE: Final = 0.7  # probability
# words that no other language written in Latin letters uses often
_ENGLISH: Final = frozenset([
    "the", "of", "and", "that", "with", "from", "were", "has", "have", "had", "which", "who", "said", "by",
    "their", "its", "for", "this",
])  # fmt: skip
_FEWEST_ENGLISH: Final = 4
_ENGLISH_SHARE: Final = 0.1  # articles in English have 0.10 to 0.22, half of them more than 0.17
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str | None:
    """
    Name the language of a text by its ISO 639-1 code.

    Mixed texts get the language of the larger part of the sample; which parts
    are foreign is not said.

    Returns:
        The code; None where the text is too short, has no letters or nothing is sure.

    Example:
        >>> detect_language("The ministry said that twelve people were killed in the strike.")
        'en'
        >>> detect_language("40 dead") is None
        True
    """
    sample = _sample(text)
    if sum(character.isalpha() for character in sample) < _FEWEST_LETTERS:
        return None
    if _is_plain_english(sample):
        return "en"
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else None


def _is_plain_english(sample: str) -> bool:
    """Say whether the sample has as many English function words as only English has."""
    words = _WORD.findall(sample.lower())
    hits = sum(word in _ENGLISH for word in words)
    return hits >= _FEWEST_ENGLISH and hits >= _ENGLISH_SHARE * len(words)


def _sample(text: str) -> str:
    """Take the beginning and the middle: pages begin with menus, and quotations may be foreign."""
    if len(text) <= 2 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Load the identifier once; it takes about a quarter of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - late: not needed for --help

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
