"""The table of actors: hygiene of its files, look-ups, validity, time to load."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from allegedly.actors.dictionary import COLUMNS, SHIPPED, ActorTable, choose_valid, load_table_of_actors
from allegedly.actors.names import fold
from allegedly.records.codes import SECTORS
from allegedly.resources.lexicon import load_table
from tests.hostile import HOSTILE

TABLES = sorted(COLUMNS)
SLOWEST_LOAD = 0.12  # s; 0.06 on an idle machine
FEWEST = {"states": 220, "metonyms": 100, "groups": 400, "organisations": 700, "offices": 900, "agents": 900}
DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
FIRST, LAST = "0", "9999"


def rows(name: str) -> list[dict[str, str]]:
    """Read a shipped table as one dictionary a line."""
    return [dict(zip(COLUMNS[name], row, strict=True)) for row in load_table(SHIPPED / f"{name}.tsv", COLUMNS[name])]


STATES = {row["id"] for row in rows("states")}


def names_of(row: dict[str, str]) -> list[str]:
    """Give all names of a line, as its columns have them."""
    columns = ("name", "names", "aliases", "adjectives", "capitals")
    return [name for column in columns if row.get(column) for name in row[column].split("|")]


def overlaps(one: dict[str, str], other: dict[str, str]) -> bool:
    """Say whether two lines hold at the same time."""
    since, until = one.get("since") or FIRST, one.get("until") or LAST
    return since <= (other.get("until") or LAST) and (other.get("since") or FIRST) <= until


@pytest.mark.parametrize("name", TABLES)
def test_ids_are_unique_slugs(name: str) -> None:
    """Every line has an id of its own that can stand in an address or a sides file."""
    ids = [row["id"] for row in rows(name)]
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert [id_ for id_ in ids if not re.fullmatch(r"[A-Z]{3}|[a-z0-9]+(?:-[a-z0-9]+)*", id_)] == []


@pytest.mark.parametrize("name", TABLES)
def test_heads_say_licence_and_columns(name: str) -> None:
    """Every file says what it is, under which licence, and what its columns hold."""
    head = [line for line in (SHIPPED / f"{name}.tsv").read_text("utf-8").splitlines() if line.startswith("#")]
    assert any("Licence: CC0-1.0" in line for line in head)
    assert [column for column in COLUMNS[name] if not any(line.startswith(f"# {column}: ") for line in head)] == []


@pytest.mark.parametrize(("name", "fewest"), FEWEST.items())
def test_tables_are_not_truncated(name: str, fewest: int) -> None:
    """Tables have at least as many lines as promised."""
    assert len(rows(name)) >= fewest


@pytest.mark.parametrize("name", [name for name in TABLES if "country" in COLUMNS[name]])
def test_countries_are_known(name: str) -> None:
    """Every country code stands in the table of states."""
    assert [row["id"] for row in rows(name) if row["country"] and row["country"] not in STATES] == []


@pytest.mark.parametrize("name", [name for name in TABLES if "sector" in COLUMNS[name]])
def test_sectors_are_known(name: str) -> None:
    """Every sector is one of the closed vocabulary."""
    assert [row["id"] for row in rows(name) if row["sector"] not in SECTORS] == []


@pytest.mark.parametrize("name", [name for name in TABLES if "since" in COLUMNS[name]])
def test_dates_are_dates(name: str) -> None:
    """Dates are ISO 8601 to the day, month or year, and no validity ends before it begins."""
    bad = [
        row["id"]
        for row in rows(name)
        if not (DATE.fullmatch(row["since"]) and DATE.fullmatch(row["until"]))
        or (row["until"] and row["since"][: len(row["until"])] > row["until"])
        or any(len(day) == len("2024-01-01") and not date.fromisoformat(day) for day in (row["since"], row["until"]))
    ]
    assert bad == []


@pytest.mark.parametrize("name", ["metonyms", "peoples", "places", "groups", "organisations"])
def test_shared_names_are_marked(name: str) -> None:
    """No name stands in two lines of the same time unless the column "shared" says so."""
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in rows(name):
        for key in {fold(item) for item in names_of(row)}:
            by_key.setdefault(key, []).append(row)
    unmarked = [
        (key, one["id"], other["id"])
        for key, found in by_key.items()
        for one, other in combinations(found, 2)
        if overlaps(one, other) and key not in {fold(item) for item in one.get("shared", "").split("|")}
    ]
    assert unmarked == []


@pytest.mark.parametrize("name", ["groups", "offices"])
def test_standings_of_one_actor_do_not_contradict(name: str) -> None:
    """At no time does one actor have two countries in one table."""
    by_actor: dict[str, list[dict[str, str]]] = {}
    for row in rows(name):
        by_actor.setdefault(row["actor"], []).append(row)
    bad = [
        (one["id"], other["id"])
        for found in by_actor.values()
        for one, other in combinations(found, 2)
        if overlaps(one, other) and one["country"] and other["country"] and one["country"] != other["country"]
    ]
    assert bad == []


@pytest.mark.parametrize("name", TABLES)
def test_names_are_clean(name: str) -> None:
    """No name has blanks around it, is empty or stands twice in its line."""
    bad = [row["id"] for row in rows(name) for item in names_of(row) if item != item.strip() or not fold(item)]
    assert bad == []


def test_groups_of_holders_exist() -> None:
    """The group of an office holder is a group or organisation of the tables."""
    known = {row["actor"] for name in ("groups", "organisations") for row in rows(name)}
    assert sorted({row["group"] for row in rows("offices") if row["group"]} - known) == []


def test_every_state_has_holders() -> None:
    """All states in which news of conflict is frequent have at least one office holder."""
    wanted = {
        "AFG", "ARM", "AZE", "BFA", "CAF", "CHN", "COD", "COL", "DEU", "EGY", "ERI", "ETH", "FRA",
        "GBR", "GEO", "HTI", "IND", "IRN", "IRQ", "ISR", "KEN", "KOR", "LBN", "LBY", "MDA", "MLI",
        "MMR", "MOZ", "NER", "NGA", "PAK", "PHL", "PRK", "PSE", "RUS", "RWA", "SAU", "SDN", "SOM",
        "SRB", "SSD", "SYR", "TCD", "TUR", "TWN", "UGA", "UKR", "USA", "VEN", "XKX", "YEM",
    }  # fmt: skip
    assert sorted(wanted - {row["country"] for row in rows("offices")}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hamas", "israel-defense-forces"), ("rapid-support-forces", "sudanese-armed-forces"), ("m23", "fardc"),
        ("arakan-army", "tatmadaw"), ("houthis", "presidential-leadership-council"), ("eln", "clan-del-golfo"),
        ("tigray-people-s-liberation-front", "ethiopian-national-defense-force"), ("wagner-group", "azov"),
        ("security-service-of-ukraine", "fsb"), ("mossad", "ministry-of-intelligence-and-security"),
        ("inter-services-intelligence", "research-and-analysis-wing"), ("hezbollah", "israel-defense-forces"),
        ("syrian-democratic-forces", "syrian-national-army"), ("kurdistan-workers-party", "turkish-armed-forces"),
        ("libyan-national-army", "government-of-national-unity"), ("armenian-armed-forces", "azerbaijani-armed-forces"),
    ],
)  # fmt: skip
def test_both_parties_are_there(one: str, other: str) -> None:
    """Of each conflict the parties stand in the same table, in the same form."""
    actors = {row["actor"] for row in rows("groups")}
    assert {one, other} <= actors


@pytest.mark.skipif(
    sys.gettrace() is not None or "coverage" in sys.modules, reason="measuring coverage takes time itself"
)
def test_loading_is_fast() -> None:
    """Loading takes little processor time (best of five, as the machine may be busy)."""
    times = []
    for _ in range(5):
        load_table_of_actors.cache_clear()
        start = time.process_time()
        load_table_of_actors()
        times.append(time.process_time() - start)
    assert min(times) < SLOWEST_LOAD


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("HAMAS", "hamas"), ("the Taliban", "taliban"), ("Al Shabaab", "al-shabaab"), ("al-Shabaab’s", "al-shabaab"),
        ("Zelenskyy", "volodymyr-zelensky"), ("Volodymyr Zelenskiy", "volodymyr-zelensky"), ("Nato", "nato"),
        ("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"), ("D.R.C.", "COD"), ("Swaziland", "SWZ"), ("Burma", "MMR"),
        ("Kiev", "UKR"), ("Kyiv", "UKR"), ("the Elysée", "elysee"), ("Recep Tayyip Erdogan", "recep-tayyip-erdogan"),
    ],
)  # fmt: skip
def test_names_are_found_in_any_form(table: ActorTable, name: str, actor: str) -> None:
    """A name is found whatever its case, accents, dots, hyphens and article."""
    assert actor in {entry.actor for entry in table.find(name)}


@pytest.mark.parametrize("name", ["us", "who", "Who", "is", "it", "Is", "the", "", "Vladimir", "nobody of that name"])
def test_common_words_are_no_names(table: ActorTable, name: str) -> None:
    """Small words that look like acronyms, first names and unknown names are not found."""
    assert table.find(name) == ()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_are_not_found(table: ActorTable, text: str) -> None:
    """Hostile texts are no names, and looking them up does no harm."""
    assert table.find(text) == ()


@pytest.mark.parametrize(
    ("name", "day", "sector"),
    [
        ("Taliban", "1999-01-01", "GOV"), ("Taliban", "2010-01-01", "REB"), ("Taliban", "2021-08-14", "REB"),
        ("Taliban", "2021-08-15", "GOV"), ("HTS", "2024-12-07", "REB"), ("HTS", "2024-12-08", "GOV"),
        ("Rapid Support Forces", "2023-04-14", "PRM"), ("Rapid Support Forces", "2023-04-15", "REB"),
        ("FARC", "2016-11-24", "REB"), ("FARC", "2018-01-01", "PTY"), ("Renamo", "1990-01-01", "REB"),
    ],
)  # fmt: skip
def test_standing_follows_the_day(table: ActorTable, name: str, day: str, sector: str) -> None:
    """The entry that holds on the day is chosen."""
    assert [entry.sector for entry in choose_valid(table.find(name), date.fromisoformat(day))] == [sector]


def test_without_a_day_the_present_counts(table: ActorTable) -> None:
    """Without a day the entry without an end is chosen."""
    assert [entry.sector for entry in choose_valid(table.find("Rapid Support Forces"), None)] == ["REB"]


@pytest.mark.parametrize(
    ("word", "sector"),
    [
        ("soldier", "MIL"), ("soldiers", "MIL"), ("gunmen", "UAF"), ("spokeswomen", "GOV"), ("ministries", "GOV"),
        ("witnesses", "CVL"), ("attorneys general", "JUD"), ("members of parliament", "LEG"), ("labourers", "LAB"),
        ("laborers", "LAB"), ("defence ministers", "GOV"), ("defense ministers", "GOV"),
        ("secretaries of state", "GOV"),
    ],
)  # fmt: skip
def test_nouns_are_found_in_both_numbers(table: ActorTable, word: str, sector: str) -> None:
    """Nouns are found in singular and plural, in British and American spelling."""
    assert {agent.sector for agent in table.find_agents(word)} == {sector}
