"""The state of a claim by its judgements, and the claim as people left it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from allegedly.errors import UsageError
from allegedly.records.claims_of import claims_of
from allegedly.review.states import Reviews, standing_of, with_values
from allegedly.store.answers import Decision, Judgement
from tests.export.ledgers import market
from tests.review.judging import judged, plain

HARM = {"type": "HARM"}


def _judgements(words: str) -> list[Judgement]:
    """Read ``Ana accept, Ben change HARM``."""
    made = []
    for part in words.split(", ") if words else ():
        who, decision, *value = part.split()
        made.append(judged(who, cast("Decision", decision), after={"type": value[0]} if value else None))
    return made


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("", "unchecked"),
        ("Ana accept", "accepted"),
        ("Ana accept, Ben accept", "accepted"),
        ("Ana change HARM", "changed"),
        ("Ana change HARM, Ben change HARM", "changed"),
        ("Ana reject", "issue"),
        ("Ana reject, Ben reject", "issue"),
        ("Ana unsure", "work-needed"),
        ("Ana accept, Ben unsure", "work-needed"),
        ("Ana accept, Ben reject", "conflict"),
        ("Ana accept, Ben change HARM", "conflict"),
        ("Ana change HARM, Ben change DAMAGE", "conflict"),
        ("Ana change HARM, Ben reject", "conflict"),
        ("Ana accept, Ben reject, Cem unsure", "conflict"),
        ("Ana accept, Ben reject, Cem accept", "conflict"),
        ("Ana accept, Ben reject, Ben accept", "accepted"),
        ("Ana accept, Ana reject", "issue"),
        ("Ana unsure, Ana accept", "accepted"),
    ],
)
def test_a_state_is_what_the_last_judgements_come_to(words: str, state: str) -> None:
    """Each reviewer counts once, with the last decision, and nobody counts more."""
    assert standing_of(_judgements(words)).state == state


def test_a_judgement_that_was_taken_back_does_not_count() -> None:
    """The one before it stands again."""
    back = judged("Ana", "reject", undone="2025-01-02")
    assert standing_of([judged("Ana", "accept"), back]).state == "accepted"


def test_a_moved_row_is_to_be_looked_at_again() -> None:
    """A judgement of the row before counts until somebody judges the one in its place."""
    moved = [judged("Ana", "accept", "c0")]
    assert standing_of([], moved).state == "work-needed"
    assert standing_of([judged("Ben", "accept")], moved).state == "accepted"


def test_reviewers_are_named_in_order_of_their_last_word() -> None:
    """Who changed their mind comes last."""
    standing = standing_of(_judgements("Ana accept, Ben accept, Ana accept"))
    assert (standing.reviewers, standing.made == standing.judgements[-1].made) == (("Ben", "Ana"), True)
    assert standing_of([]).made == ""


def test_a_change_to_what_was_read_accepts() -> None:
    """New values that say the same are none: two who agree do not differ."""
    claim = claims_of(market())[0]
    same = judged("Ana", "change", claim, {"type": claim.type})
    assert standing_of([same, judged("Ben", "accept", claim)]).state == "accepted"


def test_the_same_change_in_other_words_is_the_same() -> None:
    """A value that is repeated as read makes no difference."""
    claim = claims_of(market())[0]
    one, other = judged("Ana", "change", claim, HARM), judged("Ben", "change", claim, HARM | {"stance": claim.stance})
    standing = standing_of([one, other])
    assert (standing.state, dict(standing.values)) == ("changed", HARM)


@pytest.mark.parametrize(
    ("after", "values"),
    [
        ({"id": "c0", "event": None, "type": "HARM"}, HARM),
        ({"span": [0, 2], "quote": "ab", "passage": [0, 9]}, {"span": [0, 2], "quote": "ab", "passage": [0, 9]}),
        ({"span": [0, 2], "quote": "abc", "passage": [0, 9]}, {}),
        ({"span": [3, 5], "quote": "ab", "passage": [4, 9]}, {}),
        ({"span": [3, 5], "quote": "ab"}, {}),
        ({"span": "3-5", "quote": "ab", "passage": [0, 9]}, {}),
        ({"quote": "nobody printed this", "type": "HARM"}, HARM),
    ],
)
def test_words_change_together_and_ids_never(after: dict[str, Any], values: dict[str, Any]) -> None:
    """Span, quote and passage count if they fit one another; what would be another row does not."""
    assert standing_of([judged("Ana", "change", after=after)]).values == values


def test_new_values_are_in_the_claim() -> None:
    """The claim is as the reviewers left it, its id as before."""
    claim = claims_of(market())[0]
    changed, standing = Reviews([judged("Ana", "change", claim, HARM)]).reviewed(claim)
    assert (changed.type, changed.id, standing.state) == ("HARM", claim.id, "changed")


def test_a_conflict_leaves_the_claim_as_read() -> None:
    """Nobody's values win."""
    claim = claims_of(market())[0]
    reviews = Reviews([judged("Ana", "change", claim, HARM), judged("Ben", "accept", claim)])
    assert reviews.reviewed(claim)[0] is claim
    assert list(reviews.rows()) == [claim.id]


def test_values_of_no_claim_need_work() -> None:
    """An older store may hold some; they stop nobody."""
    claim = claims_of(market())[0]
    left, standing = Reviews([judged("Ana", "change", claim, {"type": "BATTLE"})]).reviewed(claim)
    assert (left, standing.state, standing.values) == (claim, "work-needed", {})
    with pytest.raises(UsageError, match="fit no claim"):
        with_values(claim, {"type": "BATTLE"})


def test_moved_judgements_go_with_the_new_row() -> None:
    """They are found under the id of the row that took the place of theirs."""
    assert Reviews([], [(judged("Ana", "accept", "c0"), "c1")]).standing("c1").state == "work-needed"


def test_no_values_no_copy() -> None:
    """Without new values, the claim itself is given."""
    claim = claims_of(market())[0]
    assert with_values(claim, {}) is claim
    assert plain(with_values(claim, plain(claim))) == plain(claim)
