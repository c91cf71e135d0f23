"""The optional libraries that draw: imported on use, and named with the command that installs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from allegedly.errors import ExtraError

COMMAND = "pip install 'allegedly[serve]'"


def load_library(module: str) -> ModuleType:
    """
    Import `altair` or `vl_convert`.

    Raises:
        ExtraError: If it, or something it needs, is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ExtraError(f"charts need {module}, which is not installed ({error})", hint=COMMAND) from error
