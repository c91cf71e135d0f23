"""Export: what to write, a preview of its first rows, the file, and the same command for the shell."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from allegedly.errors import AllegedlyError
from allegedly.export.base import Material
from allegedly.export.policy import POLICIES, Policy
from allegedly.export.registry import EXPORTS, Export
from allegedly.export.write import TableFormat
from allegedly.exporting import (
    TABLE_FORMATS,
    command_of,
    file_name,
    gather,
    head_of,
    media_type,
    mistakes,
    sample,
    write,
)
from allegedly.exporting import Request as Wanted
from allegedly.web import links
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
ROWS, CLAIMS, BYTES = 20, 100, 3_000  # of a preview
_PIECE = 1 << 20
_SPOOL = 8 * _PIECE


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    What is wrong with a field.

    Args:
        message: What.
        hint: What to do.
    """

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Preview:
    """
    The beginning of what would be written.

    Args:
        columns: Headers of a table; empty for other forms.
        rows: Cells of its first rows.
        words: Beginning of the file, for other forms; of the first file of a folder.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """
    What the page shows.

    Args:
        title: Its title.
        wanted: What is asked for.
        exports: All exports by name.
        policies: Names of all number policies.
        formats: Names of all forms of a table.
        wrong: What is wrong, by field of ``wanted``.
        failure: Why there is no preview although nothing is wrong; None if there is one.
        preview: The beginning; None if something is wrong.
        claims: Most claims that the preview is made from.
        download: Address of the file.
        file: Its name.
        command: The same for the shell.
    """

    title: str = "Export"
    wanted: Wanted
    exports: Mapping[str, Export]
    policies: tuple[Policy, ...]
    formats: tuple[TableFormat, ...]
    wrong: Mapping[str, Mistake]
    failure: Mistake | None
    preview: Preview | None
    claims: int
    download: str
    file: str
    command: str


@router.get("/export")
def export_page(request: Request) -> Response:
    """Show what would be written."""
    page = page_of(site_of(request), wanted_of(request.query_params))
    return show(request, "export.html", page, status=400 if page.wrong else 200)


@router.get("/export/download")
def download(request: Request) -> Response:
    """
    Give the file.

    It is written aside first, so that whoever downloads gets it whole or gets an error.
    """
    wanted = wanted_of(request.query_params)
    for _, error in mistakes(wanted):
        raise error
    site = site_of(request)
    kept = cast("BinaryIO", tempfile.SpooledTemporaryFile(_SPOOL))  # noqa: SIM115  # closed when all is sent
    try:
        with site.view() as view:
            write(wanted, gather(wanted, site.store, view), kept)
    except BaseException:
        kept.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{file_name(wanted)}"', "Content-Length": str(kept.tell())}
    kept.seek(0)
    return StreamingResponse(_pieces(kept), media_type=media_type(wanted), headers=headers)


def _pieces(kept: BinaryIO) -> Iterator[bytes]:
    with closing(kept):
        while piece := kept.read(_PIECE):
            yield piece


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """Read what is asked for from an address; what cannot be is for :func:`allegedly.exporting.mistakes` to say."""
    return Wanted(
        name=query.get("profile") or "claims",
        table_format=cast("TableFormat", query.get("format") or "csv"),
        only="accepted" if query.get("only") else None,
        query=(query.get("q") or "").strip() or None,
        policy=cast("Policy", query.get("best")) if query.get("best") else None,
        coarser=(query.get("coarsen") or "").strip() or None,
        raw_cells=bool(query.get("raw")),
        incidents=bool(query.get("incidents")),
    )


def address_of(wanted: Wanted, path: str = "/export") -> str:
    """Give the address that asks for something."""
    return links.address(
        path,
        profile=wanted.name,
        format=None if wanted.table_format == "csv" else wanted.table_format,
        only=wanted.only,
        q=wanted.query,
        best=wanted.policy,
        coarsen=wanted.coarser,
        raw=wanted.raw_cells,
        incidents=wanted.incidents,
    )


def page_of(site: Site, wanted: Wanted) -> ExportPage:
    """Make the page from the store."""
    wrong: dict[str, Mistake] = {}
    for field, error in mistakes(wanted):
        wrong.setdefault(field, _mistake(error))
    preview, failure = None, None
    if not wrong:
        try:
            with site.view() as view:
                preview = preview_of(wanted, sample(wanted, site.store, view, most=CLAIMS))
        except AllegedlyError as error:
            failure = _mistake(error)
    known = wanted.name in EXPORTS
    return ExportPage(
        wanted=wanted,
        exports=EXPORTS,
        policies=POLICIES,
        formats=TABLE_FORMATS,
        wrong=wrong,
        failure=failure,
        preview=preview,
        claims=CLAIMS,
        download=address_of(wanted, "/export/download"),
        file=file_name(wanted) if known else "",
        command=command_of(wanted) if known else "",
    )


def _mistake(error: AllegedlyError) -> Mistake:
    """Say what is wrong; options of the command line have other names here."""
    return Mistake(str(error), "leave this field as it was" if "leave out --" in error.hint else error.hint)


def preview_of(wanted: Wanted, material: Material) -> Preview:
    """
    Give the beginning of what would be written.

    Raises:
        ExportError: If the form cannot carry it.
        ExtraError: If a library is not installed.
    """
    export = wanted.export
    if export.kind == "table":
        columns, rows = head_of(wanted, material, rows=ROWS)
        return Preview(columns, tuple(rows))
    if export.kind == "folder":
        name, content = next(iter(export.load()(material)), ("", b""))
        return Preview(words=_beginning(f"{name}\n\n".encode() + content) if name else "")
    stream = io.BytesIO()
    write(wanted, material, stream)
    return Preview(words=_beginning(stream.getvalue()))


def _beginning(content: bytes) -> str:
    words = content[:BYTES].decode(errors="ignore")
    return f"{words} …" if len(content) > BYTES else words
