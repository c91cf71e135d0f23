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
_FOR_PROGRAMS = "see /api/openapi.json for what each address takes"


def problem_of(error: Exception, *, program: bool = False, store: str = "") -> WebProblem:
    """
    Give what a visitor is told of an error; of faults of the program no more than that there was one.

    Args:
        error: The error.
        program: Whether the visitor is a program.
        store: How the store is called in messages; where it lies is nobody's business who asks from outside.
    """
    match error:
        case WebProblem():
            return error
        case AllegedlyError():
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            message = str(error).replace(f"store {store}: ", "").replace(store, "the store") if store else str(error)
            return WebProblem(status, message, hint=error.hint)
        case RequestValidationError():
            wrong = "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in error.errors())
            return WebProblem(
                400, f"the request does not fit: {wrong}", hint=_FOR_PROGRAMS if program else "go back and try again"
            )
        case HTTPException():
            hint = _FOR_PROGRAMS if program else _HINTS.get(error.status_code, "")
            headers = dict(error.headers or {})
            return WebProblem(error.status_code, _phrase(error, program=program), hint=hint, headers=headers)
        case _:
            return WebProblem(500, "something went wrong here", hint="it was written to the log of the server")


def _phrase(error: HTTPException, *, program: bool) -> str:
    known = HTTPStatus(error.status_code).phrase
    if error.status_code == 404 and error.detail == known:
        return "there is nothing at this address" if program else "there is no such page"
    return error.detail
