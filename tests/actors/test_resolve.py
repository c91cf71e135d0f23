"""Actors coded: each reason, the order of evidence, dates, inheritance; exchanging countries changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allegedly.actors.dictionary import COLUMNS, SHIPPED, ActorTable
from allegedly.actors.resolve import REASONS, ActorCode, ActorDescription, code_actor
from allegedly.resources.lexicon import load_table
from tests.actors.conftest import Coder
from tests.hostile import HOSTILE

M23 = ActorCode("COD", "REB", "m23", "armed-group", "table-name", "m23")
KENYA = ActorCode("KEN", None, "KEN", "people", "table-name")

REASON_CASES: list[tuple[str, dict[str, Any]]] = [
    ("table-name", {"names": "Hamas", "type": "ORG"}),
    ("office-holder", {"names": "Paul Kagame", "when": "2012-01-01"}),
    ("former-office-holder", {"names": "Boris Johnson", "when": "2024-01-01"}),
    ("office-later", {"names": "Volodymyr Zelensky", "when": "2015-01-01"}),
    ("office-with-country", {"names": "Ana Orr", "roles": "Kenyan Foreign Minister"}),
    ("words-with-group", {"descriptions": "a Taliban spokesman"}),
    ("words-with-country", {"descriptions": "Syrian refugees"}),
    ("words-with-place", {"descriptions": "police in Nairobi"}),
    ("speaks-for", {"names": "Ana Orr", "roles": "spokeswoman", "owner": M23}),
    ("inner-mention", {"names": "Ana Orr", "roles": "the group's spokeswoman", "parts": (M23,)}),
    ("words-alone", {"descriptions": "soldiers"}),
    ("country-alone", {"descriptions": "a Kenyan"}),
    ("ambiguous-name", {"names": "SDF", "type": "MIL"}),
    ("not-an-actor", {"names": "Lake Orr", "type": "LOC"}),
    ("no-evidence", {"names": "Ana Orr"}),
]


@pytest.mark.parametrize(("reason", "description"), REASON_CASES, ids=[reason for reason, _ in REASON_CASES])
def test_each_reason(code: Coder, reason: str, description: dict[str, Any]) -> None:
    """Every reason can be reached."""
    assert code(**description).reason == reason


def test_all_reasons_are_tested() -> None:
    """The cases above are all reasons there are."""
    assert [reason for reason, _ in REASON_CASES] == list(REASONS)


@pytest.mark.parametrize(
    ("name", "type_", "acting", "country", "sector"),
    [
        ("Kenya", "GPE", True, "KEN", "GOV"),
        ("Kenya", "GPE", False, "KEN", None),
        ("Kyiv", "GPE", True, "UKR", "GOV"),
        ("Moscow", "GPE", True, "RUS", "GOV"),
        ("Kyiv", "GPE", False, "UKR", None),
        ("the Kremlin", "FAC", True, "RUS", "GOV"),
        ("the White House", "ORG", True, "USA", "GOV"),
        ("Kosovo", "GPE", True, "XKX", "GOV"),
        ("Taiwan", "GPE", True, "TWN", "GOV"),
        ("Goma", "GPE", True, "COD", None),
        ("US", "GPE", True, "USA", "GOV"),
        ("Tripoli", "GPE", True, "LBY", "GOV"),
        ("Tripoli", "GPE", False, None, None),
        ("southern Lebanon", "LOC", False, "LBN", None),
        ("Russians", "NORP", True, "RUS", "GOV"),
        ("Ukrainians", "NORP", True, "UKR", "GOV"),
    ],
)
def test_states_and_places(code: Coder, name: str, type_: str, acting: bool, country: str, sector: str) -> None:  # noqa: FBT001
    """A state or capital is a government only where it acts; a place is a country and no more."""
    found = code(name, type=type_, acting=acting)
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("names", "more", "actor"),
    [
        ("President Putin", {}, "vladimir-putin"),
        ("Mr. Putin", {}, "vladimir-putin"),
        ("Sergey Viktorovich Lavrov", {}, "sergei-lavrov"),
        (("Ivan Putin", "Putin"), {}, None),
        ("Vladimir", {}, None),
        ("Volodymyr", {}, None),
        ("Kabila", {"when": "2010-01-01"}, "joseph-kabila"),
        ("Kabila", {"when": "1999-01-01"}, "laurent-kabila"),
        ("Mike Johnson", {"descriptions": "a British soldier"}, None),
        ("Putin", {"descriptions": "a Canadian lawyer"}, None),
        ("Putin", {"descriptions": "the farmer"}, None),
    ],
)
def test_persons_are_not_guessed(code: Coder, names: str, more: dict[str, Any], actor: str | None) -> None:
    """A surname counts only where the text has no fuller name and nothing contradicts it; a first name never."""
    assert code(names, **more).actor == actor


@pytest.mark.parametrize(
    ("more", "country", "sector"),
    [
        ({"names": "Ebrahim Raisi", "roles": "President", "when": "2024-05-20"}, "IRN", "GOV"),
        ({"names": "Mohamed Hamdan Dagalo", "when": "2022-01-01"}, "SDN", "PRM"),
        ({"names": "Mohamed Hamdan Dagalo", "when": "2024-01-01"}, "SDN", "REB"),
        ({"names": "Volodymyr Zelensky", "roles": "comedian", "when": "2018-01-01"}, "UKR", "CVL"),
        ({"names": "Hassan Nasrallah", "when": "2024-10-01"}, "LBN", "REB"),
        ({"names": "Antonio Guterres", "when": "2020-01-01"}, None, "UNO"),
        ({"names": "RSF", "type": "MIL", "when": "2022-01-01"}, "SDN", "PRM"),
        ({"names": "RSF", "type": "ORG"}, None, None),
        ({"names": "RSF", "type": "ORG", "descriptions": "the Sudanese force"}, "SDN", "REB"),
        ({"names": "Kenyan Health Ministry", "type": "ORG"}, "KEN", "GOV"),
        ({"names": "Ministry of Health of Kenya", "type": "ORG"}, "KEN", "GOV"),
        ({"names": "Karveli Liberation Army", "type": "MIL"}, None, "REB"),
        ({"names": "Ana Orr", "roles": "spokeswoman", "descriptions": "the Kenyan official"}, "KEN", "GOV"),
        ({"names": "Ana Orr", "roles": "judge", "owner": KENYA}, "KEN", "JUD"),
        ({"descriptions": "pro-Kenyan fighters", "parts": (KENYA,)}, None, "UAF"),
        ({"descriptions": "the ambassador to Kenya", "parts": (KENYA,)}, None, "GOV"),
        ({"descriptions": "the envoy", "parts": (KENYA, M23)}, None, "GOV"),
    ],
)
def test_evidence_is_weighed(code: Coder, more: dict[str, Any], country: str | None, sector: str | None) -> None:
    """Dates, titles, words, owners and inner mentions are joined, and what is blocked stays out."""
    found = code(**more)
    assert (found.country, found.sector) == (country, sector)


def test_who_speaks_for_a_group_is_of_the_group(code: Coder) -> None:
    """A spokesman takes country, sector and group of the one he speaks for."""
    assert code("Idris Taal", roles="the group's spokesman", parts=(M23,)) == ActorCode(
        "COD", "REB", None, None, "inner-mention", "m23"
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("type_", ["PER", "ORG", "GPE", "MIL"])
def test_hostile_descriptions(table: ActorTable, text: str, type_: Any) -> None:
    """Hostile texts are coded without harm, always with a reason of the list."""
    found = code_actor(ActorDescription((text,), (text, text), (text,), type_), table)
    assert found.reason in REASONS


def test_nothing_is_said_of_nothing(code: Coder) -> None:
    """An empty description has no codes."""
    assert code() == ActorCode(reason="no-evidence")


# ------------------------------------------------------------------------------------------------ exchanging countries

TEMPLATES = """
    the {adj} army|{adj} soldiers|the {adj} government|a {adj} official|the {adj} foreign minister
    the {adj} president|{adj} Foreign Minister Ana Orr|the {adj} defence ministry|a {adj} military spokesman
    {adj} police|the {adj} opposition|{adj} opposition leader|{adj} rebels|{adj} separatists|{adj} gunmen
    {adj} militants|{adj} refugees|{adj} civilians|{adj} state television|{adj} media|a {adj} journalist
    {adj} lawmakers|the {adj} parliament|a {adj} court|{adj} prosecutors|{adj} farmers|{adj} students
    a {adj} doctor|{adj} settlers|{adj} protesters|{adj} border guards|the {adj} navy|{adj} air defences
    {adj} intelligence|the {adj} secret service|{adj} warplanes|{adj} drones|the {adj} ambassador
    the {adj} ambassador to Fiji|{adj} negotiators|a {adj} aid worker|{adj} businessmen|{adj} workers|{adj} clerics
    {adj}-backed rebels|pro-{adj} fighters in Fiji|anti-{adj} protesters in Fiji|the {adj}-led coalition
    {adj}-controlled militia|{adj}-installed mayor|{adj} forces in Fiji|{adj} refugees in Fiji
    former {adj} minister|ex-{adj} president|{adj} mercenaries|{name}'s army|{name}'s president
    the president of {name}|a spokesman for {name}|refugees from {name}|the army of {name}
    {name}'s foreign ministry|{name}'s leader|{name}'s envoy|police in {name}|witnesses in {name}|rebels in {name}
    the supreme court of {name}|officials in {name}|the {adj} leader|{adj} special forces|a senior {adj} general
    the {adj} side
