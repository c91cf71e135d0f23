"""Marked reports: what their authors write, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.invented.markup import MarkedMention, MarkupError, parse_report, read_marked

HEAD = "# none | report | two\n"


def only(marked: str) -> tuple[str, MarkedMention]:
    """Read a report with one mention."""
    report = parse_report("x", HEAD + marked)
    (mention,) = report.mentions
    return report.text, mention


@pytest.mark.parametrize(
    ("marked", "phrase", "head", "name"),
    [
        ("[PER=a Omar Taal] left", "Omar Taal", "Omar", "Omar Taal"),
        ("[PER=a General {Omar Taal}] left", "General Omar Taal", "Omar", "Omar Taal"),
        ("[PER=a General ^{Taal}’s] men", "General Taal’s", "Taal", "Taal"),
        ("[ORG=a the United Front] left", "the United Front", "Front", "United Front"),
        ("[ORG=a the Bank of Norland] fell", "the Bank of Norland", "Bank", "Bank of Norland"),
        ("[GPE=a Norland's] army", "Norland's", "Norland", "Norland"),
        ("[GPE=a the U.S.] left", "the U.S.", "U.S.", "U.S."),
        ("[MIL~a the ^army of the north] left", "the army of the north", "army", None),
        ("[MIL~a the army of the north] left", "the army of the north", "army", None),
        ("[MIL~a the rebels] left", "the rebels", "rebels", None),
        ("[PER*a he] left", "he", "he", None),
        ("[PER*a his] men", "his", "his", None),
        ("[MISC=a the Orr Accord] fell", "the Orr Accord", "Accord", "Orr Accord"),
    ],
)
def test_mentions(marked: str, phrase: str, head: str, name: str | None) -> None:
    """Marks give phrase, head word and name proper; heads that are not marked are found."""
    text, mention = only(marked)
    assert (text[mention.start : mention.end], text[slice(*mention.head)]) == (phrase, head)
    assert (mention.name and text[slice(*mention.name)]) == name


def test_the_text_has_no_marks() -> None:
    """The plain text is what stands between the marks."""
    report = parse_report(
        "x", f"{HEAD}[PER=a Gen. ^{{Omar Taal}}] of [MIL~b the ^army of [GPE=c Norland]] left.\n\nHe won."
    )
    assert report.text == "Gen. Omar Taal of the army of Norland left.\n\nHe won."
    assert (report.region, report.style, report.id) == ("none", "report", "x")


def test_mentions_nest_and_chain() -> None:
    """Outer mentions come before inner ones; keys with + stand for several."""
    report = parse_report("x", f"{HEAD}[PER~a+b [PER=a Omar] ^and [PER=b Lina]] left.")
    assert [(report.text[m.start : m.end], m.keys) for m in report.mentions] == [
        ("Omar and Lina", ("a", "b")), ("Omar", ("a",)), ("Lina", ("b",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("[PER=a Omar] left", "first line"),
        ("# none\n[PER=a Omar] left", "first line"),
        ("# none |\n[PER=a Omar] left", "first line"),
        (f"{HEAD}[PER=a Omar left", "never closed"),
        (f"{HEAD}Omar] left", "without"),
        (f"{HEAD}[MAN=a Omar] left", "bad opening"),
        (f"{HEAD}[PER:a Omar] left", "bad opening"),
        (f"{HEAD}[PER=A Omar] left", "bad opening"),
        (f"{HEAD}[PER=a ] left", "empty mention"),
        (f"{HEAD}[PER=a Omar ] left", "blanks at its edge"),
        (f"{HEAD}[PER~a 🔥] left", "no head word"),
        (f"{HEAD}[PER=a Mr. }}Omar] left", "'}' without '{'"),
        (f"{HEAD}[PER=a Mr. {{Omar] left", "'{' was never closed"),
        (f"{HEAD}[PER=a {{Mr. {{Omar}}}}] left", "inside another"),
        (f"{HEAD}{{Omar}} left", "outside a mention"),
    ],
)
def test_what_is_refused(block: str, message: str) -> None:
    """A report that cannot be read is refused, with its name and what is wrong."""
    with pytest.raises(MarkupError, match=rf"rep: .*{message}"):
        parse_report("rep", block)


def test_files_hold_reports(tmp_path: Path) -> None:
    """Reports are divided by lines of dashes; empty ones are none."""
    path = tmp_path / "some.txt"
    path.write_text(f"{HEAD}[PER=a Omar] left.\n---\n\n---\n{HEAD}[PER=a Lina] left.\n---\n", "utf-8")
    assert [(report.id, report.text) for report in read_marked(path)] == [
        ("some-001", "Omar left."), ("some-003", "Lina left."),
    ]  # fmt: skip
