"""
Tables of the package: tab-separated text, one entry a line, errors with file and line.

Lines that begin with ``#`` say what the table is and under which licence; the
first other line names the columns. Every table has a column ``id`` with a value
of its own in each line.
"""

from __future__ import annotations

from pathlib import Path

from allegedly.errors import LexiconError

_HINT = "mend the line, or reinstall allegedly"


def load_table(path: Path, columns: tuple[str, ...]) -> list[list[str]]:
    """
    Read a table.

    Args:
        path: The file.
        columns: The columns that it must have, in this order.

    Returns:
        The fields of each entry, in order of the file.

    Raises:
        LexiconError: The file is missing or no text, its columns are others, a line has too few or too many fields, or
            an id stands twice; the message names file and line.
    """
    entries: list[list[str]] = []
    seen: set[str] = set()
    head = None
    width = len(columns)
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line or line[0] == "#":
            continue
        fields = line.split("\t")
        if head is None:
            head = tuple(fields)
            if head != columns:
                raise lexicon_error(path, number, f"has the columns {', '.join(head)}, not {', '.join(columns)}")
            continue
        if len(fields) != width:
            raise lexicon_error(path, number, f"has {len(fields)} fields, not {width}")
        if fields[0] in seen:
            raise lexicon_error(path, number, f"repeats the id {fields[0]}")
        seen.add(fields[0])
        entries.append(fields)
    if head is None:
        raise lexicon_error(path, 1, f"names no columns; it needs {', '.join(columns)}")
    return entries


def lexicon_error(path: Path, line: int, problem: str) -> LexiconError:
    """Make the error of a line that cannot be used."""
    return LexiconError(f"{path}:{line}: the table {problem}", hint=_HINT, path=path, line=line)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: the table cannot be read: {error}", hint=_HINT, path=path, line=0) from error
