"""The files of a release, as the manifest names them, with checksums as entity tags."""

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from api.caching import caching, unchanged
from api.middleware import HEAD
from api.problems import not_found
from api.releases import Release
from api.state import InHouse, InRelease
from ontology.contract import MANIFEST

router = APIRouter(tags=["datasets"])


@router.get("/datasets/", response_class=Response)
async def index(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show all files of the current release."""
    return house.pages.render(request, "datasets.html", manifest=release.manifest)


@router.get("/datasets", include_in_schema=False)
async def index_without_slash(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show the same without the slash."""
    return await index(request, house, release)


@router.get("/datasets/{path:path}", response_class=FileResponse)
async def file(request: Request, release: InRelease, path: str) -> Response:
    """Return a file of the release; `manifest.json` lists them with size and SHA-256."""
    media_type, tag = _known(release, path)
    headers = caching(request, release, tag, is_weak=False)
    if response := unchanged(request, headers):
        return response
    found = release.folder / path
    if HEAD in request.scope:
        headers["Content-Length"] = str(found.stat().st_size)
        return Response(media_type=_with_charset(media_type), headers=headers)
    return FileResponse(found, media_type=_with_charset(media_type), headers=headers)


def _known(release: Release, path: str) -> tuple[str, str]:
    """Return media type and entity tag of a file that the release has. Raises `ProblemError`."""
    if path == MANIFEST:
        return "application/json", release.id
    output = release.output(path)
    if output is None:
        raise not_found(f"The release has no file {path!r}. /datasets/{MANIFEST} lists them all.")
    return output.media_type, output.sha256


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type == "text/csv" else media_type
