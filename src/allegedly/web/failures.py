"""Which status each error of the package has on the web, and what is said of errors that are none of ours."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from allegedly.errors import (
    AllegedlyError,
    DocumentError,
    ExtraError,
    IntegrityConflict,
    NotInStore,
    SchemaMismatch,
    StoreUnavailable,
    UsageError,
)
from allegedly.web.problems import WebProblem

# The first that fits.
_STATUS: tuple[tuple[type[AllegedlyError], int], ...] = (
    (NotInStore, 404),
    (IntegrityConflict, 409),
    (UsageError, 400),
    (DocumentError, 422),
    (StoreUnavailable, 503),
    (SchemaMismatch, 503),
    (ExtraError, 501),
)
_HINTS = {404: "see the navigation for what there is", 405: "this address takes another method"}


def problem_of(error: Exception) -> WebProblem:
    """Give what a visitor is told of an error; of faults of the program no more than that there was one."""
    match error:
        case WebProblem():
            return error
        case AllegedlyError():
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            return WebProblem(status, str(error), hint=error.hint)
        case RequestValidationError():
            wrong = "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in error.errors())
            return WebProblem(400, f"the request does not fit: {wrong}", hint="see /api for what each address takes")
        case HTTPException():
            hint = _HINTS.get(error.status_code, "")
            headers = dict(error.headers or {})
            return WebProblem(error.status_code, _phrase(error), hint=hint, headers=headers)
        case _:
            return WebProblem(500, "something went wrong here", hint="it was written to the log of the server")


def _phrase(error: HTTPException) -> str:
    known = HTTPStatus(error.status_code).phrase
    return "there is no such page" if error.status_code == 404 and error.detail == known else error.detail
