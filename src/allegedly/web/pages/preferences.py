"""How pages look to a visitor: kept in a cookie, nowhere else."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse

from allegedly.web.access import local_path
from allegedly.web.show import THEMES

router = APIRouter()
_YEAR = 365 * 24 * 3600


@router.post("/theme")
def choose_theme(
    request: Request, theme: Annotated[str, Form()], back: Annotated[str, Form()] = "/"
) -> RedirectResponse:
    """Remember light, dark or the system's."""
    response = RedirectResponse(local_path(back), 303)
    secure = request.url.scheme == "https"
    chosen = theme if theme in THEMES else "auto"
    response.set_cookie("allegedly-theme", chosen, max_age=_YEAR, samesite="lax", httponly=True, secure=secure)
    return response
