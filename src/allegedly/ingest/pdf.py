"""PDF: the text of its pages, by PDFium; what is only a picture of a text is refused, not guessed at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from allegedly.errors import InputError
from allegedly.ingest.arrive import Found, arrive
from allegedly.ingest.base import Item, Options, Received
from allegedly.ingest.extras import load_extra, version_of


def feed_pdf(received: Received, options: Options) -> Iterator[Item]:
    """
    Take a PDF in, one document; pages are parted by an empty line.

    The date of the file is not the publication date and is kept among the
    retrieval's headers.

    Raises:
        InputError: If it is too large, damaged, encrypted, or has no text.
        ExtraError: If pypdfium2 is not installed.
    """
    data = received.read(options.max_bytes)
    found = extract_pdf(data, place=received.place)
    yield arrive(found, data, place=received.place, received=received, options=options)


def extract_pdf(data: bytes, *, place: str) -> Found:
    """
    Take the text out of a PDF.

    Args:
        data: The file.
        place: What to call it in messages.

    Raises:
        InputError: If it is damaged, encrypted, or has no text.
        ExtraError: If pypdfium2 is not installed.
    """
    pdfium = load_extra("pypdfium2", "reading PDF")
    try:
        with closing(pdfium.PdfDocument(data)) as pdf:
            text = "\n\n".join(filter(None, (_page_text(pdf, number) for number in range(len(pdf)))))
            known = pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        raise _refused(str(error), place) from error
    if not text.strip():
        hint = "it may be a scan: recognise its text with an OCR program first"
        raise InputError(f"{place}: a PDF without text", reason="no-text", hint=hint)
    return Found(
        text=text,
        kind="pdf",
        extractor="pypdfium2",
        version=version_of("pypdfium2"),
        title=known.get("Title"),
        byline=known.get("Author"),
        headers=tuple((f"pdf-{name.lower()}", value) for name, value in sorted(known.items())),
    )


def _page_text(pdf: Any, number: int) -> str:  # noqa: ANN401  # pypdfium2 has no types
    """Give the text of one page, line ends as ours, without signs that stand for nothing."""
    with closing(pdf[number]) as page, closing(page.get_textpage()) as words:
        text: str = words.get_text_bounded()
    return text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\0", "").strip()


def _refused(words: str, place: str) -> InputError:
    if "password" in words.lower():
        hint = "save it without password protection"
        return InputError(f"{place}: the PDF wants a password", reason="encrypted", hint=hint)
    return InputError(f'{place}: a damaged PDF: PDFium says "{words}"', reason="damaged")
