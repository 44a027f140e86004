"""The files of a release, as the manifest names them, with checksums as entity tags."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from api.middleware import HEAD
from api.problems import not_found
from api.releases import Release
from api.state import InHouse, InRelease
from ontology.contract import MANIFEST

router = APIRouter(tags=["datasets"])

_CURRENT: Final = "public, no-cache"
_FIXED: Final = "public, max-age=31536000, immutable"


@router.get("/datasets/", response_class=Response)
async def index(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show all files of the current release."""
    return house.pages.render(request, "datasets.html", manifest=release.manifest)


@router.get("/datasets", include_in_schema=False)
async def index_without_slash(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show the same without the slash."""
    return await index(request, house, release)


@router.get("/datasets/{path:path}", response_class=FileResponse)
async def current_file(request: Request, release: InRelease, path: str) -> Response:
    """Return a file of the current release; `manifest.json` lists them with size and SHA-256."""
    return _file(request, release, path, _CURRENT)


@router.get("/releases/{release_id}/datasets/{path:path}", response_class=FileResponse)
async def fixed_file(request: Request, house: InHouse, release_id: str, path: str) -> Response:
    """Return a file of one release: an address to cite, whose content never changes."""
    release = house.releases.by_id(release_id)
    if release is None:
        raise not_found(f"There is no release {release_id!r}.")
    return _file(request, release, path, _FIXED)


def _file(request: Request, release: Release, path: str, cache: str) -> Response:
    if path == MANIFEST:
        media_type, etag = "application/json", release.id
    else:
        output = release.output(path)
        if output is None:
            raise not_found(f"The release has no file {path!r}. /datasets/{MANIFEST} lists them all.")
        media_type, etag = output.media_type, output.sha256
    headers = {"ETag": f'"{etag}"', "Cache-Control": cache, "X-Release": release.id}
    if _has(request, etag):
        return Response(status_code=304, headers=headers)
    file = release.folder / path
    if HEAD in request.scope:
        headers["Content-Length"] = str(file.stat().st_size)
        return Response(media_type=_with_charset(media_type), headers=headers)
    return FileResponse(file, media_type=_with_charset(media_type), headers=headers)


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type == "text/csv" else media_type


def _has(request: Request, etag: str) -> bool:
    """Tell whether the client already has this content (If-None-Match, RFC 9110)."""
    known = request.headers.get("if-none-match", "")
    return any(
        tag.strip().removeprefix("W/").strip('"') in {etag, "*"} for tag in known.split(",") if tag.strip()
    )
