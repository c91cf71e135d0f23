"""Quotation marks: which open, which close, which are none; every example is invented."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.text.quotes import INSIDE, MARK, OUTSIDE, pair_quotes, quote_states

MARKS = "\"“”„«»‘’'‹›`‚,.- \n\rab5س\U0001f525"


def words_of(text: str) -> list[str]:
    """Give the words of each quotation, marks included."""
    return [pair.span.of(text) for pair in pair_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"We held," she said. "They left."', ['"We held,"', '"They left."'], id="straight"),
        pytest.param("“We held,” she said. “They left.”", ["“We held,”", "“They left.”"], id="curly"),
        pytest.param("'We held,' he said, 'to the end.'", ["'We held,'", "'to the end.'"], id="british straight"),
        pytest.param("‘We held,’ he said, ‘to the end.’", ["‘We held,’", "‘to the end.’"], id="british curly"),
        pytest.param("«Мы держались», — сказал он.", ["«Мы держались»"], id="guillemets, Cyrillic"),
        pytest.param("« Oui », dit-il, « non ».", ["« Oui »", "« non »"], id="guillemets with blanks"),
        pytest.param("»Ja«, sagte er, »nein«.", ["»Ja«", "»nein«"], id="guillemets turned"),
        pytest.param("„Ja“, sagte er, „nein“.", ["„Ja“", "„nein“"], id="German"),
        pytest.param("„Tak”, powiedział.", ["„Tak”"], id="Polish"),
        pytest.param(",,Tak'' powiedział", [",,Tak''"], id="commas as low marks"),
        pytest.param("”Nej”, sa han.", ["”Nej”"], id="Swedish"),
        pytest.param("‹Non›, dit-il", ["‹Non›"], id="small guillemets"),
        pytest.param("``We held,'' he said.", ["``We held,''"], id="TeX marks"),
        pytest.param("''We held,'' he said. ''Again.''", ["''We held,''", "''Again.''"], id="doubled single"),
        pytest.param("’’We held,’’ he said.", [], id="closing marks alone open nothing"),
        pytest.param('""We held,"" he said', ['""We held,""'], id="doubled straight, from tables"),
        pytest.param("`We held,' he said", ["`We held,'"], id="backtick and apostrophe"),
        pytest.param('“We held," he said', ['“We held,"'], id="styles mixed"),
        pytest.param('قال: "نحن هنا" ثم غادر', ['"نحن هنا"'], id="Arabic, straight"),
        pytest.param("قال: «نحن هنا» ثم غادر", ["«نحن هنا»"], id="Arabic, guillemets"),
        pytest.param('said,"We go," and left', ['"We go,"'], id="blank missing before"),
        pytest.param('a " b " c', ['" b "'], id="blanks on both sides"),
        pytest.param('"We "— and', ['"We "'], id="blank before the closing mark"),
        pytest.param('"yes"—"no"', ['"yes"', '"no"'], id="dash between"),
        pytest.param('he said—"yes"—and', ['"yes"'], id="dashes around"),
        pytest.param('("no")', ['"no"'], id="brackets around"),
        pytest.param('"[We] go," he said, "(now)."', ['"[We] go,"', '"(now)."'], id="brackets inside"),
        pytest.param('"...but" he', ['"...but"'], id="dots after the opening mark"),
        pytest.param("“…but” he", ["“…but”"], id="ellipsis after the opening mark"),
        pytest.param('the so-called "liberation"-style raid', ['"liberation"'], id="scare quote in a compound"),
        pytest.param('called it "" by mistake', ['""'], id="empty"),
        pytest.param("🔥“We held”🔥", ["“We held”"], id="emoji around"),
    ],
)  # fmt: skip
def test_styles_of_quotation_marks(text: str, expected: list[str]) -> None:
    """Every style of marks pairs with its own kind."""
    assert words_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They don't know, and he's gone.",
        "They don’t know, and he’s gone.",
        "the rebels' base near Karveli",
        "the rebels’ base near Karveli",
        "back in the '90s and the ’80s",
        "rock 'n' roll and rock ’n’ roll",
        "get 'em out, 'tis late",
        "Col. O'Brien and Sana'a's airport",
        "the Ba‘ath party and the Sha‘ab district",
        "Kyivan Rus' and the oblast' of old",
        'a 12" shell and a 6\'2" guard',
        "He is 6’2” tall",
        "",
        "   \n\n ",
        "no marks at all",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    """Contractions, possessives, elisions, transliterations and inch signs pair with nothing."""
    assert words_of(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("‘The rebels’ base fell,’ he said.", ["‘The rebels’ base fell,’"], id="possessive inside"),
        pytest.param("'It's the army's fault,' he said", ["'It's the army's fault,'"], id="apostrophes inside"),
        pytest.param("'Rebels' offer' refused", ["'Rebels' offer'"], id="possessive in a headline"),
        pytest.param("Rebels' 'last stand' at airport", ["'last stand'"], id="possessive before"),
        pytest.param("'Heroes' of the rebels' siege", ["'Heroes'"], id="possessive after"),
        pytest.param("'no surrenders' he said 'to rebels'", ["'no surrenders'", "'to rebels'"], id="ends in s"),
        pytest.param("Taal: 'We do not target hospitals'", ["'We do not target hospitals'"], id="after a colon"),
        pytest.param(
            "Minister: 'no talks' with rebels as 'days of war' near", ["'no talks'", "'days of war'"], id="two"
        ),
        pytest.param("‘Never again’ - Mayor Ost", ["‘Never again’"], id="before a dash"),
        pytest.param("'40 dead' in raid, say rebels", ["'40 dead'"], id="begins with digits"),
        pytest.param("Rock ’n’ roll ‘no’", ["‘no’"], id="elision before"),
        pytest.param("In the '90s 'no' was 'no'", ["'no'", "'no'"], id="decade before"),
    ],
)
def test_single_marks_of_british_papers_and_headlines(text: str, expected: list[str]) -> None:
    """Single marks are told from apostrophes by their neighbours and by what follows."""
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“They ‘ran’ away.”", [("“They ‘ran’ away.”", 0), ("‘ran’", 1)], id="curly"),
        pytest.param("\"He said 'no'\" and", [("\"He said 'no'\"", 0), ("'no'", 1)], id="straight"),
        pytest.param("\"'No' is no,\" he", [("\"'No' is no,\"", 0), ("'No'", 1)], id="touching at the start"),
        pytest.param("“He said, ‘Go’ ” x", [("“He said, ‘Go’ ”", 0), ("‘Go’", 1)], id="blank between the ends"),
        pytest.param("«А «Б» В»", [("«А «Б» В»", 0), ("«Б»", 1)], id="guillemets"),
        pytest.param("“a “b” c”", [("“a “b” c”", 0), ("“b”", 1)], id="the same style twice"),
        pytest.param('"go "home" now," he', [('"go "home" now,"', 0), ('"home"', 1)], id="straight twice"),
        pytest.param("“a ‘b “c” d’ e”", [("“a ‘b “c” d’ e”", 0), ("‘b “c” d’", 1), ("“c”", 2)], id="three deep"),
        pytest.param('"He is 6\'2" tall," she', [('"He is 6\'2" tall,"', 0)], id="inches inside"),
    ],
)
def test_nested_quotations(text: str, expected: list[tuple[str, int]]) -> None:
    """Quotations nest, and each one knows how deep it stands."""
    assert [(pair.span.of(text), pair.depth) for pair in pair_quotes(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('He said "we go and left.', [('"we go and left.', False, False)], id="to the end of the text"),
        pytest.param('"We go\n\nHe left.', [('"We go', False, False)], id="to the end of the paragraph"),
        pytest.param(
            '"We go, he said. "They stay."',
            [('"We go, he said.', False, False), ('"They stay."', True, False)],
            id="to the next opening mark",
        ),
        pytest.param(
            '"We held\n\n"and held\n\n"to the end," he said.',
            [('"We held', False, False), ('"and held', False, True), ('"to the end,"', True, True)],
            id="three paragraphs, each opened",
        ),
        pytest.param(
            "“One.\r\n“Two.”\r\nThree.", [("“One.", False, False), ("“Two.”", True, True)], id="line ends of Windows"
        ),
        pytest.param(
            "‘One.\n\n‘Two.’ He left.", [("‘One.", False, False), ("‘Two.’", True, True)], id="single marks"
        ),
        pytest.param(
            '"We held\n\nto the end," he said. "No."',
            [('"We held', False, False), ('to the end,"', True, True), ('"No."', True, False)],
            id="not reopened",
        ),
        pytest.param(
            '"TAAL: We read “Front Line.” Yes\n\n"ORR: No',
            [
                ('"TAAL: We read “Front Line.” Yes', False, False),
                ("“Front Line.”", True, False),
                ('"ORR: No', False, True),
            ],
            id="transcript in a block quotation",
        ),
        pytest.param('We go," he said.', [], id="closing mark alone"),
    ],
)  # fmt: skip
def test_unclosed_and_carried_over(text: str, expected: list[tuple[str, bool, bool]]) -> None:
    """What is not closed ends with its paragraph and goes on where the next one opens."""
    assert [(pair.span.of(text), pair.closed, pair.continues) for pair in pair_quotes(text)] == expected


def test_inner_leaves_out_marks_and_white_space() -> None:
    """The inner span is what stands between the marks, trimmed."""
    text = 'so " we go " he'
    assert [pair.inner and pair.inner.of(text) for pair in pair_quotes(text)] == ["we go"]


def test_inner_of_empty_marks_is_none() -> None:
    """Quotation marks with nothing between them have no inner span."""
    assert [pair.inner for pair in pair_quotes('a "" b')] == [None]


def test_hard_wrapped_lines_do_not_end_a_quotation() -> None:
    """A quotation broken at a fixed width runs on over the line break."""
    text = '"The front is holding along the whole of\nthe river and nobody has crossed it," the\nspokesman said.'
    assert words_of(text) == [text[: text.index(" the\nspokesman")]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a "b" c', [0, 0, 2, 1, 2, 0, 0]),
        ("“‘b’”", [2, 2, 1, 2, 2]),
        ("don't", [0, 0, 0, 0, 0]),
        ("``b''", [2, 2, 1, 2, 2]),
        ('b" c', [0, 2, 0, 0]),
        ("", []),
    ],
)
def test_states_of_code_points(text: str, expected: list[int]) -> None:
    """Each code point is outside, inside or a mark; a stray mark is a mark, an apostrophe is not."""
    assert list(quote_states(text)) == expected


@given(st.text(alphabet=MARKS, max_size=80))
def test_pairs_nest_and_lie_inside_the_text(text: str) -> None:
    """Whatever the text, pairs are ordered, never cross, and their inner spans lie inside."""
    open_ends: list[int] = []
    for pair in pair_quotes(text):
        while open_ends and open_ends[-1] <= pair.span.start:
            open_ends.pop()
        assert pair.span.end <= (open_ends[-1] if open_ends else len(text))
        assert pair.depth == len(open_ends)
        assert pair.inner is None or pair.span.contains(pair.inner)
        open_ends.append(pair.span.end)


@given(st.text(alphabet=MARKS, max_size=80))
def test_states_agree_with_pairs(text: str) -> None:
    """Inside are exactly the code points of outermost pairs that are no marks."""
    inside = {place for pair in pair_quotes(text) if pair.depth == 0 for place in range(pair.span.start, pair.span.end)}
    states = quote_states(text)
    assert {place for place, state in enumerate(states) if state == INSIDE} <= inside
    assert {place for place in inside if states[place] == OUTSIDE} == set()


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    """No text breaks the pairing, and the states cover it."""
    assert len(quote_states(text)) == len(text)


@given(st.text(alphabet=MARKS, max_size=60))
def test_reading_twice_gives_the_same(text: str) -> None:
    """Pairing keeps no memory."""
    assert pair_quotes(text) == pair_quotes(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"a" ' * 60_000, id="pairs"),
        pytest.param('"' * 60_000, id="straight only"),
        pytest.param("“" * 30_000 + "”" * 30_000, id="nested deep"),
        pytest.param("'rebels' " * 40_000, id="possessives"),
        pytest.param("“‘«" * 20_000, id="never closed"),
        pytest.param('"abc def\n' * 20_000, id="carried over"),
        pytest.param("word " * 1_000_000, id="none"),
    ],
)
def test_time_grows_with_the_length_only(text: str) -> None:
    """Four times the text takes about four times as long, on one line or many."""
    quarter = text[: len(text) // 4]
    assert _seconds(quote_states, text) < 12 * _seconds(quote_states, quarter) + 0.2


def _seconds(function: Callable[[str], object], text: str) -> float:
    begin = time.perf_counter()
    function(text)
    return time.perf_counter() - begin


def test_marks_are_told_from_what_they_enclose() -> None:
    """The three states have names."""
    assert (OUTSIDE, INSIDE, MARK) == (0, 1, 2)
