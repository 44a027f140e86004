"""What the HTTP interface offers: `/api`, the address that the catalogue names as its endpoint."""

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from api.caching import caching, tag_of, unchanged
from api.data.formats import JSON, chosen
from api.hosts import host_of
from api.negotiation import Offer
from api.pages import VARY, within
from api.parameters import LANGUAGE, refuse_unknown
from api.query.formats import HTML
from api.routes import goals, statistics
from api.state import Counted, InHouse, InRelease
from ontology.catalogue import Text

router = APIRouter(tags=["data"], dependencies=[Counted, Depends(refuse_unknown(LANGUAGE))])

OFFERS: Final = (JSON, HTML)


@dataclass(frozen=True)
class Door:
    """Something that can be asked: its path, what for, in which formats, and questions to begin with."""

    path: str
    title: Text
    formats: tuple[Offer, ...]
    examples: tuple[str, ...]


DOORS: Final = (
    Door(
        "/api/goals",
        Text(
            de="Die Ziele: gefiltert, sortiert und Seite für Seite",
            en="The goals: filtered, sorted and page by page",
        ),
        goals.OFFERS,
        ("/api/goals?sort=-year&limit=10", "/api/goals?state=selected&format=csv"),
    ),
    Door(
        "/api/statistics",
        Text(
            de="Wie viele Ziele es gibt, nach Jahr, Stand der Auswahl und Zielerreichung",
            en="How many goals there are, by year, selection state and attainment",
        ),
        statistics.OFFERS,
        ("/api/statistics?by=department", "/api/statistics?by=action-field&format=csv"),
    ),
)


@router.get("/api", response_class=Response)
async def interface(request: Request, house: InHouse, release: InRelease) -> Response:
    """Tell what can be asked below this address, with examples, as a page or as JSON."""
    if chosen(request, None, OFFERS) is HTML:
        return house.pages.render(request, "interface.html", headers={"Vary": VARY}, doors=DOORS)
    root = host_of(request).rstrip("/")
    headers = {"Vary": "Accept"} | caching(request, release, tag_of(release.id, "api", root))
    if response := unchanged(request, headers, exists=True):
        return response
    below = f"{root}{within(request)}"
    content = {
        "release": release.id,
        "documentation": f"{root}/docs",
        "description": f"{root}/openapi.json",
        "operations": [_operation(below, door) for door in DOORS],
    }
    return JSONResponse(content, headers=headers)


def _operation(below: str, door: Door) -> dict[str, Any]:
    return {
        "url": f"{below}{door.path}",
        "title": door.title.model_dump(),
        "formats": [offer.media_type for offer in door.formats],
        "examples": [f"{below}{example}" for example in door.examples],
    }
