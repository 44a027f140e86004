"""Whether the server lives, and whether it can serve."""

from fastapi import APIRouter

from api.state import InRelease

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def live() -> dict[str, str]:
    """Say that the process answers; always 200."""
    return {"status": "live"}


@router.get("/ready")
async def ready(release: InRelease) -> dict[str, str]:
    """Say that a release is served: 200 with its id, else 503."""
    return {"status": "ready", "release": release.id}
