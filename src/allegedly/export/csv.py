"""
Tables as text: RFC 4180, UTF-8, CRLF between records, a header line.

Free text from outside may begin with a sign that a spreadsheet takes for a
formula (``=HYPERLINK(…)``). Such a cell gets an apostrophe in front
(OWASP, "CSV Injection"); :func:`unguard` takes exactly that off again, and
``guard=False`` (``--raw-cells``) writes the cells as they are, for programs.
Labels, days and numbers are ours and are never touched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from allegedly.errors import ExportError
from allegedly.export.base import Cell, Column

_RISKY = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # the wide forms are read as the narrow ones by some spreadsheets


def write_csv(
    columns: Sequence[Column], rows: Iterable[Any], stream: BinaryIO, *, delimiter: str = ",", guard: bool = True
) -> None:
    """
    Write a table row by row.

    Args:
        columns: In order.
        rows: What the columns read.
        stream: Takes the bytes.
        delimiter: Between cells.
        guard: Make formulas harmless.

    Raises:
        ExportError: If a text holds lone surrogates, which UTF-8 cannot carry.
    """
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator="\r\n")
    texts = [guard and column.kind == "text" for column in columns]
    writer.writerow([column.name for column in columns])
    stream.write(_take(line))
    for row in rows:
        cells = [column.cell(row) for column in columns]
        writer.writerow([guarded(cell) if text else cell for text, cell in zip(texts, cells, strict=True)])
        stream.write(_take(line))


def guarded(cell: Cell) -> Cell:
    """
    Put an apostrophe before a text that a spreadsheet would run.

    Example:
        >>> guarded("=1+1"), guarded("at least 12")
        ("'=1+1", 'at least 12')
    """
    return f"'{cell}" if isinstance(cell, str) and _RISKY.match(cell) else cell


def unguard(cell: str) -> str:
    """
    Give a guarded text back as it was.

    Example:
        >>> unguard(guarded("'=1+1"))
        "'=1+1"
    """
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def _take(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ExportError(
            f"a text holds a lone surrogate, which UTF-8 cannot carry: {text[error.start : error.start + 1]!r}",
            hint="decode the text properly before reading it",
        ) from error
