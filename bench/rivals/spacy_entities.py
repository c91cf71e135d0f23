"""Names by spaCy's recogniser, mentions by its noun chunks, chains by the same head word."""

from __future__ import annotations

from typing import Any

from allegedly.metrics.mentions import TypedSpan
from bench.found import Found
from bench.rivals.spacy_model import load_english
from bench.rivals.string_match import PRONOUNS, chain_mentions
from bench.systems import System

# OntoNotes' types as ours; dates, times and numbers are no names, but times are mentions.
TYPES = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "EVENT": "EVENT",
    "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip
TIMES = frozenset(("DATE", "TIME"))
_ARTICLES = frozenset(("the", "a", "an"))


def load() -> System:
    """Give the rival."""
    versions, pipeline = load_english()

    def names(text: str) -> list[TypedSpan]:
        return [_name(entity) for entity in pipeline(text).ents if entity.label_ in TYPES]

    def mentions(text: str) -> list[Found]:
        return _mentions(pipeline(text))

    return System(
        "spaCy",
        versions,
        names=names,
        mentions=mentions,
        chains=lambda text: chain_mentions(text, mentions(text)),
        note="descriptions without a name have no type there: taken as ABSTRACT, the most frequent",
    )


def _name(entity: Any) -> TypedSpan:  # noqa: ANN401 - spaCy's span
    """Give a name without article and possessive sign, which gold names have not either."""
    words = list(entity)
    while len(words) > 1 and words[-1].tag_ == "POS":
        words.pop()
    while len(words) > 1 and words[0].lower_ in _ARTICLES:
        words.pop(0)
    return TypedSpan(words[0].idx, words[-1].idx + len(words[-1]), TYPES[entity.label_])


def _mentions(document: Any) -> list[Found]:  # noqa: ANN401 - spaCy's document
    """Give noun chunks with the type of the name their head stands in."""
    found = []
    for chunk in document.noun_chunks:
        head = chunk.root
        label = head.ent_type_
        kind = "pronoun" if head.pos_ == "PRON" else "name" if head.pos_ == "PROPN" else "nominal"
        person = head.lower_ in PRONOUNS
        guess = "TIME" if label in TIMES else TYPES.get(label, "PER" if person else "ABSTRACT")
        found.append(Found((chunk.start_char, chunk.end_char), (head.idx, head.idx + len(head)), kind, guess))
    return found
