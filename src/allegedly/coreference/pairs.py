"""
Candidate antecedents of each mention and the features of every pair.

A mention looks at the ``NEAREST`` mentions before it and at those further back
that share a head word or a word of a name: time stays linear in the length of
the text. Features are five numbers a pair, each a row of a learnt table
(:data:`TABLE_SIZES`); the training code builds them with the same functions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegedly.coreference.items import ANY_NUMBER, INNER_TYPES, NAME, PRONOUN, Item, Words, words_of
from allegedly.coreference.names import OVERLAP, PART, SAME, acronyms, compare

Ints = NDArray[np.int64]

NEAREST = 28
PRONOUN_NEAREST = 22
FURTHER = 8  # mentions further back that share words
PERSON = INNER_TYPES.index("PER")

# classes of how two mentions' words match
NO_MATCH, WHOLE, HEAD_AND_MORE, HEAD_ONLY, NAME_PART, IS_ACRONYM, NAME_OVERLAP, NAMES_APART, STEM = range(9)
MATCHES, DISTANCES, GAPS, FORM_COUNT, GENDERED = 9, 8, 10, 10, 13
TYPES = len(INNER_TYPES)
TABLE_SIZES = (9 * MATCHES * 3, DISTANCES * GAPS * 3, TYPES * TYPES, FORM_COUNT * GENDERED, 4 * 3 * 2 * 6)
OFFSETS = np.r_[0, np.cumsum(TABLE_SIZES)[:-1]].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Pairs:
    """
    Pairs of one text, grouped by anaphor in order of the text.

    Shape: ``anaphor`` and ``antecedent`` int64 (pairs,), numbers of items; ``features`` int64 (pairs, 5), rows of the
    joint table; ``match`` int64 (pairs,); ``quote`` int64 (items,), number of the quotation of each item, 0 outside.
    """

    anaphor: Ints
    antecedent: Ints
    features: Ints
    match: Ints
    quote: Ints


def make_pairs(text: str, items: Sequence[Item], sentence: Ints, quote: Ints) -> tuple[list[Words], Pairs]:
    """
    Pair each mention with its candidates.

    Args:
        text: The text.
        items: Mentions in order of their head words.
        sentence: Number of the sentence of each item.
        quote: Number of the quotation each item stands in, 0 outside.

    Returns:
        The words of each mention, and the pairs.
    """
    words = [words_of(text, item) for item in items]
    antecedents, matches, counts = _candidates(text, items, words)
    anaphor = np.repeat(np.arange(len(items)), counts)
    antecedent = np.array(antecedents, np.int64)
    match = np.array(matches, np.int64)
    features = _features(text, items, words, (anaphor, antecedent, match, sentence, quote))
    return words, Pairs(anaphor, antecedent, features, match, quote)


def _candidates(text: str, items: Sequence[Item], words: list[Words]) -> tuple[list[int], list[int], list[int]]:
    """Give antecedents and match classes of all mentions one after the other, and how many each has."""
    by_word: dict[str, list[int]] = defaultdict(list)
    antecedents: list[int] = []
    matches: list[int] = []
    counts: list[int] = []
    short = [
        frozenset(acronyms(own.names, text[slice(*item.name)])) if item.name else frozenset()
        for item, own in zip(items, words, strict=True)
    ]
    for i, (item, own) in enumerate(zip(items, words, strict=True)):
        nearest = PRONOUN_NEAREST if item.kind == PRONOUN else NEAREST
        chosen = list(range(max(0, i - nearest), i))
        if item.kind != PRONOUN:
            keys = {own.head, *own.names, *short[i]} - {""}
            far = {j for key in keys for j in by_word[key][-FURTHER:] if j < i - nearest}
            chosen = sorted(far)[-FURTHER:] + chosen
            for key in keys:
                by_word[key].append(i)
        counts.append(len(chosen))
        antecedents += chosen
        matches += [_match(items, words, short, i, j) for j in chosen]
    return antecedents, matches, counts


def _match(items: Sequence[Item], words: list[Words], short: list[frozenset[str]], i: int, j: int) -> int:
    """Say how the words of two mentions match."""
    a, b = words[i], words[j]
    if a.form or b.form:
        return WHOLE if a.form and a.head == b.head else NO_MATCH
    if a.names and b.names:
        relation = compare(a.names, b.names, person=items[i].type == items[j].type == PERSON)
        abbreviated = "".join(a.names) in short[j] or "".join(b.names) in short[i]
        return _match_of_names(a, b, relation, abbreviated=abbreviated)
    if a.head == b.head:
        if a.content == b.content:
            return WHOLE
        return HEAD_AND_MORE if set(a.content) <= set(b.content) or set(b.content) <= set(a.content) else HEAD_ONLY
    return STEM if len(a.head) > 3 and a.head.rstrip("s") == b.head.rstrip("s") else NO_MATCH


def _match_of_names(a: Words, b: Words, relation: int, *, abbreviated: bool) -> int:
    """Say how two names match, given how their words relate."""
    if relation in (SAME, PART):
        return WHOLE if relation == SAME else NAME_PART
    if abbreviated:
        return IS_ACRONYM
    if a.head[:4] == b.head[:4] and len(a.head) > 3:
        return STEM
    return NAME_OVERLAP if relation == OVERLAP else NAMES_APART


def _features(text: str, items: Sequence[Item], words: list[Words], pairs: tuple[Ints, Ints, Ints, Ints, Ints]) -> Ints:
    i, j, match, sentence, quote = pairs
    kind, type_, start, end, head = (
        np.array([getattr(item, name) for item in items], np.int64) if name != "head"
        else np.array([item.head[0] for item in items], np.int64)
        for name in ("kind", "type", "start", "end", "head")
    )  # fmt: skip
    form, gender, number, determiner = (
        np.array([getattr(w, name) for w in words], np.int64) for name in ("form", "gender", "number", "determiner")
    )
    any_number = (number[i] == ANY_NUMBER) | (number[j] == ANY_NUMBER)
    same_number = np.where(any_number, 2, (number[i] == number[j]).astype(np.int64))
    one = ((kind[i] * 3 + kind[j]) * MATCHES + match) * 3 + same_number
    two = (distance_bucket(sentence[i] - sentence[j]) * GAPS + gap_bucket(i - j)) * 3 + kind[i]
    three = type_[i] * TYPES + type_[j]
    four = form[i] * GENDERED + np.where(form[j] > 0, form[j], gender[j] + OFFSET_OF_GENDER)
    i_in_j, j_in_i = (start[i] >= start[j]) & (end[i] <= end[j]), (start[j] >= start[i]) & (end[j] <= end[i])
    inside = np.where(i_in_j, 1, np.where(j_in_i, 2, 0))
    quoted = np.where(quote[i] == quote[j], (quote[i] > 0).astype(np.int64), 2 + (quote[i] > 0))
    apposed = _apposed(text, items, np.stack([i, j, head[i] - end[j]], 1)) if len(i) else np.zeros(0, np.int64)
    five = ((quoted * 3 + inside) * 2 + apposed) * 6 + determiner[i]
    out: Ints = np.stack([one, two, three, four, five], 1) + OFFSETS
    return out


OFFSET_OF_GENDER = FORM_COUNT  # rows of gender (none, male, female) stand after those of the forms


def _apposed(text: str, items: Sequence[Item], near: Ints) -> Ints:
    """Say for each pair whether only a comma (or nothing) parts the two phrases."""
    out = np.zeros(len(near), np.int64)
    for k in np.flatnonzero(near[:, 2] < 40).tolist():
        a, b = items[near[k, 0]], items[near[k, 1]]
        left, right = (b.end, a.start) if a.start >= b.end else (b.head[1], a.start)
        out[k] = left <= right <= left + 3 and text[left:right].strip() in ("", ",", "(") and (NAME in (a.kind, b.kind))
    return out


def distance_bucket(sentences: Ints) -> Ints:
    """Put distances in sentences into 8 buckets: exact to 4, then to 7, 12, more."""
    out: Ints = np.searchsorted(np.array([1, 2, 3, 4, 5, 8, 13]), sentences, side="right")
    return out


def gap_bucket(mentions: Ints) -> Ints:
    """Put distances in mentions into 10 buckets."""
    out: Ints = np.searchsorted(np.array([2, 3, 4, 6, 8, 12, 17, 23, 30]), mentions, side="right")
    return out


def quote_numbers(text: str, offsets: Sequence[int]) -> Ints:
    """
    Number the quotation that each offset stands in; 0 outside.

    Only double marks count, and a straight one opens what the one before did not.

    Args:
        text: The text.
        offsets: Code points, ascending.
    """
    number, inside, k = 0, False, 0
    marks = [m.start() for m in re.finditer(r'["“”]', text)]
    out = []
    for offset in offsets:
        while k < len(marks) and marks[k] < offset:
            inside = text[marks[k]] == "“" or (text[marks[k]] == '"' and not inside)
            number += inside
            k += 1
        out.append(number if inside else 0)
    return np.array(out, np.int64)
