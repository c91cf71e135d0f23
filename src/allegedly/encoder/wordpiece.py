"""
Word pieces with code-point offsets, casing and quotation state.

The vocabulary is uncased, so casing goes in as a feature of its own; so do the
start of a paragraph and whether a piece stands inside quotation marks. One
number per piece carries all three (:data:`FEATURES` rows of an embedding).

Names of parties are read as signs (:mod:`allegedly.resources.parties`): one
token and one piece each, whatever the name and however long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from allegedly.errors import PackError
from allegedly.resources.parties import FORMS, KINDS, PARTIES_APART, find_parties

LOWER, TITLE, UPPER, MIXED, DIGIT, SIGN, LETTER = 1, 2, 3, 4, 5, 6, 7
CASES = 8
PARAGRAPH_START = CASES
QUOTE_STATE = 2 * CASES
FEATURES = 3 * QUOTE_STATE

# numbers of the vocabulary that no word has ("[unused99]" and the following): one for each form and party of a text
FIRST_SIGN = 104
SIGNS = len(FORMS) * PARTIES_APART

Ints = NDArray[np.int32]


def casing(word: str) -> int:
    """
    Code the casing of one word, 0 to 7.

    Example:
        >>> casing("Kyiv"), casing("NATO"), casing("al"), casing("McCain"), casing("F16")
        (2, 3, 1, 4, 5)
    """
    if word.islower():
        return DIGIT if any(map(str.isdigit, word)) else LOWER
    if not any(map(str.isalnum, word)):
        return SIGN
    if any(map(str.isdigit, word)):
        return DIGIT
    if word.isupper():
        return LETTER if len(word) == 1 else UPPER
    if word[0].isupper() and word[1:].islower():
        return TITLE
    return MIXED if any(map(str.isupper, word)) else LOWER


@dataclass(frozen=True, slots=True)
class Pieces:
    """
    The word pieces of one text and the tokens they belong to; made by :class:`WordPieces`.

    Shape: ``ids`` and ``features`` int32, pieces; ``starts``, ``ends`` and ``first`` int32, tokens.

    Args:
        ids: Vocabulary number of each piece.
        features: Casing, paragraph start and quotation state of each piece.
        starts: First code point of each token.
        ends: Code point after each token.
        first: First piece of each token; tokens hold at least one piece.
        paragraphs: First token of each paragraph that has any.
    """

    ids: Ints
    features: Ints
    starts: Ints
    ends: Ints
    first: Ints
    paragraphs: Ints


class WordPieces:
    """
    Splits texts into word pieces; thread-safe.

    Args:
        path: The ``tokenizer.json`` of a pack.

    Raises:
        PackError: If the file is missing or no tokenizer.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(path))
            ids = self._tokenizer.get_vocab()
            self.cls, self.sep = int(ids["[CLS]"]), int(ids["[SEP]"])
        except Exception as problem:  # noqa: BLE001  # tokenizers raises bare Exception
            hint = "reinstall allegedly, or name a sound pack"
            raise PackError(f"cannot load {path}: {problem}", hint=hint) from None
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def split(self, text: str, *, paragraphs: Sequence[int], states: bytes | bytearray) -> Pieces:
        """
        Split ``text``.

        Args:
            text: Any text; empty gives no pieces.
            paragraphs: First code point of each paragraph, ascending.
            states: Quotation state of each code point: 0 outside, 1 inside, 2 mark.

        Offsets: code points into ``text``.
        """
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = np.asarray(encoding.offsets, np.int32).reshape(-1, 2)
        words = np.asarray([-1 if w is None else w for w in encoding.word_ids], np.int32)
        ids = np.asarray(encoding.ids, np.int32)
        solid = offsets[:, 0] < offsets[:, 1]
        if not solid.all():
            ids, offsets, words = ids[solid], offsets[solid], words[solid]
        if not len(ids):
            empty = np.zeros(0, np.int32)
            return Pieces(empty, empty, empty, empty, empty, empty)
        first = np.flatnonzero(np.r_[True, words[1:] != words[:-1]]).astype(np.int32)
        starts = offsets[first, 0]
        ends = _past_marks(text, starts, offsets[np.r_[first[1:], len(ids)] - 1, 1])
        sizes = np.diff(np.r_[first, len(ids)])
        cases = np.fromiter((casing(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)), np.int32)
        features = np.repeat(cases, sizes)
        features += QUOTE_STATE * np.frombuffer(bytes(states), np.uint8)[offsets[:, 0]].astype(np.int32)
        ids, features, starts, ends, first = _with_signs(text, ids, features, starts, ends, first)
        number = np.searchsorted(np.asarray(paragraphs or [0]), starts, side="right")
        begins = np.flatnonzero(np.r_[True, number[1:] != number[:-1]]).astype(np.int32)
        features[first[begins]] += PARAGRAPH_START
        return Pieces(ids, features, starts, ends, first, begins)


def _with_signs(
    text: str, ids: Ints, features: Ints, starts: Ints, ends: Ints, first: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Put one sign in the place of each party's name; its casing is that of a name, however it is printed."""
    found = find_parties(text, starts.tolist(), ends.tolist())
    if not found:
        return ids, features, starts, ends, first
    ids, features, ends = ids.copy(), features.copy(), ends.copy()
    numbers: tuple[dict[str, int], ...] = tuple({} for _ in set(KINDS))
    token_stays = np.ones(len(starts), bool)
    piece_stays = np.ones(len(ids), bool)
    edges = np.r_[first, len(ids)]
    for party in found:
        known = numbers[KINDS[party.form]]
        number = known.setdefault(party.party, len(known)) % PARTIES_APART
        piece = int(first[party.first])
        ids[piece] = FIRST_SIGN + party.form * PARTIES_APART + number
        features[piece] += TITLE - features[piece] % CASES
        ends[party.first] = ends[party.last]
        token_stays[party.first + 1 : party.last + 1] = False
        piece_stays[piece + 1 : edges[party.last + 1]] = False
    sizes = np.add.reduceat(piece_stays, first)[token_stays]
    new_first = np.r_[0, np.cumsum(sizes)[:-1]].astype(np.int32)
    return ids[piece_stays], features[piece_stays], starts[token_stays], ends[token_stays], new_first


def _past_marks(text: str, starts: Ints, ends: Ints) -> Ints:
    """Move the ends of tokens behind the accents that follow; the tokenizer drops those that are not composed."""
    if text.isascii():
        return ends
    limits = [*starts[1:].tolist(), len(text)]
    out = [_past_mark(text, end, limit) for end, limit in zip(ends.tolist(), limits, strict=True)]
    return np.array(out, np.int32)


def _past_mark(text: str, end: int, limit: int) -> int:
    while end < limit and category(text[end]).startswith("M"):
        end += 1
    return end
