"""The default pipeline: which annotators read a report, and what they share."""

from __future__ import annotations

import os

from allegedly.annotators.attribution import Attributing
from allegedly.annotators.events import Events
from allegedly.annotators.factuality import Factualities
from allegedly.annotators.quotation import Quoting
from allegedly.annotators.segmentation import Segmentation
from allegedly.annotators.voices import Voices
from allegedly.encoder.encode import Encoder
from allegedly.encoder.session import OnnxSession
from allegedly.encoder.wordpiece import WordPieces
from allegedly.pipeline import Pipeline
from allegedly.resources.pack import Pack
from allegedly.settings import Settings


def worker_count(settings: Settings) -> int:
    """Give the number of threads to read with; 0 in the settings means one per usable core."""
    if settings.threads:
        return settings.threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def default_pipeline(pack: Pack, settings: Settings) -> Pipeline:
    """
    Build the pipeline that ``allegedly read`` runs.

    Raises:
        PackError: If a file of the pack cannot be loaded.
    """
    encoder = Encoder(
        WordPieces(pack.path("tokenizer.json")),
        OnnxSession(pack.folder),
        threads=worker_count(settings),
    )
    return assemble(pack, encoder)


def assemble(pack: Pack, encoder: Encoder) -> Pipeline:
    """Put the default annotators on an encoder; training measures its checkpoints this way."""
    annotators = (
        Segmentation(pack),
        Quoting(),
        Attributing(pack, encoder.session),
        Events(pack, encoder.session),
        Voices(),
        Factualities(pack, encoder.session),
    )
    return Pipeline(annotators, encoder)
