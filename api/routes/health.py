"""Whether the server lives, whether it can serve, and what it has done so far."""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.query.job import Question
from api.state import InHouse, InRelease

router = APIRouter(tags=["health"])

_CHECK: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"


class Live(BaseModel):
    """The process answers."""

    status: str = "live"


class Ready(BaseModel):
    """The release that is served, how old it is in seconds, and that its store answers a query."""

    status: str = "ready"
    release: str
    age_seconds: int
    store: str = "ok"


@router.get("/health/live")
async def live() -> Live:
    """Say that the process answers; always 200."""
    return Live()


@router.get("/health/ready")
async def ready(house: InHouse, release: InRelease) -> Ready:
    """Say that a release is served and its store answers: 200, else 503."""
    await house.own.ask(Question(release.store, _CHECK), keep=False)
    age = datetime.now(UTC) - release.manifest.created
    return Ready(release=release.id, age_seconds=int(age.total_seconds()))


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request, house: InHouse) -> Response:
    """Return what is counted, in the format of Prometheus or OpenMetrics."""
    body, media_type = house.metrics.exposition(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store"})
