"""Style sheet, icon and scripts: our own come with the package, the editor's are installed beside it."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.caching import caching_of_code
from api.problems import not_found

router = APIRouter(include_in_schema=False)

EDITOR: Final = Path(str(files("api"))) / "editor/node_modules/@zazuko/yasqe/build"
"""What `api/editor/install.sh` installs; without it the SPARQL page has a plain form."""

_SCRIPT: Final = "text/javascript; charset=utf-8"
_STYLE: Final = "text/css; charset=utf-8"
_FILES: Final = {"style.css": _STYLE, "icon.svg": "image/svg+xml", "editor.js": _SCRIPT}
_EDITOR_FILES: Final = {"yasqe.min.js": _SCRIPT, "yasqe.min.css": _STYLE}


def has_editor() -> bool:
    """Tell whether the editor is installed."""
    return all((EDITOR / name).is_file() for name in _EDITOR_FILES)


@router.get("/static/editor/{name}")
async def editor(name: str) -> Response:
    """Return a file of the editor by name."""
    if name not in _EDITOR_FILES or not has_editor():
        raise not_found(f"There is no file {name!r} here.")
    return _response(EDITOR / name, _EDITOR_FILES[name])


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Return a file by name."""
    if name not in _FILES:
        raise not_found(f"There is no file {name!r} here.")
    return _response(Path(str(files("api"))) / "static" / name, _FILES[name])


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Return the icon where browsers look for it."""
    return await static("icon.svg")


def _response(path: Path, media_type: str) -> Response:
    body = path.read_bytes()
    return Response(body, media_type=media_type, headers=caching_of_code(body))
