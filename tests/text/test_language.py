"""The language of a text, or no answer where it is too short."""

from __future__ import annotations

import pytest

from allegedly.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that twelve people were killed in the strike on the depot.", "en"),
        ("Rebels have denied that they shelled the market, which the army said was empty.", "en"),
        ("Das Ministerium teilte mit, dass bei dem Angriff zwölf Menschen getötet wurden.", "de"),
        ("Le ministère a déclaré que douze personnes avaient été tuées dans la frappe.", "fr"),
        ("Министерство сообщило, что двенадцать человек погибли при ударе.", "ru"),
        ("قالت الوزارة إن اثني عشر شخصا قتلوا في الغارة على المستودع", "ar"),
    ],
)
def test_languages_of_reports(text: str, expected: str) -> None:
    """A sentence is enough to tell the languages of the news apart."""
    assert detect_language(text) == expected


@pytest.mark.parametrize("text", ["", "40 dead", "12:30", "🔥🔥🔥", "Kursk", " \n", "1234567890 " * 20])
def test_short_or_wordless_texts_have_no_language(text: str) -> None:
    """Too little to go by gives no answer instead of a guess."""
    assert detect_language(text) is None


def test_long_texts_are_sampled() -> None:
    """A text of millions of characters is judged by its beginning and its middle."""
    assert detect_language("The army said that it had left the town with its guns. " * 100_000) == "en"


def test_a_foreign_quotation_does_not_decide() -> None:
    """An English report that quotes a sentence in another language is English."""
    text = (
        "The ministry said that the raid had failed. «Мы держимся», said the mayor of the town, who had stayed there."
    )
    assert detect_language(text) == "en"
