"""
What all charts share: the look, the made chart, and how rows join a spec that is built once.

Altair builds and checks the frame of a spec (its layers and axes) with data by
name; the frame is cached and the rows are put beside it, because altair would
check thousands of rows one by one. Frames are shared and never changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any, Final

from allegedly.web.charts.colours import PAPER, Theme

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]

NARROWEST: Final = 280
WIDEST: Final = 1600
FONT: Final = "system-ui, sans-serif"
FONT_SIZE: Final = 12
_INK: Final[dict[Theme, tuple[str, str, str, str]]] = {
    "light": ("#1c2128", "#59636e", "#d8dee4", "#e9ecef"),
    "dark": ("#e6e9ec", "#9ba5b0", "#363d46", "#262c34"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """
    How a chart is to look; made by the page from its address.

    Args:
        width: Unit: CSS pixels; brought between 280 and 1600.
        theme: `light` or `dark`.
    """

    width: int = 720
    theme: Theme = "light"

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", min(max(self.width, NARROWEST), WIDEST))

    @property
    def narrow(self) -> bool:
        """Whether it is as narrow as a telephone."""
        return self.width < 520

    @property
    def frame(self) -> Look:
        """The look that frames are made and kept for: of all widths only two, or addresses could fill the memory."""
        return Look(NARROWEST if self.narrow else WIDEST, self.theme)

    @property
    def paper(self) -> str:
        """Colour of the background, which the chart itself leaves open."""
        return PAPER[self.theme]

    @property
    def ink(self) -> str:
        """Colour of text."""
        return _INK[self.theme][0]

    @property
    def quiet(self) -> str:
        """Colour of text of second rank and of plain marks."""
        return _INK[self.theme][1]

    @property
    def line(self) -> str:
        """Colour of grid lines."""
        return _INK[self.theme][2]

    @property
    def land(self) -> str:
        """Colour of land, and of other large quiet areas."""
        return _INK[self.theme][3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Room around a plot. Unit: CSS pixels."""

    left: int = 10
    top: int = 8
    right: int = 10
    bottom: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    A chart ready to be drawn; made by the functions of this room.

    Args:
        title: What it shows, as a heading and for screen readers.
        description: What stands in it, in numbers, for those who do not see it.
        spec: The Vega-Lite spec with its rows; it names no address.
        width: Unit: CSS pixels.
        height: Unit: CSS pixels.
        notes: What is left out or how marks are to be read, to be printed below.
    """

    title: str
    description: str
    spec: Spec
    width: int
    height: int
    notes: tuple[str, ...] = ()


def finish(frame: Spec, chart: Chart, look: Look, margins: Margins, **datasets: object) -> Chart:
    """
    Put rows, size and look to a frame.

    Args:
        frame: What altair made: layers over data by name; left as it is.
        chart: Its words and size; the spec in it is replaced.
        look: How it is to look.
        margins: Room around the plot, for axes and key. It is given and not found by Vega, whose own fitting depends
            on the fonts of the machine.
        datasets: Rows by the name that the frame gives them.
    """
    spec = dict(frame) | {
        "description": f"{chart.title}. {chart.description}",
        "width": chart.width - margins.left - margins.right,
        "height": chart.height - margins.top - margins.bottom,
        "autosize": "none",
        "background": "transparent",
        "padding": asdict(margins),
        "datasets": datasets,
        "config": config(look),
    }
    return Chart(
        title=chart.title, description=chart.description, spec=spec, width=chart.width, height=chart.height,
        notes=chart.notes,
    )  # fmt: skip


def named(alt: ModuleType, name: str) -> Any:  # noqa: ANN401  # altair is imported on use
    """Give altair's chart over the data of a name."""
    return alt.Chart(alt.NamedData(name=name))


def config(look: Look) -> Spec:
    """Give Vega's theme for a look."""
    text = {"labelColor": look.quiet, "titleColor": look.quiet, "labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE}
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": text | {
            "titleFontWeight": "normal", "domainColor": look.line, "tickColor": look.line, "gridColor": look.line,
            "labelPadding": 4,
        },
        "text": {"font": FONT, "fontSize": FONT_SIZE, "color": look.ink},
    }  # fmt: skip


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Estimate how wide a text is drawn, rather too wide than too narrow. Unit: CSS pixels."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.58 for character in text) * size


def shortened(text: str, width: float, size: float = FONT_SIZE) -> str:
    """Cut a text to a width, with an ellipsis. Unit: CSS pixels."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
