"""Whether the server lives, whether it can serve, and what it has done so far."""

import logging
from datetime import UTC, datetime
from time import monotonic
from typing import Final

import anyio
from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.problems import ProblemError
from api.query.errors import FailedQueryError
from api.query.job import Question
from api.releases import Release
from api.state import House, InHouse, InRelease

log = logging.getLogger(__name__)
router = APIRouter(tags=["health"])

_CHECK: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"
_CHECK_HOLDS: Final = 2.0
"""Seconds for which the outcome of a check holds, so that nobody makes us work by asking often."""


class Live(BaseModel):
    """The process answers."""

    status: str = "live"


class Ready(BaseModel):
    """The release that is served, its age in seconds, that its store answers and large results have room."""

    status: str = "ready"
    release: str
    age_seconds: int
    store: str = "ok"
    spool: str = "ok"


@router.get("/health/live")
async def live() -> Live:
    """Say that the process answers; always 200."""
    return Live()


@router.get("/health/ready")
async def ready(house: InHouse, release: InRelease) -> Ready:
    """Say that a release is served, its store answers and large results can be written: 200, else 503."""
    await _check(house, release)
    age = datetime.now(UTC) - release.manifest.created
    return Ready(release=release.id, age_seconds=int(age.total_seconds()))


async def _check(house: House, release: Release) -> None:
    """Raise why a release cannot be served, if it cannot (`FailedQueryError`, `ProblemError`)."""
    async with release.memo.setdefault("checking", anyio.Lock()):
        if monotonic() >= release.memo.get("checked until", 0.0):
            release.memo["failure"] = await _failure(house, release)
            release.memo["checked until"] = monotonic() + _CHECK_HOLDS
    if failure := release.memo["failure"]:
        raise failure.with_traceback(None)


async def _failure(house: House, release: Release) -> FailedQueryError | ProblemError | None:
    try:
        _check_spool(house)
        await house.own.ask(Question(release.store, _CHECK), keep=False)
    except (FailedQueryError, ProblemError) as error:
        return error
    return None


def _check_spool(house: House) -> None:
    try:
        house.spool.check()
    except OSError as error:
        log.exception("The spool cannot be written")
        raise ProblemError(
            503,
            "Large results cannot be written: the folder for them is not there or full.",
            "spool-not-writable",
            headers={"Retry-After": "60"},
        ) from error


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request, house: InHouse) -> Response:
    """Return what is counted, in the format of Prometheus or OpenMetrics."""
    body, media_type = house.metrics.exposition(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store"})
