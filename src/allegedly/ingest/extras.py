"""Optional libraries: imported when a format first needs them, and named with the command that installs them."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

from allegedly.errors import ExtraError

COMMAND = "pip install 'allegedly[ingest]'"
PACKAGES = ("fastwarc", "feedparser", "lxml-html-clean", "protego", "pypdfium2", "trafilatura", "urllib3")


def load_extra(module: str, purpose: str) -> ModuleType:
    """
    Import an optional library.

    Args:
        module: Name of the module.
        purpose: What it is needed for, as messages say it.

    Raises:
        ExtraError: If it, or something it needs, is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        missing = module.split(".", maxsplit=1)[0]
        raise ExtraError(f"{purpose} needs {missing}, which is not installed ({error})", hint=COMMAND) from error


def version_of(package: str) -> str:
    """Give the version of an installed package; empty if its metadata are gone."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
