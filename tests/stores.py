"""What the tests of the store share: small ledgers made without weights, and the ledger of another reading."""

from __future__ import annotations

from dataclasses import replace

from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, Run
from tests.fakes import FakeReader

OTHER_RUN = Run("9.0.0", f"sha256:{'2' * 64}", f"sha256:{'1' * 64}")
REPORT = "The army said rebels killed 3 people.\nOmar denied troops arrested 12 farmers."


def fake_ledger(text: str = REPORT, *, id: str = "one", **known: str) -> Ledger:  # noqa: A002  # the field's name
    """Read a text with three patterns; see :mod:`tests.fakes`."""
    return FakeReader().read(Document(text, id=id, **known))


def another_reading(ledger: Ledger) -> Ledger:
    """Give the ledger as another pack reads it: the last event is of another type, the rest as before."""
    *events, last = ledger.events
    changed = replace(last, type="HARM" if last.type != "HARM" else "DAMAGE", score=0.1)
    return replace(ledger, run=OTHER_RUN, events=(*events, changed))
