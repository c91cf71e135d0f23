"""
Tables as Apache Parquet: typed columns, help texts as field metadata, written a row group at a time.

Needs pyarrow (``pip install 'allegedly[parquet]'``), imported when it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from allegedly.errors import ExportError
from allegedly.export.base import Column

GROUP = 10_000  # rows


def write_parquet(columns: Sequence[Column], rows: Iterable[Any], stream: BinaryIO) -> None:
    """
    Write a table.

    Args:
        columns: In order; days become ``date32``, numbers ``float64``, the rest ``string``.
        rows: What the columns read.
        stream: Takes the bytes.

    Raises:
        ExportError: If pyarrow is not installed, or a cell does not fit its column.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        from pyarrow import parquet  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ExportError(
            "Parquet needs pyarrow, which is not installed", hint="pip install 'allegedly[parquet]'"
        ) from error
    types = {"day": pa.date32(), "number": pa.float64(), "integer": pa.int64()}
    schema = pa.schema(
        [pa.field(item.name, types.get(item.kind, pa.string()), metadata={"help": item.help}) for item in columns]
    )
    try:
        with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
            for group in _groups(rows):
                arrays = [
                    pa.array([_typed(item, row) for row in group], type=field.type)
                    for item, field in zip(columns, schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    except (pa.ArrowException, UnicodeEncodeError) as error:
        raise ExportError(f"a cell does not fit its column: {error}", hint="export as CSV and look at it") from error


def _groups(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while group := list(islice(left, GROUP)):
        yield group


def _typed(column: Column, row: object) -> Any:  # noqa: ANN401  # what pyarrow takes
    cell = column.cell(row)
    if cell is None or column.kind not in {"day", "number"}:
        return cell
    try:
        return date.fromisoformat(str(cell)) if column.kind == "day" else float(cell)
    except ValueError as error:
        raise ExportError(f"column {column.name}: {cell!r} is no {column.kind}", hint="check the ledger") from error
