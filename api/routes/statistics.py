"""How many goals there are: `/api/statistics`, from the same cube that SPARQL answers from."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from api.caching import caching, tag_of, unchanged
from api.data.formats import CSV, JSON, chosen, csv_table
from api.data.statistics import COLUMNS, StatisticsQuery, as_row, find_numbers
from api.parameters import Once
from api.state import Counted, InHouse, InRelease
from ontology.iris import Iris

router = APIRouter(tags=["data"], dependencies=[Counted, Once])

OFFERS: Final = (JSON, CSV)
_DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The numbers; those of zero are left out",
        "content": {
            JSON.media_type: {
                "example": {
                    "release": "20270101T060000.000000Z-0123abcd",
                    "dataset": "https://ziele.esslingen.example/dataset/statistics",
                    "total": 14,
                    "numbers": [
                        {
                            "year": 2014,
                            "of": "https://ziele.esslingen.example/id/department/kulturamt",
                            "key": "kulturamt",
                            "label": "Kulturamt",
                            "state": "selected",
                            "attainment": "not-reported",
                            "goals": 14,
                        }
                    ],
                }
            },
            CSV.media_type: {
                "example": "year,of,key,label,state,attainment,goals\r\n"
                "2014,https://ziele.esslingen.example/id/department/kulturamt,kulturamt,Kulturamt,"
                "selected,not-reported,14\r\n"
            },
        },
    }
}


@router.get("/api/statistics", response_class=Response, responses=_DESCRIBED)
async def statistics(
    request: Request, house: InHouse, release: InRelease, query: Annotated[StatisticsQuery, Query()]
) -> Response:
    """Count the goals by year, selection state and attainment, and by one thing more.

    A goal with several action fields counts in each of them; in every other way of counting, once.
    """
    offer = chosen(request, query.format, OFFERS)
    headers = {"Vary": "Accept"} | caching(request, release, tag_of(release.id, query, offer))
    if response := unchanged(request, headers):
        return response
    numbers = await find_numbers(house.own, release, query)
    if offer is CSV:
        headers["Content-Disposition"] = f'inline; filename="statistics-{query.by}.csv"'
        return Response(
            csv_table(COLUMNS, map(as_row, numbers)), media_type=offer.content_type, headers=headers
        )
    content = {
        "release": release.id,
        "dataset": Iris(release.base).dataset("statistics"),
        "total": sum(number.goals for number in numbers),
        "numbers": [as_row(number) for number in numbers],
    }
    return JSONResponse(content, headers=headers)
