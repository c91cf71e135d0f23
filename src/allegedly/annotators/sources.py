"""
Sources resolved: which entity speaks, and what kind of source it is where nobody is named.

"He said" gets the entity of "he"; an officer who is not named is a military
source, a statement a document. Journalism's own distinctions are kept: a witness
saw it, a resident lives there, a relative speaks of kin.
"""

from __future__ import annotations

import re
from typing import Final

from allegedly.annotators.base import Found, Reading
from allegedly.coreference.lookup import MentionIndex
from allegedly.coreference.names import plain
from allegedly.records.annotations import Attribution, Chain, CodedActor, Mention, ResolvedSource
from allegedly.records.codes import Sector, SourceType
from allegedly.records.origin import Origin

# head words, singular, of sources that have no name
_HEADS: Final[dict[SourceType, str]] = {
    "document": "statement report document letter communique declaration indictment memo memorandum transcript message"
    " post tweet leaflet resolution filing petition footage video recording survey study map record dossier text decree"
    " order note affidavit verdict ruling",
    "witness": "witness eyewitness survivor bystander onlooker motorist passenger",
    "resident": "resident villager local neighbour neighbor inhabitant shopkeeper trader farmer herder householder"
    " civilian townsman townspeople refugee",
    "relative": "relative mother father brother sister son daughter wife husband widow widower uncle aunt cousin"
    " grandmother grandfather family parent",
    "medical": "doctor medic nurse surgeon paramedic hospital clinic physician",
    "expert": "analyst expert researcher historian economist academic professor scholar observer commentator scientist",
    "media": "agency newspaper television radio channel website outlet broadcaster reporter journalist press media"
    " correspondent daily station",
    "official": "official diplomat aide adviser advisor envoy negotiator",
    "government": "authority government ministry minister",
    "military": "officer soldier commander general colonel",
}
_TYPE_OF_HEAD: Final = {head: kind for kind, heads in _HEADS.items() for head in heads.split()}
_SECTORS: Final[dict[SourceType, tuple[Sector, ...]]] = {
    "government": ("GOV", "LEG", "ELI"), "military": ("MIL", "SPY"), "police": ("COP",),
    "armed-group": ("REB", "UAF", "PRM", "IMG", "CRM"), "court": ("JUD",), "medical": ("MED",), "media": ("JRN",),
    "resident": ("CVL", "REF", "AGR"), "expert": ("EDU",),
    "organisation": ("IGO", "UNO", "EUR", "NGO", "ISM", "PTY", "OPP", "BUS", "MNC", "LAB", "REL", "SOC"),
}  # fmt: skip
_TYPE_OF_SECTOR: Final = {sector: kind for kind, sectors in _SECTORS.items() for sector in sectors}
_PLURAL = re.compile(r"(?<=[^s])s$|(?<=s)es$")


class Sources:
    """Provides :class:`ResolvedSource`, one for each attribution."""

    name = "sources"
    version = "1"
    requires = frozenset({Attribution, Mention, Chain, CodedActor})
    provides = frozenset({ResolvedSource})

    def __init__(self) -> None:
        self._origin = Origin(self.name, self.version)

    def annotate(self, reading: Reading) -> Found:
        """Find the chain of each source."""
        layers = reading.layers
        index = MentionIndex(layers[Mention])
        by_mention = {link.mention: chain for chain in layers[Chain] for link in chain.links}
        mentions = {m.key: m for m in layers[Mention]}
        sectors = {code.chain: code.sector for code in layers[CodedActor]}
        out = []
        for attribution in layers[Attribution]:
            mention = next(filter(None, map(index.main, attribution.source)), None)
            chain = by_mention[mention.key] if mention is not None else None
            kind = None
            if attribution.source:
                own = [mentions[link.mention] for link in chain.links] if chain is not None else []
                kind = source_type(reading.text, own, sectors.get(chain.key) if chain is not None else None)
            out.append(
                ResolvedSource(
                    span=attribution.span,
                    origin=self._origin,
                    attribution=attribution.key,
                    chain=chain.key if chain is not None else None,
                    type=kind,
                )
            )
        return {ResolvedSource: out}


def source_type(text: str, mentions: list[Mention], sector: Sector | None) -> SourceType:
    """
    Say what kind of source an entity is: named, or what its first description or its sector says.

    Args:
        text: The text.
        mentions: The mentions of the entity.
        sector: Its sector, if known.
    """
    if any(m.kind == "name" and m.type != "NORP" for m in mentions):
        return "named"
    for mention in mentions:
        if mention.kind == "nominal":
            head = plain(mention.head.of(text))
            found = next((_TYPE_OF_HEAD[form] for form in _forms(head) if form in _TYPE_OF_HEAD), None)
            if found == "official" and sector in {"MIL", "COP", "MED", "REB"}:
                break
            if found:
                return found
            break
    return _TYPE_OF_SECTOR.get(sector, "unnamed") if sector else "unnamed"


def _forms(head: str) -> tuple[str, ...]:
    """Give a head word and what its singular may be."""
    return head, _PLURAL.sub("", head), f"{head.removesuffix('ies')}y"
