"""The training corpora by name, with their classes of licence and their readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.corpora import (
    Annotated,
    read_ewt,
    read_invented,
    read_ledger_gold,
    read_ledger_invented,
    read_m2e2,
    read_polnear,
    read_uds,
)
from training.entity_corpora import (
    read_crossner,
    read_gmb,
    read_gum,
    read_gum_attribution_only,
    read_litbank,
    read_mentions,
    read_re3d,
    read_wikigold,
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """
    A corpus as the recipe names it.

    Args:
        name: Its name in recipes, logs and the pack's card.
        licence_class: A, B or U.
        read: Gives its training texts.
        polnear: True if attributions follow PolNeAR's conventions (else the ledger's).
    """

    name: str
    licence_class: str
    read: Callable[[], Iterator[Annotated]]
    polnear: bool = False


CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus("ledger_gold", "A", read_ledger_gold),
        Corpus("ledger_invented", "A", read_ledger_invented),
        Corpus("invented", "A", read_invented),
        Corpus("polnear", "U", read_polnear, polnear=True),
        Corpus("gmb_voa_ner", "A", read_gmb),
        Corpus("m2e2_voa", "A", read_m2e2),
        Corpus("uds_factuality", "B", read_uds),
        Corpus("ud_ewt", "B", read_ewt),
        Corpus("mentions", "A", read_mentions),
        Corpus("wikigold", "A", read_wikigold),
        Corpus("crossner_politics", "A", read_crossner),
        Corpus("litbank", "A", read_litbank),
        Corpus("re3d", "A", read_re3d),
        Corpus("gum", "B", read_gum),
        Corpus("gum_attribution_only", "A", read_gum_attribution_only),
    )
}
