"""The API under ``/api``: one module for each group of routes; ``answering`` says how all of them answer."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from allegedly.web.api import (
    claims,
    clusters,
    documents,
    incidents,
    judgements,
    openapi,
    reading,
    review,
    sources,
    store,
)

ROUTERS: Final[tuple[APIRouter, ...]] = tuple(
    module.router
    for module in (documents, claims, sources, incidents, judgements, clusters, review, reading, store, openapi)
)
