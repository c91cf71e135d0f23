"""Files made for tests: PDFs by PDFium, WARCs by hand."""

from __future__ import annotations

import base64
import ctypes
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable

import pypdfium2
import pypdfium2.raw as pdfium


def make_pdf(*pages: str) -> bytes:
    """Make a PDF with a page of text each; an empty text gives an empty page."""
    pdf = pypdfium2.PdfDocument.new()
    for text in pages:
        sheet = pdf.new_page(595, 842)
        for row, line in enumerate(filter(None, text.split("\n"))):
            words = pdfium.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", 12.0)
            coded = (line + "\0").encode("utf-16-le")
            pdfium.FPDFText_SetText(words, ctypes.cast(ctypes.create_string_buffer(coded), pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_Transform(words, 1, 0, 0, 1, 50, 780 - 20 * row)
            pdfium.FPDFPage_InsertObject(sheet.raw, words)
        sheet.gen_content()
        sheet.close()
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Make the least of a PDF that wants a password: its keys are made up and fit none."""
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n",
        b"4 0 obj\n<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>\nendobj\n" % (b"0f" * 32, b"1e" * 32),
    ]
    body, places = b"%PDF-1.4\n", []
    for part in parts:
        places.append(len(body))
        body += part
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def record(
    url: str,
    body: bytes,
    *,
    media: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    kind: str = "response",
    coding: str = "",
    digest: bytes | None = None,
) -> bytes:
    """Make a WARC record; ``digest`` is of those bytes instead of the right ones."""
    block = body
    if kind == "response":
        packed = gzip.compress(body) if coding == "gzip" else body
        extra = f"Content-Encoding: {coding}\r\n" if coding else ""
        block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}\r\n".encode() + packed
    sha = base64.b32encode(hashlib.sha1(block if digest is None else digest, usedforsecurity=False).digest()).decode()
    inner = "application/http; msgtype=response" if kind == "response" else media
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-07T10:00:00Z\r\n"
        f"WARC-Block-Digest: sha1:{sha}\r\nContent-Type: {inner}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def pack(records: Iterable[bytes]) -> bytes:
    """Make a packed WARC: each record a gzip member of its own."""
    return b"".join(gzip.compress(one) for one in records)


def wacz(**warcs: bytes) -> bytes:
    """Make a WACZ; names of its WARCs without folder and ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        for name, data in warcs.items():
            archive.writestr(f"archive/{name}.warc.gz", data)
    return out.getvalue()
