"""
Whom the rows mean: the names of entities, beside them the words as printed where these differ.

A name, a role and the printed words are verbatim; how they stand together is
fixed. A row without an entity keeps its own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from allegedly.records.ledger import ArgumentRow, AttributionRow, EntityRow, EventRow, Ledger, SpanPair
from allegedly.render import labels
from allegedly.render.dates import when_label
from allegedly.render.places import where_label

# what may stand around a name without making other words of it: articles, the s of a genitive
_NO_DIFFERENCE: Final = frozenset(("the", "a", "an", "s"))
_THINGS: Final = frozenset(("LOC", "FAC", "WEA", "VEH"))
_WORD: Final = re.compile(r"[^\W_]+")


def entity_of(ledger: Ledger, key: str | None) -> EntityRow | None:
    """Give the entity of that id; None where a row has none."""
    return None if key is None else labels.row_of(ledger.entities, key)


def source_name(ledger: Ledger, row: AttributionRow) -> str:
    """Give the name of the source, its words where it has no entity, or a label where nobody is named."""
    entity = entity_of(ledger, row.source_entity)
    return labels.clean(entity.name) if entity else labels.source_words(ledger, row)


def source_notes(ledger: Ledger, row: AttributionRow) -> list[str]:
    """
    Give what stands below the name of a source.

    Returns:
        A line with its role, or what kind of unnamed source it is, the words as printed, its members; then the chain
        of voices, if it is a nested one. Lines with nothing to say are left out.
    """
    entity = entity_of(ledger, row.source_entity)
    kind = labels.SOURCE_TYPE[row.source_type] if row.source_type else ""
    notes = [kind]
    if entity:
        printed = printed_words(ledger, entity, row.source)
        role = role_words(entity)
        notes = [kind or ("" if role.casefold() == printed.casefold() else role), *_beside(ledger, entity, printed)]
    chain = chain_of(ledger, row)
    voices = " > ".join(source_name(ledger, item) for item in chain) if len(chain) > 1 else ""
    return [line for line in (", ".join(filter(None, notes)), voices) if line]


def chain_of(ledger: Ledger, row: AttributionRow) -> list[AttributionRow]:
    """Give the attributions that a row stands in, the outermost first, itself last."""
    links = [row]
    while (parent := links[-1].parent) is not None:
        links.append(labels.row_of(ledger.attributions, parent))
    return links[::-1]


def argument_label(ledger: Ledger, argument: ArgumentRow) -> str:
    """Name somebody who takes part in an event: ``Southern Front ("they")``, ``both sides (= Ardia; Belmark)``."""
    entity = entity_of(ledger, argument.entity)
    if entity is None:
        return labels.clean(ledger.words(argument.span))
    beside = _beside(ledger, entity, printed_words(ledger, entity, (argument.span,)))
    name = labels.clean(entity.name)
    return f"{name} ({' '.join(beside)})" if beside else name


def _beside(ledger: Ledger, entity: EntityRow, printed: str) -> list[str]:
    """Quote the printed words, and say for whom a plural entity stands."""
    return [*([f'"{printed}"'] if printed else []), *([f"= {members_label(ledger, entity)}"] if entity.members else [])]


def members_label(ledger: Ledger, entity: EntityRow) -> str:
    """Name the members of a plural entity."""
    return "; ".join(labels.clean(labels.row_of(ledger.entities, key).name) for key in entity.members)


def role_words(entity: EntityRow) -> str:
    """Give the role of an entity without its name, which may stand in the same phrase; empty if it has none."""
    role, name = labels.clean(entity.role or ""), labels.clean(entity.name)
    before, _, after = role.partition(name) if name else (role, "", "")
    return before.strip(" ,") or after.strip(" ,")


def printed_words(ledger: Ledger, entity: EntityRow, spans: tuple[SpanPair, ...]) -> str:
    """
    Give the words that stand in the text for an entity; empty if they are its name, but for articles and its role.

    Offsets: ``spans`` index the document's text.
    """
    words = labels.spans_words(ledger, spans)
    same = _holds_name(words, entity) or all(_inside_name(ledger, entity, span) for span in spans)
    return "" if same else words


def _holds_name(words: str, entity: EntityRow) -> bool:
    """Say whether words are a name with nothing but its role and an article around it."""
    name, rest = labels.clean(entity.name).casefold(), words.casefold()
    if name not in rest:
        return False
    rest = rest.replace(labels.clean(entity.role or "").casefold(), " ", 1).replace(name, " ", 1)
    return set(_WORD.findall(rest)) <= _NO_DIFFERENCE


def _inside_name(ledger: Ledger, entity: EntityRow, span: SpanPair) -> bool:
    """Say whether a span is a part of its entity's name where that is printed in full: "Front" in "Southern Front"."""
    reach = len(entity.name)
    return ledger.document.text.find(entity.name, max(0, span[1] - reach), span[0] + reach) >= 0


