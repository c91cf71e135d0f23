"""Packs: what is missing or changed is found before anything is read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from allegedly.errors import PackError
from allegedly.resources.pack import FILES, FORMAT, load_pack

BODY = """
[heads]
sentence = 1
[labels]
types = ["AGREE"]
[transitions]
ledger = [[0.0, 1.0], [0.5, 0.0]]
[thresholds]
sentence = 0.5
[calibration]
stance = [1.0, 0.0]
[card]
licence = "Apache-2.0"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack whose networks are a few bytes."""
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    _manifest(tmp_path)
    return tmp_path


def _manifest(folder: Path, *, number: int = FORMAT, body: str = BODY) -> None:
    digests = "".join(f'"{name}" = "{hashlib.sha256(name.encode()).hexdigest()}"\n' for name in FILES)
    (folder / "pack.toml").write_text(f"format = {number}\n[digests]\n{digests}{body}")


def test_reads_the_manifest(folder: Path) -> None:
    """A sound pack gives its labels, thresholds, card, and the digest of its manifest."""
    pack = load_pack(folder)
    digest = hashlib.sha256((folder / "pack.toml").read_bytes()).hexdigest()
    assert (f"sha256:{digest}", ("AGREE",), 0.5, "Apache-2.0") == (
        pack.digest, pack.labels["types"], pack.thresholds["sentence"], pack.card["licence"],
    )  # fmt: skip


def test_gives_paths(folder: Path) -> None:
    """A pack knows where its files lie."""
    assert load_pack(folder).path("tokenizer.json") == folder / "tokenizer.json"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_found(name: str, folder: Path) -> None:
    """A file with another digest is refused and named."""
    (folder / name).write_bytes(b"changed")
    with pytest.raises(PackError, match=f"{name} has sha256"):
        load_pack(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_found(name: str, folder: Path) -> None:
    """A file that is not there is named."""
    (folder / name).unlink()
    with pytest.raises(PackError, match=f"cannot read .*{name}"):
        load_pack(folder)


def test_no_pack_at_all(tmp_path: Path) -> None:
    """A folder without a manifest is an error that says what to do."""
    with pytest.raises(PackError, match=r"pack\.toml is missing") as caught:
        load_pack(tmp_path)
    assert "--pack" in caught.value.hint


@pytest.mark.parametrize("text", ["format = ", "\x00", "caf\udce9"])
def test_a_broken_manifest(text: str, folder: Path) -> None:
    """A manifest that is no TOML or no UTF-8 is an error."""
    (folder / "pack.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PackError, match=r"cannot read .*pack\.toml"):
        load_pack(folder)


def test_another_format(folder: Path) -> None:
    """A pack of another format is refused with both numbers."""
    _manifest(folder, number=FORMAT + 1)
    with pytest.raises(PackError, match=f"format {FORMAT + 1}, this version reads {FORMAT}"):
        load_pack(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [("[labels]", "[others]"), ("[card]", "[others]"), ("[1.0, 0.0]", "[1.0]"), ('types = ["AGREE"]', "types = 3")],
)
def test_an_entry_is_missing_or_wrong(old: str, new: str, folder: Path) -> None:
    """A manifest without one of its entries, or with another kind of value, is refused."""
    _manifest(folder, body=BODY.replace(old, new))
    with pytest.raises(PackError, match="is missing or wrong"):
        load_pack(folder)


@pytest.mark.weights
def test_the_shipped_pack_is_sound() -> None:
    """The shipped pack is whole, small enough, and says what it was trained on."""
    pack = load_pack()
    size = sum(path.stat().st_size for path in pack.folder.iterdir())
    assert (size <= 40 * 2**20, bool(pack.card)) == (True, True)
