"""The description of the whole dataset in VoID, where clients look for it (`/.well-known/void`)."""

from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.caching import caching, tag_of, unchanged
from api.links import VOID_PATH
from api.negotiation import choose
from api.pages import within
from api.problems import not_acceptable, not_found
from api.query.formats import GRAPHS, HTML
from api.query.job import Question
from api.releases import Release
from api.state import Counted, House, InHouse, InRelease
from ontology.contract import WHOLE
from ontology.iris import Iris
from ontology.rdf import serialise

router = APIRouter(tags=["things"], dependencies=[Counted])

OFFERS: Final = (*GRAPHS, HTML)


@router.get(f"/{VOID_PATH}", response_class=Response)
async def void(request: Request, house: InHouse, release: InRelease) -> Response:
    """Describe the whole dataset: what is in it, how much of each class and property, and where to get it.

    RDF by Accept, Turtle by default; browsers are led to a page that says the same.
    """
    offer = choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in OFFERS))
    if offer is HTML:
        return RedirectResponse(f"{within(request)}/doc/dataset/{WHOLE}", 303, {"Vary": "Accept"})
    headers = {"Vary": "Accept"} | caching(request, release, tag_of(release.id, VOID_PATH, offer))
    if response := unchanged(request, headers):
        return response
    triples = await _description(house, release)
    if not triples:
        raise not_found("This release has no description in VoID.")
    return Response(serialise(triples, offer.suffix), media_type=offer.content_type, headers=headers)


async def _description(house: House, release: Release) -> list[ox.Triple]:
    graph = Iris(release.base).dataset(WHOLE)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    body = (await house.own.ask(Question(store=release.store, query=query))).read()
    return sorted({quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)}, key=str)
