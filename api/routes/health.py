"""Whether the server lives, whether it can serve, and what it has done so far."""

import logging
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.problems import ProblemError
from api.query.job import Question
from api.state import House, InHouse, InRelease

log = logging.getLogger(__name__)
router = APIRouter(tags=["health"])

_CHECK: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"


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
    _check_spool(house)
    await house.own.ask(Question(release.store, _CHECK), keep=False)
    age = datetime.now(UTC) - release.manifest.created
    return Ready(release=release.id, age_seconds=int(age.total_seconds()))


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
