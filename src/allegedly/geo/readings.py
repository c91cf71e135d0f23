"""
How the name of a place is meant: the place itself, its government, its people, as an adjective, or in a body's name.

The order of evidence: the form of the word (demonyms), the longer name that it is
part of, then a linear model on the encoder's row of the name, moved by what the
text makes of it and by the words beside it. (Gritta et al. 2017 call all but the
literal reading metonymy.) Rows of another encoder than the one the model was
fitted to are not used: then the words decide alone. Names of states reach the
encoder as signs, so that no party can be read as a government more often than
another.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from allegedly.geo.toponyms import FoundName
from allegedly.records.codes import PlaceReading
from allegedly.resources.lexicon import lexicon_error

Part = Literal["speaks", "acts", "scene", ""]
Rows = NDArray[np.float32]

SHIPPED: Final = Path(__file__).parent.parent / "resources" / "geo" / "readings.json"
_REACH = 40  # code points around a name that are looked at
# Log-odds of a government that evidence adds; chosen on ReLocaR train and GeoWebNews.
_PARTS: Final[dict[Part, float]] = {"speaks": 2.0, "acts": 1.0, "scene": -1.5, "": 0.0}
_AT_PLACE: Final = -0.5
_WITH_STATE: Final = 0.5
_SAID: Final = 2.0
_WITHOUT_MODEL: Final = -0.3  # a name of which nothing else is known is a place

_BEFORE_PLACE: Final = re.compile(
    r"\b(?:in|at|near|from|into|outside|inside|around|across|toward|towards|through|throughout|within|over|via|to|"
    r"(?:north|south|east|west|city|town|village|residents|inhabitants|villagers|people|outskirts|suburbs|streets|siege|"
    r"shelling|bombardment|capture|fall) of)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?$",
    re.IGNORECASE,
)
_BEFORE_STATE: Final = re.compile(
    r"\b(?:with|against|between|by|accuse[sd]?|urge[sd]?|blame[sd]?|told)\s+(?:the\s+)?$", re.IGNORECASE
)
_SAYING: Final = re.compile(
    r"(?:\s+(?:has|had|have|also|later|again|repeatedly|earlier))?\s+(?:said|says|denied|denies|accused|accuses|rejected|rejects|"
    r"warned|warns|insisted|insists|vowed|claimed|claims|condemned|announced|agreed|refused|demanded|threatened|wants|"
    r"urged|blamed|declared|confirmed|acknowledged|called|recalled|expelled|signed|imposed|protested|responded|replied)\b"
)
_PEOPLE_FOLLOW: Final = re.compile(
    r"\s*(?:[.,;:!?)\"”’'—–]|$|\s(?:who|whom|were|was|are|is|have|has|had|and|or|in|on|of|to|from|with|by|at|for|as|said|"
    r"say|says|killed|fled|died|living|did|do|will|would|could|can|may|must|want|voted|not|abroad)\b)"
)
_NUMBER_BEFORE: Final = re.compile(
    r"\b(?:the|a|an|some|many|most|few|other|fellow|young|two|three|four|five|six|\d+)\s+$", re.IGNORECASE
)
_NAMED: Final = frozenset(("name", "alternate", "spelling", "abbreviation"))
_SINGULAR_S: Final = ("ss", "us")


@dataclass(frozen=True, slots=True)
class Use:
    """
    What the text makes of a name.

    Args:
        how: How the gazetteer matched it: "demonym", "metonym" and so on; empty if it did not.
        part: Whether it speaks, acts or suffers, or is where something happens.
        modifies: Whether it stands before the head of a longer phrase ("Karveli officials").
        row: Mean of the encoder's rows over the name, (width,); None to go by the words.
    """

    how: str = ""
    part: Part = ""
    modifies: bool = False
    row: Rows | None = None


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """
    A linear model on the encoder's rows; made by :func:`load_reading_model`.

    Args:
        pack: Digest of the pack whose encoder it was fitted to.
        weights: (width,).
        constant: Added to the sum.
    """

    pack: str
    weights: Rows
    constant: float

    def odds(self, row: Rows) -> float:
        """Give the log-odds that a name is not meant literally."""
        return float(row @ self.weights) + self.constant


def read_name(text: str, name: FoundName, use: Use, model: ReadingModel | None = None) -> PlaceReading:
    """
    Say how a name is meant.

    Args:
        text: The document.
        name: The name; offsets into ``text``.
        use: What is known of it.
        model: Weights for ``use.row``.

    Example:
        >>> read_name("Veldran troops left.", FoundName(0, 7, "NORP"), Use(how="demonym"))
        'adjective'
    """
    before, behind = text[max(0, name.start - _REACH) : name.start], text[name.end : name.end + _REACH]
    if use.how == "demonym" or (name.type == "NORP" and use.how not in _NAMED):
        reading: PlaceReading = "people" if _is_people(text[name.start : name.end], before, behind) else "adjective"
        return "organization" if name.within in {"ORG", "MIL"} else reading
    if name.within is not None:
        return "literal" if name.within == "FAC" else "organization"
    if use.how == "metonym":
        return "government"
    if odds(before, behind, use, model) <= 0:
        return "literal"
    return "adjective" if use.modifies else "government"


def odds(before: str, behind: str, use: Use, model: ReadingModel | None) -> float:
    """Give the log-odds that a name stands for a government or another body."""
    known = model is not None and use.row is not None
    score = model.odds(use.row) if model is not None and use.row is not None else _WITHOUT_MODEL
    score += _PARTS[use.part]
    if _BEFORE_PLACE.search(before):
        score += _AT_PLACE
    elif _BEFORE_STATE.search(before):
        score += _WITH_STATE
    elif _SAYING.match(behind) and not known:
        score += _SAID
    return score


def _is_people(word: str, before: str, behind: str) -> bool:
    """Say whether a demonym stands for persons and not before what it describes."""
    if word.endswith("s") and not word.endswith(_SINGULAR_S):
        return True
    return bool(_PEOPLE_FOLLOW.match(behind) and _NUMBER_BEFORE.search(before))


@lru_cache(maxsize=2)
def load_reading_model(path: Path = SHIPPED) -> ReadingModel:
    """
    Read the weights.

    Raises:
        LexiconError: If the file cannot be used.
    """
    try:
        held = json.loads(path.read_text("utf-8"))
        model = ReadingModel(held["pack"], np.array(held["weights"], np.float32), float(held["constant"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise lexicon_error(path, 1, f"cannot be read: {error}") from error
    if model.weights.ndim != 1 or not math.isfinite(float(model.weights.sum()) + model.constant):
        raise lexicon_error(path, 1, "holds something else than one row of numbers")
    return model
