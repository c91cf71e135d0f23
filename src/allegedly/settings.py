"""
Settings: frozen, made once, handed down; never read at import.

Later wins: built-in values, ``config.toml`` in the platform's configuration
folder, ``./allegedly.toml``, ``ALLEGEDLY_*`` variables, then whatever the caller
says. All problems of all of these are reported at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from allegedly.errors import SettingsError

PREFIX = "ALLEGEDLY_"
NO_SETTING = frozenset(
    {"ALLEGEDLY_SHARED", "ALLEGEDLY_CONFIG"}
)  # corpora of bench and training; the config file itself
BUILT_IN = "built in"
Given = Mapping[str, object]
TimeMode = Literal["news", "history"]


def _setting(text: str, default: Any, *, changes_rows: bool = False) -> Any:  # noqa: ANN401  # dataclasses.field is typed so
    return field(default=default, metadata={"help": text, "changes_rows": changes_rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    How to read; immutable.

    Args:
        pack: Folder of the model pack; None is the one inside the package.
        sides: File that says who belongs to which party of a conflict; None takes group or country.
        store: File or PostgreSQL address of the store; None is ``store.db`` in the user's data folder.
        threads: Threads of the encoder; 0 is one per core. Changes no row.
        time_mode: Whether times count from publication (news) or from what was told before (history); None guesses.
        max_characters: A longer document is refused rather than read for minutes.

    Raises:
        SettingsError: With every value that is out of range.
    """

    pack: Path | None = _setting("folder of the model pack; empty: the one inside the package", None)
    sides: Path | None = _setting(
        "file that says who belongs to which party; empty: group or country", None, changes_rows=True
    )
    time_mode: TimeMode | None = _setting(
        "whether times count from publication (news) or from what was told before (history); empty: guess",
        None,
        changes_rows=True,
    )
    store: str | None = _setting("file or PostgreSQL address of the store; empty: in the user's data folder", None)
    threads: int = _setting("threads of the encoder; 0: one per core", 0)
    max_characters: int = _setting("a longer document is refused", 6_000_000, changes_rows=True)

    def __post_init__(self) -> None:
        problems = [
            f"{name} = {value}: must be at least {least}"
            for name, value, least in (
                ("threads", self.threads, 0),
                ("max_characters", self.max_characters, 1),
            )
            if value < least
        ]
        if problems:
            raise SettingsError("; ".join(problems), hint="`allegedly config` shows every value and where it is set")

    @staticmethod
    def load(path: Path | None = None, env: Mapping[str, str] = os.environ, *, given: Given | None = None) -> Settings:
        """
        Make the settings from files, environment and the caller's own values.

        Args:
            path: One TOML file to read instead of the two usual ones.
            env: Environment variables.
            given: Values that win over all others, by key; None is as good as not given.

        Raises:
            SettingsError: With all unknown keys and wrong values at once.
        """
        return load_settings(path, env, given=given)[0]

    @property
    def digest(self) -> str:
        """Digest of those values that change rows: ``sha256:`` of their canonical JSON."""
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.metadata["changes_rows"]}
        values["sides"] = _content(self.sides)  # what the file says counts, not where it lies
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _content(file: Path | None) -> str | None:
    """Give the digest of a file's content; of one that cannot be read, its name: reading it will say why."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file else None
    except OSError:
        return str(file)


def load_settings(
    path: Path | None = None, env: Mapping[str, str] = os.environ, *, given: Given | None = None
) -> tuple[Settings, dict[str, str]]:
    """
    Make the settings and say for each key where its value comes from.

    Args:
        path: One TOML file to read instead of the two usual ones.
        env: Environment variables.
        given: Values that win over all others, by key; None is as good as not given.

    Raises:
        SettingsError: With all unknown keys and wrong values at once.
    """
    values: dict[str, Any] = {}
    places = {item.name: BUILT_IN for item in fields(Settings)}
    problems: list[str] = []
    for place, key, raw in _all_values(path, env, given or {}, problems):
        try:
            values[key] = _parse(key, raw)
            places[key] = place
        except ValueError as error:
            problems.append(f"{place}: {error}")
    if problems:
        raise SettingsError("; ".join(problems), hint=f"known settings are {', '.join(sorted(places))}")
    return Settings(**values), places


def config_files(path: Path | None, env: Mapping[str, str]) -> tuple[Path, ...]:
    """Give the TOML files that are read, in order; they need not exist unless asked for."""
    if path is not None:
        return (path,)
    if env.get("ALLEGEDLY_CONFIG"):
        return (Path(env["ALLEGEDLY_CONFIG"]),)
    return (_config_folder(env) / "config.toml", Path("allegedly.toml"))


def default_store(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Give the store that is used where none is set: a file in the platform's folder for data of users."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or ".")
    if platform == "win32":
        folder = Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "allegedly" / "store.db"


def _config_folder(env: Mapping[str, str], platform: str = sys.platform) -> Path:
    home = Path(env.get("HOME") or env.get("USERPROFILE") or ".")
    if platform == "win32":
        return Path(env.get("APPDATA") or home / "AppData" / "Roaming") / "allegedly"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "allegedly"
    return Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "allegedly"


def _all_values(
    path: Path | None, env: Mapping[str, str], given: Given, problems: list[str]
) -> Iterator[tuple[str, str, object]]:
    """Go through all values, weakest first, each with the place it stands in."""
    asked_for = path is not None or bool(env.get("ALLEGEDLY_CONFIG"))
    for file in config_files(path, env):
        if asked_for or file.is_file():
            yield from ((str(file), key, raw) for key, raw in _read_toml(file, problems).items())
    for name, raw in sorted(env.items()):
        if name.startswith(PREFIX) and name not in NO_SETTING:
            yield name, name.removeprefix(PREFIX).lower(), raw
    yield from (("given", key, raw) for key, raw in given.items() if raw is not None)


def _read_toml(file: Path, problems: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{file}: {error}")
        return {}


def _parse(key: str, raw: object) -> object:
    """Read one value; text stands for numbers too, as variables are always text."""
    if key not in {item.name for item in fields(Settings)}:
        raise ValueError(f"there is no setting {key!r}")
    if key in {"pack", "sides", "store"}:
        if not isinstance(raw, str | Path):
            raise ValueError(f"{key} = {raw!r}: a path is wanted")
        return None if not raw else str(raw) if key == "store" else Path(raw)
    if key == "time_mode":
        if raw not in {"", *get_args(TimeMode)}:
            raise ValueError(f"time_mode = {raw!r}: {' or '.join(get_args(TimeMode))} is wanted, or nothing")
        return raw or None
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise ValueError(f"{key} = {raw!r}: a whole number is wanted")
    try:
        return int(raw)
    except ValueError:
        raise ValueError(f"{key} = {raw!r}: a whole number is wanted") from None
