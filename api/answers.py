"""Results of queries as HTTP responses: with what lets them be kept, and open about their limits."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.caching import caching, unchanged
from api.clients import client_of, unless_gone
from api.negotiation import Offer
from api.query.job import Question
from api.query.results import Result, key_of
from api.releases import Release
from api.state import House


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
    question = replace(question, results=offer.media_type, graph=offer.media_type)
    told = {"Vary": "Accept", "X-Release": release.id, "Cache-Control": "no-store", **(headers or {})}
    if keep:
        told |= caching(request, release, key_of(question))
        if response := unchanged(request, told):
            return response
    result = await ask(request, house, question, keep=keep)
    return _response(result, offer, told | limit_headers(result))


async def ask(request: Request, house: House, question: Question, *, keep: bool = True) -> Result:
    """Return the answer to a question of the public, for as long as somebody waits for it."""
    if keep and (kept := house.public.kept(question)):
        return kept
    asking = house.public.ask(question, client=client_of(request), keep=keep)
    return await unless_gone(request, asking)


def limit_headers(result: Result) -> dict[str, str]:
    """Return what says that a result ends at the limit on rows, and where the whole data is."""
    if result.rows is None:
        return {}
    return {
        "X-Result-Limit": f"rows={result.rows}; reached",
        "Link": '</datasets/>; rel="related"; title="the whole data"',
    }


def _response(result: Result, offer: Offer, headers: dict[str, str]) -> Response:
    if isinstance(result.content, bytes):
        return Response(result.content, media_type=offer.content_type, headers=headers)
    headers["Content-Length"] = str(result.size)
    return StreamingResponse(result.chunks(), media_type=offer.content_type, headers=headers)
