"""Tables: what is read, and what their errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.actors.dictionary import COLUMNS, SHIPPED, load_table_of_actors
from allegedly.errors import LexiconError
from allegedly.resources.lexicon import load_table

COLUMN_NAMES = ("id", "name")


def test_comments_blanks_and_line_ends_do_not_count(tmp_path: Path) -> None:
    """Comments, empty lines and Windows line ends are skipped."""
    path = tmp_path / "t.tsv"
    path.write_bytes("# what\r\n\r\nid\tname\r\na\tÅ\r\nb\t\r\n".encode())
    assert load_table(path, COLUMN_NAMES) == [["a", "Å"], ["b", ""]]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("id\tname\na\tx\na\ty\n", 3, "repeats the id a"),
        ("# c\nid\tname\na\n", 3, "has 1 fields, not 2"),
        ("id\tother\n", 1, "has the columns id, other, not id, name"),
        ("# nothing\n", 1, "names no columns"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A line that cannot be used is named, with what is wrong and what to do."""
    path = tmp_path / "t.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=words) as caught:
        load_table(path, COLUMN_NAMES)
    assert (caught.value.path, caught.value.line, bool(caught.value.hint)) == (path, line, True)
    assert f"{path}:{line}:" in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    """A missing file is a lexicon error."""
    with pytest.raises(LexiconError, match=r"none\.tsv"):
        load_table(tmp_path / "none.tsv", COLUMN_NAMES)


def test_broken_encoding_is_an_error(tmp_path: Path) -> None:
    """A file that is no UTF-8 is a lexicon error."""
    path = tmp_path / "t.tsv"
    path.write_bytes(b"id\tname\n\xff\t\n")
    with pytest.raises(LexiconError, match="cannot be read"):
        load_table(path, COLUMN_NAMES)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("groups", "\tREB\t", "\tXXX\t", "has the unknown sector 'XXX'"),
        ("agents", "\town", "\tstrong", "has the unknown strength 'strong'"),
    ],
)
def test_unknown_codes_are_errors(tmp_path: Path, table: str, old: str, new: str, words: str) -> None:
    """A sector or strength that does not exist is named with its line."""
    for name in COLUMNS:
        (tmp_path / f"{name}.tsv").write_text((SHIPPED / f"{name}.tsv").read_text("utf-8"), "utf-8")
    path = tmp_path / f"{table}.tsv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(LexiconError, match=words) as caught:
        load_table_of_actors(tmp_path)
    assert new in path.read_text("utf-8").splitlines()[caught.value.line - 1]
