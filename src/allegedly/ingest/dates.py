"""Publication dates as they are printed: ISO 8601, where the form leaves no doubt."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

from allegedly.ingest.decode import is_iso_date

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def read_published(words: str | None) -> str | None:
    """
    Give a publication date in ISO 8601: as it stands if it is that, else its day.

    The form of mail and feeds (RFC 822) is read as well; the day is the one
    printed, in the time zone printed. Forms whose order of day and month is
    anybody's guess are not read.

    Example:
        >>> read_published("Tue, 07 May 2024 23:10:00 -0400")
        '2024-05-07'
        >>> read_published("05/07/2024") is None
        True
    """
    words = (words or "").strip()
    if is_iso_date(words):
        return words
    try:
        if _ISO_DAY.match(words):
            return date.fromisoformat(words[:10]).isoformat()
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
