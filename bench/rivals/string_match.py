"""
Coreference without learning: the same head word is the same entity, a pronoun is the nearest thing that fits.

The baseline that any coreference must beat; used with whatever mentions a rival has.
"""

from __future__ import annotations

from collections.abc import Sequence

from bench.found import Found, FoundChain

PERSON = frozenset("he him his himself she her hers herself i me my mine myself who whom whose".split())
THING = frozenset("it its itself".split())
SEVERAL = frozenset("they them their theirs themselves we us our ours ourselves".split())
PRONOUNS = PERSON | THING | SEVERAL | frozenset("you your yours yourself yourselves".split())


def chain_mentions(text: str, mentions: Sequence[Found]) -> list[FoundChain]:
    """
    Join mentions into chains; each mention is in one, those of one mention included.

    Names are the same if their last words are, descriptions if their heads are
    and an earlier one was met; "they" takes the nearest of any type.

    Offsets: mentions index ``text``.
    """
    chains: list[list[Found]] = []
    by_word: dict[str, list[Found]] = {}
    last: dict[str, list[Found]] = {}
    for mention in sorted(mentions, key=lambda one: (one.head, one.span)):
        word = text[slice(*mention.head)].casefold()
        key = "person" if word in PERSON else "thing" if word in THING else "any"
        chain = last.get(key) if mention.kind == "pronoun" else by_word.get(_key(text, mention))
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(mention)
        if mention.kind != "pronoun":
            by_word.setdefault(_key(text, mention), chain)
            last["any"] = chain
            last["person" if mention.type in {"PER", "NORP"} else "thing"] = chain
    return [FoundChain(chain[0].type, tuple(chain)) for chain in chains]


def _key(text: str, mention: Found) -> str:
    """Give the word that stands for a mention: the last of a name, the head of a description."""
    words = text[slice(*mention.span)].split()
    name = mention.kind == "name" and mention.type == "PER" and len(words) < 5
    return (words[-1] if name else text[slice(*mention.head)]).casefold().removesuffix("'s").removesuffix("’s")
