"""A pack that was trained for other codes is refused before anything is read with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.errors import PackError
from allegedly.presets import check_fit
from allegedly.resources.pack import Pack, load_pack

pytestmark = pytest.mark.weights


def without(table: dict[str, object], key: str) -> dict[str, object]:
    """Give a table without one of its keys."""
    return {name: value for name, value in table.items() if name != key}


def test_the_shipped_pack_fits() -> None:
    """The shipped pack was trained for this version's codes."""
    check_fit(load_pack())


@pytest.mark.parametrize(
    ("field", "key"),
    [("labels", "types"), ("heads", "trigger"), ("thresholds", "sentence"), ("transitions", "nested")],
)
def test_what_is_missing_is_named(field: str, key: str) -> None:
    """The error names the entry that is missing."""
    pack = load_pack()
    broken: Pack = replace(pack, **{field: without(getattr(pack, field), key)})
    with pytest.raises(PackError, match=rf"{field}\.{key}"):
        check_fit(broken)


def test_another_order_is_refused() -> None:
    """Labels in another order would be other labels."""
    pack = load_pack()
    turned = replace(pack, labels=pack.labels | {"stances": tuple(reversed(pack.labels["stances"]))})
    with pytest.raises(PackError, match=r"labels\.stances"):
        check_fit(turned)
