"""The document as received: a text and what is known of its publication."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    """
    One news report, exactly as received; whoever reads it in creates it.

    The text is never cleaned: every offset of every annotation indexes it.

    Args:
        text: The report, any length, any line ends.
        id: Name of the document; the first 16 hex digits of the digest if none is given.
        published: Publication date, ISO 8601, as far as it is known.
        title: Headline, if it is not part of the text.
        url: Where it was published.
        publisher: Outlet that published it.
        language: ISO 639-1 code if stated; found out otherwise.
    """

    text: str
    id: str = ""
    published: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        # surrogatepass: a lone surrogate is bad text, yet reading must not lose it
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "digest", f"sha256:{digest}")
        if not self.id:
            object.__setattr__(self, "id", digest[:16])

    @property
    def published_day(self) -> date | None:
        """Day of publication, in the time zone it is stated in; None if there is none or it cannot be read."""
        try:
            return datetime.fromisoformat(self.published).date() if self.published else None
        except ValueError:
            return None
