"""
In which country a publisher sits: by its name in the table of actors, else by the domain of its address.

Only two things hang on it: whether 03/04/2025 is read with the day first, and
a weak preference among places of one name.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from allegedly.actors.dictionary import SHIPPED, ActorTable
from allegedly.resources.lexicon import load_table

MONTH_FIRST: Final = frozenset(("USA", "PHL", "FSM", "MHL", "PLW"))  # 03/04/2025 is 4 March
YEAR_FIRST_OR_BOTH: Final = frozenset(("CAN", "CHN", "JPN", "KOR", "PRK", "TWN", "IRN", "HUN", "LTU", "MNG", "ZAF"))


def publisher_country(table: ActorTable, publisher: str | None, url: str | None) -> str | None:
    """
    Give the ISO 3166-1 alpha-3 code of a publisher's country; None if nothing says it.

    Args:
        table: The table of actors.
        publisher: Its name.
        url: Address of the report.
    """
    named = {entry.country for entry in table.find(publisher) if entry.sector == "JRN"} if publisher else set()
    if len(named) == 1:
        return named.pop()
    return _domains().get(_last_label(url)) if url else None


def is_day_first(country: str | None) -> bool | None:
    """Say whether a country writes 3 April as 03/04; None if it writes it in several ways or is not known."""
    if country is None or country in YEAR_FIRST_OR_BOTH:
        return None
    return country not in MONTH_FIRST


@lru_cache(maxsize=1)
def _domains(folder: Path = SHIPPED) -> dict[str, str]:
    return {row[0]: row[1] for row in load_table(folder / "domains.tsv", ("id", "country"))}


def _last_label(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rpartition(".")[2]
