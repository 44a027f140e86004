"""The files of a release, as the manifest names them, with checksums as entity tags.

They are sent as they lie there, never compressed on the way: so a tag holds for the bytes, and a part of a
file is a part of it for everybody. A file that has a twin (`x.csv` and `x.csv.gz`) is sent compressed from
there to those who read gzip, unless they ask for a part.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from api.caching import caching, unchanged
from api.problems import not_found
from api.ranges import wanted_part
from api.releases import Release
from api.state import InHouse, InRelease
from ontology.contract import CSVW_SUFFIX, CSVW_TYPE, MANIFEST, OutputFile
from ontology.errors import ReleaseError

router = APIRouter(tags=["datasets"])

GZIP: Final = "application/gzip"
_TWIN: Final = ".gz"
_PIECE: Final = 1 << 16
_REFUSED: Final = re.compile(r"\s*q\s*=\s*0(\.0{0,3})?\s*")


@router.get("/.well-known/csvm", include_in_schema=False)
async def csvm() -> Response:
    """Tell where what is said of a table lies (Tabular Data Model, section 5.3)."""
    return Response(f"{{+url}}{CSVW_SUFFIX}\n", media_type="text/plain; charset=utf-8")


@router.get("/datasets/", response_class=Response)
async def index(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show all files of the current release."""
    return house.pages.render(request, "datasets.html", manifest=release.manifest)


@router.get("/datasets", include_in_schema=False)
async def index_without_slash(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show the same without the slash."""
    return await index(request, house, release)


@router.get("/datasets/{path:path}", response_class=Response)
async def file(request: Request, release: InRelease, path: str) -> Response:
    """Return a file of the release, or the part of it that Range asks for.

    `manifest.json` lists all files with size and SHA-256, which is the entity tag too.
    """
    media_type, tag = _known(release, path)
    headers = {"Accept-Ranges": "bytes"} | _described_by(release, path)
    if twin := _twin(request, release, path):
        path, tag = twin.path, twin.sha256
        headers["Content-Encoding"] = "gzip"
    headers |= caching(request, release, tag, is_weak=False)
    if response := unchanged(request, headers, exists=True):
        return response
    return _response(request, _whole(release, path), media_type, headers)


def _known(release: Release, path: str) -> tuple[str, str]:
    """Return media type and entity tag of a file that the release has. Raises `ProblemError`.

    A compressed file is what it is called: nobody's client should unpack it on the way.
    """
    if path == MANIFEST:
        return "application/json", release.id
    output = release.output(path)
    if output is None:
        raise not_found(f"The release has no file {path!r}. /datasets/{MANIFEST} lists them all.")
    return GZIP if path.endswith(_TWIN) else output.media_type, output.sha256


def _whole(release: Release, path: str) -> Path:
    """Return where a file is that is as long as the manifest says.

    Raises `ReleaseError` (answered with 503) for any other: half a file would be taken for whole.
    """
    found, output = release.folder / path, release.output(path)
    try:
        is_whole = output is None or found.stat().st_size == output.bytes
    except OSError as error:
        raise ReleaseError(f"{path} of the release {release.id} cannot be read.") from error
    if not is_whole:
        raise ReleaseError(f"{path} of the release {release.id} is not as long as its manifest says.")
    return found


def _described_by(release: Release, path: str) -> dict[str, str]:
    """Return the header that leads from a table to what is said of it (Tabular Data Model, section 5.2)."""
    if release.output(path + CSVW_SUFFIX) is None:
        return {}
    name = quote(path.rpartition("/")[2] + CSVW_SUFFIX)
    return {"Link": f'<{name}>; rel="describedby"; type="{CSVW_TYPE}"'}


def _twin(request: Request, release: Release, path: str) -> OutputFile | None:
    """Return the compressed twin of a file if there is one and the client wants it."""
    is_wanted = "range" not in request.headers and _reads_gzip(request.headers.get("accept-encoding", ""))
    return release.output(path + _TWIN) if is_wanted else None


def _reads_gzip(accept_encoding: str) -> bool:
    readable: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        coding, _, parameter = part.partition(";")
        readable[coding.strip()] = _REFUSED.fullmatch(parameter) is None
    return readable.get("gzip", readable.get("*", False))


def _response(request: Request, path: Path, media_type: str, headers: dict[str, str]) -> Response:
    size = path.stat().st_size
    part = wanted_part(request.headers, headers, size)
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    sent = range(size) if part is None else part
    headers["Content-Length"] = str(len(sent))
    status = 200 if part is None else 206
    return StreamingResponse(_pieces(path, sent), status, headers, _with_charset(media_type))


def _pieces(path: Path, part: range) -> Iterator[bytes]:
    left = len(part)
    with path.open("rb") as opened:
        opened.seek(part.start)
        while left > 0 and (piece := opened.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
