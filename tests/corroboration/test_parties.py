"""Who belongs to one party."""

from __future__ import annotations

import pytest

from allegedly.corroboration.parties import Parties, core_of, same_core
from allegedly.records.claims import ClaimVoice
from tests.corroboration.builders import make_claim, make_party


def voice(name: str, **codes: str) -> ClaimVoice:
    """Make a source."""
    return ClaimVoice("a1", name, name, "named", "assert", "indirect", "said", **codes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Norland", "the Norland army's spokesman", True),
        ("Norland's defence ministry", "Norlandic forces", True),
        ("Veldra", "the Veldran health ministry", True),
        ("Norland", "Norway", False),
        ("the Southern Front", "the Northern Front", False),
        ("Norland", "the Free Norland Army", False),
        ("Norland", "Norland rebels", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:  # noqa: FBT001  # a table
    """Words of office and endings do not part a party; other words do."""
    assert same_core(core_of(one), core_of(other)) is same
    parties = Parties()
    assert (parties.of_voice(voice(one)) == parties.of_voice(voice(other))) is same


def test_sides_come_before_names() -> None:
    """What the ledger knows joins names that have nothing in common."""
    parties = Parties()
    assert parties.of_voice(voice("Orr", side="north")) == parties.of_voice(voice("Taal", side="north"))


@pytest.mark.parametrize("words", ["its forces", "it", "our men", "they"])
def test_own_forces_are_the_speakers(words: str) -> None:
    """Words that point back belong to whoever speaks."""
    assert Parties().of_participant(make_party(words), voice="name:norland") == "name:norland"


def test_the_reports_own_voice_is_no_party() -> None:
    """Each outlet's own voice stands for itself."""
    parties = Parties()
    own = parties.of_claim(make_claim(source=None))
    assert own == "report:Northwire"
    assert parties.of_claim(make_claim(source="Northwire")) == own


@pytest.mark.parametrize("name", ["The UN", "the Red Cross", "Residents", "the Border Monitoring Mission"])
def test_outside_voices(name: str) -> None:
    """Relief, residents and monitors speak for neither side."""
    parties = Parties()
    party = parties.of_voice(voice(name))
    assert party in parties.outside


def test_we_tells_for_whom_somebody_speaks() -> None:
    """Who says "we" of a group speaks for it."""
    parties = Parties()
    we = make_party("We")
    claim = make_claim(
        "We do not shell markets", source="Idris Taal", actors=(type(we)(we.span, "We", "Southern Front"),)
    )
    parties.learn([claim])
    assert parties.of_claim(claim) == parties.of_voice(voice("the Southern Front"))
