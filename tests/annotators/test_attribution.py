"""Attributions from scripted scores: edges, parts, nesting, form, stance, and quotations whose cue is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.annotators.attribution import Quoted, _Draft, _parents, trim
from allegedly.annotators.base import Reading
from allegedly.records.annotations import Attribution, Sentence
from allegedly.records.codes import STANCES
from allegedly.records.span import Span
from tests.scripted_network import SURER, Script

Scripts = Callable[..., Script]
TWO_PARAGRAPHS = '"We hold the bridge and the road."\n\nOrr said so on Monday.'
ONE_QUOTATION = 'Orr said: "We hold the bridge. They will not take it!"'


def words(reading: Reading, *roles: str) -> list[list[tuple[str, ...]]]:
    """Give the words of some roles of each attribution."""
    text = reading.text
    found = reading.layers[Attribution]
    return [[tuple(span.of(text) for span in getattr(a, role)) for role in roles] for a in found]


def only(reading: Reading) -> Attribution:
    """Give the one attribution there is."""
    (found,) = reading.layers[Attribution]
    return found


def nested(script: Scripts) -> Script:
    """Script a denial inside a statement."""
    play = script("Orr said Veld denied killing nine men.")
    play.attribution("Orr", "said", "Veld denied killing nine men")
    play.attribution("Veld", "denied", "killing nine men", head="nested", stance="deny")
    return play


def test_a_statement(script: Scripts) -> None:
    """Source, cue and content that link are one attribution."""
    play = script("General Orr said on Monday that rebels fled.")
    play.attribution("General Orr", "said", "rebels fled")
    assert words(play.read(), "source", "cue", "content") == [[("General Orr",), ("said",), ("rebels fled",)]]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("“We hold the bridge,” Orr said.", "“We hold the bridge,”", "We hold the bridge"),
        ('"We hold the bridge," Orr said.', '"We hold the bridge,"', "We hold the bridge"),
        ("«We hold the bridge» Orr said.", "«We hold the bridge»", "We hold the bridge"),
        ("‹We hold the bridge›, Orr said.", "‹We hold the bridge›,", "We hold the bridge"),
        ("‚We hold the bridge‛ Orr said.", "‚We hold the bridge‛", "We hold the bridge"),
        ("＂We hold the bridge.＂ Orr said.", "＂We hold the bridge.＂", "We hold the bridge"),
        ("``We hold it'' Orr said.", "``We hold it''", "We hold it"),
        ("Orr said: they fled.", ": they fled.", "they fled"),
        ('Orr said: "Will it hold?"', '"Will it hold?"', "Will it hold?"),
        ('Orr said "We won!"', '"We won!"', "We won!"),
        ("Orr said they fled (north).", "they fled (north).", "they fled (north)"),
        ("Orr said it was over...", "it was over...", "it was over"),
        ("Orr said the 'elders' fled.", "the 'elders' fled.", "the 'elders' fled"),
        ('Orr said "?!" twice.', '"?!"', "?!"),
        ('Orr said "..." twice.', '"..."', '"..."'),
    ],
)
def test_edges_of_contents_are_trimmed(text: str, marked: str, expected: str, script: Scripts) -> None:
    """Quotation marks, commas and final stops are no edges of a content; question and exclamation marks are."""
    play = script(text)
    play.attribution("Orr", "said", marked)
    assert words(play.read(), "content") == [[(expected,)]]


def test_sources_and_cues_are_not_trimmed(script: Scripts) -> None:
    """A source may end with a stop that belongs to it."""
    play = script("Orr Jr. said rebels fled.")
    play.attribution("Orr Jr.", "said", "rebels fled")
    assert words(play.read(), "source") == [[("Orr Jr.",)]]


@given(text=st.text(st.sampled_from("ab “”\".,'!?🔥"), min_size=1, max_size=12))
def test_trimming_keeps_a_part(text: str) -> None:
    """What is left of a content lies inside it, and trimming it again changes nothing."""
    last = len(text) - 1
    first, end = trim(text, 0, last, lambda token: (token, token + 1))
    assert 0 <= first <= end <= last
    assert trim(text, first, end, lambda token: (token, token + 1)) == (first, end)


def test_a_cue_splits_a_content(script: Scripts) -> None:
    """Contents of one cue are one attribution, its parts in order of the text."""
    play = script("The army, Orr said, will withdraw soon.")
    play.attribution("Orr", "said", "will withdraw soon.", "The army,")
    assert words(play.read(), "source", "content") == [[("Orr",), ("The army", "will withdraw soon")]]


def test_the_span_covers_all_parts(script: Scripts) -> None:
    """The span of an attribution runs from its first part to its last."""
    play = script("The army, Orr said, will withdraw soon.")
    play.attribution("Orr", "said", "The army", "will withdraw soon")
    assert only(play.read()).span.of(play.text) == "The army, Orr said, will withdraw soon"


def test_keys_in_order_of_the_text(script: Scripts) -> None:
    """Attributions are numbered in order of the text."""
    play = script("Orr said rebels fled. Veld denied it all.")
    play.sentence("Veld")
    play.attribution("Veld", "denied", "it all")
    play.attribution("Orr", "said", "rebels fled")
    found = play.read().layers[Attribution]
    assert [(a.key, a.cue[0].of(play.text)) for a in found] == [("a1", "said"), ("a2", "denied")]


def test_one_inside_another(script: Scripts) -> None:
    """An attribution whose cue stands in the content of another has that one as its parent."""
    found = nested(script).read().layers[Attribution]
    assert [(a.key, a.parent) for a in found] == [("a1", None), ("a2", "a1")]


def test_the_nested_one_has_its_own_parts(script: Scripts) -> None:
    """Parts of a nested attribution are not mixed up with those around it."""
    assert words(nested(script).read(), "source", "cue", "content") == [
        [("Orr",), ("said",), ("Veld denied killing nine men",)],
        [("Veld",), ("denied",), ("killing nine men",)],
    ]


def test_side_by_side_is_not_nested(script: Scripts) -> None:
    """Attributions beside one another have no parents."""
    play = script("Orr said rebels fled but Veld denied it all.")
    play.attribution("Orr", "said", "rebels fled")
    play.attribution("Veld", "denied", "it all")
    assert [a.parent for a in play.read().layers[Attribution]] == [None, None]


def test_a_span_of_both_heads_counts_once(script: Scripts) -> None:
    """What the outer and the nested head both find is one attribution."""
    play = script("Orr said rebels fled.")
    play.attribution("Orr", "said", "rebels fled")
    play.attribution("Orr", "said", "rebels fled", head="nested")
    assert words(play.read(), "source", "cue", "content") == [[("Orr",), ("said",), ("rebels fled",)]]


def test_nobody_is_the_parent_of_his_parent(script: Scripts) -> None:
    """Of two attributions whose contents hold one another's cue, the one with the larger content is the parent."""
    play = script("Orr said Veld denied it.")
    play.attribution(None, "said", "Veld denied it")
    play.attribution(None, "denied", "Orr said", head="nested")
    found = {a.cue[0].of(play.text): (a.key, a.parent) for a in play.read().layers[Attribution]}
    assert (found["said"][1], found["denied"][1]) == (None, found["said"][0])


