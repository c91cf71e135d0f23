"""Write an export: any of them, from rows to bytes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Literal

from allegedly.errors import ExportError, UsageError
from allegedly.export.base import Material
from allegedly.export.columns import with_policy
from allegedly.export.files import write_folder, write_zip
from allegedly.export.registry import export_of, folder_of, stream_of, table_of

TableFormat = Literal["csv", "parquet"]


def write_export(
    name: str,
    material: Material,
    stream: BinaryIO,
    *,
    table_format: TableFormat = "csv",
    guard: bool = True,
) -> None:
    """
    Write an export to a stream; one of several files as a ZIP archive.

    Args:
        name: Name of the export.
        material: What to write.
        stream: Takes the bytes.
        table_format: How a table is written.
        guard: Whether formulas in a table are made harmless; see :mod:`allegedly.export.csv`.

    Raises:
        UsageError: If there is no such export.
        ExportError: If the form cannot carry it, or a library is not installed.
    """
    export = export_of(name)
    if export.needs_incidents and material.incidents is None:
        raise ExportError(f"{name} are made from the claims of a store", hint="give --store, not a file of ledgers")
    if export.kind == "stream":
        stream_of(name)(material, stream)
        return
    if export.kind == "folder":
        write_zip(folder_of(name)(material), stream)
        return
    table = with_policy(table_of(name), material.policy)
    if table_format == "parquet":
        from allegedly.export.parquet import write_parquet  # noqa: PLC0415  # one of the two is needed

        write_parquet(table.columns, table.rows(material), stream)
        return
    from allegedly.export.csv import write_csv  # noqa: PLC0415  # as above

    write_csv(table.columns, table.rows(material), stream, delimiter=table.delimiter, guard=guard)


def write_export_folder(name: str, material: Material, folder: Path) -> int:
    """
    Write an export of several files into a folder, and give their number.

    Raises:
        UsageError: If the export is not of several files.
        ExportError: If the folder cannot be written.
    """
    if folder.is_file():
        raise UsageError(f"{folder} is a file", hint="give a folder, or a name that ends in .zip")
    return write_folder(folder_of(name)(material), folder)
