"""What two documents share word for word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.corroboration.copies import MOST, SHORTEST, Fingerprints, compare, spans_of
from allegedly.corroboration.words import split_text
from tests.sites import SENTENCES

WIRE = " ".join(SENTENCES)
OWN = "Taps ran dry across the valley on Wednesday after the station near the border had gone up in flames at noon."


def test_a_passage_in_both() -> None:
    """A passage is found on both sides, with its words in the text."""
    left, right = f"{OWN} {SENTENCES[0]}", f"{SENTENCES[0]} {SENTENCES[1]}"
    first, second = split_text(left), split_text(right)
    overlap = compare(first, second)
    (span,) = spans_of(first, overlap.left)
    assert span.of(left) == SENTENCES[0].rstrip(".")
    assert (round(overlap.left_share, 1), round(overlap.right_share, 1)) == (0.5, 0.6)


def test_small_changes_do_not_end_a_passage() -> None:
    """A word changed here and there leaves one passage."""
    overlap = compare(split_text(WIRE), split_text(WIRE.replace("Karveli", "Qarveli").replace("blamed", "accused")))
    assert (len(overlap.left), overlap.left_share > 0.9) == (1, True)


def test_phrases_are_no_passages() -> None:
    """Short runs that everybody writes do not count."""
    left, right = (
        "There was no immediate comment from the army, witnesses said.",
        "Rain fell. There was no immediate comment.",
    )
    overlap = compare(split_text(left), split_text(right))
    assert (overlap.words, overlap.longest, overlap.left_share) == (0, 0, 0.0)
    assert SHORTEST > 5


def test_quotations_are_not_shared() -> None:
    """The same long quotation in two reports is nobody's copy."""
    quote = '"We have ordered all units on the front to hold their fire for three days so that the dead can be buried"'
    overlap = compare(split_text(f"{OWN} {quote}, he said."), split_text(f"{quote}, the general said. {SENTENCES[1]}"))
    assert overlap.words == 0


@given(
    st.lists(st.sampled_from((*SENTENCES, OWN)), max_size=6), st.lists(st.sampled_from((*SENTENCES, OWN)), max_size=6)
)
def test_both_sides_agree(left: list[str], right: list[str]) -> None:
    """Comparing the other way round gives the same with sides changed; shares lie between 0 and 1."""
    first, second = split_text(" ".join(left)), split_text(" ".join(right))
    one, other = compare(first, second), compare(second, first)
    assert (one.left, one.right, one.left_share, one.words) == (other.right, other.left, other.right_share, other.words)
    assert 0 <= one.left_share <= 1


def test_candidates() -> None:
    """Documents that share a long run are found, others are not."""
    index = Fingerprints()
    index.add(3, split_text(WIRE))
    assert index.candidates(split_text(f"{OWN} {SENTENCES[2]}")) == (3,)
    assert index.candidates(split_text(OWN)) == ()


def test_formulas_take_no_more_documents() -> None:
    """What too many documents share names no candidates beyond the first ones: cost stays in step."""
    index = Fingerprints()
    for number in range(3 * MOST):
        index.add(number, split_text(WIRE))
    assert len(index.candidates(split_text(WIRE))) == MOST