_PARTS = st.tuples(st.integers(0, 20), st.integers(0, 15)).map(lambda pair: (pair[0], sum(pair)))
_DRAFTS = st.builds(
    lambda cue, content: _Draft(None, cue, (content,), "assert", 1.0, 1.0), cue=st.none() | _PARTS, content=_PARTS
)


@given(drafts=st.lists(_DRAFTS, max_size=10))
def test_parents_are_the_smallest_around(drafts: list[_Draft]) -> None:
    """A parent's content holds the cue, no larger one is taken, and no chain of parents comes back."""
    sizes = [draft.contents[0][1] - draft.contents[0][0] for draft in drafts]
    for k, (draft, parent) in enumerate(zip(drafts, _parents(drafts), strict=True)):
        first, last = draft.cue or draft.contents[0]
        holders = [j for j, d in enumerate(drafts) if j != k and d.contents[0][0] <= first <= last <= d.contents[0][1]]
        around = [sizes[j] for j in holders if (sizes[j], -j) > (sizes[k], -k)]
        assert (None if parent is None else sizes[parent]) == min(around, default=None)
        assert parent is None or parent in holders


@pytest.mark.parametrize(
    ("text", "contents", "form"),
    [
        ("Orr said rebels fled.", ["rebels fled"], "indirect"),
        ('Orr said "rebels fled".', ["rebels fled"], "direct"),
        ('Orr said "rebels fled."', ['"rebels fled."'], "direct"),
        ("Orr said “rebels ‘all’ fled.”", ["rebels ‘all’ fled"], "direct"),
        ('Orr said rebels "all fled" north.', ['rebels "all fled" north'], "mixed"),
        ('Orr said rebels "all fled".', ['rebels "all fled"'], "mixed"),
        ('"The army", Orr said, "will withdraw".', ["The army", "will withdraw"], "direct"),
        ('The army, Orr said, "will withdraw".', ["The army", "will withdraw"], "mixed"),
        ('"Wolf" fighters fled, Orr said.', ["fighters fled"], "indirect"),
    ],
)
def test_form(text: str, contents: list[str], form: str, script: Scripts) -> None:
    """A content stands in quotation marks wholly, partly or not."""
    play = script(text)
    play.attribution("Orr", "said", *contents)
    assert only(play.read()).form == form


