"""The outputs of the model: which rows of the tag head belong to which layer. The pack carries the exported ones."""

from __future__ import annotations

from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.records.codes import EVENT_TYPES, MODES, STANCES

BIO_ROLES = 7  # O, then B and I of source, cue, content
ROLES = ("source", "cue", "content")
ARGUMENTS = ("actors", "recipients", "places", "times")
LINK_WIDTH, PAIR_WIDTH, FACT_WIDTH, SPAN_WIDTH, COREF_WIDTH = 128, 256, 192, 64, 160

M2E2 = (
    "Conflict:Attack", "Movement:Transport", "Life:Die", "Justice:Arrest-Jail", "Contact:Meet", "Conflict:Demonstrate",
    "Contact:Phone-Write", "Transaction:Transfer-Money",
)  # fmt: skip
UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
DEPREL = tuple(
    (
        "acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse dislocated expl fixed"
        " flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp"
    ).split()
)
TAG_LABELS = {"m2e2": M2E2, "upos": UPOS, "deprel": DEPREL}

# exported, in this order
HEADS: dict[str, int] = {
    "sentence": 1,
    "polnear": BIO_ROLES,
    "ledger": BIO_ROLES,
    "nested": BIO_ROLES,
    "trigger": 1 + len(EVENT_TYPES),
    "stance_cue": len(STANCES),
    "stance_content": len(STANCES),
    "mode": len(MODES),
    "mention": 1 + 3 * len(INNER_TYPES),
    "name": 1 + 2 * len(NAME_TYPES),
}
# only there to teach the encoder; cut off before export
AUXILIARY: dict[str, int] = {
    "m2e2": 1 + len(M2E2),
    "upos": 1 + len(UPOS),
    "deprel": 1 + len(DEPREL),
    "uds": 1,
}


def slices(heads: dict[str, int]) -> dict[str, slice]:
    """Give the columns of each head when they stand side by side."""
    out, at = {}, 0
    for name, width in heads.items():
        out[name] = slice(at, at + width)
        at += width
    return out
