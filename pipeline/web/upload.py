"""An uploaded file, held in memory and nowhere else, and refused as soon as it is too large."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

ENVELOPE = 64_000
"""Bytes that the form around the file may have."""


@dataclass(frozen=True)
class Upload:
    """A file with its name, and the other fields of the form."""

    name: str
    data: bytes
    fields: dict[str, str]


async def read_upload(request: Request, limit: int) -> Upload:
    """Return the file in the field ``file`` of a form (multipart/form-data, RFC 7578).

    Raises `HTTPException`: 413 beyond `limit` bytes, 415 for another kind of body, 400 without a file.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "Erwartet wird ein Formular mit Datei / expected is multipart/form-data.")
    parser = MultiPartParser(request.headers, _counted(request, limit + ENVELOPE), max_files=1, max_fields=10)
    parser.spool_max_size = limit + ENVELOPE  # beyond it, Starlette would write the file to disk
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, f"Das Formular ist unvollständig / incomplete: {error.message}") from error
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise HTTPException(400, "Es wurde keine Datei gewählt / no file was chosen.")
    data = await file.read()
    if len(data) > limit:
        raise _too_large(limit)
    fields = {name: value for name, value in form.items() if isinstance(value, str) and value}
    return Upload(file.filename, data, fields)


async def _counted(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit - ENVELOPE)
        yield chunk


def _too_large(limit: int) -> HTTPException:
    size = f"{limit / 1_000_000:g} MB"
    return HTTPException(413, f"Die Datei ist größer als {size} / the file is larger than {size}.")
