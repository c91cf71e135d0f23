"""CSV and Parquet: what goes in comes out."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import ExportError
from allegedly.export.base import Column
from allegedly.export.columns import CLAIMS
from allegedly.export.csv import guarded, unguard, write_csv
from allegedly.export.write import write_export
from tests.export.ledgers import plain, reviewed
from tests.hostile import HOSTILE

TEXTS = [
    Column("one", "text", "First.", lambda row: row[0]),
    Column("two", "text", "Second.", lambda row: row[1]),
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''+1"]
text = st.text(st.characters(codec="utf-8"))


def _written(rows: list[tuple[str, str]], **options: Any) -> bytes:
    stream = io.BytesIO()
    write_csv(TEXTS, rows, stream, **options)
    return stream.getvalue()


def _read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True))


@given(st.lists(st.tuples(text, text)), st.sampled_from([",", "\t"]))
def test_csv_gives_texts_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Any text comes back as it was, once the guard is taken off."""
    read = _read(_written(rows, delimiter=delimiter), delimiter)
    assert [tuple(map(unguard, row)) for row in read[1:]] == rows


@given(st.lists(st.tuples(text, text)))
def test_raw_cells_are_the_texts(rows: list[tuple[str, str]]) -> None:
    """Without guard the cells are the texts."""
    assert [tuple(row) for row in _read(_written(rows, guard=False))[1:]] == rows


@given(text)
def test_no_guarded_cell_is_a_formula(words: str) -> None:
    """No free text begins with a sign that starts a formula."""
    assert not str(guarded(words)).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("words", FORMULAS)
def test_a_formula_gets_an_apostrophe(words: str) -> None:
    """What a spreadsheet would run is shown instead, and can be had back."""
    assert (guarded(words), unguard(str(guarded(words)))) == (f"'{words}", words)


def test_numbers_and_labels_are_never_guarded() -> None:
    """A longitude below zero is a number, and `-` is a factuality."""
    columns = [Column("x", "number", "X.", lambda _: -3.5), Column("f", "label", "F.", lambda _: "-")]
    stream = io.BytesIO()
    write_csv(columns, [None], stream)
    assert stream.getvalue() == b"x,f\r\n-3.5,-\r\n"


def test_records_end_with_crlf() -> None:
    """Records end as RFC 4180 says, and a text's own line ends stay inside quotation marks."""
    assert _written([("a\nb", 'c"d')]) == b'one,two\r\n"a\nb","c""d"\r\n'


def test_a_lone_surrogate_is_an_error() -> None:
    """What UTF-8 cannot carry is refused with a hint."""
    with pytest.raises(ExportError, match="lone surrogate"):
        _written([("\ud83d", "")])


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in {"empty", "surrogate"}])
def test_a_quote_is_the_text(name: str) -> None:
    """`text[start:end]` is the quote, in hostile texts too."""
    ledger = plain(HOSTILE[name])
    stream = io.BytesIO()
    write_csv(CLAIMS.columns, _told(ledger), stream)
    csv.field_size_limit(1_000_000)
    for row in csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")):
        assert unguard(row["quote"]) == ledger.document.text[int(row["start"]) : int(row["end"])]


def _told(ledger: Any) -> list[Any]:
    from tests.export.ledgers import material  # noqa: PLC0415  # one use

    return list(material(ledger).told())


def _tables() -> tuple[list[dict[str, str]], Any]:
    parquet = pytest.importorskip("pyarrow.parquet")
    streams = io.BytesIO(), io.BytesIO()
    write_export("claims", reviewed(), streams[0], guard=False)
    write_export("claims", reviewed(), streams[1], table_format="parquet")
    rows = list(csv.DictReader(io.StringIO(streams[0].getvalue().decode(), newline="")))
    return rows, parquet.read_table(io.BytesIO(streams[1].getvalue()))


def test_parquet_says_what_csv_says() -> None:
    """Each cell is that of the CSV, typed."""
    rows, table = _tables()
    shown = [
        {
            name: "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
            for name, value in row.items()
        }
        for row in table.to_pylist()
    ]  # fmt: skip
    assert shown == rows


def test_parquet_is_typed_and_documented() -> None:
    """Days are days, numbers are numbers, and each column carries its help text."""
    _, table = _tables()
    assert (table.column("date_start")[0].as_py(), table.column("latitude")[0].as_py()) == (date(2024, 5, 6), 10.5)
    assert table.schema.field("quote").metadata[b"help"] == b"The words of the claim, verbatim."


def test_parquet_refuses_what_does_not_fit() -> None:
    """A day that is none is named with its column."""
    pytest.importorskip("pyarrow")
    from allegedly.export.parquet import write_parquet  # noqa: PLC0415  # needs the extra

    with pytest.raises(ExportError, match="column d: 'May' is no day"):
        write_parquet([Column("d", "day", "D.", lambda _: "May")], [None], io.BytesIO())


def test_parquet_refuses_a_lone_surrogate() -> None:
    """A foreign error does not escape."""
    pytest.importorskip("pyarrow")
    from allegedly.export.parquet import write_parquet  # noqa: PLC0415  # needs the extra

    with pytest.raises(ExportError, match="does not fit"):
        write_parquet(TEXTS, [("\ud83d", "")], io.BytesIO())


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, the error says how to install it."""
    import sys  # noqa: PLC0415  # patched here only

    from allegedly.export.parquet import write_parquet  # noqa: PLC0415  # as above

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError) as caught:
        write_parquet(TEXTS, [], io.BytesIO())
    assert caught.value.hint == "pip install 'allegedly[parquet]'"
