"""`allegedly read`: formats, inputs, and what happens to bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allegedly.actors.sides import SHIPPED_SIDES
from allegedly.errors import PackError
from allegedly.ledger.json import decode_ledger
from allegedly.settings import Settings
from tests.cli.conftest import call
from tests.fakes import FakeReader

REPORT = b"The army said rebels killed 3 people.\r\nRain is expected.\r\n"


@pytest.fixture
def report(folder: Path) -> str:
    """A report in a file."""
    (folder / "report.txt").write_bytes(REPORT)
    return "report.txt"


def test_prints_the_table(report: str) -> None:
    """Without options a table goes to standard output and nothing to standard error."""
    result = call("read", report)
    assert (result.code, "WHO SAYS WHAT" in result.text, result.err) == (0, True, "")


def test_json_is_the_ledger(report: str) -> None:
    """JSON is one object on one line, with what was said about the publication."""
    result = call(
        "read", report, "--format", "json", "--published", "2024-05-07", "--title", "T", "--publisher", "Northwire"
    )
    document = decode_ledger(result.out).document
    assert (REPORT.decode(), "2024-05-07", "T", "Northwire") == (
        document.text, document.published, document.title, document.publisher,
    )  # fmt: skip
    assert result.out.count(b"\n") == 1


def test_line_ends_are_kept() -> None:
    """The text is as received, CRLF included."""
    assert decode_ledger(call("read", "-", "--format", "json", stdin=REPORT).out).document.text == REPORT.decode()


def test_html_is_a_page(report: str) -> None:
    """HTML is one whole page."""
    result = call("read", report, "--format", "html")
    assert (result.text.startswith("<!doctype html>"), result.text.endswith("</html>\n")) == (True, True)


def test_a_byte_order_mark_is_no_text() -> None:
    """A byte order mark is part of the encoding, not of the text."""
    result = call("read", "-", "--format", "json", stdin=b"\xef\xbb\xbfRain.")
    assert decode_ledger(result.out).document.text == "Rain."


@pytest.mark.parametrize(("encoding", "text"), [("cp1251", "Дождь."), ("utf-16", "Rain."), ("latin-1", "Pluie d'été.")])
def test_other_encodings(encoding: str, text: str) -> None:
    """A stated encoding is used."""
    result = call("read", "-", "--format", "json", "--encoding", encoding, stdin=text.encode(encoding))
    assert decode_ledger(result.out).document.text == text


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (b"", "standard input: the text is empty"),
        (b" \r\n\t", "standard input: the text is empty"),
        (b"ab\ncd\xe9f", "standard input: broken utf-8 at byte 5 (line 2): 0xe9"),
        (b"abc\xe2\x82", "standard input: broken utf-8 at byte 3 (line 1)"),
        (b"MZ\x00\x01\x02", "standard input: a binary file, not a text"),
        (b"%PDF-1.7 abc", "standard input: a binary file, not a text"),
        ("Rain.".encode("utf-16"), "standard input: this is UTF-16, not UTF-8"),
        (b"UNREADABLE", "the text says so"),
    ],
)
def test_bad_texts(stdin: bytes, message: str) -> None:
    """A text that cannot be read is exit 1, one line on standard error, nothing on standard output."""
    result = call("read", "-", "--format", "json", stdin=stdin)
    assert (result.code, result.out, result.err.count("\n")) == (1, b"", 1)
    assert message in result.err


def test_broken_text_hints_at_the_encoding() -> None:
    """The error says what to do."""
    assert "--encoding cp1252" in call("read", "-", stdin=b"caf\xe9").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["-", "--published", "yesterday"],
        ["-", "--encoding", "no-such"],
        ["-", "--encoding", "hex"],
        ["-", "--format", "csv"],
        ["-", "--format", "json", "--input", "jsonl"],
        ["-", "--format", "html", "--input", "jsonl"],
        ["-", "--format", "jsonl", "--title", "T"],
        ["--threads", "-1", "-"],
        ["--threads", "many", "-"],
        [],
    ],
)
def test_wrong_use(arguments: list[str]) -> None:
    """Wrong use is exit 2, in one line."""
    result = call("read", *arguments, stdin=b"Rain.")
    assert (result.code, result.out, result.err.count("\n")) == (2, b"", 1)


@pytest.mark.parametrize("file", ["nowhere.txt", ".", "a\x00b", "nowhere.jsonl"])
def test_a_file_that_is_not_there(file: str) -> None:
    """A file that cannot be opened is exit 1 and named."""
    result = call("read", file)
    assert (result.code, result.out, result.err.count("\n")) == (1, b"", 1)


def test_web_pages_are_mentioned() -> None:
    """Whoever gives HTML is told that its tags are read as words; --quiet keeps silent."""
    page = b"<!DOCTYPE html><p>Rain."
    assert ("web page" in call("read", "-", stdin=page).err, call("read", "-", "-q", stdin=page).err) == (True, "")


LINES = [
    b'{"text":"A said b killed c.","id":"first","publisher":"P","extra":[1]}',
    b"",
    b'{"text":"Rain.","id":7,"published":"2024-05-07"}',
]


def test_json_lines_keep_the_order() -> None:
    """Each line gives one ledger, in input order, with the ids given; other keys and empty lines are passed over."""
    result = call("read", "-", "--format", "jsonl", stdin=b"\n".join(LINES))
    assert (result.code, result.err) == (0, "")
    assert [decode_ledger(line).document.id for line in result.out.splitlines()] == ["first", "7"]


@pytest.mark.parametrize("name", ["reports.jsonl", "reports.NDJSON"])
def test_json_lines_by_the_name(name: str, folder: Path) -> None:
    """A file whose name says so is JSON Lines, whatever the format."""
    (folder / name).write_bytes(b"\n".join(LINES))
    assert call("read", name).text.count("WHO SAYS WHAT") == 2


def test_json_lines_format_of_a_text(report: str) -> None:
    """A text file stays a text with --format jsonl."""
    assert decode_ledger(call("read", report, "--format", "jsonl").out).document.text == REPORT.decode()


def test_input_can_be_said(folder: Path) -> None:
    """--input wins over the name."""
    (folder / "x.jsonl").write_bytes(b"Rain.")
    assert decode_ledger(call("read", "x.jsonl", "--input", "text", "--format", "json").out).document.text == "Rain."


BAD_LINES = {
    "no JSON": (b"nope", "standard input:2: no JSON"),
    "cut off": (b'{"text":"a', "standard input:2: no JSON"),
    "no text": (b'{"id":"a"}', "standard input:2: not a document: Object missing required field `text`"),
    "text is a number": (b'{"text":3}', "standard input:2: not a document"),
    "a list": (b"[]", "standard input:2: not a document"),
    "empty text": (b'{"text":" "}', "standard input:2: the text is empty"),
    "no date": (b'{"text":"a","published":"soon"}', "standard input:2: published is 'soon'"),
    "broken UTF-8": (b'{"text":"caf\xe9"}', "standard input:2: "),
    "lone surrogate": (b'{"text":"\\ud83d"}', "standard input:2: no JSON"),
    "deep": (b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "standard input:2: no JSON"),
    "the reader fails": (b'{"text":"UNREADABLE","id":"bad-7"}', "bad-7: the text says so"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_does_not_stop_the_rest(name: str) -> None:
    """A line that cannot be read is named with its number, the rest goes on, the exit code is 3."""
    line, message = BAD_LINES[name]
    result = call("read", "-", "--format", "jsonl", stdin=b"\n".join([LINES[0], line, LINES[2]]))
    ids = [decode_ledger(found).document.id for found in result.out.splitlines()]
    assert (result.code, ids) == (3, ["first", "7"])
    assert message in result.err
    assert "1 of 3 documents could not be read" in result.err


@pytest.mark.parametrize("stdin", [b"", b"\n\n", b"nope\nnope\n"])
def test_no_line_could_be_read(stdin: bytes) -> None:
    """Where no line gives a ledger the exit code is 1."""
    result = call("read", "-", "--format", "jsonl", stdin=stdin)
    assert (result.code, result.out, "no document could be read" in result.err) == (1, b"", True)


def test_json_lines_in_another_encoding() -> None:
    """The encoding holds for lines too."""
    stdin = json.dumps({"text": "été"}, ensure_ascii=False).encode("latin-1")
    result = call("read", "-", "--format", "jsonl", "--encoding", "latin-1", stdin=stdin)
    assert decode_ledger(result.out).document.text == "été"


def test_warnings_go_to_standard_error() -> None:
    """A warning of the reader is said, unless the table shows it or --quiet is given."""

    def load(_: Settings) -> FakeReader:
        return FakeReader(("the text is in French",))

    heard = [call("read", "-", *more, stdin=b"Rain.", load=load).err for more in (["--format", "json"], [], ["-q"])]
    assert ["French" in err for err in heard] == [True, False, False]


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "html"])
def test_a_missing_pack_leaves_nothing_behind(output_format: str) -> None:
    """Where the pack cannot be loaded there is an error and no output."""

    def load(_: Settings) -> FakeReader:
        raise PackError("no model pack in there", hint="reinstall allegedly")

    result = call("read", "-", "--format", output_format, stdin=b'{"text":"Rain."}', load=load)
    assert (
        result.code,
        result.out,
        result.err,
    ) == (1, b"", "allegedly: no model pack in there - reinstall allegedly\n")


def test_wrong_settings_are_wrong_use(folder: Path) -> None:
    """Settings that are wrong are exit 2, for JSON Lines too."""
    (folder / "allegedly.toml").write_text("colour = 1\n")
    assert [call("read", "-", "--format", kind, stdin=LINES[0]).code for kind in ("json", "jsonl")] == [2, 2]


GOOD_SIDE = '[[side]]\nid = "a"\nname = "A"\nmembers = ["AAA"]\n'
CONFLICT = '[conflict]\nname = "C"\ncountries = []\n'
BAD_SIDES = {
    "unknown key": (f'{CONFLICT}colour = "red"\n{GOOD_SIDE}', "s.toml:4: the sides file has the unknown key 'colour'"),
    "on both sides": (
        CONFLICT + GOOD_SIDE + GOOD_SIDE.replace('"a"', '"b"'),
        "s.toml:11: the sides file puts 'AAA' on two sides, 'a' and 'b'",
    ),
    "one side": (CONFLICT + GOOD_SIDE, "s.toml:4: the sides file names fewer than two sides"),
    "no TOML": ("[conflict\n", "s.toml:1: the sides file is no TOML"),
    "empty": ("", "s.toml:1: the sides file has no table 'conflict'"),
}


@pytest.mark.parametrize("name", BAD_SIDES)
@pytest.mark.parametrize("output_format", ["table", "jsonl"])
def test_bad_sides(name: str, output_format: str, folder: Path) -> None:
    """A sides file that cannot be used is exit 2, with file and line in one line, before anything is read."""
    text, message = BAD_SIDES[name]
    (folder / "s.toml").write_text(text)
    result = call("read", "-", "--sides", "s.toml", "--format", output_format, stdin=LINES[0])
    assert (result.code, result.out, result.err.count("\n"), message in result.err) == (2, b"", 1, True)


@pytest.mark.parametrize("sides", ["nowhere", "nowhere.toml", "no/where", "x" * 300, "🔥"])
def test_sides_that_are_not_there(sides: str) -> None:
    """A missing sides file is exit 2, in one line; what is no name of a file at all too."""
    result = call("read", "-", "--sides", sides, stdin=b"Rain.")
    assert (result.code, result.out, result.err.count("\n")) == (2, b"", 1)


def test_missing_sides_name_the_examples() -> None:
    """The error lists the examples of the package."""
    assert "sudan, syria, ukraine-russia" in call("read", "-", "--sides", "sudam", stdin=b"Rain.").err


def _settings_of(*arguments: str) -> Settings:
    seen: list[Settings] = []

    def load(settings: Settings) -> FakeReader:
        seen.append(settings)
        return FakeReader()

    call(*arguments, stdin=b"Rain.", load=load)
    return seen[0]


@pytest.mark.parametrize("command", [["read", "-"], ["demo", "northwire"]])
def test_sides_by_the_name_of_an_example(command: list[str]) -> None:
    """A name without a file of that name is the example of the package."""
    assert _settings_of(*command, "--sides", "sudan").sides == SHIPPED_SIDES / "sudan.toml"


def test_a_file_wins_over_an_example(folder: Path) -> None:
    """A file that is called like an example is taken."""
    (folder / "sudan").write_bytes((SHIPPED_SIDES / "yemen.toml").read_bytes())
    assert _settings_of("read", "-", "--sides", "sudan").sides == Path("sudan")


def test_every_example_can_be_used() -> None:
    """Each shipped sides file is found by its name."""
    files = sorted(SHIPPED_SIDES.glob("*.toml"))
    assert files == [_settings_of("read", "-", "--sides", file.stem).sides for file in files]
