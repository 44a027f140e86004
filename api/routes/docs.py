"""The operations of the API as a page of our own: FastAPI's loads scripts from other hosts."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.state import InHouse

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request, house: InHouse) -> Response:
    """Show what `/openapi.json` says."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    operations = [
        (method.upper(), path, operation)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return house.pages.render(request, "docs.html", operations=operations)
