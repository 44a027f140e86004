"""`/check`: upload a file, read the report, take the marked workbook away. Nothing is stored."""

import base64
import logging
from importlib.resources import files
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import JSONResponse, Response

from ontology.errors import ConfigurationError
from ontology.settings import Settings
from pipeline.check.checking import shown_name
from pipeline.check.place import Purpose
from pipeline.check.process import Answer, check_apart
from pipeline.forms import KINDS
from pipeline.reports.html import report_fragment
from pipeline.web.door import Door
from pipeline.web.frame import NOT_STORED, Language, framed, language_of
from pipeline.web.upload import Upload, read_upload

log = logging.getLogger(__name__)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_LINK: Final = 4_000_000
"""Bytes of a marked workbook that the page carries itself; a larger one has to be asked for."""
CANNOT_CHECK: Final = "Gerade kann nichts geprüft werden / nothing can be checked at the moment."
HERE: Final = "/"
"""Help pages lie on this server, whatever host the IRIs of the city have."""
TITLES: Final = {"de": "Formular prüfen", "en": "Check a form"}

_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
                    "department": {"type": "string"},
                    "format": {"type": "string", "enum": ["html", "json", "xlsx"]},
                },
            }
        }
    },
}


def check_router(settings: Settings) -> APIRouter:
    """Return the routes of `/check`."""
    router = APIRouter(tags=["check"])
    door = Door(settings.check_workers, settings.check_seconds)

    @router.get("/check", response_class=Response)
    async def form(request: Request) -> Response:
        """Show the form that a file is uploaded with."""
        return framed(request, "check.html", TITLES[language_of(request)], **_limits(settings))

    @router.post("/check", response_class=Response, openapi_extra={"requestBody": _BODY})
    async def check(request: Request) -> Response:
        """Check the uploaded file (field ``file``): as a page, JSON, or the marked workbook.

        Optional fields: ``kind``, ``year``, ``department`` (else the form or its name tells) and
        ``format`` (``html``, ``json``, ``xlsx``; else `Accept` decides).
        """
        async with door.inside():
            upload = await read_upload(request, settings.check_bytes)
            answer = await _answer(upload, settings, door)
        match _format(request, upload):
            case "xlsx" if answer.marked:
                return _workbook(upload, answer)
            case "json":
                return JSONResponse(answer.report.document(settings.base_iri), headers=NOT_STORED)
            case _:
                return _page(request, settings, upload, answer)

    @router.get("/check/style.css", response_class=Response, include_in_schema=False)
    async def style() -> Response:
        """Return the style of these pages and of the reports on them."""
        sheets = (files("pipeline.web") / "check.css", files("pipeline.reports") / "report.css")
        text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        return Response(text, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return router


async def _answer(upload: Upload, settings: Settings, door: Door) -> Answer:
    said = _said(upload)
    try:
        async with door.turn():
            return await check_apart(upload.name, upload.data, settings, said)
    except ConfigurationError as error:
        log.error("Files cannot be checked: %s", error)
        raise HTTPException(503, CANNOT_CHECK, {"Retry-After": "300"}) from error


def _said(upload: Upload) -> Purpose:
    kind = next((kind for kind in KINDS if kind == upload.fields.get("kind")), None)
    year = upload.fields.get("year", "")
    if year and not (year.isdecimal() and len(year) == 4):
        raise HTTPException(400, "Das Jahr ist vierstellig / the year has four digits.")
    return Purpose(kind, int(year) if year else None, upload.fields.get("department"))


def _format(request: Request, upload: Upload) -> str:
    """Return the wanted format: a field of the form wins over `Accept`."""
    wanted = upload.fields.get("format", "")
    if wanted in {"html", "json", "xlsx"}:
        return wanted
    accept = request.headers.get("accept", "")
    if "text/html" in accept:
        return "html"
    return "xlsx" if XLSX in accept else "json"


def _workbook(upload: Upload, answer: Answer) -> Response:
    name = _marked_name(upload)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(answer.marked, media_type=XLSX, headers={**NOT_STORED, **headers})


def _page(request: Request, settings: Settings, upload: Upload, answer: Answer) -> Response:
    language = language_of(request)
    other: Language = "de" if language == "en" else "en"
    link = None
    if answer.marked and len(answer.marked) <= LARGEST_LINK:
        link = f"data:{XLSX};base64,{base64.b64encode(answer.marked).decode()}"
    return framed(
        request,
        "report.html",
        TITLES[language],
        headers=NOT_STORED,
        report=report_fragment(answer.report, HERE, language),
        in_other_language=report_fragment(answer.report, HERE, other, level=2),
        link=link,
        marked_name=_marked_name(upload),
        **_limits(settings),
    )


def _limits(settings: Settings) -> dict[str, Any]:
    return {
        "megabytes": f"{settings.check_bytes / 1_000_000:g}",
        "rows": settings.form_rows,
        "seconds": f"{settings.check_seconds:g}",
    }


def _marked_name(upload: Upload) -> str:
    return f"{PurePath(shown_name(upload.name)).stem}-geprueft.xlsx"
