"""Times: readers of gold and of stored outputs, figures with and without types, on invented input."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date
from datetime import datetime as date_time
from pathlib import Path
from types import ModuleType

import pytest

from allegedly.metrics.timexes import Timex
from bench.corpora import Corpus, CorpusMissingError
from bench.readers import timex
from bench.readers.timex import GOLD, TimedText, corpus_of, parse_day, parse_timed, read_stored, read_timed
from bench.rivals import heideltime, sutime
from bench.systems import read_times
from bench.tasks import times

ROW = {
    "id": "d1",
    "dct": "2025-06-18T10:00",
    "text": "They left on Friday.",
    "timex": [{"start": 13, "end": 19, "text": "Friday", "type": "DATE", "value": "2025-06-13"}],
}
TEXT = TimedText("d1", "TimeBank", ROW["text"], date(2025, 6, 18), [Timex(13, 19, "DATE", "2025-06-13")])


def write(path: Path, rows: list[object]) -> Path:
    """Write rows as JSON Lines."""
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


def test_documents_are_read() -> None:
    """Dates with a time of day are days; expressions are sorted; a missing value is empty."""
    more = {**ROW, "timex": [{"start": 14, "end": 15, "type": "SET"}, *ROW["timex"]]}
    (first, second) = parse_timed("TimeBank", [ROW, more])
    assert first == TEXT
    assert second.gold == [Timex(13, 19, "DATE", "2025-06-13"), Timex(14, 15, "SET", "")]


def test_what_is_kept_aside_is_not_read() -> None:
    """Documents of a test split are left out."""
    assert list(parse_timed("WikiWars", [{**ROW, "split": "test"}, {**ROW, "split": "train"}])) != []
    assert len(list(parse_timed("WikiWars", [{**ROW, "split": "test"}]))) == 0


@pytest.mark.parametrize(
    ("written", "expected"), [("2025-06-18", date(2025, 6, 18)), ("18-06-2025", None), (None, None)]
)
def test_publication_dates(written: str | None, expected: date | None) -> None:
    """A date that is written otherwise is unknown, not guessed."""
    assert parse_day(written) == expected


def test_every_corpus_is_written_down() -> None:
    """Each corpus of the tables has an origin, a licence and a digest."""
    for name in GOLD.values():
        corpus = corpus_of(name)
        assert (corpus.name, len(corpus.digest)) == (name, 64)
        assert corpus.origin
        assert corpus.licence


def test_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gold and stored outputs come from files, by document."""
    file = write(tmp_path / "rows.jsonl", [ROW])
    monkeypatch.setattr(Corpus, "verify", lambda _: file)
    assert [document.gold for document in read_timed("AQUAINT")] == [TEXT.gold]
    assert read_stored("sutime", "AQUAINT") == {"d1": TEXT.gold}
    for rival in (heideltime, sutime):
        assert rival.read_times(TEXT) == TEXT.gold
        assert rival.read_times(TimedText("other", "TimeBank", "", None, [])) == []


def test_our_engine_is_scored() -> None:
    """The shipped engine reads a document against its date."""
    figures = times.score_corpus("TimeBank", [TEXT], read_times).figures
    assert figures == {"strict": 100.0, "relaxed": 100.0, "type": 100.0, "value": 100.0}


def test_a_gold_without_types_gives_no_figure_of_types() -> None:
    """WikiWars calls everything a date."""
    assert "type" not in times.score_corpus("WikiWars", [TEXT], read_times).figures


def test_a_rival_that_is_not_installed_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be run is said."""
    monkeypatch.setitem(sys.modules, "dateparser", None)
    monkeypatch.setitem(sys.modules, "dateparser.search", None)
    monkeypatch.delitem(sys.modules, "bench.rivals.dateparser_rival", raising=False)
    assert [reader.name for reader in times.load_readers()] == ["allegedly", "HeidelTime", "SUTime"]
    assert "dateparser_rival: not run" in capsys.readouterr().out


def test_dateparser_is_asked_relative_to_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its finds are placed in the text, one after the other; what it rewrote is dropped."""
    asked: list[dict[str, object]] = []

    def search_dates(text: str, **options: dict[str, object]) -> list[tuple[str, object]]:
        asked.append(options["settings"])
        return (
            [("Friday", date_time(2025, 6, 13, tzinfo=UTC)), ("elsewhere", date_time(2025, 1, 1, tzinfo=UTC))]
            if text
            else []
        )

    package, search = ModuleType("dateparser"), ModuleType("dateparser.search")
    search.search_dates = search_dates  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateparser", package)
    monkeypatch.setitem(sys.modules, "dateparser.search", search)
    monkeypatch.setattr("importlib.metadata.version", lambda _: "1.0")
    monkeypatch.delitem(sys.modules, "bench.rivals.dateparser_rival", raising=False)
    monkeypatch.delattr("bench.rivals.dateparser_rival", raising=False)
    from bench.rivals import dateparser_rival  # noqa: PLC0415

    assert dateparser_rival.read_times(TEXT) == TEXT.gold
    assert dateparser_rival.read_times(TimedText("e", "TimeBank", "", None, [])) == []
    assert [bool(settings) for settings in asked] == [True, False]
    monkeypatch.delitem(sys.modules, "bench.rivals.dateparser_rival", raising=False)


def test_the_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One table per corpus, halves if they are asked for."""
    monkeypatch.setattr(times, "read_timed", lambda _: [TEXT])
    monkeypatch.setattr(times, "load_readers", lambda: [times.Reader("allegedly", read_times)])
    assert times.main(["--halves"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("| allegedly |") == 3 * len(GOLD)
    assert times.run_times(read_times, ["MEANTIME"])["times, MEANTIME"].figures["value"] == 100.0


def test_missing_corpora_are_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the corpora nothing is measured, and that is said."""

    def missing(_: str) -> list[TimedText]:
        raise CorpusMissingError("no file")

    monkeypatch.setattr(times, "read_timed", missing)
    assert times.main([]) == 1
    assert "NOT RUN" in capsys.readouterr().err


def test_stored_outputs_are_pinned() -> None:
    """Both taggers have a digest for each corpus."""
    assert {f"{name}_{corpus.lower()}" for name in ("heideltime", "sutime") for corpus in GOLD} == set(timex.STORED)
