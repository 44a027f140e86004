"""What the routes of one application share, and how they get at it."""

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, cast

from anyio import CapacityLimiter
from fastapi import Depends, Request

from api.clients import Rate, client_of
from api.links import RELEASE_ID
from api.metrics import Metrics
from api.pages import Pages
from api.query.service import QueryService
from api.query.spool import Spool
from api.releases import Release, Releases
from ontology.settings import Settings


@dataclass(frozen=True)
class House:
    """Everything that lives as long as the application.

    Queries of the public and our own run in separate workers: whoever keeps the former busy does not
    keep anybody from reading the pages.
    """

    settings: Settings
    releases: Releases
    public: QueryService
    own: QueryService
    spool: Spool
    rate: Rate
    pages: Pages
    metrics: Metrics
    reading: CapacityLimiter = field(default_factory=partial(CapacityLimiter, 1))
    """Long queries are read one after the other: each takes memory, and all would share one core anyway."""


async def house(request: Request) -> House:
    """Return what the application of a request shares.

    Asynchronous, like all dependencies of every request: FastAPI hands others to a thread, which
    takes longer than sending a kept answer.
    """
    return house_of(request)


def house_of(request: Request) -> House:
    """Return what the application of a request shares."""
    return cast("House", request.app.state.house)


async def asked_release(request: Request) -> Release:
    """Return the release that the path of a request names, else the one in force.

    Raises `NoReleaseError` (answered with 503) where there is none, `UnknownReleaseError` (404) for
    the id of none.
    """
    releases = house_of(request).releases
    named = request.path_params.get(RELEASE_ID)
    return releases.by_id(named) if named else releases.current()


async def count_request(request: Request) -> None:
    """Count a request for data against what one client may ask for. Raises `TooManyError`."""
    house_of(request).rate.count(client_of(request))


InHouse = Annotated[House, Depends(house)]
InRelease = Annotated[Release, Depends(asked_release)]
Counted = Depends(count_request)
