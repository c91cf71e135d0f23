"""PDF: text of all pages, and files that are damaged, encrypted or pictures only."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.errors import InputError
from allegedly.ingest.base import Arrival
from allegedly.ingest.pdf import extract_pdf
from tests.ingest.conftest import arrivals, reasons, take
from tests.ingest.files import encrypted_pdf, make_pdf

REPORT = "The army said rebels\nkilled 3 people."


def test_text_of_all_pages(tmp_path: Path) -> None:
    """Pages are parted by an empty line, empty ones leave no trace; the date of the file dates nothing."""
    (tmp_path / "a.bin").write_bytes(make_pdf(REPORT, "", "Rebels denied it."))
    (item,) = arrivals(take(tmp_path))
    assert item.document.text == f"{REPORT}\n\nRebels denied it."
    assert (item.document.published, item.retrieval.kind, item.retrieval.extractor) == (None, "pdf", "pypdfium2")
    assert "pdf-creationdate" in dict(item.retrieval.headers)


BAD = {
    "cut": (make_pdf(REPORT)[:200], "damaged"),
    "nonsense": (b"%PDF-1.4 nonsense", "damaged"),
    "encrypted": (encrypted_pdf(), "encrypted"),
    "a scan": (make_pdf("", ""), "no-text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(name: str) -> None:
    """Each kind of bad file has its reason."""
    data, reason = BAD[name]
    with pytest.raises(InputError) as caught:
        extract_pdf(data, place="x.pdf")
    assert (caught.value.reason, str(caught.value).startswith("x.pdf: ")) == (reason, True)


def test_every_cut(tmp_path: Path) -> None:
    """Wherever a PDF breaks off, it gives a document or one failure, and the next file is read."""
    data = make_pdf(REPORT)
    for number, end in enumerate(range(10, len(data), 97)):
        (tmp_path / f"{number:03}.pdf").write_bytes(data[:end])
    (tmp_path / "z.txt").write_text("z said.")
    items = take(tmp_path)
    assert isinstance(items[-1], Arrival)
    assert len(reasons(items)) + len(arrivals(items)) == len(list(tmp_path.iterdir()))
