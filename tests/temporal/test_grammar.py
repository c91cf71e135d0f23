"""The finder: every rule finds its example, traps stay out, spans fit, hostile text is survived, and it is fast."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.temporal.expression import Point
from allegedly.temporal.grammar import find_times
from allegedly.temporal.pieces import Rule, load_rules
from allegedly.temporal.reading import READERS
from tests.hostile import HOSTILE

REPORT = """\
KARVELI, 7 May (Northwire) — A drone strike hit the district hospital in Karveli before dawn on Tuesday, killing at
least 12 people, the ministry said. The ministry blamed the Southern Front, which denied carrying out the attack. The
envoy, whose team reached the site by noon, said that more than 30 people may have been wounded over the past 24 hours.
Veldra's army rejected that claim. In 2019 a truce had been signed, and it will expire at the end of the year.
"""
SLOWEST = 60_000  # code points a second: a quarter of what one core does when nothing else runs


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_finds_its_example(rule: Rule) -> None:
    """An example is found whole, and no rule that stands before takes it away."""
    text = re.sub(r"[\[\]]", "", rule.example)
    found = [one for one in find_times(text) if one.rule == rule.id]
    assert found
    assert {one.span.of(text) for one in found} <= set(re.findall(r"\[(.*?)\]", rule.example))


def test_rules_name_readers_that_exist() -> None:
    """Every rule is read by a function, and every function reads a rule."""
    assert {rule.reader for rule in load_rules()} == set(READERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left at 10 p.m. on Wednesday.", ["10 p.m. on Wednesday"]),
        ("He left on Wednesday at 10 p.m.", ["Wednesday at 10 p.m."]),
        ("He left at noon Thursday.", ["noon Thursday"]),
        ("It rained at 10:35 a.m. (0735 GMT) Friday.", ["10:35 a.m. (0735 GMT) Friday"]),
        ("He left at 10 p.m., and Wednesday's post came.", ["10 p.m.", "Wednesday"]),
        ("At 10 p.m. the two days were over.", ["10 p.m.", "the two days"]),
        ("At noon in May.", ["noon", "May"]),
        ("From 1:30 p.m. to 2:30 p.m.", ["1:30 p.m.", "2:30 p.m."]),
        ("By 18:00 Kyiv time he knew.", ["18:00 Kyiv time"]),
        ("By 18:00 second time he knew.", ["18:00"]),
        ("On Friday\nmorning he left.", ["Friday\nmorning"]),
        ("On Friday\n\nmorning papers came.", ["Friday"]),
        ("KARVELI, MAY 7: 40 DEAD ON TUESDAY", ["MAY 7", "TUESDAY"]),
        ("they left on friday in may 2024", ["friday", "may 2024"]),
    ],
)
def test_expressions_are_cut_right(text: str, expected: list[str]) -> None:
    """A clock time joins its day; an empty line ends everything."""
    assert [one.span.of(text) for one in find_times(text)] == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("between 20 and 24 May", "20 and 24 May"),
        ("from Monday to Wednesday", "Monday to Wednesday"),
        ("between April and June", "April and June"),
        ("Monday and Tuesday", None),
        ("from Monday it rained until three", None),
        ("from 2014 to 2022", "2014 to 2022"),
        ("in 2014-2022", "2014-2022"),
        ("for two days to Monday", None),
    ],
)
def test_ranges_are_joined(text: str, joined: str | None) -> None:
    """Both ends of a range carry its words."""
    words = {one.joined.of(text) for one in find_times(text) if one.joined}
    assert words == ({joined} if joined else set())


@pytest.mark.parametrize(
    "text",
    [
        "the years 1999-1812",
        "1,999 men",
        "1999 men were there",
        "an ad 300",
        "the 0th century",
        "from May 24 to 20 men left",
        "10000000 days",
        "day 0 of the war",
        "at the second of three",
    ],
)
def test_what_only_looks_like_a_range_or_a_year_is_none(text: str) -> None:
    """Numbers that cannot be what the pattern says make no range and no year."""
    assert [one for one in find_times(text) if one.joined or one.rule in {"year", "century", "day-of-war"}] == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(text: str) -> None:
    """Nothing breaks, and every span lies inside."""
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in find_times(text))


@pytest.mark.parametrize("filler", ["İ" * 40, "🔥" * 40, "قوات " * 12, "\u202e\x00"])
def test_offsets_are_code_points(filler: str) -> None:
    """Signs that change length when lowered, or take two units, move nothing."""
    text = f"{filler} They left on Friday."
    assert [one.span.of(text) for one in find_times(text)] == ["Friday"]


WORDS = st.sampled_from(
    """
    May March Sunday Tuesday 2024 1999 3 24 31 99 the last next of on in and to - / : . , ( ) two days weeks year a.m.
    ago later overnight night early end June Feb. BC spring fall quarter first 18:00 GMT 'the 5th of every each other
    ’45 now
    """.split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_mix_of_words_of_time(text: str) -> None:
    """Whatever stands together, spans are inside, in order, apart, and the same each time."""
    found = find_times(text)
    assert found == find_times(text)
    ends = [place for one in found for place in one.span]
    assert ends == sorted(ends)
    assert all(one.span.of(text).strip() == one.span.of(text) for one in found)


def test_a_long_text_without_blanks_is_survived() -> None:
    """A word of a hundred thousand letters around a date costs no more than others."""
    text = "x" * 50_000 + " Friday " + "2024" * 20_000
    assert [one.span.of(text) for one in find_times(text)] == ["Friday"]


def test_speed() -> None:
    """The finder keeps up with reading, by far."""
    text = REPORT * 120
    find_times(REPORT)
    begin = time.perf_counter()
    found = find_times(text)
    assert len(text) / (time.perf_counter() - begin) > SLOWEST
    assert len(found) == 120 * len(find_times(REPORT))


def test_a_report() -> None:
    """The words of a report are found in order."""
    assert [one.span.of(REPORT) for one in find_times(REPORT)] == [
        "7 May", "before dawn on Tuesday", "noon", "the past 24 hours", "2019", "the end of the year",
    ]  # fmt: skip


def test_meanings_are_plain_data() -> None:
    """An expression says nothing of its document."""
    (found,) = find_times("on 24 May 2025")
    assert found.meaning == Point("day", 2025, 5, 24)
    assert found.kind == "explicit"
