"""
Figures that ship with the program: what was measured on which corpus, beside what.

``docs/generate.py`` writes ``quality.json`` from docs/evaluation.md and the last run of
``bench/tasks/calibration.py``; nothing in it is typed in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec


@dataclass(frozen=True, slots=True)
class FigureRow:
    """
    A row of a table.

    Args:
        cells: Its cells.
        ours: Whether it is ours among rivals.
    """

    cells: tuple[str, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class FigureTable:
    """
    A table of figures.

    Args:
        columns: Its headers.
        rows: Its rows.
    """

    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """
    What was measured of one layer.

    Args:
        title: Of what, and on which corpus.
        notes: How it was measured, and what to beware of.
        tables: The figures, ours and of rivals.
        commands: What prints them.
    """

    title: str
    notes: tuple[str, ...]
    tables: tuple[FigureTable, ...]
    commands: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Give the id of the section on the page."""
        return "-".join("".join(sign if sign.isalnum() else " " for sign in self.title.lower()).split())


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """
    Rows whose score lies in one tenth.

    Args:
        low: Smallest score.
        high: Score that the next tenth begins with.
        rows: How many.
        score: Their mean score, 0 to 1.
        right: Share of them that is right, 0 to 1.
    """

    low: float
    high: float
    rows: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    Scores of a layer beside how often they are right.

    Args:
        layer: ``attribution`` or ``event``.
        corpora: What they were measured on.
        rows: Rows that the reader gave.
        error: Expected calibration error, 0 to 1.
        bins: The tenths that have rows.
    """

    layer: str
    corpora: tuple[str, ...]
    rows: int
    error: float
    bins: tuple[ScoreBin, ...]


@dataclass(frozen=True, slots=True)
class Calibrations:
    """
    What was measured of the scores.

    Args:
        command: What measures it.
        layers: By layer.
    """

    command: str
    layers: tuple[Calibration, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """
    All figures that ship with the program.

    Args:
        sections: By layer.
        calibration: Of the scores.
    """

    sections: tuple[Section, ...]
    calibration: Calibrations


@lru_cache(maxsize=1)
def shipped_figures() -> Measured:
    """Give the figures that ship with the program."""
    data = resources.files("allegedly.web").joinpath("quality.json").read_bytes()
    return msgspec.json.decode(data, type=Measured)
