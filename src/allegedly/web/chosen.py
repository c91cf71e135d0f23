"""What a visitor chose of the incidents: the same words in the addresses of list, timeline, map and charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allegedly.errors import UsageError
from allegedly.store.briefs import BriefFilter
from allegedly.web.links import Value, address


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """
    A choice of incidents.

    Args:
        first: Those that can have happened on this day or later, ISO 8601; empty leaves open.
        last: Those that can have happened on this day or before.
        type: Of this type.
        country: In this country.
        disputed: Only those in dispute.
    """

    first: str = ""
    last: str = ""
    type: str = ""
    country: str = ""
    disputed: bool = False

    @property
    def query(self) -> dict[str, Value]:
        """The choice as part of an address."""
        return {
            "first": self.first, "last": self.last, "type": self.type, "country": self.country,
            "disputed": self.disputed,
        }  # fmt: skip

    @property
    def anything(self) -> bool:
        """Whether anything is chosen at all."""
        return any(self.query.values())

    def at(self, path: str, **more: Value) -> str:
        """Give the address of a page with this choice."""
        return address(path, **(self.query | more))

    def filter(self, *, dated: bool | None = None, placed: bool | None = None) -> BriefFilter:
        """Give what the store is asked for."""
        return BriefFilter(
            first=self.first or None, last=self.last or None, type=self.type or None, country=self.country or None,
            conflicts_only=self.disputed, dated=dated, placed=placed,
        )  # fmt: skip


def choose(
    first: str = "",
    last: str = "",
    type: str = "",  # noqa: A002  # its name in the address
    country: str = "",
    disputed: str = "",
) -> Chosen:
    """
    Read a choice from the query of an address; a dependency of pages.

    Raises:
        UsageError: If a day is none.
    """
    return Chosen(
        first=_day(first), last=_day(last), type=type.strip(), country=country.strip().upper(),
        disputed=disputed not in {"", "0"},
    )  # fmt: skip


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words.strip()).isoformat() if words.strip() else ""
    except ValueError as error:
        raise UsageError(f"{words[:40]!r} is no day", hint="write days as 2024-05-07") from error
