"""Mentions, chains, sources and codes as systems give them and gold files hold them: small records."""

from __future__ import annotations

from typing import NamedTuple

Pair = tuple[int, int]  # [start, end) in code points of the text


class Found(NamedTuple):
    """
    A mention.

    Args:
        span: The whole phrase.
        head: Its head word.
        kind: ``name``, ``nominal`` or ``pronoun``.
        type: Type of what it names; of ours and of the rivals one of the keys of ``bench.tasks.mentions.GUM_TYPES``.
    """

    span: Pair
    head: Pair
    kind: str
    type: str


class FoundChain(NamedTuple):
    """
    The mentions of one entity.

    Args:
        type: Type of the entity.
        mentions: Its mentions.
    """

    type: str
    mentions: tuple[Found, ...]


class FoundSource(NamedTuple):
    """
    An attribution and the entity of its source.

    Args:
        source: Spans of the source.
        cue: Spans of the cue.
        name: Name of the entity; None if the source is not resolved.
        mentions: Mentions of the entity.
        members: Mentions of the entities that it stands for together ("both sides").
    """

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    name: str | None = None
    mentions: tuple[Found, ...] = ()
    members: tuple[Found, ...] = ()


class Codes(NamedTuple):
    """
    The codes of an actor; None for what is not known.

    Args:
        country: ISO 3166-1 alpha-3, or the neutral code of a disputed entity.
        sector: PLOVER sector or non-state code.
    """

    country: str | None
    sector: str | None
