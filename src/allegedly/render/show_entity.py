"""Show an entity or a mention: codes and their reason, each mention in its sentence, what the entity says and does."""

from __future__ import annotations

from collections.abc import Iterator

from allegedly.records.ledger import EntityRow, EventRow, Ledger, MentionRow
from allegedly.render import labels, names
from allegedly.render.cuts import Mark
from allegedly.render.marked import marked, offsets


def entity_lines(ledger: Ledger, entity: EntityRow) -> list[str]:
    """Give all that is known of an entity."""
    mentions = [labels.row_of(ledger.mentions, key) for key in entity.mentions]
    return [
        f"{entity.id}  {labels.clean(entity.name)} ({labels.ENTITY_TYPE[entity.type]})",
        "",
        *code_lines(entity),
        *_set("members", names.members_label(ledger, entity)),
        *_set("member of", "; ".join(_named(item) for item in ledger.entities if entity.id in item.members)),
        "",
        f"MENTIONS  {len(mentions)}",
        *(line for mention in mentions for line in _mention_in_entity(ledger, mention)),
        *_part("SAYS", _said(ledger, entity)),
        *_part("DOES", _done(ledger, entity, "actors")),
        *_part("IS DONE TO IT", _done(ledger, entity, "recipients")),
    ]


def code_lines(entity: EntityRow) -> list[str]:
    """Give role and codes of an entity, and what they were taken from; what is not known is a dash."""
    return [
        *_set("role", names.role_words(entity)),
        *(
            f"{name:<10}{labels.clean(code or '-')}"
            for name, code in (("country", entity.country), ("sector", entity.sector), ("side", entity.side))
        ),
        *_set("actor", labels.clean(entity.actor or "")),
        *_set("coded by", names.coded_by(entity)),
    ]


def mention_lines(ledger: Ledger, mention: MentionRow) -> list[str]:
    """Give a mention in its sentence, and its entity."""
    entity = names.entity_of(ledger, mention.entity)
    kind = f"{labels.MENTION_KIND[mention.kind]}, {labels.ENTITY_TYPE[mention.type]}"
    return [
        f'{mention.id}  "{labels.clean(ledger.words(mention.span))}" ({kind})',
        "",
        f"  {_sentence(ledger, mention)}",
        "",
        f"{'entity':<10}{_named(entity) if entity else '-'}",
        *_set("because", _because(mention)),
        *(code_lines(entity) if entity else []),
        f"{'offsets':<10}words {offsets((mention.span,))}; head {offsets((mention.head,))}",
    ]


def _mention_in_entity(ledger: Ledger, mention: MentionRow) -> list[str]:
    return [f"  {mention.id:<5} {_because(mention)}", f"        {_sentence(ledger, mention)}"]


def _because(mention: MentionRow) -> str:
    return labels.LINK.get(mention.reason, labels.clean(mention.reason))


def _sentence(ledger: Ledger, mention: MentionRow) -> str:
    return marked(ledger, [Mark("mention", mention.id, mention.span)])


def _named(entity: EntityRow) -> str:
    return f"{entity.id} {labels.clean(entity.name)}"


def _said(ledger: Ledger, entity: EntityRow) -> Iterator[str]:
    for row in ledger.attributions:
        if row.source_entity == entity.id:
            yield f"{row.id:<5} {labels.STANCE[row.stance]}: {labels.spans_words(ledger, row.content)}"


def _done(ledger: Ledger, entity: EntityRow, part: str) -> Iterator[str]:
    for event in ledger.events:
        if any(item.entity == entity.id for item in getattr(event, part)):
            yield f"{event.id:<5} {_event(ledger, event)}"


def _event(ledger: Ledger, event: EventRow) -> str:
    words, voice = labels.clean(ledger.words(event.trigger)), names.voice_label(ledger, event)
    return f'{labels.event_label(event)} "{words}": {labels.FACTUALITY[event.factuality]}, voice {voice}'


def _part(title: str, rows: Iterator[str]) -> list[str]:
    lines = [f"  {row}" for row in rows]
    return ["", title, *lines] if lines else []


def _set(name: str, words: str) -> list[str]:
    return [f"{name:<10}{words}"] if words else []
