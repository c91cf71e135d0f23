"""A claim to be judged, as a terminal shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger
from allegedly.render.review import render_question
from allegedly.review.blind import blind
from tests.export.ledgers import march, market

STRIKE, DENIAL, LOSS, REPLY = claims_of(market())
THREAT, PROTEST, ARREST, FIGHT = claims_of(march())


def _shown(claim: Claim, *, hide: bool = False) -> str:
    ledger = market() if claim.document == STRIKE.document else march()
    return render_question(ledger, claim, hidden=blind(ledger) if hide else None)


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        (STRIKE, f"{STRIKE.id[:9]}  Karveli/1, Northwire, published Tue 2024-05-07"),
        (STRIKE, "[source: the Nord health ministry] [cue: said]"),
        (STRIKE, "stance        asserts"),
        (STRIKE, "event         ASSAULT/drone"),
        (STRIKE, "presented as  happened"),
        (STRIKE, "when          2024-05-06"),
        (STRIKE, 'killed        no figure ("dozens")'),
        (DENIAL, "stance        denies"),
        (DENIAL, "presented as  did not happen"),
        (REPLY, "event         none"),
        (REPLY, "[source: Nord’s army] [cue: rejected] [content: that.]"),
        (THREAT, "says          the report (its own voice)"),
        (THREAT, "publisher unknown, published no date"),
        (THREAT, "presented as  announced"),
        (THREAT, "to whom       -"),
        (THREAT, "where         Port Azel (not resolved)"),
        (ARREST, 'to whom       Students ("them")'),
        (FIGHT, "where         Ansa (East, XSO, exact)"),
        (FIGHT, 'killed        4 or more ("at least 4")'),
    ],
)
def test_lines(claim: Claim, line: str) -> None:
    """What was read is on a line of its own, with fixed labels and words of the text."""
    assert line in _shown(claim)


def test_no_score_is_shown() -> None:
    """It would lead the judgement."""
    assert "0.9" not in _shown(replace(STRIKE, score=0.9123))


@pytest.mark.parametrize("claim", [STRIKE, DENIAL, LOSS, REPLY])
def test_blind_hides_who_is_spoken_of(claim: Claim) -> None:
    """Neither outlet nor document nor parties are on the screen."""
    shown = _shown(claim, hide=True)
    assert [name for name in ("Northwire", "Karveli/1", "Southern Front", "Nord") if name in shown] == []


def test_styles_are_for_terminals() -> None:
    """The head is bold where styles are wanted; without them there is no escape sign."""
    assert render_question(market(), STRIKE, color=True).startswith("\x1b[1m")
    assert "\x1b" not in _shown(STRIKE)


def test_a_text_cannot_move_the_cursor() -> None:
    """Control signs of a report are shown as what cannot be shown."""
    ledger = market()
    text = ledger.document.text.replace("Drones", "\x1b[2Jone")
    hostile: Ledger = replace(ledger, document=replace(ledger.document, text=text))
    assert "\x1b" not in render_question(hostile, claims_of(hostile)[0])
