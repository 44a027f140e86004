"""The SPARQL endpoint: SPARQL 1.1 Protocol, query part, over the current release.

Here: reading the request and choosing the format. Running is `api.query.service`, refusing
`api.query.guard`. Without a query there is a form for browsers and a service description for others.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from api import answers, examples
from api.answers import Shown
from api.caching import caching, tag_of, unchanged
from api.negotiation import Offer, by_name, choose, prefers_html
from api.pages import language_of
from api.problems import ProblemError, not_acceptable
from api.query.formats import GRAPHS, HTML, RESULTS
from api.query.guard import REMEMBERED, Inspected, inspect, refuse_foreign_graphs
from api.query.job import Question
from api.releases import Release
from api.routes.ns import vocabulary_of_ours
from api.routes.service_description import OWN_PREFIXES, service_description
from api.routes.sparql_request import FORM, QUERY, SparqlRequest, read_get, read_post
from api.routes.static import has_editor
from api.saved_queries import saved_queries
from api.state import Counted, House, InHouse, InRelease
from api.tables import select
from api.texts import Language
from ontology.namespaces import PREFIXES, SZ
from ontology.rdf import serialise

router = APIRouter(tags=["sparql"], dependencies=[Counted])

_FIRST_PREFIXES: Final = ("sz", "dct", "prov", "schema", "skos", "xsd")
_FIRST_PATTERN: Final = """
SELECT ?year ?goal ?title WHERE {
  ?goal a sz:Goal ; sz:year ?year ; dct:title ?title .
}
ORDER BY ?year ?goal
LIMIT 20
"""
_GRAPHS_QUERY: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": examples.tables() | examples.graphs() | examples.page()},
    400: {"description": "The query is missing, repeated or malformed, or names a foreign graph"},
    403: {"description": "SERVICE or an update"},
    405: {"description": "Only GET, HEAD, POST and OPTIONS are possible"},
    406: {"description": "None of the accepted formats can be given, or XML cannot hold the result"},
    413: {"description": "The text of the query is over its limit"},
    415: {"description": "The body is of an unknown type"},
    422: {"description": "The result is over its limit"},
    429: {"description": "Too many requests or queries of this client; `Retry-After` says when to go on"},
    503: {"description": "Stopped at its time limit, or too many queries"},
}


_QUERIES: Final = {
    "SELECT": {"summary": "Goals by year", "value": examples.SELECT},
    "CONSTRUCT": {"summary": "Titles of some goals as triples", "value": examples.CONSTRUCT},
}
_TEXT: Final = {"type": "string"}
_IRIS: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_GRAPHS_ASKED: Final = {"in": "query", "schema": _IRIS}
_PARAMETERS: Final = [
    {
        "name": "query",
        "in": "query",
        "schema": _TEXT,
        "description": "SPARQL 1.1 query, once",
        "examples": _QUERIES,
    },
    {
        "name": "default-graph-uri",
        "description": "Graphs of this release that make up the default graph",
        **_GRAPHS_ASKED,
    },
    {
        "name": "named-graph-uri",
        "description": "Graphs of this release that GRAPH may name",
        **_GRAPHS_ASKED,
    },
    {
        "name": "format",
        "in": "query",
        "schema": _TEXT,
        "description": "Suffix of a format (json, xml, csv, tsv, ttl, jsonld, nt, rdf, html)",
        "example": "csv",
    },
]
_BODY: Final = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "properties": {"query": {"type": "string"}},
                "required": ["query"],
            },
            "example": {"query": examples.SELECT},
        },
        QUERY: {"schema": {"type": "string"}, "examples": _QUERIES},
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
    if not set(request.query_params) - {"lang", "format"}:
        return await _without_query(request, house, release)
    asked = read_get(request.url.query, house.settings.query_bytes)
    return await _run(request, house, release, asked)


@router.post("/sparql", response_class=Response, responses=_RESPONSES, openapi_extra={"requestBody": _BODY})
async def query_by_post(request: Request, house: InHouse, release: InRelease) -> Response:
    """Run a query sent as a form (`query=…`) or as `application/sparql-query`."""
    asked = await read_post(request, house.settings.query_bytes)
    return await _run(request, house, release, asked)


async def _run(request: Request, house: House, release: Release, asked: SparqlRequest) -> Response:
    inspected = await _inspect(house, asked.query)
    await _refuse_foreign_graphs(house, release, asked, inspected)
    offer = _offer(request.headers.get("accept"), asked.format, inspected)
    question = Question(
        store=release.store,
        query=asked.query,
        same_as=inspected.text,
        own_dataset=bool(inspected.graphs),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    if offer is HTML:
        shown = await answers.show(request, house, question, keep=inspected.is_fixed)
        kept = {} if inspected.is_fixed else {"Cache-Control": "no-store"}
        headers = answers.limit_headers(request, shown.rows) | kept
        downloads = [offer.suffix for offer in _offers(inspected)]
        return _form(request, house, asked.query, shown=shown, headers=headers, downloads=downloads)
    return await answers.answer(request, house, release, question, offer, keep=inspected.is_fixed)


async def _inspect(house: House, query: str) -> Inspected:
    """Read a query, a long one beside the event loop: reading 64 KB takes a moment that others need."""
    if len(query) <= REMEMBERED:
        return inspect(query)
    return await to_thread.run_sync(inspect, query, limiter=house.reading)


async def _refuse_foreign_graphs(
    house: House, release: Release, asked: SparqlRequest, inspected: Inspected
) -> None:
    named = (*asked.default_graphs, *asked.named_graphs, *inspected.graphs)
    if named:
        refuse_foreign_graphs(named, await _graphs(house, release))


def _offers(inspected: Inspected) -> tuple[Offer, ...]:
    return GRAPHS if inspected.is_graph else RESULTS


def _offer(accept: str | None, wanted: str | None, inspected: Inspected) -> Offer:
    """Return the format of the answer; a query that cannot be read gets any, its error comes later."""
    offers = (*_offers(inspected), HTML)
    offer = by_name(wanted, offers) if wanted else choose(accept, offers)
    if offer is None and inspected.form is not None:
        raise not_acceptable(tuple(offer.media_type for offer in offers))
    return offer or offers[0]


def _form(
    request: Request,
    house: House,
    query: str | None = None,
    *,
    shown: Shown | None = None,
    downloads: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    return house.pages.render(
        request,
        "sparql.html",
        headers=headers,
        query=query,
        shown=shown,
        downloads=downloads,
        first=_first_query(),
        examples=list(saved_queries().values()),
        prefixes=PREFIXES,
        settings=house.settings,
        editor=_editor_data(language_of(request)) if has_editor() else None,
    )


def _first_query() -> str:
    """Return what stands in the form at first: the prefixes of this data and a question that works."""
    told = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _FIRST_PREFIXES)
    return f"{told}{_FIRST_PATTERN}"


def _editor_data(language: Language) -> dict[str, object]:
    """Return what the editor's script needs: prefixes, and the vocabulary for completion."""
    known = vocabulary_of_ours()
    return {
        "prefixes": PREFIXES,
        "classes": [SZ + entry.name for entry in known.classes],
        "properties": [SZ + entry.name for entry in known.properties],
        "label": "SPARQL query" if language == "en" else "SPARQL-Abfrage",
    }


