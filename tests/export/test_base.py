"""Materials: judgements beside claims, the review gate, what stays of a ledger."""

from __future__ import annotations

import pytest

from allegedly.export.base import Review, tell
from allegedly.records.claims_of import claims_of
from allegedly.review.states import Reviews
from tests.export.ledgers import judged, march, market, material, reviewed


def _states(**options: object) -> list[str]:
    told = material(market(), **options).told()  # type: ignore[arg-type]
    return [item.review.state for item in told]


def test_a_claim_is_unchecked_until_judged() -> None:
    """Without a judgement, nobody has decided anything."""
    assert _states() == ["unchecked"] * 4


@pytest.mark.parametrize(
    ("decision", "state"),
    [("accept", "accepted"), ("change", "changed"), ("reject", "issue"), ("unsure", "work-needed")],
)
def test_a_judgement_says_state_and_reviewer(decision: str, state: str) -> None:
    """State, reviewer and time are those of the judgement."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, decision, after={"type": "HARM"} if decision == "change" else None)]), claim)
    assert Review(state, (("=Rana", "2024-05-08T09:00:00Z"),)) == told.review  # type: ignore[arg-type]


def test_the_last_judgement_of_a_reviewer_counts() -> None:
    """A later decision takes the place of an earlier one of the same person."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, "accept"), judged(claim, "reject")]), claim)
    assert (told.review.state, told.review.reviewer) == ("issue", "=Rana")


def test_reviewers_who_differ_are_a_conflict() -> None:
    """A later decision of somebody else does not win; the claim stays as read."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, "accept"), judged(claim, "change", who="Omar", after={"type": "HARM"})]), claim)
    assert (told.review.state, told.review.reviewer, told.claim) == ("conflict", "=Rana; Omar", claim)


def test_a_change_is_in_the_claim() -> None:
    """New values are exported, the id stays."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, "change", after={"type": "HARM", "id": "c0"})]), claim)
    assert (told.claim.type, told.claim.id) == ("HARM", claim.id)


def test_words_cannot_be_changed() -> None:
    """A judgement changes how words are read, never the words."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, "change", after={"quote": "nothing", "span": [0, 1]})]), claim)
    assert (told.claim.quote, told.claim.span) == (claim.quote, claim.span)


def test_a_change_that_does_not_fit_is_left_out() -> None:
    """Values of no claim, which an older store may hold, are no values: somebody must look again."""
    claim = claims_of(market())[0]
    told = tell(Reviews([judged(claim, "change", after={"type": "BATTLE"})]), claim)
    assert (told.claim, told.review.state) == (claim, "work-needed")


def test_the_gate_passes_what_people_accepted_or_corrected() -> None:
    """`only_accepted` leaves out what was rejected and what nobody looked at."""
    first, second, third, _ = claims_of(market())
    judgements = [judged(first, "accept"), judged(second, "reject"), judged(third, "change", after={"type": "HARM"})]
    told = material(market(), judgements=judgements, only_accepted=True).told()
    assert [item.claim.id for item in told] == [first.id, third.id]


def test_the_gate_holds_for_texts() -> None:
    """Of a ledger only the events, attributions and numbers of passing claims are left; mentions stay."""
    first = claims_of(market())[0]
    (text,) = material(market(), judgements=[judged(first, "accept")], only_accepted=True).texts()
    left = [row.id for rows in (text.ledger.events, text.ledger.attributions, text.ledger.quantities) for row in rows]
    assert (left, len(text.ledger.mentions)) == (["v1", "a1", "q1"], 5)


def test_a_text_without_passing_claims_is_left_out() -> None:
    """With the gate, a document of which nothing passes is not exported."""
    assert list(material(only_accepted=True).texts()) == []


def test_without_gate_a_text_without_claims_is_kept() -> None:
    """Without the gate, a document in which nothing was found is one too."""
    assert [text.ledger.document.id for text in material().texts()] == ["Karveli/1", "march"]


def test_wanted_chooses_claims() -> None:
    """A query's result limits tables and texts alike."""
    wanted = claims_of(march())[0].id
    chosen = material(wanted=lambda claim: claim.id == wanted)
    assert [item.claim.id for item in chosen.told()] == [wanted]
    assert [[item.claim.id for item in text.told] for text in chosen.texts()] == [[wanted]]


def test_events_are_claims_with_an_event() -> None:
    """A saying in which no event was found is a claim, yet no event."""
    told = material(market())
    assert (len(list(told.told())), len(list(told.events()))) == (4, 3)


def test_the_incident_stands_beside_its_claims() -> None:
    """Claims carry the id of their incident, where there is one."""
    assert [item.cluster for item in reviewed().told()][:3] == ["i1", "i1", None]
