"""The program as a whole: help, errors, settings, the smaller commands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import allegedly
from allegedly.actors.sides import SHIPPED_SIDES
from allegedly.cli import app as cli_app
from allegedly.cli.app import one_line
from allegedly.demo import demo_documents
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.records.ledger import Ledger
from allegedly.settings import Settings
from tests.cli.conftest import call
from tests.fakes import FakeReader

SIDES = """
[conflict]
name = "Ardia and Belmark"
countries = []
[[side]]
id = "ardia"
name = "Ardia"
members = ["Ardian army"]
[[side]]
id = "belmark"
name = "Belmark"
members = ["Belmark's army"]
"""


def _broken(_: Settings) -> FakeReader:
    raise ZeroDivisionError("a bug")


@pytest.mark.parametrize("command", ["", "read", "show", "demo", "doctor", "config"])
def test_help(command: str) -> None:
    """The program and each command explain themselves."""
    result = call(*filter(None, [command]), "--help")
    assert (result.code, result.text.startswith(f"Usage: allegedly {command}".rstrip())) == (0, True)


def test_version() -> None:
    """The version is printed."""
    assert call("--version").text == f"allegedly {allegedly.__version__}\n"


@pytest.mark.parametrize("arguments", [["red"], ["--nope"], ["read", "-", "--nope"]])
def test_wrong_use_is_two(arguments: list[str]) -> None:
    """An unknown command or option is exit 2, in one line that says where help is."""
    result = call(*arguments)
    assert (result.code, result.err.count("\n"), "allegedly --help" in result.err) == (2, 1, True)


def test_a_bug_is_one_line() -> None:
    """An unexpected error is one line without a traceback."""
    result = call("read", "-", stdin=b"Rain.", load=_broken)
    expected = "allegedly: internal error: ZeroDivisionError: a bug - run again with --debug and report it\n"
    assert (1, expected) == (result.code, result.err)


@pytest.mark.parametrize("arguments", [["--debug", "read", "-"], ["read", "-", "--debug"]])
def test_debug_shows_the_traceback(arguments: list[str]) -> None:
    """With --debug, before or after the command, the traceback is shown."""
    assert "Traceback (most recent call last)" in call(*arguments, stdin=b"Rain.", load=_broken).err


@pytest.mark.parametrize(("error", "code"), [(MemoryError(), 1), (KeyboardInterrupt(), 130)])
def test_other_ends(error: BaseException, code: int) -> None:
    """Too little memory and an interrupt end the program without a traceback."""

    def load(_: Settings) -> FakeReader:
        raise error

    result = call("read", "-", stdin=b"Rain.", load=load)
    assert (code, False) == (result.code, "Traceback" in result.err)


def test_messages_are_harmless() -> None:
    """What a file name or a text puts into a message cannot move the cursor."""
    assert one_line("a\x1b[31m\nb\u202ec é") == "a\\x1b[31m\\nb\\u202ec é"


def test_options_reach_the_reader(folder: Path) -> None:
    """--threads, --pack, --sides and --config go into the settings, wherever they stand."""
    (folder / "my.toml").write_text("max_characters = 9\n")
    (folder / "sides.toml").write_text(SIDES)
    seen: list[Settings] = []

    def load(settings: Settings) -> FakeReader:
        seen.append(settings)
        return FakeReader()

    call("--threads", "2", "read", "-", "--pack", "p", "--config", "my.toml", stdin=b"Rain.", load=load)
    call("--sides", "sides.toml", "read", "-", stdin=b"Rain.", load=load)
    assert seen == [Settings(threads=2, pack=Path("p"), max_characters=9), Settings(sides=Path("sides.toml"))]


def test_config_says_where(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`config` prints each value and where it comes from."""
    (folder / "allegedly.toml").write_text("max_characters = 5\n")
    monkeypatch.setenv("ALLEGEDLY_THREADS", "3")
    lines = {line.split()[0]: line for line in call("config", "--pack", "p").text.splitlines()}
    found = [
        "5" in lines["max_characters"],
        "allegedly.toml" in lines["max_characters"],
        "ALLEGEDLY_THREADS" in lines["threads"],
    ]
    assert [*found, "command line" in lines["pack"], len(lines) == 6] == [True] * 5


