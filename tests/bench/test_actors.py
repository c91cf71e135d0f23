"""Cases of coded actors: reader, regions, scoring, listing of failures, on invented rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.found import Codes
from bench.readers.actor_cases import REGION_OF, CaseError, find_words, parse_actor_cases, read_actor_cases
from bench.tasks import actors
from bench.tasks.actors import run_actors, score_cases

ROW = {
    "id": "a1", "text": "Orr met Orr's aide.", "target": "Orr#2", "date": "", "country": "RUS|UKR", "sector": "",
    "actor_kind": "person", "quality": "STRONG", "category": "title-name", "note": "party=rus; surname",
}  # fmt: skip
WEAK = {**ROW, "id": "a2", "target": "Orr", "date": "2024-03-11", "country": "", "quality": "WEAK", "note": ""}


def test_rows_become_cases() -> None:
    """Alternatives are parted, an empty code must stay empty, a number picks the place, the date may be missing."""
    strong, weak = parse_actor_cases([ROW, WEAK])
    assert (strong.span, strong.published, strong.countries, strong.sectors) == ((8, 11), None, ("RUS", "UKR"), ("",))
    assert (weak.span, weak.published, weak.region, strong.region) == ((0, 3), "2024-03-11", "no country", "Europe")
    assert (strong.party, weak.party) == ("rus", "none")


@pytest.mark.parametrize(
    ("words", "expected"), [("Orr", (0, 3)), ("Orr#1", (0, 3)), ("Orr#2", (8, 11)), ("aide", (14, 18))]
)
def test_words_are_found_in_their_text(words: str, expected: tuple[int, int]) -> None:
    """The first place unless another is asked for."""
    assert find_words("a1", ROW["text"], words) == expected


@pytest.mark.parametrize("words", ["Taal", "Orr#3", "", "orr"])
def test_words_that_are_not_there_are_an_error(words: str) -> None:
    """A case that cannot be read is named, not skipped."""
    with pytest.raises(CaseError, match="a1"):
        find_words("a1", ROW["text"], words)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (Codes("RUS", None), (True, True)),
        (Codes("UKR", None), (True, True)),
        (Codes("USA", None), (False, True)),
        (Codes("RUS", "GOV"), (True, False)),
        (Codes(None, None), (False, True)),
    ],
)
def test_codes_are_judged_apart(codes: Codes, expected: tuple[bool, bool]) -> None:
    """Any alternative is right; a code where there must be none is wrong."""
    (case,) = parse_actor_cases([ROW])
    assert case.judge(codes) == expected


def test_both_codes_must_be_right() -> None:
    """Figures by quality and code, details by kind, try, region and party."""
    result = score_cases(
        parse_actor_cases([ROW, WEAK]), lambda _text, span, _date: Codes("RUS" if span[0] else "USA", None)
    )
    assert result.figures == {
        "all": 50.0, "STRONG": 100.0, "MEDIUM": 0.0, "WEAK": 0.0, "country": 50.0, "sector": 100.0,
    }  # fmt: skip
    assert (result.details["region Europe"], result.details["party none"]) == (100.0, 0.0)


def test_strong_failures_are_listed_first_and_in_full() -> None:
    """A STRONG failure is a bug: it is shown with its text and why it is so."""
    result = score_cases(parse_actor_cases([WEAK, ROW]), lambda *_: Codes("USA", "GOV"))
    assert result.failures == (
        "STRONG a1: 'Orr' is RUS|UKR/-, found USA/GOV in: Orr met [Orr]'s aide. (title-name; party=rus; surname)",
        "WEAK a2: 'Orr' is -/-, found USA/GOV",
    )


def test_the_system_sees_text_words_and_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the answer is handed over."""
    seen = []
    monkeypatch.setattr(actors, "read_actor_cases", lambda: parse_actor_cases([WEAK]))

    def code(*given: object) -> Codes:
        seen.append(given)
        return Codes(None, None)

    assert run_actors(code)["actors"].figures["all"] == 100.0
    assert seen == [(WEAK["text"], (0, 3), "2024-03-11")]


def test_a_file_is_read(tmp_path: Path) -> None:
    """Quoted fields keep their commas."""
    file = tmp_path / "cases.csv"
    head, cells = ",".join(ROW), ",".join(f'"{cell}"' for cell in ROW.values())
    file.write_text(f"{head}\n{cells}\n", encoding="utf-8")
    assert read_actor_cases(file) == parse_actor_cases([ROW])


def test_no_country_lies_in_two_regions() -> None:
    """Codes are three capitals, each in one region."""
    assert all(len(code) == 3 and code.isupper() for code in REGION_OF)
    assert len(REGION_OF) > 200