def voice_label(ledger: Ledger, event: EventRow) -> str:
    """Give the chain of sources, outermost first, each with its number; or the report's own voice."""
    chain = [labels.row_of(ledger.attributions, key) for key in event.voice]
    links = [f"{row.id.removeprefix('a')} {source_name(ledger, row)}" for row in chain]
    return " > ".join(links) or labels.narrator(ledger)


def event_details(ledger: Ledger, event: EventRow) -> list[tuple[str, str]]:
    """Give label and words of all that is known of an event: its trigger, then its voice, then the rest."""
    details = [("words", f'"{labels.clean(ledger.words(event.trigger))}"'), ("voice", voice_label(ledger, event))]
    for label, arguments in (("who did it", event.actors), ("to whom", event.recipients)):
        if arguments:
            details.append((label, "; ".join(argument_label(ledger, item) for item in arguments)))
    if where := where_label(ledger, event):
        details.append(("where", where))
    if when := when_label(ledger, event):
        details.append(("when", when))
    numbers = (labels.row_of(ledger.quantities, key) for key in event.quantities)
    details += [(labels.MEASURE.get(row.measure, row.measure), labels.number_label(row)) for row in numbers]
    return details


def who_is_who(ledger: Ledger) -> list[EntityRow]:
    """
    Give the entities that speak, act or suffer, with the members of plural ones, in order of the text.

    Places, buildings, weapons and vehicles are left out unless words are attributed to them.
    """
    sources = {row.source_entity for row in ledger.attributions}
    arguments = (item for event in ledger.events for item in (*event.actors, *event.recipients))
    keys = sources | {item.entity for item in arguments}
    keys |= {key for entity in ledger.entities if entity.id in keys for key in entity.members}
    return [row for row in ledger.entities if row.id in sources or (row.id in keys and row.type not in _THINGS)]


def side_labels(entities: Sequence[EntityRow]) -> dict[str, str]:
    """Give the side of each entity by its id; a label where somebody is a side of its own that no other one is on."""
    many = Counter(entity.side for entity in entities)
    return {
        entity.id: labels.OWN_SIDE
        if entity.side and entity.side == entity.actor and many[entity.side] == 1
        else labels.clean(entity.side or "")
        for entity in entities
    }


def coded_by(entity: EntityRow) -> str:
    """Say from what the codes of an entity were taken, or why there are none."""
    return labels.CODED_BY.get(entity.reason, labels.clean(entity.reason))


def why_uncoded(entity: EntityRow) -> str:
    """Say why an entity lacks a country or a sector; empty if it has both, or the table of actors has no more."""
    known = entity.sector and (entity.country or entity.actor)
    return "" if known else coded_by(entity)


def count_sources(ledger: Ledger) -> tuple[int, int]:
    """Count the sources of a report, each entity once, and those of them that are named."""
    kinds: dict[str, bool] = {}
    for row in ledger.attributions:
        if row.source:
            key = row.source_entity or labels.source_words(ledger, row).casefold()
            kinds[key] = kinds.get(key, False) or row.source_type == "named"
    return len(kinds), sum(kinds.values())
