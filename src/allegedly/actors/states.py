"""Which state a name stands for: its name, its adjective, and its capital where that acts."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from allegedly.actors.dictionary import ActorTable

_WORDS: Final = frozenset(("state", "adjective"))
_ACTING_WORDS: Final = frozenset(("state", "adjective", "capital"))


@lru_cache(maxsize=5_000)
def state_named(table: ActorTable, name: str, acts: bool) -> str | None:  # noqa: FBT001  # a callback with two values
    """
    Give the code of the state that a name stands for.

    Args:
        table: The table of actors.
        name: The name as printed.
        acts: Whether it speaks, acts or suffers: a capital is its government only then.

    Returns:
        The code; None if it names no state, or more than one.
    """
    wanted = _ACTING_WORDS if acts else _WORDS
    countries = {entry.country for entry in table.find(name) if entry.table in wanted}
    return countries.pop() if len(countries) == 1 else None
