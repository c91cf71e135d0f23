"""The language of queries: what is understood, and what is said of the rest."""

from __future__ import annotations

from datetime import date

import pytest

from allegedly.errors import QueryError
from allegedly.records.codes import EVENT_TYPES, MEASURES, MODES, STANCES
from allegedly.store.query_language import (
    Both,
    Clause,
    Day,
    Figure,
    InDocument,
    Label,
    Sure,
    Words,
    label_of,
    parse_query,
)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Drone", [Words(None, ("drone",))]),
        ('"District  Hospital"', [Words(None, ("district", "hospital"))]),
        ("hosp*", [Words(None, ("hosp",), prefix=True)]),
        ('"district hosp"*', [Words(None, ("district", "hosp"), prefix=True)]),
        ("1,200", [Words(None, ("1", "200"))]),
        ("Source:ICRC", [Words("source", ("icrc",))]),
        ('source:"red cross"', [Words("source", ("red", "cross"))]),
        ("voice:own", [Label("voiceqxown")]),
        ("voice:owner", [Words("voice", ("owner",))]),
        ('denies:"southern front"', [Both(Label("stanceqxdeny"), Words("source", ("southern", "front")))]),
        ("admits:front", [Both(Label("stanceqxclaimresp"), Words("source", ("front",)))]),
        ("stance=claim_resp", [Label("stanceqxclaimresp")]),
        ("type:assault", [Label("typeqxassault")]),
        ("mode:x-clash", [Label("modeqxxclash")]),
        ("factuality:?", [Label("factualityqxuncertain")]),
        ("country:sdn", [Label("countryqxsdn")]),
        ("killed>=10", [Figure("killed", ">=", 10.0)]),
        ("wounded<2.5", [Figure("injured", "<", 2.5)]),
        ("dead:7", [Figure("killed", "=", 7.0)]),
        ("score>0.5", [Sure(">", 0.5)]),
        ("document:a:b", [InDocument("a:b")]),
        ("since:2024-02", [Day("published", ">=", date(2024, 2, 1), date(2024, 2, 29))]),
        ("until:2024", [Day("published", "<=", date(2024, 1, 1), date(2024, 12, 31))]),
        ("published<2024-05-07", [Day("published", "<", date(2024, 5, 7), date(2024, 5, 7))]),
        ("happened:2024-05-07", [Day("happened", "=", date(2024, 5, 7), date(2024, 5, 7))]),
        ("stance:deny,doubt", [Label("stanceqxdeny"), Label("stanceqxdoubt")]),
        ('actor:army,"armed men"', [Words("actor", ("army",)), Words("actor", ("armed", "men"))]),
        ("a OR b OR source:c", [Words(None, ("a",)), Words(None, ("b",)), Words("source", ("c",))]),
    ],
)
def test_one_clause(query: str, terms: list[object]) -> None:
    """Each form means one thing."""
    assert parse_query(query).clauses == (Clause(tuple(terms)),)  # type: ignore[arg-type]  # a table of any terms


def test_several_clauses() -> None:
    """Clauses stand side by side, each turned round by its own minus."""
    clauses = parse_query('drone -"air raid" -voice:own  killed>=3').clauses
    assert [clause.negated for clause in clauses] == [False, True, True, False]
    assert [clause.is_text for clause in clauses] == [True, True, True, False]


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_nothing_is_everything(query: str) -> None:
    """An empty query has no clause."""
    assert parse_query(query).clauses == ()


@pytest.mark.parametrize(
    ("query", "position", "problem", "hint"),
    [
        ("a colour:red", 2, "there is no field 'colour'", "fields are accuses"),
        ('a "b', 2, "never closed", "two words"),
        ("a -", 2, "nothing after the minus", "-word"),
        ("source:", 0, "source has no value", "source:value"),
        ("source>=3", 0, "source cannot be compared", "source:value"),
        ("a killed>=many", 2, "'many' is no number", "killed>=1000"),
        ("killed>=1,2", 0, "compared with one value", ">=10"),
        ("since:2024-13", 0, "'2024-13' is no day", "2024-05-07"),
        ("since:soon", 0, "'soon' is no day", "2024-05-07"),
        ("since:0000", 0, "'0000' is no day", "2024-05-07"),
        ("since>=2024", 0, "since takes a day", "since:2024-05-07"),
        ("OR a", 0, "something on both sides", "drone OR missile"),
        ("a OR OR b", 5, "something on both sides", "drone OR missile"),
        ("a OR", 4, "ends with OR", "drone OR missile"),
        ("a OR -b", 5, "what is negated", "minus"),
        ("a OR killed>=3", 5, "no comparisons", "twice"),
        ("stance:denied", 0, "stance has no value 'denied'", "values are assert"),
        ("country:??", 0, "country takes a code", "country:SDN"),
        ("--", 0, "no word to look for", "letters"),
        ("x\0", 1, "which no text does", "leave it out"),
        ("a" * 1001, 0, "1,001 characters", "less"),
        ("a " * 70, 0, "70 parts", "less"),
    ],
)
def test_what_is_not_understood(query: str, position: int, problem: str, hint: str) -> None:
    """The error says what is wrong, where, and what to write instead."""
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert (caught.value.position, problem in str(caught.value), hint in caught.value.hint) == (position, True, True)


@pytest.mark.parametrize(
    ("kind", "values"), [("type", EVENT_TYPES), ("mode", MODES), ("stance", STANCES), ("measure", MEASURES)]
)
def test_labels_are_distinct(kind: str, values: tuple[str, ...]) -> None:
    """No two values of a vocabulary are held by the same label."""
    assert len({label_of(kind, value) for value in values}) == len(values)
