"""The shipped table of actors, and a short way to code somebody with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from allegedly.actors.dictionary import ActorTable, load_table_of_actors
from allegedly.actors.resolve import ActorCode, ActorDescription, code_actor

Coder = Callable[..., ActorCode]


@pytest.fixture(scope="session")
def table() -> ActorTable:
    """Give the shipped table."""
    return load_table_of_actors()


@pytest.fixture(scope="session")
def code(table: ActorTable) -> Coder:
    """Give a function that codes one description; single texts and ISO dates are allowed for short."""

    def run(names: str | tuple[str, ...] = (), **more: Any) -> ActorCode:
        more["names"] = names
        for field in ("names", "descriptions", "roles"):
            if isinstance(more.get(field), str):
                more[field] = (more[field],)
        if isinstance(more.get("when"), str):
            more["when"] = date.fromisoformat(more["when"])
        return code_actor(ActorDescription(**more), table)

    return run
