"""Fixed labels and harmless words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from allegedly.actors.resolve import REASONS
from allegedly.annotators.actors import SEVERAL
from allegedly.annotators.coreference import SPEAKER
from allegedly.coreference import chains, rules
from allegedly.records.codes import ENTITY_TYPES, FACTUALITIES, MENTION_KINDS, SOURCE_TYPES, STANCES
from allegedly.records.ledger import Ledger, Number, QuantityRow
from allegedly.render import labels

JUDGING = {"true", "false", "verified", "fact", "lie", "wrong", "right", "terrorist", "regime"}


LINKS = {
    chains.FIRST, chains.APPOSITION, chains.SCORED_NAME, chains.SCORED_DESCRIPTION, chains.SCORED_PRONOUN, SPEAKER,
    rules.SAME_NAME, rules.ALIAS, rules.BY_ACRONYM, rules.NAME_PART_OF, rules.NEAREST_OF_NAME,
    rules.TITLE, rules.SAME_BODY,
}  # fmt: skip
TABLES: dict[str, tuple[Iterable[str], Mapping[Any, str]]] = {
    "stances": (STANCES, labels.STANCE),
    "factualities": (FACTUALITIES, labels.FACTUALITY),
    "entity types": (ENTITY_TYPES, labels.ENTITY_TYPE),
    "source types": (SOURCE_TYPES, labels.SOURCE_TYPE),
    "kinds of mentions": (MENTION_KINDS, labels.MENTION_KIND),
    "reasons of links": (LINKS, labels.LINK),
    "reasons of codes": ((*REASONS, SEVERAL), labels.CODED_BY),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_a_label(name: str) -> None:
    """Each closed vocabulary is labelled, and no label is left over."""
    codes, found = TABLES[name]
    assert set(codes) == set(found)


def test_no_label_judges() -> None:
    """No label says who is right."""
    words = " ".join([labels.NO_NAME, *(label for _, table in TABLES.values() for label in table.values())]).split()
    assert JUDGING & set(words) == set()


@pytest.mark.parametrize(
    ("low", "best", "high", "words", "expected"),
    [
        (12, None, None, "at least 12", '12 or more ("at least 12")'),
        (12, 12, 12, "12", "12"),
        (12, 12, 12, "twelve", '12 ("twelve")'),
        (None, None, 40, "up to 40", "up to 40"),
        (10, None, 20, "10 to 20", "10 to 20"),
        (None, None, None, "dozens", 'no figure ("dozens")'),
        (31000, None, None, "over 31,000", '31,000 or more ("over 31,000")'),
    ],
)
def test_numbers(low: Number | None, best: Number | None, high: Number | None, words: str, expected: str) -> None:
    """A number is shown as its words bound it, with the words where they say more."""
    row = QuantityRow("q1", (0, 1), "killed", words, low, best, high, "exact")
    assert labels.number_label(row) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-05-07", "Tue 2024-05-07"),
        ("2024-05-07T23:59:00+02:00", "Tue 2024-05-07"),
        (None, "no date"),
        ("yesterday\n", "yesterday"),
    ],
)
def test_dates(published: str | None, expected: str) -> None:
    """A date is shown with its weekday, anything else as it is."""
    assert labels.published_label(published) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a\r\n\tb", "a b"),
        ("a\x1b[0mb", "a\ufffd[0mb"),
        ("\u202eabc", "\ufffdabc"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_cleans_for_one_line(words: str, expected: str) -> None:
    """Control and direction signs are shown as such, joined emoji stay joined."""
    assert labels.clean(words) == expected


def test_narrator_without_publisher(ledger: Ledger) -> None:
    """A report of nobody in particular speaks as the report."""
    assert (
        labels.narrator(replace(ledger, document=replace(ledger.document, publisher=None)))
        == "the report (its own voice)"
    )
