"""Puts the application together: state, routes, errors, headers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette_compress import add_compress_type

from api import middleware, problems
from api.clients import Rate
from api.links import RELEASE_ID
from api.metrics import Metrics
from api.pages import Pages
from api.proxies import Proxied
from api.query.formats import GRAPHS, RESULTS, SAME_GRAPHS
from api.query.pool import Pool
from api.query.results import Cache
from api.query.service import Limits, QueryService
from api.query.spool import Spool
from api.query.turns import Turns
from api.releases import Releases
from api.routes import (
    catalog,
    datasets,
    diff,
    docs,
    entities,
    feed,
    front,
    goals,
    health,
    interface,
    ldes,
    ns,
    quality,
    queries,
    sitemap,
    sparql,
    static,
    statistics,
    void,
)
from api.state import House
from ontology.settings import Settings

CHECK: Final = "/check"
"""Where departments check their files, if a router for it is handed in."""
OWN_WORKERS: Final = 2
ROUTERS: Final = (
    front.router,
    sparql.router,
    entities.router,
    entities.documents,
    catalog.router,
    quality.router,
    ns.router,
    datasets.router,
    queries.router,
    interface.router,
    goals.router,
    statistics.router,
    void.router,
    ldes.router,
    feed.router,
    diff.router,
    docs.router,
    sitemap.router,
    health.router,
    static.router,
)
FIXED: Final = (
    front.router,
    sparql.router,
    entities.documents,
    catalog.router,
    quality.router,
    datasets.router,
    queries.router,
    interface.router,
    goals.router,
    statistics.router,
    void.router,
)
"""What can be asked of a certain release too, so that a paper can cite a state of the data."""

EXPOSED_HEADERS: Final = [
    "Accept-Ranges",
    "Content-Range",
    "Link",
    "ETag",
    "Location",
    "Retry-After",
    "Content-Disposition",
    "X-Release",
    "X-Request-ID",
    "X-Result-Limit",
    "X-Total-Count",
]
COMPRESSED: Final = tuple(offer.media_type for offer in (*RESULTS, *GRAPHS, *SAME_GRAPHS))


def build_app(settings: Settings, *, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """Return the application; `api.create_app` is its door."""
    app = FastAPI(
        title="stadtziele",
        version=version("stadtziele"),
        summary="Kommunale Ziele als verknüpfte offene Daten / municipal goals as linked open data",
        docs_url=None,  # the page FastAPI offers loads from other hosts; `api.routes.docs` has our own
        redoc_url=None,
        responses={"default": problems.DESCRIBED},
        lifespan=_lifespan,
    )
    app.state.house = _house(settings, routers)
    for router in (*ROUTERS, *routers):
        app.include_router(router)
    for router in FIXED:
        app.include_router(router, prefix=f"/releases/{{{RELEASE_ID}}}", include_in_schema=False)
    problems.add_handlers(app)
    _add_middleware(app)
    return app


def _add_middleware(app: FastAPI) -> None:
    """Add what every request passes through; what is added last comes first."""
    for media_type in COMPRESSED:
        add_compress_type(media_type)
    app.add_middleware(middleware.Compressed, brotli=False)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    app.add_middleware(middleware.EveryResponse)
    app.add_middleware(middleware.Observed, metrics=app.state.house.metrics)
    app.add_middleware(Proxied, proxies=app.state.house.settings.proxies)


def _house(settings: Settings, routers: Sequence[APIRouter]) -> House:
    releases = Releases(settings.published)
    metrics = Metrics()
    spool, cache = Spool(settings.spool, settings.spool_bytes), Cache(settings.cache_bytes)
    metrics.watch_results(cache, spool)

    def service(name: str, turns: Turns) -> QueryService:
        pool = Pool(settings.query_memory)
        metrics.watch(name, pool, turns)
        limits = Limits(settings.query_seconds, settings.result_bytes)
        observe = partial(metrics.query, name)
        return QueryService(pool, turns, limits, spool=spool, cache=cache, observe=observe)

    return House(
        settings=settings,
        releases=releases,
        public=service(
            "public",
            Turns(settings.query_workers, per_client=settings.client_queries, waiting=settings.query_waiting),
        ),
        own=service("own", Turns(OWN_WORKERS, waiting=settings.query_waiting)),
        spool=spool,
        rate=Rate(settings.client_requests),
        pages=Pages(releases, has_check=any(_has_check(router) for router in routers)),
        metrics=metrics,
    )


def _has_check(router: APIRouter) -> bool:
    return any(getattr(route, "path", None) == CHECK for route in router.routes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    house: House = app.state.house
    services = (house.public, house.own)
    try:
        for service in services:
            await service.pool.start(service.turns.size)
        yield
    finally:
        for service in services:
            await service.pool.close()
        house.spool.close()