async def _without_query(request: Request, house: House, release: Release) -> Response:
    """Return the editor to browsers, the service description (SPARQL 1.1 SD, section 2) to others."""
    offer = _offer_of_description(request)
    if offer is HTML:
        return _form(request, house)
    endpoint = str(request.url.replace(query=""))
    tag = tag_of(release.id, endpoint, offer, house.settings)
    headers = {"Vary": "Accept", **caching(request, release, tag)}
    if response := unchanged(request, headers):
        return response
    graphs = sorted(await _graphs(house, release))
    triples = service_description(endpoint, release, house.settings, graphs)
    body = serialise(triples, offer.suffix, OWN_PREFIXES)
    return Response(body, media_type=offer.content_type, headers=headers)


def _offer_of_description(request: Request) -> Offer:
    """Return the format of what is told without a query; who wants a result has forgotten theirs."""
    accept, wanted = request.headers.get("accept"), request.query_params.get("format")
    if not wanted and prefers_html(accept):
        return HTML
    offer = by_name(wanted, (*GRAPHS, HTML)) if wanted else choose(accept, GRAPHS)
    if offer is not None:
        return offer
    if by_name(wanted, RESULTS) if wanted else choose(accept, RESULTS):
        raise ProblemError(400, "The parameter “query” is missing.", "query-missing")
    raise not_acceptable(tuple(offer.media_type for offer in (*GRAPHS, HTML)))


async def _graphs(house: House, release: Release) -> frozenset[str]:
    """Return the names of the graphs of a release."""
    if "graphs" not in release.memo:
        table = await select(house.own, release, _GRAPHS_QUERY)
        release.memo["graphs"] = frozenset(row["g"].text for row in table.rows)
    found: frozenset[str] = release.memo["graphs"]
    return found
