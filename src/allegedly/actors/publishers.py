"""
In which country a publisher sits: by its entry in the table of actors, its domain, or a country in its name.

Only two things hang on it: whether 03/04/2025 is read with the day first, and
a weak preference among places of one name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from allegedly.actors.dictionary import SHIPPED, ActorTable, load_table_of_actors
from allegedly.actors.states import state_named
from allegedly.records.document import Document
from allegedly.resources.lexicon import load_table

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 200  # code points of a publisher's name that are read
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
    name = (publisher or "")[:_LONGEST]
    listed = {entry.country for entry in table.find(name) if entry.sector == "JRN"} if name else set()
    if len(listed) == 1:
        return listed.pop()
    return _domains().get(_last_label(url or "")) or _country_in(table, name)


def country_of(document: Document) -> str | None:
    """Give the code of the country in which a document's publisher sits, by the shipped table of actors."""
    return publisher_country(load_table_of_actors(), document.publisher, document.url)


def is_day_first(country: str | None) -> bool | None:
    """Say whether a country writes 3 April as 03/04; None if it writes it in several ways or is not known."""
    if country is None or country in YEAR_FIRST_OR_BOTH:
        return None
    return country not in MONTH_FIRST


def _country_in(table: ActorTable, name: str) -> str | None:
    """Give the country that a publisher's name holds: "Kyiv Courier", "Times of Nigeria"."""
    words = (word for word in _WORD.findall(name) if word[0].isupper())
    return next((country for word in words if (country := state_named(table, word, True))), None)


@lru_cache(maxsize=1)
def _domains(folder: Path = SHIPPED) -> dict[str, str]:
    return {row[0]: row[1] for row in load_table(folder / "domains.tsv", ("id", "country"))}


def _last_label(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rpartition(".")[2]
