"""Where an annotation comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Annotator, its version, and the rule or pack that decided. Immutable; made once per annotator.

    Args:
        annotator: Name of the annotator.
        version: Its version; raised when its output changes.
        rule: Id of the rule, if a rule decided.
        pack: Digest of the pack, if weights decided.
    """

    annotator: str
    version: str
    rule: str | None = None
    pack: str | None = None
