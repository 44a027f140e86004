"""The saved questions: a list of them, and each with its answer."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from starlette.responses import JSONResponse, Response

from api import answers, examples
from api.caching import caching_of_code
from api.charts import numbers_chart
from api.links import void_link
from api.negotiation import Offer, by_name, choose
from api.pages import within
from api.parameters import Once
from api.problems import ProblemError, not_acceptable, not_found
from api.query.formats import HTML, RESULTS
from api.query.job import Question, Term
from api.releases import Release
from api.saved_queries import SavedQuery, saved_queries
from api.state import Counted, House, InHouse, InRelease
from api.tables import select

router = APIRouter(tags=["queries"], dependencies=[Counted, Once])

_DEPARTMENTS: Final = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?key ?label WHERE {
  ?department a org:OrganizationalUnit ; dct:identifier ?key ; skos:prefLabel ?label .
  FILTER (LANG(?label) = "de")
}
ORDER BY ?label
"""
_OFFERS = (RESULTS[0], HTML, *RESULTS[1:])


_DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The answer", "content": examples.tables() | examples.page()},
    400: {"description": "The question has no such parameter, or its value is of another type"},
    404: {"description": "There is no such question"},
    406: {"description": "None of the accepted formats can be given"},
    429: {"description": "Too many requests or queries of this client; `Retry-After` says when to go on"},
    503: {"description": "Stopped at its time limit, or too many queries"},
}
_Name = Annotated[
    str,
    Path(description="A question that `/queries` lists; with `.rq`, its text", examples=["goals-by-year"]),
]


def _parameters() -> list[dict[str, Any]]:
    """Return how the parameters of all questions are described."""
    asked: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for query in saved_queries().values():
        for name, parameter in query.parameters.items():
            asked.setdefault(name, []).append(query.name)
            shown[name] = parameter.kind.example
    told = {name: f"Of {', '.join(questions)}" for name, questions in asked.items()}
    told["format"] = "Suffix of a format (json, xml, csv, tsv, html); wins over Accept"
    return [
        {
            "name": name,
            "in": "query",
            "schema": {"type": "string"},
            "description": description,
            "example": shown.get(name, "csv"),
        }
        for name, description in told.items()
    ]


@router.get("/queries", response_class=Response)
async def index(request: Request, house: InHouse) -> Response:
    """List the questions with their parameters, for people and machines."""
    queries = list(saved_queries().values())
    listed = Offer("application/json", "json")
    offer = _offer(request, (listed, HTML))
    if offer is HTML:
        return house.pages.render(request, "queries.html", queries=queries)
    response = JSONResponse([_summary(query) for query in queries], headers={"Vary": "Accept"})
    return _of_code(request, response)


@router.get(
    "/queries/{name}",
    response_class=Response,
    responses=_DESCRIBED,
    openapi_extra={"parameters": _parameters()},
)
async def answer(request: Request, house: InHouse, release: InRelease, name: _Name) -> Response:
    """Answer a question: a page for browsers, else SPARQL results as JSON, XML, CSV or TSV.

    `?format=json|xml|csv|tsv|html` wins over Accept; parameters such as `?year=2014` are optional.
    """
    query = saved_queries().get(name.removesuffix(".rq"))
    if query is None:
        raise not_found(f"There is no question {name!r}. /queries lists them.")
    if name.endswith(".rq"):
        return _of_code(request, Response(query.text, media_type="application/sparql-query"))
    offer = _offer(request, _OFFERS)
    terms = _terms(request, release, query)
    if offer is HTML:
        return await _page(request, house, release, query, terms)
    question = Question(release.store, query.text, substitutions=terms)
    headers = {"Content-Disposition": f'inline; filename="{query.name}.{offer.suffix}"'}
    return await answers.answer(request, house, release, question, offer, headers=headers)


def _of_code(request: Request, response: Response) -> Response:
    """Return content that comes with our code, with what lets it be kept and the way to the data."""
    response.headers.update(caching_of_code(bytes(response.body)) | {"Link": void_link(within(request))})
    return response


async def _page(
    request: Request, house: House, release: Release, query: SavedQuery, terms: dict[str, Term]
) -> Response:
    shown = await answers.show(request, house, Question(release.store, query.text, substitutions=terms))
    values = _given(request)
    return house.pages.render(
        request,
        "query.html",
        headers=answers.limit_headers(request, shown.rows),
        query=query,
        shown=shown,
        chart=numbers_chart(shown.table, query.chart) if shown.table and query.chart else None,
        values=values,
        asked=urlencode(values),
        years=[counts.year for counts in release.manifest.counts],
        departments=(await select(house.own, release, _DEPARTMENTS)).rows,
    )


def _offer(request: Request, offers: tuple[Offer, ...]) -> Offer:
    wanted = request.query_params.get("format")
    offer = by_name(wanted, offers) if wanted else choose(request.headers.get("accept"), offers)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in offers))
    return offer


def _given(request: Request) -> dict[str, str]:
    return {k: v for k, v in request.query_params.items() if k not in {"format", "lang"} and v}


def _terms(request: Request, release: Release, query: SavedQuery) -> dict[str, Term]:
    given = _given(request)
    try:
        return query.bind(given, release.base)
    except ValueError as error:
        raise ProblemError(400, str(error), "parameter-invalid") from error


def _summary(query: SavedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "href": f"/queries/{query.name}",
        "title": query.title,
        "description": query.description,
        "parameters": {
            name: {
                "type": parameter.type,
                "variable": parameter.variable,
                "example": parameter.kind.example,
                "values": [concept.notation for concept in parameter.kind.choices] or None,
            }
            for name, parameter in query.parameters.items()
        },
        "example": f"/queries/{query.name}?{urlencode(query.example)}",
        "sparql": query.text,
    }
