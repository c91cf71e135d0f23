"""The shipped parties and templates, and what is wrong with others."""

from __future__ import annotations

from collections import Counter

import pytest

from allegedly.errors import ResourceError
from allegedly.neutrality.data import SLOTS, load_pairs, load_templates
from allegedly.neutrality.fill import fill

TEMPLATE = '[[template]]\nid = "t"\nkind = "any"\ntext = "x"\n'


def test_there_is_enough_data() -> None:
    """There are at least 48 templates and eight pairs, states and groups among them."""
    kinds = Counter(pair.kind for pair in load_pairs())
    assert len(load_templates()) >= 48
    assert kinds["state"] >= 8
    assert kinds["group"] >= 4


def test_every_template_fills_for_every_pair() -> None:
    """No template asks for a slot that a fitting pair lacks, and none leaves a brace behind."""
    texts = [
        fill(template, pair.first, pair.second).text
        for template in load_templates()
        for pair in load_pairs()
        if template.fits(pair)
    ]
    assert [text for text in texts if "{" in text or "}" in text] == []


def test_every_template_names_both_parties() -> None:
    """A template without one of the parties would test nothing."""
    assert [item.id for item in load_templates() if "{A." not in item.text or "{B." not in item.text] == []


@pytest.mark.parametrize("kind", ["state", "group", "mixed"])
def test_templates_for_all_use_the_slots_of_all(kind: str) -> None:
    """What every pair must have is the same for all kinds."""
    assert SLOTS["any"] <= SLOTS[kind]


def test_words_of_parties_differ() -> None:
    """Two parties of a pair share no words, or the swap would change nothing there."""
    same = [
        (pair.id, slot)
        for pair in load_pairs()
        for slot in ("name", "short", "headline", "adjective", "title", "leader", "surname", "office", "envoy")
        if pair.first[slot] == pair.second[slot]
    ]
    assert same == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "template"),
        ("[[template", "templates.toml"),
        ('[[template]]\nid = "t"\ntext = "x"\n', "missing or unknown keys: kind"),
        (TEMPLATE.replace("any", "none"), "t: unknown kind 'none'"),
        (TEMPLATE * 2, "two entries have one id"),
        (TEMPLATE + "more = 1\n", "missing or unknown keys: more"),
    ],
)
def test_bad_templates_are_refused(raw: str, message: str) -> None:
    """A file that is not what it claims to be is refused with the entry's name."""
    with pytest.raises(ResourceError, match=message):
        load_templates(raw)


def test_a_party_without_a_slot_is_refused() -> None:
    """A missing slot is named, with pair and side."""
    raw = '[[pair]]\nid = "p"\nkind = "group"\npublished = "2024-05-07"\nfirst = {}\nsecond = {}\n'
    with pytest.raises(ResourceError, match="p, first: missing or unknown slots: adjective"):
        load_pairs(raw)
