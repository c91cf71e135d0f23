"""Run the program in this process, with streams of the test's own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from allegedly.cli.app import ReaderLike
from allegedly.cli.main import execute
from allegedly.settings import Settings
from tests.fakes import FakeReader

Load = Callable[[Settings], ReaderLike]


@dataclass(frozen=True)
class Result:
    """
    What a call of the program gave.

    Args:
        code: Exit code.
        out: Standard output.
        err: Standard error.
    """

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()


def call(*arguments: str, stdin: bytes = b"", load: Load = lambda _: FakeReader()) -> Result:
    """Run the program as the shell would."""
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, "utf-8", "backslashreplace", write_through=True)
    try:
        code = execute(arguments, load=load)
    finally:
        streams = sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = kept
    result = Result(code, out.getvalue(), err.getvalue().decode())
    for stream in streams:
        stream.detach()
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a home of the test's own, without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    variables = ("PACK", "SIDES", "STORE", "THREADS", "CONFIG")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "NO_COLOR", *(f"ALLEGEDLY_{name}" for name in variables)):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
