"""The SPARQL endpoint: SPARQL 1.1 Protocol, query part, over the current release.

Here: reading the request and choosing the format. Running is `api.query.service`, refusing
`api.query.guard`. Without a query there is a form for browsers and a service description for others.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.negotiation import Offer, by_suffix, choose, prefers_html
from api.problems import ProblemError, not_acceptable
from api.query.formats import GRAPHS, HTML, RESULTS
from api.query.guard import Inspected, inspect, refuse_foreign_graphs
from api.query.job import Job, Reply
from api.rdf import serialise
from api.releases import Release
from api.routes.service_description import service_description
from api.routes.sparql_request import FORM, QUERY, SparqlRequest, read_get, read_post
from api.saved_queries import saved_queries
from api.state import House, InHouse, InRelease
from api.tables import Table, parse_table, select
from ontology.namespaces import PREFIXES

router = APIRouter(tags=["sparql"])

HTML_BYTES: Final = 5_000_000
HTML_ROWS: Final = 1_000
_GRAPHS_QUERY: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {offer.media_type: {} for offer in (*RESULTS, *GRAPHS)}},
    400: {"description": "The query is missing, repeated or malformed, or names a foreign graph"},
    403: {"description": "SERVICE or an update"},
    406: {"description": "None of the accepted formats can be given"},
    413: {"description": "The text of the query is over its limit"},
    415: {"description": "The body is of an unknown type"},
    503: {"description": "Stopped at its time limit, too many queries, or the result is over its limit"},
}


_PARAMETERS: Final = [
    {"name": name, "in": "query", "required": False, "schema": {"type": kind}, "description": told}
    for name, kind, told in (
        ("query", "string", "SPARQL 1.1 query, once"),
        ("default-graph-uri", "array", "Graphs of this release that make up the default graph"),
        ("named-graph-uri", "array", "Graphs of this release that GRAPH may name"),
        ("format", "string", "Suffix of a format (json, xml, csv, tsv, ttl, jsonld, nt, rdf, html)"),
    )
]
_BODY: Final = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "properties": {"query": {"type": "string"}},
                "required": ["query"],
            }
        },
        QUERY: {"schema": {"type": "string"}},
    },
}


@router.get(
    "/sparql", response_class=Response, responses=_RESPONSES, openapi_extra={"parameters": _PARAMETERS}
)
async def query_by_get(
    request: Request,
    house: InHouse,
    release: InRelease,
) -> Response:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query; without one, describe the service."""
    if not set(request.query_params) - {"lang"}:
        return _without_query(request, house, release)
    asked = read_get(request.url.query, house.settings.query_bytes)
    return await _run(request, house, release, asked)


@router.post("/sparql", response_class=Response, responses=_RESPONSES, openapi_extra={"requestBody": _BODY})
async def query_by_post(request: Request, house: InHouse, release: InRelease) -> Response:
    """Run a query sent as a form (`query=…`) or as `application/sparql-query`."""
    asked = await read_post(request, house.settings.query_bytes)
    return await _run(request, house, release, asked)


async def _run(request: Request, house: House, release: Release, asked: SparqlRequest) -> Response:
    inspected = inspect(asked.query)
    await _refuse_foreign_graphs(house, release, asked, inspected)
    offer = _offer(request.headers.get("accept"), asked.format, inspected)
    job = Job(
        store=release.store,
        query=asked.query,
        own_dataset=bool(inspected.graphs),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    if offer is HTML:
        job = replace(job, graph="text/turtle", result_bytes=HTML_BYTES)
        reply = await house.public.run(job)
        return _page(request, house, release, asked.query, reply)
    reply = await house.public.run(replace(job, results=offer.media_type, graph=offer.media_type))
    headers = {"Vary": "Accept", "X-Release": release.id}
    return Response(reply.body, media_type=offer.content_type, headers=headers)


async def _refuse_foreign_graphs(
    house: House, release: Release, asked: SparqlRequest, inspected: Inspected
) -> None:
    named = (*asked.default_graphs, *asked.named_graphs, *inspected.graphs)
    if not named:
        return
    if "graphs" not in release.memo:
        table = await select(house.own, release, _GRAPHS_QUERY)
        release.memo["graphs"] = frozenset(row["g"].text for row in table.rows)
    refuse_foreign_graphs(named, release.memo["graphs"])


def _offer(accept: str | None, wanted: str | None, inspected: Inspected) -> Offer:
    """Return the format of the answer; a query that cannot be read gets any, its error comes later."""
    offers = (*(GRAPHS if inspected.is_graph else RESULTS), HTML)
    offer = by_suffix(wanted, offers) if wanted else choose(accept, offers)
    if offer is None and inspected.form is not None:
        raise not_acceptable(tuple(offer.media_type for offer in offers))
    return offer or offers[0]


def _page(request: Request, house: House, release: Release, query: str, reply: Reply) -> Response:
    is_table = reply.media_type == Job.results
    return _form(
        request,
        house,
        query=query,
        table=parse_table(reply.body) if is_table else None,
        turtle=None if is_table else reply.body.decode(),
        headers={"X-Release": release.id},
    )


def _form(
    request: Request,
    house: House,
    *,
    query: str | None = None,
    table: Table | None = None,
    turtle: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    return house.pages.render(
        request,
        "sparql.html",
        headers=headers,
        query=query,
        table=table,
        turtle=turtle,
        limit=HTML_ROWS,
        examples=list(saved_queries().values()),
        prefixes=PREFIXES,
        settings=house.settings,
    )


def _without_query(request: Request, house: House, release: Release) -> Response:
    """Return the form to browsers, the service description (SPARQL 1.1 SD, section 2) to others."""
    accept = request.headers.get("accept")
    if prefers_html(accept):
        return _form(request, house)
    offer = choose(accept, GRAPHS)
    if offer is None:
        raise ProblemError(400, "The parameter “query” is missing.", "query-missing")
    triples = service_description(str(request.url_for("query_by_get")), release.base)
    return Response(serialise(triples, offer), media_type=offer.content_type, headers={"Vary": "Accept"})
