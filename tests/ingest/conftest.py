"""What the tests of taking in share: a site on loopback, a collector of items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from allegedly.ingest.base import Arrival, Failure, Item, Options
from allegedly.ingest.intake import Intake
from allegedly.ingest.visits import Visits
from tests.sites import Site, open_site

LOCAL = Options(allow_private=True, delay=0.0, timeout=5.0)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback, gone after the test."""
    with open_site() as made:
        yield made


def take(*inputs: str | Path, options: Options = LOCAL, visits: Visits | None = None) -> list[Item]:
    """Take inputs in and give all items."""
    return list(Intake(inputs, options, visits or Visits()))


def arrivals(items: list[Item]) -> list[Arrival]:
    """Give the arrivals among items."""
    return [item for item in items if isinstance(item, Arrival)]


def reasons(items: list[Item]) -> list[str]:
    """Give the reasons of the failures among items."""
    return [item.reason for item in items if isinstance(item, Failure)]