""".replace("\n", "|")
SENTENCES = [template.strip() for template in TEMPLATES.split("|") if template.strip()]
PAIRS = """
    RUS UKR|ISR PSE|IND PAK|ARM AZE|SDN SSD|COD RWA|ETH ERI|IRN IRQ|SAU YEM|CHN TWN|PRK KOR|SRB XKX|GRC TUR|USA CHN
    GBR IRL|FRA DZA|MAR DZA|COL VEN|KEN SOM|NGA CMR|MLI NER|TCD CAF|SYR LBN|JOR EGY|LBY TUN|KHM THA|MMR BGD|GEO RUS
    MDA ROU|BLR POL|AFG PAK|ISR IRN|ISR LBN|USA RUS|HTI DOM|ZWE ZAF
""".replace("\n", "|")
COUNTRIES = [tuple(pair.split()) for pair in PAIRS.split("|") if pair.strip()]
NAME, CAPITALS = 1, 4  # columns of states.tsv
SHARED_CAPITALS = {"LBY"}  # Tripoli is a city of Lebanon too, unless it acts
STATE_ROWS = {row[0]: row for row in load_table(SHIPPED / "states.tsv", COLUMNS["states"])}


def fill(template: str, country: str) -> str:
    """Put a country's name and adjective into a template."""
    row = STATE_ROWS[country]
    return template.format(name=row[1], adj=row[3].split("|")[0])


