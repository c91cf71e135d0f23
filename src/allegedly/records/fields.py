"""Fields of row classes that carry their own help text and unit; schemas and pages are made from these."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def help_field(text: str, *, default: Any = ..., unit: str = "") -> Any:  # noqa: ANN401  # dataclasses.field is typed so
    """
    Declare a field of a dataclass with its help text.

    Args:
        text: What it holds.
        default: Its default; a field without one must be given.
        unit: Unit of a number.
    """
    metadata = {"help": text, "unit": unit}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)
