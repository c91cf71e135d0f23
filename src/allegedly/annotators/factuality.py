"""
Factuality: whether an event happened, as its own voice presents it (after FactBank, Saurí and Pustejovsky 2009).

Read at the trigger, with the event's type and the stance of the innermost
attribution it stands in: a denied killing is "-" in the denier's voice, an
accuser vouches for what he accuses of.
"""

from __future__ import annotations

import numpy as np

from allegedly.annotators.base import Found, Reading
from allegedly.annotators.columns import calibrated
from allegedly.encoder.heads import softmax
from allegedly.encoder.session import Session
from allegedly.records.annotations import Attribution, Event, EventFactuality, Voice
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, STANCES
from allegedly.records.origin import Origin
from allegedly.resources.pack import Pack


class Factualities:
    """
    Provides :class:`EventFactuality`, one for each event.

    Args:
        pack: The pack, for its calibration.
        session: The pack's networks.
    """

    name = "factuality"
    version = "1"
    requires = frozenset({Attribution, Event, Voice})
    provides = frozenset({EventFactuality})

    def __init__(self, pack: Pack, session: Session) -> None:
        self._pack, self._session = pack, session
        self._origin = Origin(self.name, self.version, pack=pack.digest)

    def annotate(self, reading: Reading) -> Found:
        """Read the factuality of all events in one batch."""
        events = reading.layers[Event]
        if not events:
            return {EventFactuality: ()}
        stance = {a.key: STANCES.index(a.stance) for a in reading.layers[Attribution]}
        chain = {voice.event: voice.chain for voice in reading.layers[Voice]}
        stances = [stance[chain[e.key][-1]] if chain[e.key] else len(STANCES) for e in events]
        where = np.array([reading.tokens(e.span) for e in events])
        middles = reading.encoding.means(where[:, 0], where[:, 1])
        types = np.array([EVENT_TYPES.index(e.type) for e in events])
        chances = softmax(self._session.fact(middles, np.array(stances), types))
        best = chances.argmax(1)
        return {
            EventFactuality: [
                EventFactuality(
                    span=e.span, origin=self._origin, event=e.key, value=FACTUALITIES[k],
                    score=calibrated(self._pack, "factuality", chance),
                )
                for e, k, chance in zip(events, best.tolist(), chances.max(1).tolist(), strict=True)
            ]
        }  # fmt: skip
