"""
The table of actor cases, tests/cases/actors.csv, is what it claims to be: columns, targets, codes, balance.

How the cases are written. ``text`` is invented; ``target`` names the actor and
stands in it once, or carries ``#2`` for its second occurrence. ``country`` and
``sector`` hold what is right, alternatives with ``|`` between them; ``-`` among
alternatives is "uncoded", and an empty field says that nothing may be coded.
``date`` is the publication's. A note opens with the party that the case is
about. Quality: STRONG is plain from the words or known to every expert, MEDIUM
needs a table or the context, WEAK can be argued about.

Sectors follow PLOVER: a state, its capital or its palace as actor is GOV, a
ministry of defence GOV or MIL; armed opposition REB (IMG where it works across
borders), and a group that governs may be GOV as well; former officials are ELI.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from allegedly.records.codes import SECTORS

CASES = Path(__file__).parent / "actors.csv"
LEAST = 640
QUALITIES = {"STRONG": (0.40, 0.50), "MEDIUM": (0.35, 0.45), "WEAK": (0.10, 0.20)}
KINDS = frozenset(
    """
    authority city clergy company court crowd demonym force gang group gunmen media medic militia none office
    organisation palace parliament party person place police spy state unnamed
    """.split()
)
# Parties that stand against each other; several tags on one side are counted together.
OPPOSED = (
    ("rus", "ukr"),
    ("isr", "hamas+hezbollah"),
    ("isr", "irn"),
    ("hezbollah", "hamas"),
    ("sdnarmy", "rsf"),
    ("cod", "rwa"),
    ("m23+fdlr", "rwa"),
    ("eth", "tplf"),
    ("mmrarmy", "mmrres"),
    ("yem", "houthi"),
    ("syrgov", "syropp"),
    ("arm", "aze"),
    ("ind", "pak"),
    ("chn", "twn"),
    ("chn", "phl"),
    ("prk", "kor"),
    ("col", "eln+dissidents"),
    ("mlijunta", "jnim+isgs"),
    ("nga", "bokoharam+iswap+ngabandits"),
    ("som", "shabaab"),
    ("lbygnu", "lbylna"),
    ("moz", "mozins"),
    ("afgrep", "taliban"),
    ("xkx", "srb"),
    ("ven", "guy"),
    ("tha", "khm"),
)
LEAST_SHARE = 0.6
_CODE = re.compile(r"[A-Z]{3}|-")


class Case(NamedTuple):
    """One line of the table."""

    id: str
    text: str
    target: str
    date: str
    country: str
    sector: str
    actor_kind: str
    quality: str
    category: str
    note: str


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


def find_target(case: Case) -> tuple[int, int] | None:
    """Give the span of a case's actor, None if the words do not stand there as the table says."""
    words, _, number = case.target.partition("#")
    places = [match.start() for match in re.finditer(re.escape(words), case.text)]
    wanted = int(number or 1)
    if len(places) < wanted or (not number and len(places) > 1):
        return None
    start = places[wanted - 1]
    return start, start + len(words)


def party_of(case: Case) -> str:
    """Give the party that a case is about."""
    return case.note.partition(";")[0].removeprefix("party=")


def test_there_are_enough() -> None:
    """The table is large enough for a figure per kind."""
    assert len(read_cases()) >= LEAST


def test_columns_are_in_order() -> None:
    """The first line names the columns, in order."""
    assert CASES.read_text("utf-8").splitlines()[0] == ",".join(Case._fields)


@pytest.mark.parametrize("field", ["id", "text"])
def test_nothing_stands_twice(field: str) -> None:
    """Ids are unique, and so are id, text and target together."""
    values = [case.id if field == "id" else f"{case.text}|{case.target}|{case.date}" for case in read_cases()]
    assert [value for value, count in Counter(values).items() if count > 1] == []


def test_targets_stand_in_their_texts() -> None:
    """Every actor's words are found where the table says."""
    assert [case.id for case in read_cases() if find_target(case) is None] == []


def test_sectors_are_known() -> None:
    """Sectors are those of the records, or nothing."""
    known = {*SECTORS, "-"}
    odd = [case.id for case in read_cases() if case.sector and not set(case.sector.split("|")) <= known]
    assert odd == []


def test_countries_are_three_letters() -> None:
    """Countries are three capitals, or nothing."""
    codes = [(case.id, code) for case in read_cases() if case.country for code in case.country.split("|")]
    assert [item for item in codes if not _CODE.fullmatch(item[1])] == []


def test_dates_are_dates() -> None:
    """Dates are ISO 8601 or empty."""
    assert [case.id for case in read_cases() if case.date and date.fromisoformat(case.date).year < 1990] == []


def test_kinds_are_known() -> None:
    """Kinds of actors are from a closed list, and each case has a category and a party."""
    assert {case.actor_kind for case in read_cases()} <= KINDS
    assert [case.id for case in read_cases() if not case.category or not case.note.startswith("party=")] == []


@pytest.mark.parametrize("quality", sorted(QUALITIES))
def test_shares_of_qualities(quality: str) -> None:
    """Strong, medium and weak cases have their shares."""
    low, high = QUALITIES[quality]
    share = sum(case.quality == quality for case in read_cases()) / len(read_cases())
    assert low <= share <= high


@pytest.mark.parametrize(("one", "other"), OPPOSED)
def test_opposed_parties_weigh_alike(one: str, other: str) -> None:
    """Parties that stand against each other have nearly as many cases."""
    counts = Counter(map(party_of, read_cases()))
    together = [sum(counts[tag] for tag in side.split("+")) for side in (one, other)]
    print(f"{one:<12}{together[0]:>4}   {other:<28}{together[1]:>4}")  # noqa: T201  # the table of balance, with -s
    assert min(together) / max(together) >= LEAST_SHARE
