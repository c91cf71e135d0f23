"""Agency credits: where they stand, how they are written, and which are none."""

from __future__ import annotations

import pytest

from allegedly.corroboration.agencies import AGENCIES, COLUMNS, find_credits
from allegedly.records.document import Document
from allegedly.resources.lexicon import load_table
from tests.sites import SENTENCES

BODY = " ".join(SENTENCES)
WHOLE = [
    (f"KARVELI, May 7 (Reuters) - {BODY}", "reuters", "dateline"),
    (f"KARVELI (AFP) – {BODY}", "afp", "dateline"),
    (f"KARVELI, Veldra (AP) — {BODY}", "ap", "dateline"),
    (f"KARVELI, 7 May (Xinhua) -- {BODY}", "xinhua", "dateline"),
    (f"KARVELI. May 7 (Interfax) - {BODY}", "interfax", "dateline"),
    (f"KARVELI (Reuters/Local Desk) - {BODY}", "reuters", "dateline"),
    (f"Clinic hit\nAFP\n{BODY}", "afp", "byline"),
    (f"Clinic hit\nBy Mara Ilen, Associated Press\n{BODY}", "ap", "byline"),
    (f"Clinic hit\nSource: SANA\n{BODY}", "sana", "byline"),
    (f"Clinic hit\nBy Reuters Staff\n{BODY}".replace("Staff", "staff"), "reuters", "byline"),
    (f"{BODY}\nDPA", "dpa", "sign-off"),
    (f"{BODY} /TASS/", "tass", "sign-off"),
    (f"{BODY} — AP", "ap", "sign-off"),
    (f"{BODY} (Ukrinform)", "ukrinform", "sign-off"),
    (f"A clinic was hit, according to TASS. {BODY}", "tass", "citation"),
    (f"A clinic was hit, Xinhua reported. {BODY}", "xinhua", "citation"),
    (f"A clinic was hit, Iran's state news agency IRNA said. {BODY}", "irna", "citation"),
    (f"The Yonhap news agency reported that a clinic was hit. {BODY}", "yonhap", "citation"),
    (f"A clinic was hit, a minister told Reuters. {BODY}", "reuters", "citation"),
    (f"A clinic was hit, reported by the Associated Press. {BODY}", "ap", "citation"),
    (f"A clinic was hit, Press Trust of India said. {BODY}", "pti", "citation"),
]


@pytest.mark.parametrize(("text", "agency", "form"), WHOLE, ids=lambda value: value[:24])
def test_credits_of_the_whole(text: str, agency: str, form: str) -> None:
    """Dateline, byline, sign-off and a citation in the opening cover the report; the span is the name."""
    found = [credit for credit in find_credits(Document(text)) if credit.whole]
    assert (agency, form) in [(credit.agency, credit.form) for credit in found]
    names = {row[0]: row[1].split("|") for row in load_table(AGENCIES, COLUMNS)}
    assert all(credit.span and credit.span.of(text) in names[credit.agency] for credit in found)


def test_the_publisher() -> None:
    """An agency that publishes a report is credited for it, without words in the text."""
    (credit,) = find_credits(Document(BODY, publisher="Reuters"))
    assert (credit.agency, credit.form, credit.span, credit.whole) == ("reuters", "publisher", None, True)


def test_a_sentence_far_down() -> None:
    """A citation far down covers its sentence only."""
    text = f"{BODY} {BODY} The clinic will be rebuilt by autumn, the mayor told Reuters."
    assert [(credit.agency, credit.form, credit.whole) for credit in find_credits(Document(text))] == [
        ("reuters", "citation", False)
    ]


NONE = [
    "The map (app) shows where the AP classes are held.",
    "She walked past the Reuters building on her way to the ministry in the morning.",
    "Petra said that the Spa was closed.".replace("Petra", "Petronella"),
    "He uses the app. The mena region, he said, is large.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_credits(text: str) -> None:
    """A name in passing is no credit."""
    assert find_credits(Document(f"{BODY} {BODY} {text} {BODY}")) == ()


def test_credits_of_pictures() -> None:
    """Whose picture it is says nothing of whose report it is."""
    assert find_credits(Document(f"Clinic hit\nPhoto: Reuters\n{BODY}")) == ()


def test_the_table() -> None:
    """The table covers all regions; no name belongs to two agencies."""
    rows = load_table(AGENCIES, COLUMNS)
    names = [name for row in rows for name in row[1].split("|")]
    assert (len(rows) >= 120, len(names) == len(set(names))) == (True, True)
    assert len({row[3] for row in rows}) >= 11
