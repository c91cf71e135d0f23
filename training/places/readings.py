"""Fits how names are meant: a logistic regression on the encoder's rows, from ReLocaR's train part and GeoWebNews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from allegedly.geo.readings import SHIPPED
from bench.readers.places import FOLDS, ReadName, fold_of, read_geowebnews_readings, read_relocar
from training.places.fit import fit_logistic
from training.places.reader import NameReader

DECAY = 100.0  # against the sum over names; rows are scaled to unit variance for fitting


def fit_readings(reader: NameReader, *, path: Path = SHIPPED) -> None:
    """Fit on all names, print cross-validated figures, and write the weights."""
    names = [*read_relocar("train"), *read_geowebnews_readings()]
    rows = reader.rows(names)
    print(f"readings, cross-validated: {100 * cross_validate(names, rows):.1f} of {len(names)} names right")
    weights = fit(rows, metonymic(names))
    held = {
        "pack": reader.pack,
        "constant": round(float(weights[-1]), 4),
        "weights": [round(float(w), 4) for w in weights[:-1]],
    }
    path.write_text(json.dumps(held) + "\n", "utf-8")


def metonymic(names: Sequence[ReadName]) -> np.ndarray:
    return np.array([name.reading == "metonymic" for name in names], np.float64)


def cross_validate(names: Sequence[ReadName], rows: np.ndarray) -> float:
    folds = np.array([fold_of(name.document) for name in names])
    wanted, right = metonymic(names), 0
    for fold in range(FOLDS):
        weights = fit(rows[folds != fold], wanted[folds != fold])
        held = rows[folds == fold] @ weights[:-1] + weights[-1] > 0
        right += int((held == (wanted[folds == fold] > 0)).sum())
    return right / len(names)


def fit(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Fit weights for rows as they are: scaled for fitting, and scaled back."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    weights = fit_logistic(scaled, wanted, np.ones(len(rows)), decay=DECAY)
    own = weights[:-1] / spread
    return np.r_[own, weights[-1] - own @ mean]
