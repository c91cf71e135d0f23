"""The page of an error: what happened, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.web.problems import WebProblem
from allegedly.web.show import show


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """
    What the page shows.

    Args:
        title: The status in words.
        message: What happened.
        hint: What to do next.
        status: HTTP status.
    """

    title: str
    message: str
    hint: str
    status: int


def problem_page(request: Request, problem: WebProblem) -> HTMLResponse:
    """Show a problem."""
    title = HTTPStatus(problem.status).phrase
    page = ProblemPage(title, str(problem), problem.hint, problem.status)
    return show(request, "problem.html", page, status=problem.status)
