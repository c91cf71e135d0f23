"""
What a browser draws charts with: Vega, Vega-Lite and vega-embed as vl-convert ships them.

No third-party script is part of this repository; the bundle is made from the
installed package, once a process. It runs under ``script-src 'self'`` without
``unsafe-eval``, because vega-embed brings Vega's expression interpreter, which
``static/charts.js`` asks for (``ast: true``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from allegedly.web.charts.libraries import load_library
from allegedly.web.charts.svg import ENGINE, VEGA_LITE


@dataclass(frozen=True, slots=True)
class Bundle:
    """
    A script and what it is known by.

    Args:
        content: UTF-8.
        digest: The sha256 of it, 64 hex digits.
    """

    content: bytes
    digest: str

    @property
    def etag(self) -> str:
        """The value of the header of that name."""
        return f'"{self.digest[:32]}"'


@cache
def vega_bundle() -> Bundle:
    """
    Give the script that sets `window.vegaEmbed`.

    Raises:
        ExtraError: If vl-convert is not installed.
    """
    engine = load_library("vl_convert")
    with ENGINE:
        content = engine.javascript_bundle(vl_version=VEGA_LITE).encode()
    return Bundle(content, hashlib.sha256(content).hexdigest())
