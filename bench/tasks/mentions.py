"""
Mentions on GUM dev: names, descriptions and pronouns, nested, exact words and one of ten types.

Our types are mapped to GUM's by one fixed table. GUM calls an army, a navy or
"the military" an organization (25 of the 34 such mentions in its train and dev
splits), though soldiers and troops are persons there; people of a nationality
are persons, and nationalities as adjectives are no mentions. Countries are
places, whatever they do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allegedly.metrics.mentions import score_mentions
from allegedly.metrics.spans import Scores, add_scores
from bench.found import Found
from bench.readers.gum import Chained, read_gum, typed_mentions
from bench.tasks import Result, by_group, f1_of, f1_of_all, make_result

Read = Callable[[str], list[Found]]

GUM_TYPES: Mapping[str, str] = {
    "PER": "person", "NORP": "person", "ORG": "organization", "MIL": "organization",
    "GPE": "place", "LOC": "place", "FAC": "place", "WEA": "object", "VEH": "object", "OBJECT": "object",
    "EVENT": "event", "TIME": "time", "ABSTRACT": "abstract", "MISC": "abstract", "ANIMAL": "animal",
    "PLANT": "plant", "SUBSTANCE": "substance",
}  # fmt: skip
ENTITIES = ("person", "organization", "place")  # what the ledger needs


def run_mentions(read: Read) -> dict[str, Result]:
    """Score the mentions of GUM dev."""
    documents = read_gum()
    scores = [score_document(document, read(document.text)) for document in documents]
    reads = {
        "mention": f1_of("mention"),
        "person, organization, place": f1_of_all([f"mention {kind}" for kind in ENTITIES]),
        "head": f1_of("head"),
        "head of person, organization, place": f1_of_all([f"head {kind}" for kind in ENTITIES]),
        "span": f1_of("span"),
    }
    details = {kind: f1_of(f"mention {kind}")(add_scores(scores)) for kind in sorted(set(GUM_TYPES.values()))}
    details |= by_group(scores, [document.genre for document in documents], reads["mention"])
    task = "mentions, GUM"
    return {task: make_result(task, ("gum_dev",), scores, reads, details=details)}


def score_document(document: Chained, found: Sequence[Found]) -> Scores:
    """Score one document."""
    return score_mentions(
        typed_mentions(document.text, document.mentions), typed_mentions(document.text, map_types(found))
    )


def map_types(found: Sequence[Found]) -> list[Found]:
    """Give mentions with GUM's types; an unknown type is an error of the adapter."""
    return [mention._replace(type=GUM_TYPES[mention.type]) for mention in found]
