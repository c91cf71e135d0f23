"""Damaged packs: whatever is wrong with one, the error is a PackError that says what to do."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.session import OnnxSession
from allegedly.errors import PackError
from allegedly.resources.pack import FILES, FORMAT, Pack, check_digest, load_pack

DIGESTS = "".join(f'"{name}" = "{hashlib.sha256(name.encode()).hexdigest()}"\n' for name in FILES)
MANIFEST = f"""format = {FORMAT}
[digests]
{DIGESTS}[heads]
sentence = 1
[labels]
types = ["AGREE", "CONSULT"]
[transitions]
ledger = [[0.0, 1.0], [0.5, 0.0]]
[thresholds]
sentence = 0.5
[calibration]
stance = [1.0, 0.0]
[card]
licence = "Apache-2.0"
"""
TABLES = ("digests", "heads", "labels", "transitions", "thresholds", "calibration", "card")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack whose networks are a few bytes; tests write the manifest."""
    folder = tmp_path_factory.mktemp("pack")
    for name in FILES:
        (folder / name).write_bytes(name.encode())
    return folder


def load(folder: Path, manifest: str | bytes) -> Pack:
    """Load the pack with another manifest."""
    content = manifest if isinstance(manifest, bytes) else manifest.encode("utf-8")
    (folder / "pack.toml").write_bytes(content)
    return load_pack(folder)


def _without(folder: Path) -> None:
    (folder / "pack.toml").unlink()


def _is_a_folder(folder: Path) -> None:
    (folder / "pack.toml").unlink()
    (folder / "pack.toml").mkdir()


def _network_is_a_folder(folder: Path) -> None:
    (folder / "link.onnx").unlink()
    (folder / "link.onnx").mkdir()


def _network_is_empty(folder: Path) -> None:
    (folder / "encoder.onnx").write_bytes(b"")


def _network_lost_a_byte(folder: Path) -> None:
    (folder / "fact.onnx").write_bytes(b"fact.onn")


def _networks_are_exchanged(folder: Path) -> None:
    (folder / "link.onnx").write_bytes(b"pair.onnx")


def _manifest_is_latin(folder: Path) -> None:
    (folder / "pack.toml").write_bytes(MANIFEST.replace("Apache", "Apaché").encode("latin-1"))


@pytest.mark.parametrize(
    "damage",
    [
        _without, _is_a_folder, _network_is_a_folder, _network_is_empty, _network_lost_a_byte, _networks_are_exchanged,
        _manifest_is_latin,
    ],
)  # fmt: skip
def test_damaged_files(damage: Callable[[Path], None], tmp_path: Path) -> None:
    """Files that are missing, changed, exchanged or no files are found, and the error says what to do."""
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "pack.toml").write_text(MANIFEST, "utf-8")
    damage(tmp_path)
    with pytest.raises(PackError) as caught:
        load_pack(tmp_path)
    assert "--pack" in caught.value.hint


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error that says what to do."""
    with pytest.raises(PackError) as caught:
        load_pack(tmp_path / "nowhere")
    assert "--pack" in caught.value.hint


@pytest.mark.parametrize("value", ["3", '"words"', "true", "[1]"])
@pytest.mark.parametrize("table", TABLES)
def test_tables_of_another_kind(table: str, value: str, folder: Path) -> None:
    """A table that is a number, words, a truth value or a list is refused with a hint."""
    kept = re.sub(rf"^\[{table}\]\n(?:[^\[\n].*\n)*", "", MANIFEST, flags=re.MULTILINE)
    with pytest.raises(PackError, match="is missing or wrong") as caught:
        load(folder, f"{table} = {value}\n{kept}")
    assert caught.value.hint


@pytest.mark.parametrize("table", TABLES)
def test_missing_tables(table: str, folder: Path) -> None:
    """A manifest without one of its tables is refused, and the table named."""
    with pytest.raises(PackError, match=table):
        load(folder, MANIFEST.replace(f"[{table}]", "[others]"))


@pytest.mark.parametrize("name", FILES)
def test_files_without_digest(name: str, folder: Path) -> None:
    """A file that the manifest does not name is not taken on trust."""
    with pytest.raises(PackError, match=name):
        load(folder, MANIFEST.replace(f'"{name}" =', '"other" ='))


@pytest.mark.parametrize("number", ["0", "1", '"2"', "[2]", "{}"])
def test_other_formats(number: str, folder: Path) -> None:
    """A manifest of another format is refused."""
    with pytest.raises(PackError, match="this version reads"):
        load(folder, MANIFEST.replace(f"format = {FORMAT}", f"format = {number}"))


def tried(folder: Path, manifest: bytes) -> Pack | PackError:
    """Load the pack with another manifest; give the error if there is one."""
    try:
        return load(folder, manifest)
    except PackError as problem:
        return problem


@given(cut=st.integers(0, len(MANIFEST)))
def test_a_manifest_cut_short(cut: int, folder: Path) -> None:
    """A manifest that ends anywhere is whole or refused with a hint."""
    found = tried(folder, MANIFEST[:cut].encode())
    whole = isinstance(found, Pack) and found.card == tomllib.loads(MANIFEST[:cut])["card"]
    assert whole or (isinstance(found, PackError) and found.hint)


@given(place=st.integers(0, len(MANIFEST) - 1), byte=st.integers(0, 255))
def test_a_manifest_with_a_changed_byte(place: int, byte: int, folder: Path) -> None:
    """Whatever byte changes, the pack is refused with a hint, or its digest is that of the bytes."""
    raw = MANIFEST.encode()
    changed = raw[:place] + bytes([byte]) + raw[place + 1 :]
    found = tried(folder, changed)
    whole = isinstance(found, Pack) and found.digest == f"sha256:{hashlib.sha256(changed).hexdigest()}"
    assert whole or (isinstance(found, PackError) and found.hint)


def test_digests_are_of_the_bytes(tmp_path: Path) -> None:
    """A file with the digest that the pack names is accepted."""
    path = tmp_path / "file"
    path.write_bytes(b"\x00\xff")
    check_digest(path, hashlib.sha256(b"\x00\xff").hexdigest())


@pytest.mark.parametrize("content", [b"", b"no network"])
def test_networks_that_are_none(content: bytes, tmp_path: Path) -> None:
    """A network that onnxruntime cannot load is named, with a hint."""
    for name in FILES:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PackError, match=r"cannot load .*encoder\.onnx") as caught:
        OnnxSession(tmp_path)
    assert caught.value.hint


def test_no_networks(tmp_path: Path) -> None:
    """A folder without networks is an error of the pack."""
    with pytest.raises(PackError, match=r"cannot load .*encoder\.onnx"):
        OnnxSession(tmp_path)
