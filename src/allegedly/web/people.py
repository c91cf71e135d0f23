"""What routes ask of whoever uses them, and the fields of forms: dependencies of pages, by name."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from allegedly.web.csrf import require
from allegedly.web.guards import MOST_BYTES
from allegedly.web.rules import Visitor

Reader = Annotated[Visitor, Depends(require("reader"))]
Reviewer = Annotated[Visitor, Depends(require("reviewer"))]
Admin = Annotated[Visitor, Depends(require("admin"))]


async def form_fields(request: Request) -> dict[str, str]:
    """Give the text fields of a form; of fields of one name the last."""
    form = await request.form(max_part_size=MOST_BYTES)
    return {name: value.replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)}


Fields = Annotated[dict[str, str], Depends(form_fields)]
