"""What a query can hold, by example; ``docs/store.md`` says more."""

from __future__ import annotations

from typing import Final

HELP: Final[tuple[tuple[str, str], ...]] = (
    ("drone", "the word, in the sentences of the claim and its source"),
    ('"district hospital"', "the words side by side"),
    ("hosp*", "a word that begins so"),
    ("-bridge", "not this; works before every part"),
    ("hospital OR school", "one or the other; joins words and fields"),
    ("source:icrc", "this source vouches for it"),
    ("voice:taal", "it is anywhere in the chain of voices"),
    ("voice:own", "the report says it in its own voice"),
    ('denies:"southern front"', "it denies; also asserts: confirms: doubts: accuses: condemns: praises: believes:"),
    ("stance:deny,doubt", "one of these stances"),
    ("actor:army", "did it; recipient: to whom"),
    ("place:karveli", "there; country:SDN where the place is resolved"),
    ("type:ASSAULT", "type of event; mode:drone"),
    ("factuality:uncertain", "presented so: happened, not, uncertain, announced, hypothetical"),
    ("killed>=10", "such a number for certain; any measure: wounded, detained, displaced …"),
    ("since:2024-05-07", "published from then on; until:2024-05; happened:2024"),
    ("publisher:northwire", "printed there; title: language: document:"),
    ("score>=0.5", "the reader is that sure"),
)
DOCUMENT_HELP: Final[tuple[tuple[str, str], ...]] = (
    ("drone", "the word, anywhere in text or headline"),
    ('"district hospital"', "the words side by side"),
    ("-bridge", "not this"),
    ("title:strike", "in the headline; publisher: language: document:"),
    ("since:2024-05-07", "published from then on; until:2024-05"),
)
