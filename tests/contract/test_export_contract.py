"""What every export keeps to: any text, the same bytes each time, the gate, nothing left of a foreign error."""

from __future__ import annotations

import io
from typing import Any

import pytest

from allegedly.errors import AllegedlyError, ExportError, UsageError
from allegedly.export.base import Material
from allegedly.export.registry import EXPORTS, export_of, folder_of, stream_of, table_of
from allegedly.export.write import write_export
from allegedly.records.claims_of import claims_of
from tests.export.ledgers import judged, march, market, material, plain, strike
from tests.hostile import HOSTILE

OPTIONAL = {"ftm": "followthemoney"}


def _written(name: str, given: Material, **options: Any) -> bytes:
    if name in OPTIONAL:
        pytest.importorskip(OPTIONAL[name])
    stream = io.BytesIO()
    write_export(name, given, stream, **options)
    return stream.getvalue()


def _full(**options: Any) -> Material:
    return material(incidents=[strike()], **options)


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("text", [name for name in HOSTILE if name != "surrogate"])
def test_any_text_can_be_written(name: str, text: str) -> None:
    """No text breaks an export, and the same rows give the same bytes."""
    given = material(plain(HOSTILE[text], id=f"../{text}", publisher=HOSTILE[text][:50]), incidents=[])
    assert _written(name, given) == _written(name, given)


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if not export.needs_incidents])
def test_a_lone_surrogate_is_refused(name: str) -> None:
    """What UTF-8 cannot carry is our error, not Python's; tables of incidents hold no texts."""
    with pytest.raises(ExportError, match="surrogate"):
        _written(name, material(plain(HOSTILE["surrogate"])))


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_carries_review_and_run(name: str) -> None:
    """State, reviewer and run stand in whatever is written."""
    first, second, *_ = claims_of(market())
    words = _contents(name, _full(judgements=[judged(claim, "accept", who="Rana") for claim in (first, second)]))
    assert "accepted" in words
    assert "Rana" in words
    assert first.run in words


def _contents(name: str, given: Material) -> str:
    if EXPORTS[name].kind == "folder":
        return "\n".join(content.decode() for _, content in folder_of(name)(given))
    return _written(name, given).decode()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_gate_holds(name: str) -> None:
    """With the gate, no claim that nobody accepted is written."""
    first, second, *rest = (*claims_of(market()), *claims_of(march()))
    words = _contents(name, _full(judgements=[judged(first, "accept"), judged(second, "reject")], only_accepted=True))
    assert [claim.id for claim in (second, *rest) if claim.id in words] == []
    assert (first.id in words) == (name != "conflicts")


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_to_write_is_written(name: str) -> None:
    """Without any claim, what is written is still of its form; of JSON Lines there are none."""
    assert bool(_written(name, material(incidents=[], wanted=lambda _claim: False))) == (name != "ftm")


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if export.kind == "table"])
def test_tables_name_their_policy(name: str) -> None:
    """Every table has the policy's column once one is asked for."""
    header = _written(name, _full(policy="ucdp")).decode().split("\r\n")[0]
    assert header.endswith("best_policy")


@pytest.mark.parametrize("name", ["geojson", "jsonld"])
def test_other_forms_name_their_policy(name: str) -> None:
    """Wherever best figures are written, the policy is named."""
    named, bare = (_written(name, _full(policy=policy)) for policy in ("median", None))
    assert (b"median" in named, b"olicy" in bare) == (True, False)


@pytest.mark.parametrize("name", ["incidents", "conflicts"])
def test_incidents_must_have_been_made(name: str) -> None:
    """Without incidents the error says where they come from, and nothing is written."""
    stream = io.BytesIO()
    with pytest.raises(ExportError, match="made from the claims of a store"):
        write_export(name, material(), stream)
    assert stream.getvalue() == b""


@pytest.mark.parametrize("find", [export_of, table_of, stream_of, folder_of])
def test_an_unknown_export_is_refused(find: Any) -> None:
    """The error lists what there is."""
    with pytest.raises(UsageError) as caught:
        find("excel")
    assert "claims, incidents" in caught.value.hint


@pytest.mark.parametrize(("find", "name"), [(table_of, "brat"), (stream_of, "claims"), (folder_of, "geojson")])
def test_an_export_of_another_kind_is_refused(find: Any, name: str) -> None:
    """A table is no folder."""
    with pytest.raises(AllegedlyError):
        find(name)
