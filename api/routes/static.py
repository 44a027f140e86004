"""Style sheet and icon, which come with the package."""

from importlib.resources import files
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.problems import not_found

router = APIRouter(include_in_schema=False)

_FILES: Final = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_HEADERS: Final = {"Cache-Control": "public, max-age=3600"}


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Return a file by name."""
    if name not in _FILES:
        raise not_found(f"There is no file {name!r} here.")
    content = (files("api") / "static" / name).read_bytes()
    return Response(content, media_type=_FILES[name], headers=_HEADERS)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Return the icon where browsers look for it."""
    return await static("icon.svg")
