"""Results of queries as HTTP responses: with what lets them be kept, and open about their limits.

Whatever the public asks comes through here, and here gets the limit on rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.caching import caching, unchanged
from api.clients import client_of, unless_gone
from api.links import folder_of, whole_data_link
from api.negotiation import Offer
from api.query.errors import LargeResultError
from api.query.job import Question
from api.query.results import Result, key_of
from api.releases import Release
from api.sending import LargeResponse
from api.state import House
from api.tables import Table, parse_table

PAGE_ROWS: Final = 1_000
PAGE_CELLS: Final = 20_000
PAGE_BYTES: Final = 1_000_000
"""What a page shows of a result at most: a page is built up in the server's memory, and nobody reads more."""


@dataclass(frozen=True)
class Shown:
    """What a page shows of a result: a table, or a graph as Turtle, or neither of one that is too large.

    `rows` are those that it ends with where there are more, or may be.
    """

    table: Table | None = None
    turtle: str | None = None
    rows: int | None = None


async def answer(
    request: Request,
    house: House,
    release: Release,
    question: Question,
    offer: Offer,
    *,
    headers: Mapping[str, str] | None = None,
    keep: bool = True,
) -> Response:
    """Return the answer to a question of the public in one format, or 304 for those who have it.

    `keep` is false for a question whose answer is another one each time.
    """
    question = _limited(house, replace(question, results=offer.media_type, graph=offer.media_type))
    told = {"Vary": "Accept", "X-Release": release.id, "Cache-Control": "no-store", **(headers or {})}
    if keep:
        told |= caching(request, release, key_of(question))
        if response := unchanged(request, told):
            return response
    result = await ask(request, house, question, keep=keep)
    told |= limit_headers(request, result.rows)
    if isinstance(result.content, bytes):
        return Response(result.content, media_type=offer.content_type, headers=told)
    reading = house.spool.read(result.content, client_of(request))
    rate = house.settings.send_rate
    return LargeResponse(reading, media_type=offer.content_type, headers=told, rate=rate)


async def show(request: Request, house: House, question: Question, *, keep: bool = True) -> Shown:
    """Return what a page shows of the answer to a question of the public."""
    question = replace(question, graph="text/turtle", rows=PAGE_ROWS, result_bytes=PAGE_BYTES)
    try:
        result = await ask(request, house, question, keep=keep)
    except LargeResultError:
        return Shown()
    if result.media_type == question.graph:
        return Shown(turtle=result.read().decode(), rows=result.rows)
    whole = parse_table(result.read())
    table = whole.first(PAGE_CELLS)
    return Shown(table=table, rows=result.rows if table == whole else len(table.rows))


async def ask(request: Request, house: House, question: Question, *, keep: bool = True) -> Result:
    """Return the answer to a question of the public, for as long as somebody waits for it."""
    question = _limited(house, question)
    if keep and (kept := house.public.kept(question)):
        return kept
    asking = house.public.ask(question, client=client_of(request), keep=keep)
    return await unless_gone(request, asking)


def _limited(house: House, question: Question) -> Question:
    """Return a question that ends at the limit on rows, or before if it wants no more."""
    most = house.settings.result_rows
    return replace(question, rows=min(question.rows or most, most))


def limit_headers(request: Request, rows: int | None) -> dict[str, str]:
    """Return what says that a result ends at a limit on rows, if it does, and where the whole data is."""
    if rows is None:
        return {}
    return {
        "X-Result-Limit": f"rows={rows}; reached",
        "Link": whole_data_link(folder_of(request.path_params)),
    }
