"""Puts the application together: state, routes, errors, headers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware

from api import middleware, problems
from api.pages import Pages
from api.query.pool import Pool
from api.query.service import Limits, QueryService
from api.releases import Releases
from api.routes import datasets, docs, entities, front, health, ns, queries, sparql, static
from api.state import House
from ontology.settings import Settings

CHECK: Final = "/check"
"""Where departments check their files, if a router for it is handed in."""
OWN_WORKERS: Final = 2
ROUTERS: Final = (
    front.router,
    sparql.router,
    entities.router,
    ns.router,
    datasets.router,
    queries.router,
    docs.router,
    health.router,
    static.router,
)
EXPOSED_HEADERS: Final = ["Link", "ETag", "Location", "Retry-After", "Content-Disposition", "X-Release"]


def build_app(settings: Settings, *, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """Return the application; `api.create_app` is its door."""
    app = FastAPI(
        title="stadtziele",
        version=version("stadtziele"),
        summary="Kommunale Ziele als verknüpfte offene Daten / municipal goals as linked open data",
        docs_url=None,  # the page FastAPI offers loads from other hosts; `api.routes.docs` has our own
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.house = _house(settings, routers)
    for router in (*ROUTERS, *routers):
        app.include_router(router)
    problems.add_handlers(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    app.add_middleware(middleware.EveryResponse)
    return app


def _house(settings: Settings, routers: Sequence[APIRouter]) -> House:
    limits = Limits(settings.query_seconds, settings.query_waiting, settings.result_bytes)
    releases = Releases(settings.published)
    return House(
        settings=settings,
        releases=releases,
        public=QueryService(Pool(settings.query_workers, settings.query_memory), limits),
        own=QueryService(Pool(OWN_WORKERS, settings.query_memory), limits),
        pages=Pages(releases, has_check=any(_has_check(router) for router in routers)),
    )


def _has_check(router: APIRouter) -> bool:
    return any(getattr(route, "path", None) == CHECK for route in router.routes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    house: House = app.state.house
    pools = (house.public.pool, house.own.pool)
    try:
        for pool in pools:
            await pool.start()
        yield
    finally:
        for pool in pools:
            await pool.close()