_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair)))


@given(quotes=st.lists(_SPANS, max_size=5), content=st.lists(_SPANS, min_size=1, max_size=3))
def test_form_by_code_points(quotes: list[Span], content: list[Span]) -> None:
    """Form agrees with asking each quotation (quotations nest or are apart)."""
    apart = [q for k, q in enumerate(quotes) if not any(_cross(q, other) for other in quotes[:k])]
    whole = all(any(q.contains(part) for q in apart) for part in content)
    partly = any(q.overlaps(part) for q in apart for part in content)
    expected = "direct" if whole else "mixed" if partly else "indirect"
    assert Quoted(apart).form(content) == expected


def _cross(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.contains(other) and not other.contains(one)


@pytest.mark.parametrize("stance", STANCES)
def test_stance_at_the_cue(stance: str, script: Scripts) -> None:
    """The stance is read at the cue."""
    play = script("Orr did not say rebels fled.")
    play.attribution("Orr", "did not say", "rebels fled", stance=stance)
    assert only(play.read()).stance == stance


def test_stance_at_the_content(script: Scripts) -> None:
    """The first word of the content has a say in the stance."""
    play = script("Orr said troops will withdraw.")
    play.attribution("Orr", "said", "troops will withdraw")
    play.score("stance_content", "troops", STANCES.index("intend"), SURER)
    assert only(play.read()).stance == "intend"


def test_each_cue_has_its_own_stance(script: Scripts) -> None:
    """Nested attributions do not share a stance."""
    assert [a.stance for a in nested(script).read().layers[Attribution]] == ["assert", "deny"]


@pytest.mark.parametrize("name", ["score", "stance_score"])
def test_scores_are_calibrated(name: str, script: Scripts) -> None:
    """Scores go through the pack's calibration, each by its own layer."""
    scores = []
    for slope in (1.0, 0.0):
        calibration = dict.fromkeys(["attribution", "stance"], (slope, 0.0))
        play = script("Orr said rebels fled.", calibration=calibration)
        play.attribution("Orr", "said", "rebels fled")
        scores.append(getattr(only(play.read()), name))
    assert (scores[0] > 0.9, scores[1]) == (True, 0.5)


def test_a_source_is_not_needed(script: Scripts) -> None:
    """An adverb has no source."""
    play = script("Rebels reportedly fled north.")
    play.attribution(None, "reportedly", "fled north")
    assert words(play.read(), "source", "cue", "content") == [[(), ("reportedly",), ("fled north",)]]


@pytest.mark.parametrize(("role", "text"), [("cue", "Orr said."), ("source", "Orr fled."), ("content", "Orr fled.")])
def test_spans_that_join_with_nothing(role: str, text: str, script: Scripts) -> None:
    """A source, cue or content alone is no attribution."""
    play = script(text)
    play.span("ledger", role, text[:-1].rsplit(maxsplit=1)[-1])
    assert play.read().layers[Attribution] == ()


def test_links_stay_in_the_sentence(script: Scripts) -> None:
    """The ledger's attributions do not cross sentences, however sure the link."""
    play = script("Orr said so. Rebels fled north.")
    play.sentence("Rebels")
    play.attribution("Orr", "said", "Rebels fled north")
    assert play.read().layers[Attribution] == ()


def test_spans_are_cut_at_sentences(script: Scripts) -> None:
    """A content that runs into the next sentence ends with its own."""
    play = script("Orr said rebels fled. They came back.")
    play.sentence("They")
    play.attribution("Orr", "said", "rebels fled. They came back")
    assert words(play.read(), "content") == [[("rebels fled",)]]


def test_a_text_without_words(script: Scripts) -> None:
    """A text without words has no attributions."""
    assert script(" \n ").read().layers[Attribution] == ()


def far(script: Scripts, text: str = TWO_PARAGRAPHS) -> Script:
    """Script a quotation whose cue stands in the next paragraph, which PolNeAR's head finds."""
    play = script(text)
    play.attribution("Orr", "said", '"We hold the bridge and the road', head="polnear")
    return play


def test_a_cue_in_another_paragraph(script: Scripts) -> None:
    """A quotation without a cue of its own takes its source from PolNeAR's head."""
    expected = [[("Orr",), (), ("We hold the bridge and the road",)]]
    assert words(far(script).read(), "source", "cue", "content") == expected


def test_the_rule_is_named(script: Scripts) -> None:
    """An attribution of a quotation whose cue is elsewhere says which rule made it, and asserts."""
    found = only(far(script).read())
    assert (found.origin.rule, found.origin.pack, found.stance) == ("quote-in-other-sentence", None, "assert")


def test_what_is_attributed_is_not_looked_up(script: Scripts) -> None:
    """Where the ledger's own head has attributed the quotation, PolNeAR's head adds nothing."""
    play = script('"We hold the bridge and the road," Orr said.')
    play.attribution("Orr", "said", "We hold the bridge and the road")
    play.attribution("Orr", "said", "We hold the bridge and the road", head="polnear")
    assert only(play.read()).origin.rule is None


def test_four_words_are_a_statement(script: Scripts) -> None:
    """A quotation of four words is looked up."""
    play = script('"We hold the bridge"\n\nOrr said so on Monday.')
    play.attribution("Orr", "said", "We hold the bridge", head="polnear")
    assert words(play.read(), "source", "content") == [[("Orr",), ("We hold the bridge",)]]


def test_the_rest_goes_on_from_what_was_looked_up(script: Scripts) -> None:
    """Where only the first sentence of a quotation is found far away, the second runs on from it."""
    play = script('"We hold the bridge. They will not take it!"\n\nOrr said so on Monday.')
    play.sentence("They")
    play.attribution("Orr", "said", "We hold the bridge", head="polnear")
    found = play.read().layers[Attribution]
    assert [a.origin.rule for a in found] == ["quote-in-other-sentence", "run-on-quote"]
    assert [a.source[0].of(play.text) for a in found] == ["Orr", "Orr"]


def test_a_quotation_inside_another_adds_nothing(script: Scripts) -> None:
    """Only outermost quotations are looked up."""
    play = script("“We heard ‘they will not come back’ from them.”\n\nOrr said so on Monday.")
    play.attribution("Orr", "said", "We heard ‘they will not come back’ from them", head="polnear")
    assert words(play.read(), "content") == [[("We heard ‘they will not come back’ from them",)]]


def test_short_quotations_are_names(script: Scripts) -> None:
    """Two or three words in quotation marks are no statement."""
    play = script('"Wolf of Orr" fled.\n\nVeld said so on Monday.')
    play.attribution("Veld", "said", "Wolf of Orr", head="polnear")
    assert play.read().layers[Attribution] == ()


def test_polnear_outside_quotations_adds_nothing(script: Scripts) -> None:
    """What PolNeAR's head finds outside quotation marks is not taken over."""
    play = script("They hold the bridge and the road.\n\nOrr said so on Monday.")
    play.attribution("Orr", "said", "They hold the bridge and the road", head="polnear")
    assert play.read().layers[Attribution] == ()


def test_nobody_speaks_in_his_own_quotation(script: Scripts) -> None:
    """A source inside the quotation is not its speaker."""
    play = script('"We hold what Orr called the road."\n\nVeld left on Monday.')
    play.attribution("Orr", "called", "the road", head="polnear")
    assert play.read().layers[Attribution] == ()


def test_a_quotation_nobody_owns(script: Scripts) -> None:
    """A quotation for which no head finds a source stays without one."""
    assert script(TWO_PARAGRAPHS).read().layers[Attribution] == ()


def run_on(script: Scripts) -> Script:
    """Script a quotation of two sentences of which the first is attributed."""
    play = script(ONE_QUOTATION)
    play.sentence("They")
    play.attribution("Orr", "said", "We hold the bridge.")
    return play


def test_a_quotation_runs_on(script: Scripts) -> None:
    """The rest of a quotation has the source of its first sentence, and no cue."""
    assert words(run_on(script).read(), "source", "cue", "content") == [
        [("Orr",), ("said",), ("We hold the bridge",)],
        [("Orr",), (), ("They will not take it!",)],
    ]


def test_a_run_on_quotation_says_so(script: Scripts) -> None:
    """The rest of a quotation names its rule, is direct, and nobody's child."""
    found = run_on(script).read().layers[Attribution][1]
    assert (found.origin.rule, found.form, found.parent) == ("run-on-quote", "direct", None)


def test_a_run_on_goes_on(script: Scripts) -> None:
    """A third sentence has the source of the first too."""
    play = script('Orr said: "We hold the bridge. They want to cross. But they will not."')
    play.sentence("They")
    play.sentence("But")
    play.attribution("Orr", "said", "We hold the bridge")
    assert [a.source[0].of(play.text) for a in play.read().layers[Attribution]] == ["Orr"] * 3


@pytest.mark.parametrize("ending", [".", ",", "...", ""])
def test_rule_made_contents_are_trimmed(ending: str, script: Scripts) -> None:
    """Contents that rules find have the same edges as those that heads find."""
    play = script(f'Orr said: "We hold the bridge. They will not take it{ending}"')
    play.sentence("They")
    play.attribution("Orr", "said", "We hold the bridge")
    assert words(play.read(), "content")[1] == [("They will not take it",)]


def test_the_surer_source_wins(script: Scripts) -> None:
    """Where two far attributions share a quotation, the surer gives its source."""
    play = script('"We hold the bridge and the road."\n\nOrr said it and Veld repeated some.')
    play.attribution("Orr", "said", "We hold the bridge", head="polnear")
    play.attribution("Veld", "repeated", "and the road", head="polnear")
    first = play.tokens("We hold the bridge")[0]
    play.session.links[first, play.tokens("said")[0]] = 0.0
    play.session.links[first, play.tokens("repeated")[0]] = -0.1
    assert words(play.read(), "source") == [[("Veld",)]]


def test_long_texts_link_over_windows(script: Scripts) -> None:
    """Attributions are found in every window of a long text."""
    parts = [
        f"Source{k} said{k} that thing{k} happened{k} " + " ".join(f"w{k}x{n}" for n in range(90)) for k in range(6)
    ]
    play = script("\n\n".join(part + "." for part in parts))
    for k in range(6):
        play.attribution(f"Source{k}", f"said{k}", f"thing{k} happened{k}")
    found: list[Any] = words(play.read(), "source", "content")
    assert found == [[(f"Source{k}",), (f"thing{k} happened{k}",)] for k in range(6)]


def test_sentences_do_not_care(script: Scripts) -> None:
    """Sentence layer and attributions come from one run of the encoder."""
    play = nested(script)
    assert len(play.read().layers[Sentence]) == play.session.encoded == 1
