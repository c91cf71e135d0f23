"""Hostile input: whatever comes in, the program ends with a known exit code and whole output."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from allegedly.ledger.check import check_ledger
from allegedly.ledger.json import decode_ledger
from tests.cli.conftest import call

_WORDS = st.sampled_from(
    [
        "said",
        "killed",
        "12",
        ".",
        "\n",
        "\r\n",
        '"',
        "“",
        "\u202e",
        "🔥",
        "ا",
        "\x00",
        "\x1b[0m",
        "<b>",
        "&",
        "[x]",
        "\ufeff",
    ]
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=30).map(" ".join))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "published", "x"]), inner)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfea\x00")
def test_any_bytes_as_a_text(data: bytes) -> None:
    """Any bytes give a ledger or an error in one line, never both and never half of one."""
    result = call("read", "-", "--format", "json", stdin=data)
    if result.code == 0:
        check_ledger(decode_ledger(result.out))
    else:
        assert (result.code, result.out, result.err.count("\n")) == (1, b"", 1)


@given(_TEXTS, st.sampled_from(["table", "html"]))
def test_any_text_can_be_shown(text: str, output_format: str) -> None:
    """Any text can be shown, and what is shown holds no control signs but line ends."""
    result = call("read", "-", "--format", output_format, stdin=text.encode("utf-8", "surrogatepass"))
    assert result.code in {0, 1}
    if output_format == "table":
        assert {sign for sign in result.text if ord(sign) < 32} <= {"\n"}


@given(st.lists(st.one_of(_JSON.map(json.dumps).map(str.encode), st.binary(max_size=40)), max_size=5))
def test_any_lines(lines: list[bytes]) -> None:
    """Any lines give one whole ledger or one complaint each."""
    result = call("read", "-", "--format", "jsonl", stdin=b"\n".join(lines))
    for line in result.out.splitlines():
        check_ledger(decode_ledger(line))
    assert result.code in {0, 1, 3}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10), max_size=4))
def test_any_arguments(arguments: list[str]) -> None:
    """Any words on the command line are understood or refused in one line."""
    result = call(*arguments)
    assert result.code in {0, 1, 2}
    assert "Traceback" not in result.err


@given(st.text(max_size=12), st.binary(max_size=60))
def test_any_row_of_anything(row: str, data: bytes) -> None:
    """`show` of anything in anything is refused in one line."""
    result = call("show", "--", row, stdin=data)
    assert (result.code in {1, 2}, result.err.count("\n")) == (True, 1)
