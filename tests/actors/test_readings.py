"""What single noun phrases say of country, sector and group."""

from __future__ import annotations

import pytest

from allegedly.actors.dictionary import ActorTable
from allegedly.actors.phrases import split_phrases
from allegedly.actors.readings import Reading, read_words


def read(table: ActorTable, text: str, *, wants_body: bool | None = None) -> Reading:
    """Read a text of one phrase."""
    (words,) = split_phrases(text)
    return read_words(words, table, None, wants_body=wants_body)


CASES = [
    # The head noun decides.
    ("a Kenyan judge", "KEN", "JUD", None),
    ("the rebel commander", None, "REB", None),
    ("a police spokesman", None, "COP", None),
    ("an army doctor", None, "MIL", None),
    ("the Malian opposition leader", "MLI", "OPP", None),
    ("a Ghanaian farmer", "GHA", "AGR", None),
    ("the Peruvian leader", "PER", "GOV", None),
    ("the leader", None, None, None),
    # Groups lend their codes.
    ("a Taliban spokesman", "AFG", "GOV", None),
    ("a Taliban commander", "AFG", "MIL", None),
    ("an M23 spokesman", "COD", "REB", "m23"),
    ("Houthi fighters", "YEM", "REB", "houthis"),
    ("the Houthi-run health ministry", "YEM", "GOV", "houthis"),
    ("Hamas policemen", "PSE", "COP", "hamas"),
    ("the militant group Hezbollah", "LBN", "REB", "hezbollah"),
    ("Boko Haram hostages", None, "CVL", None),
    ("a UN envoy", None, "UNO", "united-nations"),
    ("the UN Yemen envoy", None, "UNO", "united-nations"),
    ("a NATO soldier", None, "IGO", "nato"),
    ("an MSF nurse", None, "NGO", "doctors-without-borders"),
    ("a Reuters photographer", "GBR", "JRN", None),
    ("a Likud lawmaker", "ISR", "LEG", None),
    ("a Kremlin spokesman", "RUS", "GOV", None),
    ("RSF fighters", "SDN", "REB", "rapid-support-forces"),
    ("UNRWA staff", None, "UNO", "unrwa"),
    ("Lebanese forces", "LBN", "MIL", None),
    ("the Lebanese Forces", "LBN", "PTY", None),
    ("Gaza's health ministry", "PSE", "GOV", "hamas"),
    ("Sunni Muslims in Iraq", "IRQ", "REL", None),
    # Whose, and whose not.
    ("pro-Russian separatists in Moldova", "MDA", "REB", None),
    ("pro-Ukrainian partisans in Russia", "RUS", "REB", None),
    ("Rwandan-backed rebels", None, "REB", None),
    ("Turkish-backed Syrian fighters", "SYR", "UAF", None),
    ("the Saudi-led coalition", "SAU", "MIL", None),
    ("a Russian-installed governor", "RUS", "GOV", None),
    ("the French ambassador to Niger", "FRA", "GOV", None),
    ("the US Sudan envoy", "USA", "GOV", None),
    ("Syria's envoy", "SYR", "GOV", None),
    ("Eritrean refugees in Sudan", "ERI", "REF", None),
    ("police in Nairobi", "KEN", "COP", None),
    ("troops in Mali", None, "MIL", None),
    ("envoys in Geneva", None, "GOV", None),
    ("mayor of Goma", "COD", "GOV", None),
    ("the head of the Kharkiv region", "UKR", "GOV", None),
    ("members of the Kenyan parliament", "KEN", "LEG", None),
    ("hundreds of Georgian protesters", "GEO", "CVL", None),
    ("a group of Kenyan students", "KEN", "EDU", None),
    ("Kenyan and Somali officials", None, "GOV", None),
    ("an Iraqi-American journalist", None, "JRN", None),
    ("Kurdish militants", None, "UAF", None),
    ("Chechen fighters", "RUS", "REB", None),
    ("forces loyal to Haftar", "LBY", "REB", "libyan-national-army"),
    # Out of office.
    ("a former Kenyan minister", "KEN", "ELI", None),
    ("ex-Soviet general", None, "ELI", None),
    ("former Afghan soldiers", "AFG", "CVL", None),
    # Names only.
    ("Kenya", "KEN", None, None),
    ("the Kenyans", "KEN", None, None),
    ("the Kenyan capital", "KEN", None, None),
    ("areas", None, None, None),
]


@pytest.mark.parametrize(("text", "country", "sector", "group"), CASES, ids=[case[0] for case in CASES])
def test_codes(table: ActorTable, text: str, country: str | None, sector: str | None, group: str | None) -> None:
    """A phrase gives country, sector and group, and no more than its words say."""
    found = read(table, text)
    assert (found.country, found.sector, found.group) == (country, sector, group)


def test_weapons_alone_act_for_nobody(table: ActorTable) -> None:
    """A weapon has a sector only beside those who use it."""
    assert (read(table, "a missile").reason, read(table, "Kenyan missiles").sector) == ("", "MIL")


@pytest.mark.parametrize(("wants_body", "sector"), [(True, "MIL"), (False, "UAF")])
def test_the_type_decides_words_of_two_kinds(table: ActorTable, wants_body: bool, sector: str) -> None:  # noqa: FBT001
    """A bomber is an aircraft or a person."""
    assert read(table, "the bomber", wants_body=wants_body).sector == sector


def test_blocked_countries_are_remembered(table: ActorTable) -> None:
    """Countries that are not the actor's are kept, so that nobody takes them from inner mentions."""
    assert read(table, "pro-Serbian fighters").blocked == {"SRB"}


def test_ambiguous_names_beside_a_country(table: ActorTable) -> None:
    """A country beside an ambiguous acronym decides."""
    assert (read(table, "Syria's SDF").actor, read(table, "the SDF").reason) == (
        "syrian-democratic-forces",
        "ambiguous-name",
    )
