"""The goals one by one: `/api/goals`, for those who filter and page rather than ask in SPARQL."""

from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import anyio
import pyoxigraph as ox
from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from api.caching import caching, tag_of, unchanged
from api.data.formats import CSV, JSON, JSONLD, chosen, csv_table
from api.data.goals import TABLE, GoalsQuery, Page, find_goals
from api.negotiation import Offer
from api.parameters import Once
from api.problems import ProblemError, not_found
from api.query.job import Question
from api.releases import Release
from api.state import Counted, House, InHouse, InRelease
from ontology.iris import Iris
from ontology.rdf import serialise

router = APIRouter(tags=["data"], dependencies=[Counted, Once])

OFFERS: Final = (JSON, JSONLD, CSV)
_EXAMPLE: Final = {
    "release": "20270101T060000.000000Z-0123abcd",
    "total": 1,
    "goals": [
        {
            "iri": "https://ziele.esslingen.example/id/goal/2014-kulturamt-03",
            "id": "2014-kulturamt-03",
            "year": 2014,
            "department": "kulturamt",
            "product_group": "25.20",
            "title": "Ein erfundenes Ziel",
            "selection_state": "ausgewählt",
            "attainment": "in Arbeit",
        }
    ],
    "next": None,
}
_DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A page of goals; `Link` leads to the next and the first page of the same release",
        "content": {
            JSON.media_type: {"example": _EXAMPLE},
            JSONLD.media_type: {},
            CSV.media_type: {
                "example": "iri,id,year\r\n"
                "https://ziele.esslingen.example/id/goal/2014-kulturamt-03,2014-kulturamt-03,2014\r\n"
            },
        },
    }
}
_CALCULATING: Final = anyio.CapacityLimiter(2)
"""Tables that are read at a time; the others wait."""


@router.get("/api/goals", response_class=Response, responses=_DESCRIBED)
async def goals(
    request: Request, house: InHouse, release: InRelease, query: Annotated[GoalsQuery, Query()]
) -> Response:
    """List goals by year, product, department, action field, state, attainment and words in their texts.

    The links of a page stay in the release that it came from: following them to the end gives every
    goal once, even if another release is published meanwhile.
    """
    offer = chosen(request, query.format, OFFERS)
    headers = {"Vary": "Accept"} | caching(request, release, tag_of(release.id, query, offer))
    if response := unchanged(request, headers):
        return response
    page = await _page(release, query)
    headers["Link"] = _links(release, query, page)
    headers["X-Total-Count"] = str(page.total)
    if offer is CSV:
        headers["Content-Disposition"] = 'inline; filename="goals.csv"'
        table = csv_table(("iri", *page.columns), _with_iris(release, page))
        return Response(table, media_type=offer.content_type, headers=headers)
    if offer is JSONLD:
        return Response(
            await _graph(house, release, page, offer), media_type=offer.content_type, headers=headers
        )
    return JSONResponse(_json(release, query, page), headers=headers)


async def _page(release: Release, query: GoalsQuery) -> Page:
    if release.output(TABLE) is None:
        raise not_found("This release has no table of goals.")
    read = partial(find_goals, release.folder / TABLE, query)
    try:
        return await anyio.to_thread.run_sync(read, limiter=_CALCULATING)
    except ValueError as error:
        raise ProblemError(400, f"{error}", "parameter-invalid") from error


def _json(release: Release, query: GoalsQuery, page: Page) -> dict[str, Any]:
    return {
        "release": release.id,
        "total": page.total,
        "goals": [{name: _plain(value) for name, value in row.items()} for row in _with_iris(release, page)],
        "next": _address(release, query, page.next) if page.next else None,
    }


def _with_iris(release: Release, page: Page) -> list[dict[str, Any]]:
    iris = Iris(release.base)
    return [{"iri": iris.goal(row["id"]), **row} for row in page.rows]


def _plain(value: object) -> object:
    """Return a value for JSON; numbers of goals have few digits, which a double holds exactly enough."""
    return float(value) if isinstance(value, Decimal) else value


async def _graph(house: House, release: Release, page: Page, offer: Offer) -> bytes:
    """Return what the release itself says of the goals of a page."""
    iris = Iris(release.base)
    wanted = " ".join(f"<{iris.goal(row['id'])}>" for row in page.rows)
    query = f"CONSTRUCT {{ ?goal ?p ?o }} WHERE {{ VALUES ?goal {{ {wanted} }} ?goal ?p ?o }}"
    body = (await house.own.ask(Question(store=release.store, query=query))).read()
    triples = {quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)}
    return serialise(sorted(triples, key=str), offer.suffix)


def _links(release: Release, query: GoalsQuery, page: Page) -> str:
    """Return the `Link` header (RFC 8288); a first page has no cursor."""
    cursors = {"first": "", "prev": page.previous, "next": page.next}
    return ", ".join(
        f'<{_address(release, query, cursor)}>; rel="{rel}"'
        for rel, cursor in cursors.items()
        if cursor is not None
    )


def _address(release: Release, query: GoalsQuery, cursor: str) -> str:
    asked = query.model_dump(exclude_none=True, exclude_defaults=True, exclude={"cursor"})
    parameters = urlencode(asked | ({"cursor": cursor} if cursor else {}))
    return f"/releases/{release.id}/api/goals" + (f"?{parameters}" if parameters else "")
