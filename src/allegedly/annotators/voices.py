"""
Voices: in whose words an event stands (cf. the nested sources of FactBank, Saurí and Pustejovsky 2009).

An event stands in every attribution whose content holds its trigger,
outermost first; in none, it is the narrator's own. The cue of an attribution
is not its content: "accused" is the narrator's event.
"""

from __future__ import annotations

from bisect import bisect_right

from allegedly.annotators.base import Found, Reading
from allegedly.records.annotations import Attribution, Event, Voice
from allegedly.records.origin import Origin


class Voices:
    """Provides :class:`Voice`, one for each event."""

    name = "voices"
    version = "1"
    requires = frozenset({Attribution, Event})
    provides = frozenset({Voice})

    def __init__(self) -> None:
        self._origin = Origin(self.name, self.version, rule="containment")

    def annotate(self, reading: Reading) -> Found:
        """Join events with attributions."""
        parts = sorted(((part, a) for a in reading.layers[Attribution] for part in a.content), key=lambda pair: pair[0])
        starts = [part.start for part, _ in parts]
        longest = max((len(part) for part, _ in parts), default=0)
        voices = []
        for event in reading.layers[Event]:
            holders: dict[str, Attribution] = {}
            for k in range(bisect_right(starts, event.span.start) - 1, -1, -1):
                part, attribution = parts[k]
                if part.start + longest < event.span.end:
                    break
                if part.contains(event.span):
                    holders[attribution.key] = attribution
            chain = sorted(holders.values(), key=lambda a: (-sum(map(len, a.content)), a.span))
            score = min((a.score for a in chain), default=1.0)
            voices.append(
                Voice(
                    span=event.span, origin=self._origin, score=score, event=event.key,
                    chain=tuple(a.key for a in chain),
                )
            )  # fmt: skip
        return {Voice: voices}
