"""Files of an export: names, archives, folders."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import ExportError, UsageError
from allegedly.export.brat import brat_files
from allegedly.export.files import encoded, file_stem, write_folder, write_zip
from allegedly.export.write import write_export_folder
from tests.export.ledgers import document_row, march, material, reviewed

ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)


def _stem(document_id: str) -> str:
    return file_stem(document_row("text", id=document_id))


@given(ids)
def test_names_are_safe_everywhere(document_id: str) -> None:
    """No name leaves its folder, hides, has a sign that a system refuses, or is too long."""
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", _stem(document_id))
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.txt)?$", _stem(document_id), re.IGNORECASE)


@given(ids, ids)
def test_two_documents_have_two_names(one: str, other: str) -> None:
    """Names differ where ids do, also where a file system does not tell capitals apart."""
    assert (_stem(one).lower() == _stem(other).lower()) == (one == other)


@pytest.mark.parametrize("document_id", ["a/b", "a?b", "A_b", "con", "../a", "é", "-a", "x" * 61])
def test_a_changed_name_carries_digits(document_id: str) -> None:
    """What had to be changed is told apart by digits of the id's hash."""
    assert re.fullmatch(r".+\.[0-9a-f]{12}", _stem(document_id))


@pytest.mark.parametrize("document_id", ["a4f1f9f73a196073", "march", "report-1_b"])
def test_a_safe_name_stays(document_id: str) -> None:
    """Most ids are names already."""
    assert _stem(document_id) == document_id


def test_a_document_read_twice_has_two_names() -> None:
    """Two readings of one document do not overwrite each other."""
    files = [name for name, _ in brat_files(material(march(), march()))]
    assert files == ["march.txt", "march.ann", "march.2.txt", "march.2.ann", "annotation.conf"]


def test_an_archive_holds_the_files() -> None:
    """Names and contents come back."""
    stream = io.BytesIO()
    write_zip([("a.txt", b"one"), ("b.ann", b"")], stream)
    with zipfile.ZipFile(stream) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"one", "b.ann": b""}


def test_a_folder_is_made(tmp_path: Path) -> None:
    """Folders on the way are made, and the files are counted."""
    assert write_folder([("a", b"1"), ("b", b"2")], tmp_path / "x" / "y") == 2
    assert (tmp_path / "x" / "y" / "b").read_bytes() == b"2"


def test_no_file_is_no_file(tmp_path: Path) -> None:
    """Nothing to write is nothing written."""
    assert write_folder([], tmp_path) == 0


def test_a_folder_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(ExportError, match="x"):
        write_folder([("a", b"1")], tmp_path / "x" / "y")
    with pytest.raises(UsageError, match="is a file"):
        write_export_folder("brat", reviewed(), tmp_path / "x")


def test_a_lone_surrogate_is_an_error() -> None:
    """What UTF-8 cannot carry is refused."""
    with pytest.raises(ExportError, match="lone surrogate"):
        encoded("\ud83d")
