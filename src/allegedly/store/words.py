"""
Words as the full-text index holds them; both databases get these, so that both find the same.

Case, accents and vowel points do not count (NFKD, then marks dropped): "Éliás"
is found by "elias", vocalised Arabic by bare letters, "ё" by "е". Scripts that
write no spaces (Chinese, Japanese, Thai …) are held sign by sign, and a run of
them is searched as a phrase. An emoji is a word of its own; it is held by its
code point, as the tables of the databases know older emoji only.
"""

from __future__ import annotations

import re
import unicodedata

# Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs and the stretching line.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Letters and digits; from Devanagari to Tibetan and for Burmese and Khmer also vowel signs, which are no letters to
# Python; pictures.
_INDIC = "\u0900-\u0963\u0966-\u0e4e\u0e50-\u109f\u1780-\u17d3"
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_WORD = re.compile(f"(?:[^\\W_]|[{_INDIC}])+|[{_PICTURES}]")
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGN = re.compile(f"[{_NO_SPACES}]|[^{_NO_SPACES}]+")
_PICTURE = re.compile(f"[{_PICTURES}]")


def fold(text: str) -> str:
    """
    Take case, accents and vowel points off a text.

    Example:
        >>> fold("Éliás Ёлка")
        'elias елка'
    """
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())


def split_words(text: str) -> list[str]:
    """
    Give the words of a text as the index holds them, in order.

    Example:
        >>> split_words("Veldra's army – 攻击 🔥")
        ['veldra', 's', 'army', '攻', '击', 'u1f525']
    """
    words = _WORD.findall(fold(text))
    if text.isascii():
        return words
    return [part for word in words for part in ([word] if word.isascii() else _parts(word))]


def _parts(word: str) -> list[str]:
    """Split what is written without spaces, and name pictures."""
    if _PICTURE.fullmatch(word):
        return [f"u{ord(word):x}"]
    return _SIGN.findall(word)
