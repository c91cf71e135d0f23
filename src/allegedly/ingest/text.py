"""Plain text: one file, one document, exactly as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from allegedly.ingest.arrive import Found, arrive
from allegedly.ingest.base import Item, Options, Received
from allegedly.ingest.decode import decode_text


def feed_text(received: Received, options: Options) -> Iterator[Item]:
    """
    Take a plain text in; nothing is known of its publication.

    Raises:
        InputError: If it is too large, empty, or no text in the encoding stated.
    """
    data = received.read(options.max_bytes)
    text = decode_text(data, name=received.place, encoding=received.charset or options.encoding)
    found = Found(text=text, kind="text", extractor="text", version="1")
    yield arrive(found, data, place=received.place, received=received, options=options)
