"""
Fit the weights of places: ``python -m training.places``.

Needs the shipped pack and gazetteer, LGL, GeoWebNews and ReLocaR's train part; no
network, no chance. Writes ``ranker.tsv`` and ``readings.json`` to
``src/allegedly/resources/geo``, and the weights of each fold of the
cross-validation to ``bench/rankers``; prints cross-validated figures.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from allegedly.actors.publishers import country_of
from allegedly.geo.features import FEATURES, OWN
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.ranker import COLUMNS, SHIPPED, SURE, Ranker
from allegedly.records.document import Document
from bench.readers.places import FOLDS, TRAINABLE, fold_of, read_placed
from bench.tasks.places import RANKERS
from training.places.examples import Example, make_example
from training.places.fit import choices, fit_passes, fit_ranker
from training.places.reader import NameReader
from training.places.readings import fit_readings

HEAD = """\
# Weights of the ranker of places: of the first pass, of the second, and of the confidence (allegedly/geo/ranker.py).
# Written by `python -m training.places` from LGL and GeoWebNews; not to be edited by hand.
# Licence: CC0-1.0; numbers fitted to corpora of which no text is held here.
"""


def main() -> int:
    reader, gazetteer = NameReader(), Gazetteer.open()
    examples = read_examples(reader, gazetteer)
    for corpus, share in cross_validate(examples).items():
        print(
            f"{corpus}, cross-validated, best candidate of names with coordinates that the gazetteer knows: {share:.1f}"
        )
    write(fit_ranker(examples), SHIPPED)
    for fold in range(FOLDS):
        write(fit_ranker([e for e in examples if fold_of(e.document.id) != fold]), RANKERS / f"fold-{fold}.tsv")
    fit_readings(reader)
    return 0


def read_examples(reader: NameReader, gazetteer: Gazetteer) -> list[Example]:
    return [
        make_example(document, reader.names(document), gazetteer, country_of(Document("", url=document.url or None)))
        for corpus in TRAINABLE
        for document in read_placed(corpus)
    ]


def cross_validate(examples: Sequence[Example]) -> dict[str, float]:
    """Give the share of names whose best candidate is right, by corpus."""
    right, names = dict.fromkeys(TRAINABLE, 0), dict.fromkeys(TRAINABLE, 0)
    for fold in range(FOLDS):
        passes = fit_passes([e for e in examples if fold_of(e.document.id) != fold])
        for example in (e for e in examples if fold_of(e.document.id) == fold):
            for case, (_, is_right, _) in zip(example.cases, choices(example, *passes), strict=True):
                if case.right.any():
                    names[example.document.corpus] += case.count
                    right[example.document.corpus] += case.count * is_right
    return {corpus: 100 * right[corpus] / names[corpus] for corpus in TRAINABLE}


def write(ranker: Ranker, path: Path) -> None:
    lines = ["\t".join(COLUMNS)]
    for k, name in enumerate(SURE):
        first = f"{ranker.first[k]:.4f}" if k < len(OWN) else ""
        second = f"{ranker.second[k]:.4f}" if k < len(FEATURES) else ""
        lines.append(f"{name}\t{first}\t{second}\t{ranker.sure[k]:.4f}")
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
