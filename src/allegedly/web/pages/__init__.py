"""The pages, one module each: a router, a context as a dataclass, a template of the same name."""

from __future__ import annotations

from allegedly.web.pages import preferences

ROUTERS = (preferences.router,)
