"""
Who belongs together in an incident: a party and all that speak or act for it.

What the ledger knows comes first: side, then actor. A name that has neither is
reduced to what is left without words of office ("the Norland army's spokesman",
"Norland's ministry of defence": Norland), and such names are taken as one party
if they differ in their endings only ("Norlandic"). Nothing is inferred from what
a party says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from allegedly.actors.names import normalise_name
from allegedly.records.claims import Claim, ClaimParty, ClaimVoice

_OFFICE: Final = frozenset(
    """a an the of for in on at and its their his her our my de la el al unnamed senior top local regional military army
    armed force forces troops soldier soldiers navy air defence defense interior foreign health information ministry
    minister ministers government governor president presidential prime office officer officers official officials
    authority authorities administration spokesman spokeswoman spokesperson spokespeople command commander commanders
    general chief head leader leaders leadership staff state police media statement bureau press service security
    council cabinet deputy gen col lt maj brig brigade battalion unit units fighters fighter group movement militia
    wing envoy ambassador capital side garrison artillery jets aircraft planes drones gunners warplanes gunboats
    department agency capital emergency services medics hospital city town district region province
    """.split()
)
_OWN: Final = frozenset("it its it's itself we our ours us they their them he his him she her i my the".split())
# What a body is, before its name: "the oil company Terrana".
_DESCRIBED: Final = re.compile(
    r"^(?:[Tt]he |[Aa]n? )?(?:[a-z-]+ ){0,3}(?:group|company|firm|charity|agency|organi[sz]ation|newspaper|broadcaster"
    r"|movement|militia|party|alliance|coalition|network|watchdog|union|airline) (?=[A-Z])"
)
_LEAST: Final = 4  # letters that two names must share to differ in their endings only
_ENDING: Final = 4  # letters that an ending may have
_OUTSIDE: Final = frozenset(("IGO", "NGO", "UNO", "EUR", "MED", "JRN", "EDU", "REL", "SOC"))
# Names of those who speak for neither side, where the table of actors does not know them.
_OUTSIDE_WORDS: Final = frozenset(
    """
    un nations monitors monitor monitoring observers observer mission icrc cross crescent amnesty medics medic doctors
    doctor paramedics hospital hospitals witnesses witness residents resident villagers relief charity aid osce
    peacekeepers""".split()
)
_WE: Final = frozenset(("we", "our", "us", "ours"))
_OUTSIDE_TYPES: Final = frozenset(("medical", "witness", "resident", "expert", "relative", "media"))


@dataclass(slots=True)
class Parties:
    """
    The parties of one incident while it is put together.

    Args:
        names: Best name of each party, by id.
        sources: Who speaks for each, verbatim.
    """

    names: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, None]] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    _cores: dict[frozenset[str], str] = field(default_factory=dict)
    _speaks_for: dict[str, str] = field(default_factory=dict)

    def of_claim(self, claim: Claim) -> str:
        """Give the party that vouches for a claim: its source's, or the report's own."""
        source = claim.source
        if source is None or _is_nobody(source) or _is_publisher(source, claim.publisher):
            return self._report(claim)
        party = self.of_voice(source)
        words = source.name or source.words or party
        self.sources.setdefault(party, {})[words] = None
        return party

    def of_voice(self, voice: ClaimVoice) -> str:
        """Give the party that a source speaks for."""
        words = " ".join(filter(None, (voice.name, voice.role))) or voice.words or ""
        party = self._find(voice.side, voice.actor, voice.name or voice.words or "", more=voice.role or "")
        if voice.sector in _OUTSIDE or voice.type in _OUTSIDE_TYPES or _OUTSIDE_WORDS & set(words.lower().split()):
            self.outside.add(party)
        return self._speaks_for.get(party, party)

    def learn(self, claims: Iterable[Claim]) -> None:
        """Learn for whom somebody speaks: who says "we" of a group speaks for it."""
        for claim in claims:
            source = claim.source
            for who in (*claim.actors, *claim.recipients) if source is not None else ():
                if source is not None and who.words.lower().split()[0] in _WE and who.name and core_of(who.name) - _WE:
                    single = self._find(source.side, source.actor, source.name or source.words or "", more="")
                    group = self._find(who.side, who.actor, who.name, more="")
                    if single != group:
                        self._speaks_for[single] = group

    def of_participant(self, who: ClaimParty, *, voice: str) -> str:
        """
        Give the party of somebody who takes part in the event.

        Args:
            who: The one that takes part.
            voice: The party that speaks; "its forces" are its own.
        """
        named = who.name is not None and normalise_name(who.name) != normalise_name(who.words)
        first = who.words.lower().split()[0] if who.words.split() else ""
        if not (who.side or who.actor or named) and first in _OWN - {"the"}:
            return voice
        return self._find(who.side, who.actor, who.name or who.words, more="")

    def known(self, who: ClaimParty) -> bool:
        """Say whether somebody belongs to a party, and is not just people, or things."""
        return bool(who.side or who.actor or core_of(who.name or who.words)) and who.type not in {"FAC", "WEA", "VEH"}

    def _report(self, claim: Claim) -> str:
        party = f"report:{claim.publisher or claim.document}"
        self.names.setdefault(party, claim.publisher or claim.document)
        self.reports.add(party)
        return party

    def _find(self, side: str | None, actor: str | None, name: str, *, more: str) -> str:
        core = core_of(name)
        if side or actor:
            party = f"side:{side}" if side else f"actor:{actor}"
            self._cores.setdefault(core or frozenset((party,)), party)
        else:
            party = self._by_core(core, core_of(more)) or self._unnamed(name)
        known = self.names.get(party)
        if known is None or ((len(core_of(known)), known) > (len(core), name) and core):
            self.names[party] = name or party
        return party

    def _by_core(self, core: frozenset[str], more: frozenset[str]) -> str | None:
        if not core and not more:
            return None
        for known, party in self._cores.items():
            if core and same_core(core, known):
                return party
        for known, party in self._cores.items():
            if more and known and all(any(same_word(word, other) for other in more) for word in known):
                return party
        party = "name:" + " ".join(sorted(core or more))
        self._cores[core or more] = party
        return party

    def _unnamed(self, name: str) -> str:
        return f"unnamed:{normalise_name(name)}" if name else "unnamed:"


def _is_nobody(source: ClaimVoice) -> bool:
    return source.words is None and source.name is None and source.side is None


def _is_publisher(source: ClaimVoice, publisher: str | None) -> bool:
    """Say whether an outlet names itself: "Northwire could not verify"."""
    return publisher is not None and normalise_name(source.name or source.words or "") == normalise_name(publisher)


def core_of(name: str) -> frozenset[str]:
    """
    Give the words of a name without those of office.

    Example:
        >>> sorted(core_of("the Norland army's spokesman"))
        ['norland']
        >>> sorted(core_of("the aid group Open Wards"))
        ['open', 'wards']
    """
    proper = _DESCRIBED.sub("", name)
    return frozenset(word for word in normalise_name(proper).split() if word not in _OFFICE and not word.isdecimal())


def same_core(left: Iterable[str], right: Iterable[str]) -> bool:
    """Say whether two names are one but for the endings of their words."""
    left, right = list(left), list(right)
    return len(left) == len(right) and all(any(same_word(word, other) for other in right) for word in left)


def same_word(left: str, right: str) -> bool:
    """
    Say whether two words differ in their endings only.

    Example:
        >>> same_word("norland", "norlandic"), same_word("norland", "norway")
        (True, False)
    """
    if left == right:
        return True
    common = next((k for k, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), None)
    common = min(len(left), len(right)) if common is None else common
    return (
        common >= _LEAST and max(len(left), len(right)) - common <= _ENDING and common >= min(len(left), len(right)) - 1
    )


def is_own(words: str) -> bool:
    """Say whether words point back to the one who speaks: "it", "its forces", "our men"."""
    parts = words.lower().split()
    return bool(parts) and parts[0] in _OWN - {"the"}
