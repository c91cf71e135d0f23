"""Reading a text: its ledger at once, kept only if asked for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from allegedly.ledger.json import encode_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.web.api.answering import enveloped
from allegedly.web.api.bodies import body
from allegedly.web.api.callers import allowed
from allegedly.web.api.describing import answers, body_of, router_of
from allegedly.web.api.forms import ReadForm
from allegedly.web.people import Reader
from allegedly.web.site import site_of

router = router_of("reading")
_EXAMPLE = {
    "text": "Veldra's army said on Tuesday that rebels had shelled Karveli. The Southern Front denied it.",
    "published": "2024-05-07",
    "publisher": "Northwire",
}


@router.post(
    "/api/read",
    **answers(Ledger, refused=(409, 422, 501), takes=body_of(ReadForm, _EXAMPLE)),
    summary="Read a text",
)
def read_text(
    request: Request,
    form: Annotated[ReadForm, Depends(body(ReadForm))],
    caller: Reader,
) -> Response:
    """Read a text into its ledger: who did what to whom, according to whom. Nothing is kept unless `keep` is true."""
    site, document = site_of(request), document_of(form)
    if form.keep:
        allowed(caller, "reviewer")
        (ledger,) = site.read_in([document])
    else:
        ledger = site.read(document)
    return enveloped(encode_ledger(ledger))


def document_of(form: ReadForm) -> Document:
    """Give the document that is to be read."""
    return Document(
        form.text,
        id=form.id,
        published=form.published.isoformat() if form.published else None,
        title=form.title,
        url=form.url,
        publisher=form.publisher,
        language=form.language,
    )