@pytest.mark.parametrize("place", ["option", "variable", "file"])
def test_config_shows_the_sides(place: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped example that is named, wherever, is shown as the file that it is."""
    if place == "variable":
        monkeypatch.setenv("ALLEGEDLY_SIDES", "sudan")
    if place == "file":
        (folder / "allegedly.toml").write_text('sides = "sudan"\n')
    result = call("config", *(["--sides", "sudan"] if place == "option" else []))
    line = next(line for line in result.text.splitlines() if line.startswith("sides"))
    assert line.split()[1] == str(SHIPPED_SIDES / "sudan.toml")


def test_config_lists_problems(folder: Path) -> None:
    """A file with an unknown key is wrong use."""
    (folder / "allegedly.toml").write_text("colour = 5\n")
    result = call("config")
    assert (result.code, "there is no setting 'colour'" in result.err) == (2, True)


@pytest.mark.parametrize("row", ["a1", "1", "v1", "e1", "m1"])
def test_show(row: str, folder: Path) -> None:
    """`show` explains a row of a saved ledger, from a file or from standard input."""
    saved = call("read", "-", "--format", "json", stdin=b"The army said rebels killed 3 people.").out
    (folder / "l.json").write_bytes(saved)
    from_file, from_stdin = call("show", row, "--in", "l.json"), call("show", row, stdin=saved)
    assert (0, from_file.text) == (from_file.code, from_stdin.text)
    assert "army" in from_file.text


def test_show_of_several(folder: Path) -> None:
    """Where a file holds several ledgers, --document picks one."""
    lines = b'{"text":"A said b killed c.","id":"x"}\n{"text":"D said e killed f.","id":"y"}\n'
    (folder / "l.jsonl").write_bytes(call("read", "-", "--format", "jsonl", stdin=lines).out)
    result = call("show", "1", "--in", "l.jsonl", "--document", "y")
    assert "a1  D asserts" in result.text
    assert call("show", "1", "--in", "l.jsonl").code == 2


def test_show_of_a_formatted_ledger(folder: Path) -> None:
    """A ledger that a formatter has spread over lines can be read too."""
    import json  # noqa: PLC0415  # for this test only

    saved = json.loads(call("read", "-", "--format", "json", stdin=b"A said b killed c.").out)
    (folder / "l.json").write_text(json.dumps(saved, indent=2))
    assert "a1  A asserts" in call("show", "1", "--in", "l.json").text


@pytest.mark.parametrize(("data", "code"), [(b"", 1), (b"nope", 1), (b"{}", 1), (b"\xff\xfe", 1), (b'{\n"a": 1\n}', 1)])
def test_show_of_something_else(data: bytes, code: int) -> None:
    """What is no ledger is an error in one line."""
    result = call("show", "1", stdin=data)
    assert (code, b"", 1) == (result.code, result.out, result.err.count("\n"))


def test_show_of_no_file() -> None:
    """A file that is not there is an error."""
    assert call("show", "1", "--in", "nowhere.json").code == 1


def test_demo_reads_three() -> None:
    """The demo prints three tables."""
    result = call("demo")
    assert (result.code, result.text.count("WHO SAYS WHAT")) == (0, 3)


def test_demo_of_one() -> None:
    """One report of the demo can be had in any format."""
    assert decode_ledger(call("demo", "northwire", "--format", "json").out).document.publisher == "Northwire"


def test_demo_of_three_in_one_object() -> None:
    """Three reports are not one JSON object."""
    assert call("demo", "--format", "json").code == 2


def test_demo_reports_are_of_one_incident() -> None:
    """The three reports are short, of one day, from three outlets, and name the same place."""
    documents = demo_documents()
    assert (3, {"2024-05-07"}) == (len({item.publisher for item in documents}), {item.published for item in documents})
    assert all("Karveli" in item.text and 90 <= len(item.text.split()) <= 160 for item in documents)


def test_doctor_without_a_pack(folder: Path) -> None:
    """`doctor` names what is missing, goes on with the rest, and fails."""
    result = call("doctor", "--pack", str(folder))
    assert (result.code, "FAIL  pack" in result.text, "ok    reading" in result.text) == (1, True, True)


def test_doctor_knows_actors_and_sides() -> None:
    """`doctor` counts the actors of the table and names the parties of the sides file."""
    lines = call("doctor", "--sides", "sudan").text.splitlines()
    actors = next(line for line in lines if line.startswith("ok    actors"))
    sides = next(line for line in lines if line.startswith("ok    sides"))
    assert ("actors in the table" in actors, "rapid-support-forces, sudanese-armed-forces in" in sides) == (True, True)


def test_doctor_without_sides() -> None:
    """Without a sides file `doctor` says what a side is then."""
    assert "ok    sides        no sides file; side is group or country" in call("doctor").text


def test_doctor_names_bad_sides() -> None:
    """A sides file that is not there is a failure."""
    result = call("doctor", "--sides", "nowhere")
    assert (result.code, "FAIL  sides        nowhere: there is no such sides file" in result.text) == (1, True)


@pytest.mark.weights
def test_doctor_is_content() -> None:
    """With the shipped pack everything is in order."""
    result = call("doctor", load=cli_app.load_reader)
    assert (result.code, "FAIL" in result.text) == (0, False)


def test_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """`doctor` says so where Python is too old."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert "FAIL  python" in call("doctor").text


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_color(variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  # a column
    """Colours need a terminal, and NO_COLOR and dumb terminals turn them off."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli_app.wants_color() is expected


def _shell(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "allegedly", *arguments], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]  # options of run


def test_runs_as_a_module() -> None:
    """`python -m allegedly` is the program."""
    assert _shell("--version").stdout.startswith(b"allegedly ")


def test_help_imports_nothing_heavy() -> None:
    """Help needs neither the encoder nor the terminal library."""
    code = (
        "import sys; from allegedly.cli.main import execute; execute(['--help']);"
        "print([name for name in ('numpy', 'onnxruntime', 'tokenizers', 'rich') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_help_is_quick() -> None:
    """Help is there at once: best of five, so that a busy machine does not matter."""
    _shell("--help")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        _shell("--help")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


@pytest.mark.parametrize("arguments", [["config", "-q"], ["show", "1"], ["--help"]])
def test_a_closed_pipe_is_quiet(arguments: list[str], ledger: Ledger) -> None:
    """Whoever stops reading ends the program without a complaint."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "allegedly", *arguments],
            input=encode_ledger(ledger),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert result.stderr == b""
