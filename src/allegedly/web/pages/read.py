"""Give a text to read: paste it, drop files, or take the demo; then go to what came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.demo import demo_documents
from allegedly.ingest.arrive import Found, arrive
from allegedly.ingest.base import Options, hold
from allegedly.ingest.dates import read_published
from allegedly.ingest.urls import clean_url, is_url
from allegedly.records.document import Document
from allegedly.web import links
from allegedly.web.csrf import require
from allegedly.web.desk import Batch, Upload, desk_of
from allegedly.web.problems import WebProblem
from allegedly.web.show import show

MOST_BYTES = 10 * 2**20  # of all that is handed in together
PATIENCE = 2.0  # seconds that a browser waits for its page; then it is shown that the text is being read
_MOST_FILES = 200
_LONGEST = {"title": 500, "publisher": 200, "published": 40, "url": 2_000, "id": 200}
_MULTIPLE = "read several at once with `allegedly add` where the store is"
router = APIRouter(dependencies=[Depends(require("reviewer"))])


@dataclass(frozen=True, slots=True)
class ReadPage:
    """
    The form, as it was filled in.

    Args:
        title: Of the page.
        given: What was filled in, by field.
        problem: What is wrong with it; empty at first.
        hint: What to do about that.
    """

    title: str
    given: dict[str, str]
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BatchPage:
    """
    What became of what was handed in.

    Args:
        title: Of the page.
        batch: Documents and failures so far.
        done: Whether that is all.
    """

    title: str
    batch: Batch
    done: bool


async def given_form(request: Request) -> FormData:
    """
    Give the form, long fields included.

    Raises:
        WebProblem: If more is handed in than is taken.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > MOST_BYTES + 2**20:
        raise _too_large()
    return await request.form(max_files=_MOST_FILES, max_fields=50, max_part_size=MOST_BYTES + 1)


@router.get("/read")
def show_form(request: Request) -> Response:
    """Show the empty form."""
    return show(request, "read.html", ReadPage("Read a text", {}))


@router.post("/read")
def read(request: Request, form: Annotated[FormData, Depends(given_form)]) -> Response:
    """Take in what was given, and go to it."""
    given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    try:
        inputs = _inputs(given, [item for item in form.getlist("files") if isinstance(item, UploadFile)])
    except WebProblem as problem:
        page = ReadPage("Read a text", given, str(problem), problem.hint)
        return show(request, "read.html", page, status=problem.status)
    batch = desk_of(request).hand_in(inputs, Options(max_bytes=MOST_BYTES))
    batch.finished.wait(PATIENCE)
    return RedirectResponse(_place_of(batch), 303)


@router.get("/read/{batch_id}")
def show_batch(request: Request, batch_id: str) -> Response:
    """Show what became of a batch; one document alone is gone to."""
    batch = desk_of(request).batch(batch_id)
    done = batch.finished.is_set()
    if done and batch.only is not None:
        return RedirectResponse(links.document(batch.only), 303)
    return show(request, "batch.html", BatchPage("What came in" if done else "Reading", batch, done))


def _place_of(batch: Batch) -> str:
    done = batch.finished.is_set()
    return links.document(batch.only) if done and batch.only is not None else f"/read/{batch.id}"


def _inputs(given: dict[str, str], files: list[UploadFile]) -> list[Document | Upload]:
    """
    Make inputs of a form.

    Raises:
        WebProblem: If nothing, too much or something unreadable was given.
    """
    if given.get("demo"):
        return list(demo_documents())
    # A form sends each line end as CRLF, whatever it was; the field itself holds LF.
    text = given.get("text", "").replace("\r\n", "\n")
    uploads = [(_name(item.filename or ""), item.file.read()) for item in files if item.filename]
    if sum(len(data) for _, data in uploads) + len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large()
    if not text.strip() and not uploads:
        raise WebProblem(400, "no text was given", hint="paste one, or choose a file")
    facts = _facts(given, text)
    inputs: list[Document | Upload] = [facts] if text.strip() else []
    alone = len(uploads) == 1 and not inputs
    return [*inputs, *(Upload(name, data, facts if alone else None) for name, data in uploads)]


def _facts(given: dict[str, str], text: str) -> Document:
    """
    Make a document of a pasted text and what is said of its publication.

    Raises:
        WebProblem: If a day or address cannot be read, or a field is too long.
    """
    said = {name: given.get(name, "").strip() for name in _LONGEST}
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            raise WebProblem(400, f"{name}: longer than {most:,} characters", hint="shorten it")
    if said["published"] and read_published(said["published"]) is None:
        raise WebProblem(400, f"published: {said['published']!r} is no day", hint="write 2024-05-07")
    if said["url"] and not is_url(said["url"]):
        raise WebProblem(400, f"url: {said['url']!r} is no address on the web", hint="begin with https://")
    data = text.encode("utf-8", "replace")
    found = Found(
        text=text, kind="text", extractor="form", version="1", id=said["id"], title=said["title"],
        url=clean_url(said["url"]), publisher=said["publisher"], published_as=said["published"],
    )  # fmt: skip
    return arrive(found, data, place="page", received=hold("page", data), options=Options()).document


def _name(filename: str) -> str:
    """Give the name of a file without its folders, as it may be shown."""
    return re.sub(r"[\x00-\x1f\x7f]", "_", PurePath(filename.replace("\\", "/")).name)[-120:] or "file"


def _too_large() -> WebProblem:
    return WebProblem(413, f"more than {MOST_BYTES // 2**20} MB were given", hint=_MULTIPLE)
