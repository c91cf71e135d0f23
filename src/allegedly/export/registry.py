"""
All exports by name: what each writes, and where its code is, which is imported when it is asked for.

A plain dictionary: whoever wants another export adds an entry of their own copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, cast

from allegedly.errors import UsageError

if TYPE_CHECKING:  # the list of exports is part of --help and must cost nothing
    from allegedly.export.base import FolderWriter, StreamWriter, Table


@dataclass(frozen=True, slots=True)
class Export:
    """
    An export.

    Args:
        kind: A ``table``, a ``stream`` or a ``folder`` of files; see :mod:`allegedly.export.base`.
        help: What it writes, in a line.
        extension: Of the file it writes, or of each file in the folder.
        home: Module and name of its table or writer.
        holds_text: Whether it holds words that may name a place; such a one cannot be made coarser.
        needs_incidents: Whether it needs incidents.
    """

    kind: Literal["table", "stream", "folder"]
    help: str
    extension: str
    home: str
    holds_text: bool = False
    needs_incidents: bool = False

    def load(self) -> Any:  # noqa: ANN401  # what it is follows from `kind`; see the functions below
        """Import its table or writer."""
        module, name = self.home.split(":")
        return getattr(import_module(f"allegedly.export.{module}"), name)


def _profile(name: str, help: str, extension: str = ".csv") -> Export:  # noqa: A002  # as in Export
    return Export("table", help, extension, f"profiles.{name}:{name.upper()}")


EXPORTS: Mapping[str, Export] = {
    "claims": Export("table", "one row a claim: an event or a saying, as one voice has it", ".csv", "columns:CLAIMS"),
    "incidents": Export(
        "table", "one row an incident, with who asserts and who denies it", ".csv", "incidents:INCIDENTS",
        needs_incidents=True,
    ),
    "conflicts": Export(
        "table", "open disagreements, a pair of claims a row", ".csv", "incidents:CONFLICTS", holds_text=True,
        needs_incidents=True,
    ),
    "ucdp": _profile("ucdp", "claims in the columns of UCDP GED"),
    "acled": _profile("acled", "claims in the columns of ACLED"),
    "polecat": _profile("polecat", "claims in the columns of POLECAT (PLOVER), parted by tabs", ".tsv"),
    "gdelt": _profile("gdelt", "claims in the columns of GDELT 2.0 events (CAMEO), parted by tabs", ".tsv"),
    "geojson": Export("stream", "claims on the map, uncertainty as geometry", ".geojson", "geojson:write_geojson"),
    "jsonld": Export(
        "stream", "linked data: schema.org Claim, Web Annotation, PROV-O", ".jsonld", "jsonld:write_jsonld",
        holds_text=True,
    ),
    "ftm": Export(
        "stream", "FollowTheMoney entities for Aleph (needs followthemoney)", ".ftm.json", "ftm:write_ftm",
        holds_text=True,
    ),
    "label-studio": Export(
        "stream", "Label Studio tasks with predictions", ".json", "label_studio:write_label_studio", holds_text=True
    ),
    "brat": Export("folder", "brat stand-off: .txt and .ann", ".ann", "brat:brat_files", holds_text=True),
    "webanno": Export("folder", "WebAnno TSV 3.3 for INCEpTION", ".tsv", "webanno:webanno_files", holds_text=True),
}  # fmt: skip


def export_of(name: str) -> Export:
    """
    Give an export by name.

    Raises:
        UsageError: If there is none.
    """
    if name not in EXPORTS:
        raise UsageError(f"there is no export {name!r}", hint=f"exports are {', '.join(EXPORTS)}")
    return EXPORTS[name]


def table_of(name: str) -> Table:
    """
    Give the table of an export.

    Raises:
        UsageError: If there is no export of that name, or it is no table.
    """
    export = export_of(name)
    if export.kind != "table":
        raise UsageError(f"{name} is no table", hint="leave the format to it")
    return cast("Table", export.load())


def stream_of(name: str) -> StreamWriter:
    """
    Give the writer of an export of one file.

    Raises:
        UsageError: If there is no such export.
    """
    export = export_of(name)
    if export.kind != "stream":
        raise UsageError(f"{name} is no export of one file", hint="see `allegedly export --help`")
    return cast("StreamWriter", export.load())


def folder_of(name: str) -> FolderWriter:
    """
    Give the writer of an export of several files.

    Raises:
        UsageError: If there is no such export.
    """
    export = export_of(name)
    if export.kind != "folder":
        raise UsageError(f"{name} writes one file", hint="see `allegedly export --help`")
    return cast("FolderWriter", export.load())
