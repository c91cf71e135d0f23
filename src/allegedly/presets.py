"""The default pipeline: which annotators read a report, and what they share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import partial

from allegedly.actors.dictionary import load_table_of_actors
from allegedly.actors.publishers import country_of, is_day_first
from allegedly.actors.sides import Sides, load_sides
from allegedly.actors.states import state_named
from allegedly.annotators.actors import Actors
from allegedly.annotators.attribution import Attributing
from allegedly.annotators.coreference import Coreference
from allegedly.annotators.dates import Dates
from allegedly.annotators.event_places import EventPlaces
from allegedly.annotators.events import Events
from allegedly.annotators.factuality import Factualities
from allegedly.annotators.mentions import Mentions
from allegedly.annotators.quotation import Quoting
from allegedly.annotators.segmentation import Segmentation
from allegedly.annotators.sources import Sources
from allegedly.annotators.timexes import Timexes
from allegedly.annotators.toponyms import Toponyms
from allegedly.annotators.voices import Voices
from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.encoder.encode import Encoder
from allegedly.encoder.session import OnnxSession
from allegedly.encoder.wordpiece import WordPieces
from allegedly.errors import PackError
from allegedly.geo.added import added_files
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.readings import load_reading_model
from allegedly.geo.table import stored_digest
from allegedly.pipeline import Pipeline
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, MODES, STANCES
from allegedly.resources.pack import Pack
from allegedly.settings import Settings

HEADS = (
    "sentence",
    "polnear",
    "ledger",
    "nested",
    "trigger",
    "stance_cue",
    "stance_content",
    "mode",
    "mention",
    "name",
)
DEFAULTS = Settings()


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
    check_fit(pack)
    encoder = Encoder(
        WordPieces(pack.path("tokenizer.json")),
        OnnxSession(pack.folder),
        threads=worker_count(settings),
    )
    return assemble(pack, encoder, load_sides(settings.sides) if settings.sides else None, settings)


def digest_of(settings: Settings) -> str:
    """Give the digest of all but the pack that changes rows: the settings, and the gazetteers that a user imported."""
    added = [stored_digest(path) for path in added_files()]
    if not added:
        return settings.digest
    return f"sha256:{hashlib.sha256(' '.join((settings.digest, *added)).encode()).hexdigest()}"


def check_fit(pack: Pack) -> None:
    """
    Compare a pack's labels with this version's codes, whose order its networks were trained in.

    Raises:
        PackError: If they differ, or a head or threshold that the annotators use is missing.
    """
    wanted: dict[str, Sequence[str]] = {
        "mention_types": INNER_TYPES, "name_types": NAME_TYPES,
        "types": EVENT_TYPES, "modes": MODES, "stances": STANCES, "factualities": FACTUALITIES, "measures": MEASURES,
    }  # fmt: skip
    wrong = [f"labels.{name}" for name, labels in wanted.items() if pack.labels.get(name) != tuple(labels)]
    wrong += [f"heads.{name}" for name in HEADS if name not in pack.heads]
    wrong += [
        f"thresholds.{name}"
        for name in ("sentence", "trigger", "mode", "mention", "antecedent")
        if name not in pack.thresholds
    ]
    wrong += [f"transitions.{name}" for name in ("polnear", "ledger", "nested") if name not in pack.transitions]
    if wrong:
        raise PackError(
            f"the pack in {pack.folder} is not one for this version: {', '.join(wrong)}",
            hint="use the pack that ships with this version, or train one with it",
        )


def assemble(pack: Pack, encoder: Encoder, sides: Sides | None = None, settings: Settings = DEFAULTS) -> Pipeline:
    """Put the default annotators on an encoder; training measures its checkpoints this way."""
    table = load_table_of_actors()
    mentions = Mentions(pack, encoder.session)
    annotators = (
        Segmentation(pack),
        Quoting(),
        Attributing(pack, encoder.session),
        Events(pack, encoder.session),
        Voices(),
        Factualities(pack, encoder.session),
        mentions,
        Coreference(pack, encoder.session, partial(state_named, table), mentions.all_mentions),
        Actors(table, sides),
        Sources(),
        Timexes(lambda document: is_day_first(country_of(document)), mode=settings.time_mode),
        Dates(),
        Toponyms(Gazetteer.open(added=added_files()), load_reading_model(), pack.digest, country_of=country_of),
        EventPlaces(),
    )
    return Pipeline(annotators, encoder)
