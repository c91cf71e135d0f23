"""
Show a page: a template filled with a context, escaped, made harmless.

Every value is escaped by Jinja2. Signs by which a text could turn a line round
or vanish (control, format, bidirectional) become U+FFFD wherever words stand
among ours; only the report itself is shown as it is, each such sign shut in a
span of its own (:mod:`allegedly.web.text`).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly import __version__
from allegedly.render import labels
from allegedly.render.pieces import escaped
from allegedly.store.people import Role
from allegedly.web import links
from allegedly.web.rules import Visitor

THEMES = ("auto", "light", "dark")
# In the navigation: address, name, key after "g", who sees it.
PAGES: tuple[tuple[str, str, str, Role], ...] = (
    ("/", "Start", "h", "reader"),
    ("/find", "Find", "f", "reader"),
    ("/incidents", "Incidents", "i", "reader"),
    ("/conflicts", "Conflicts", "c", "reader"),
    ("/timeline", "Timeline", "t", "reader"),
    ("/map", "Map", "m", "reader"),
    ("/sources", "Sources", "s", "reader"),
    ("/review", "Review", "r", "reviewer"),
    ("/alerts", "Alerts", "l", "reader"),
    ("/quality", "Quality", "q", "reader"),
    ("/export", "Export", "e", "reader"),
    ("/api", "API", "a", "reader"),
)


def show(request: Request, template: str, page: object, *, status: int = 200) -> HTMLResponse:
    """
    Show a page.

    Args:
        request: What was asked for.
        template: File in ``templates/``.
        page: The context: a dataclass with at least ``title``; named ``page`` in the template.
        status: HTTP status.
    """
    state = request.state
    visitor: Visitor | None = getattr(state, "visitor", None)
    words = _environment().get_template(template).render(
        page=page,
        path=request.url.path,
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        visitor=visitor,
        reviews=visitor is None or visitor.may("reviewer"),
        csrf=getattr(state, "csrf", ""),
        theme=theme_of(request),
    )  # fmt: skip
    return HTMLResponse(words, status)


def theme_of(request: Request) -> str:
    """Give the theme that the visitor chose; ``auto`` follows the system."""
    chosen = request.cookies.get("allegedly-theme", "auto")
    return chosen if chosen in THEMES else "auto"


def harmless(words: str) -> str:
    r"""
    Replace signs that move, hide or turn round what stands beside them; blanks and line ends stay.

    Example:
        >>> harmless("a\u202eb\x00") == "a\ufffdb\ufffd"
        True
    """
    if words.isascii() and words.isprintable():
        return words
    return "".join("\ufffd" if labels.unsafe(sign) and sign not in "\t\n\r" else sign for sign in words)


def verbatim(words: str) -> Markup:
    """Escape words that go back to a text field as they came; only what no page can carry is replaced."""
    kept = "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in words)
    return Markup("\n") + escape(kept)  # a text field drops one leading line end


def exact(words: str) -> Markup:
    """Escape words for an attribute that comes back as it is: an id, say, which may hold any sign."""
    return Markup(escaped(words))  # noqa: S704  # just escaped


def _finalize(value: Any) -> Any:  # noqa: ANN401  # whatever a template writes
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("allegedly.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"verbatim": verbatim, "exact": exact, "day": labels.published_label, "thousands": _thousands}
    made.globals |= {"labels": labels, "link": links, "version": __version__, "static": static, "PAGES": PAGES}
    return made


def _thousands(number: float) -> str:
    return f"{number:,}"


@lru_cache(maxsize=100)
def static(name: str) -> str:
    """Give the address of a static file; it changes with the program, so that browsers may keep it."""
    return f"/static/{name}?v={_digest(name)}"


@lru_cache(maxsize=100)
def _digest(name: str) -> str:
    for package in ("allegedly.web", "allegedly.render"):
        data = resources.files(package).joinpath("static", *name.split("/"))
        if data.is_file():
            return hashlib.sha256(data.read_bytes()).hexdigest()[:12]
    return __version__
