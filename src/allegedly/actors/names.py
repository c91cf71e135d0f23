"""
Names made comparable: one key for all spellings of a name that differ in nothing but form.

Case, accents, dots, apostrophes, hyphens, a leading article and a possessive
ending do not count. A looser key also takes common transliterations of Arabic
and Cyrillic names as one; it is for people and groups only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_PLAIN: Final = str.maketrans({
    "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "ə": "e",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00ad": None, "\u200b": None, "\ufeff": None,
})  # fmt: skip
_PUNCTUATION: Final = str.maketrans({".": None, "'": None} | dict.fromkeys('-‐‑–—_/&,;:()[]"“”«»', " "))
_POSSESSIVE = re.compile(r"'s(?![^\W_])|'(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?|[,;:()\[\]–—]")
_MUHAMMAD = re.compile(r"\bm[ou]ham+[aeu]d\b")
_ARTICLE = re.compile(r"\b(?:a[lnrszd]|ul|as|ash|el|es|ed|ad|ul) (?=\w{3})")
_ENDING = re.compile(r"(?:yy|iy|yi|ii|ij|yj|i|y)\b")
_DIPHTHONG = re.compile(r"e[iy]")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")


def normalise_name(name: str) -> str:
    """
    Give the key of a name.

    Example:
        >>> normalise_name("The U.S.")
        'us'
        >>> normalise_name("N’Djaména's")
        'ndjamena'
    """
    return strip_the(fold(name))


def strip_the(key: str) -> str:
    """Take the leading article from a folded name."""
    return key.removeprefix("the ")


def fold(name: str) -> str:
    """Give the key of a name with its article, if it has one."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_PLAIN))
        name = "".join(character for character in name if not unicodedata.combining(character))
    name = name.lower()
    if "'" in name:
        name = _POSSESSIVE.sub("", name)
    return " ".join(name.translate(_PUNCTUATION).split())


def loosen(key: str) -> str:
    """
    Give a key that common transliterations share.

    Example:
        >>> loosen("volodymyr zelenskiy") == loosen("volodymyr zelenskyy")
        True
        >>> loosen("abdel fattah el sisi") == loosen("abdel fatah al sissi")
        True
    """
    key = _MUHAMMAD.sub("mohamed", key)
    key = _ARTICLE.sub("al ", key)
    key = _ENDING.sub("i", key)
    key = _DIPHTHONG.sub("e", key)
    return _DOUBLED.sub(r"\1", key).replace("q", "k")


class Word(NamedTuple):
    """
    A word or a mark of a phrase.

    Args:
        raw: As printed, without a possessive ending.
        key: Its key; empty for marks.
        joined: True if a hyphen ties it to the word before.
        possessive: True if it carried a possessive ending.
    """

    raw: str
    key: str
    joined: bool
    possessive: bool


def split_words(phrase: str) -> list[Word]:
    """Split a phrase into words and marks; hyphens part words and are remembered."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(phrase):
        raw = match.group()
        tail = phrase[match.end() : match.end() + 1]
        possessive = raw.endswith(("'s", "’s")) or (raw.endswith("s") and tail in {"'", "’"})
        bare = raw[:-2] if raw.endswith(("'s", "’s")) else raw
        key = "" if raw in ",;:()[]–—" else fold(bare)
        joined = match.start() == end + 1 and phrase[end] in "-‐‑" and bool(words)
        words.append(Word(bare, key, joined, possessive))
        end = match.end()
    return words