def swapped(code: ActorCode, one: str, other: str) -> ActorCode:
    """Exchange two countries in a code."""
    places = {one: other, other: one}
    return replace(code, country=places.get(code.country or "", code.country))


def test_there_are_enough_templates() -> None:
    """The exchange is tried on at least sixty templates and thirty pairs."""
    assert (len(SENTENCES) >= 60, len(COUNTRIES) >= 30) == (True, True)


@pytest.mark.parametrize("type_", ["PER", "ORG", "MIL"])
@pytest.mark.parametrize("template", SENTENCES)
def test_exchanging_countries_changes_nothing_else(table: ActorTable, template: str, type_: Any) -> None:
    """Exchanging the names of two countries exchanges them in the code and changes nothing else."""
    unequal = []
    for one, other in COUNTRIES:
        first, second = (
            code_actor(ActorDescription(descriptions=(fill(template, country),), type=type_), table)
            for country in (one, other)
        )
        if swapped(first, one, other) != second:
            unequal.append((fill(template, one), first, second))
    assert unequal == []


@pytest.mark.parametrize("acting", [True, False])
@pytest.mark.parametrize("column", [NAME, CAPITALS], ids=["name", "capital"])
def test_exchanging_names_changes_nothing_else(table: ActorTable, column: int, acting: bool) -> None:  # noqa: FBT001
    """The same holds for names of states and capitals alone."""
    unequal = []
    for one, other in COUNTRIES:
        if not acting and column == CAPITALS and SHARED_CAPITALS & {one, other}:
            continue
        codes = [
            code_actor(ActorDescription((STATE_ROWS[country][column].split("|")[0],), type="GPE", acting=acting), table)
            for country in (one, other)
        ]
        expected = replace(codes[0], country=other, actor=other)
        if expected != codes[1]:
            unequal.append((one, other, codes))
    assert unequal == []
