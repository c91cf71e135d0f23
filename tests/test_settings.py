"""Settings: where they come from, who wins, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.errors import SettingsError
from allegedly.settings import Settings, _config_folder, config_files, load_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a working folder of the test's own, both without settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def env(home: Path) -> dict[str, str]:
    """An environment whose home that is."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_built_in(env: dict[str, str]) -> None:
    """Without files and variables all values are built in."""
    settings, places = load_settings(env=env)
    assert (Settings(), {"built in"}) == (settings, set(places.values()))


def test_later_wins(env: dict[str, str], home: Path) -> None:
    """The working folder beats the configuration folder, a variable both, the caller all."""
    _write(home / "config/allegedly/config.toml", "threads = 1\nmax_characters = 1\npack = '1'\n")
    _write(home / "allegedly.toml", "threads = 2\nmax_characters = 2\n")
    settings = Settings.load(env=env | {"ALLEGEDLY_THREADS": "3"}, given={"threads": 4})
    assert (settings.threads, settings.max_characters, settings.pack) == (4, 2, Path("1"))


def test_says_where_each_value_stands(env: dict[str, str], home: Path) -> None:
    """Each value comes with its place."""
    _write(home / "allegedly.toml", "max_characters = 2\n")
    _, places = load_settings(env=env | {"ALLEGEDLY_THREADS": "3"}, given={"pack": Path("p")})
    expected = {
        "threads": "ALLEGEDLY_THREADS",
        "pack": "given",
        "sides": "built in",
        "time_mode": "built in",
        "store": "built in",
        "max_characters": "allegedly.toml",
    }
    assert expected == places


def test_lists_all_problems_at_once(env: dict[str, str], home: Path) -> None:
    """Unknown keys and wrong values of all places are in one message, with the known names as the hint."""
    _write(home / "allegedly.toml", 'thread = 2\nmax_characters = "many"\nthreads = true\npack = 3\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(env=env | {"ALLEGEDLY_COLOUR": "red"})
    message = str(caught.value)
    wanted = [
        "'thread'",
        "max_characters = 'many'",
        "threads = True",
        "pack = 3",
        "ALLEGEDLY_COLOUR: there is no setting 'colour'",
    ]
    assert [words for words in wanted if words not in message] == []
    assert caught.value.hint == "known settings are max_characters, pack, sides, store, threads, time_mode"


@pytest.mark.parametrize("text", ["threads = ", "\udcff"])
def test_a_broken_file_is_an_error(text: str, env: dict[str, str], home: Path) -> None:
    """A file that is no TOML or no UTF-8 is named."""
    (home / "allegedly.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=r"allegedly\.toml"):
        load_settings(env=env)


def test_a_file_asked_for_must_be_there(env: dict[str, str]) -> None:
    """The usual files may be missing, one that was asked for may not."""
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings(Path("nowhere.toml"), env)


def test_a_variable_can_name_the_file(env: dict[str, str], home: Path) -> None:
    """ALLEGEDLY_CONFIG is the file to read; it is no setting."""
    _write(home / "other.toml", "threads = 7\n")
    assert Settings.load(env=env | {"ALLEGEDLY_CONFIG": str(home / "other.toml")}).threads == 7


def test_the_folder_of_the_corpora_is_no_setting(env: dict[str, str]) -> None:
    """ALLEGEDLY_SHARED belongs to training and bench."""
    assert Settings.load(env=env | {"ALLEGEDLY_SHARED": "somewhere"}) == Settings()


@pytest.mark.parametrize(("key", "value"), [("threads", -1), ("max_characters", 0)])
def test_out_of_range(key: str, value: int) -> None:
    """A value out of range is refused with its least value."""
    with pytest.raises(SettingsError, match=f"{key} = {value}: must be at least"):
        Settings(**{key: value})


def test_an_empty_pack_is_the_shipped_one(env: dict[str, str]) -> None:
    """An empty value takes back what a file says."""
    assert Settings.load(env=env | {"ALLEGEDLY_PACK": ""}).pack is None


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Settings(threads=3, pack=Path("p")), True),
        (Settings(max_characters=5), False),
    ],
)
def test_digest_knows_what_changes_rows(other: Settings, same: bool) -> None:  # noqa: FBT001  # a column of the table
    """Threads, batch and folder change no row and therefore not the digest."""
    assert (Settings().digest == other.digest) is same


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {"HOME": "/h"}, Path("/h/.config/allegedly")),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, Path("/x/allegedly")),
        ("darwin", {"HOME": "/h"}, Path("/h/Library/Application Support/allegedly")),
        ("win32", {"APPDATA": "/a"}, Path("/a/allegedly")),
        ("win32", {"USERPROFILE": "/u"}, Path("/u/AppData/Roaming/allegedly")),
    ],
)
def test_configuration_folder(platform: str, env: dict[str, str], expected: Path) -> None:
    """The folder is the platform's usual one."""
    assert _config_folder(env, platform) == expected


def test_usual_files(env: dict[str, str], home: Path) -> None:
    """Two files are read: the platform's, then the working folder's."""
    assert config_files(None, env) == (home / "config/allegedly/config.toml", Path("allegedly.toml"))
