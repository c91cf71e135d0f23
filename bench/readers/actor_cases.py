"""The hand-edited cases of coded actors, ``tests/cases/actors.csv``, and the region of each country."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.found import Codes, Pair

CASES = Path(__file__).parents[2] / "tests" / "cases" / "actors.csv"
_PARTY = re.compile(r"\bparty=(?P<party>[^\s;,]+)")
_NUMBERED = re.compile(r"(?P<words>.*)#(?P<number>[1-9]\d*)", re.DOTALL)

# After the United Nations' M49, Western Asia and North Africa taken together; for reporting by region, nothing else.
_REGIONS = {
    "Africa": """
        AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LSO MDG MLI MOZ MRT
        MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TZA UGA ZAF ZMB ZWE""",
    "Americas": """
        ABW AIA ARG ATG BHS BLZ BMU BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC
        PAN PER PRI PRY SLV SUR TTO URY USA VCT VEN""",
    "Asia": """
        AFG BGD BRN BTN CHN HKG IDN IND JPN KAZ KGZ KHM KOR LAO LKA MAC MDV MMR MNG MYS NPL PAK PHL PRK SGP THA TJK TKM
        TLS TWN UZB VNM""",
    "Europe": """
        ALB AND AUT BEL BGR BIH BLR CHE CZE DEU DNK ESP EST FIN FRA FRO GBR GIB GRC GRL HRV HUN IRL ISL ITA LIE LTU LUX
        LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE UKR VAT XKX""",
    "Middle East and North Africa": """
        ARE ARM AZE BHR CYP DZA EGY ESH GEO IRN IRQ ISR JOR KWT LBN LBY MAR OMN PSE QAT SAU SYR TUN TUR YEM""",
    "Oceania": "AUS COK FJI FSM KIR MHL NCL NIU NRU NZL PLW PNG PYF SLB TKL TON TUV VUT WSM",
}
REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes.split()}
NO_REGION = "no country"


class CaseError(ValueError):
    """A case cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class ActorCase:
    """
    Words of a text and the codes of whoever they mean.

    Args:
        id: Name of the case.
        text: The text.
        span: The words in question.
        published: Publication date, ISO 8601; None if it does not matter.
        countries: Countries that are right; "" where it must stay uncoded.
        sectors: Sectors that are right; "" where it must stay uncoded.
        kind: Kind of actor.
        quality: ``STRONG``, ``MEDIUM`` or ``WEAK``.
        group: What the case tries.
        note: Why it is so.
    """

    id: str
    text: str
    span: Pair
    published: str | None
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    kind: str
    quality: str
    group: str
    note: str

    @property
    def region(self) -> str:
        """Region of the first right country."""
        return REGION_OF.get(self.countries[0], "other code" if self.countries[0] else NO_REGION)

    @property
    def party(self) -> str:
        """Party that the case is about, as its note says: ``party=…``."""
        stated = _PARTY.search(self.note)
        return stated["party"] if stated else "none"

    def judge(self, found: Codes) -> tuple[bool, bool]:
        """Say whether country and sector are right."""
        return (found.country or "") in self.countries, (found.sector or "") in self.sectors


def read_actor_cases(path: Path = CASES) -> list[ActorCase]:
    """Read the cases."""
    with path.open(encoding="utf-8", newline="") as file:
        return parse_actor_cases(csv.DictReader(file))


def parse_actor_cases(rows: Iterable[dict[str, str]]) -> list[ActorCase]:
    """
    Read rows of the table.

    Raises:
        CaseError: If the words of a case do not stand in its text.
    """
    return [
        ActorCase(
            row["id"], row["text"], find_words(row["id"], row["text"], row["target"]), row["date"] or None,
            _alternatives(row["country"]), _alternatives(row["sector"]), row["actor_kind"], row["quality"],
            row["category"], row["note"],
        )
        for row in rows
    ]  # fmt: skip


def find_words(case: str, text: str, words: str) -> Pair:
    """
    Find words in a text; ``#2`` at their end asks for the second place where they stand.

    Raises:
        CaseError: If they do not stand there as often.
    """
    numbered = _NUMBERED.fullmatch(words)
    wanted, number = (numbered["words"], int(numbered["number"])) if numbered else (words, 1)
    places = [match.start() for match in re.finditer(re.escape(wanted), text)] if wanted else []
    if len(places) < number:
        raise CaseError(f"case {case}: {wanted!r} stands {len(places)} times in its text, not {number}")
    return places[number - 1], places[number - 1] + len(wanted)


def _alternatives(cell: str) -> tuple[str, ...]:
    """Give what is right; ``-`` among alternatives is "uncoded", as an empty cell is."""
    return tuple("" if code == "-" else code for code in cell.split("|"))
