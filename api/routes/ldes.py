"""The event stream: `/ldes`, its pages below, and each member under its own IRI.

It is that of the longest log there is, so that it never gets shorter, also after going back to an earlier
release. A full page never changes and may be kept for good; the root and the last page are asked for again.
People get pages that explain the same, with a frame around that does change.
"""

from typing import Annotated, Final

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from api.caching import caching_of_log, tag_of, unchanged
from api.changes import stream
from api.entities.description import Describer, Description
from api.entities.facts import Facts
from api.hosts import host_of
from api.negotiation import Offer, by_suffix, choose
from api.pages import VARY
from api.parameters import LANGUAGE, refuse_unknown
from api.problems import not_acceptable, not_found
from api.query.formats import GRAPHS, HTML, SAME_GRAPHS, written_as
from api.releases import Release
from api.state import Counted, House, InHouse
from ontology.events import Log, Page
from ontology.iris import Iris
from ontology.rdf import serialise

router = APIRouter(tags=["changes"], dependencies=[Counted, Depends(refuse_unknown(LANGUAGE))])

DATA: Final = tuple(
    offer
    for suffix in ("ttl", "jsonld", "nt", "n3", "trig", "nq")
    if (offer := by_suffix(suffix, (*GRAPHS, *SAME_GRAPHS)))
)
OFFERS: Final = (*DATA, HTML)
SHOWN: Final = 100
"""Pages of the stream that its page for people lists."""
_MOST: Final = 1_000_000_000
Number = Annotated[int, Path(ge=1, le=_MOST)]


@router.get("/ldes", response_class=Response)
async def root(request: Request, house: InHouse) -> Response:
    """Describe the stream of all versions of goals, decisions and datasets, and lead to its pages."""
    release, log = house.releases.longest_log()
    offer, host = _chosen(request), host_of(request)
    if offer is HTML:
        return _page_of_stream(request, house, log)
    tag = tag_of("ldes", release.id, host, offer)
    headers = _headers(tag, log.pages[-1] if log.pages else None, is_closed=False)
    return unchanged(request, headers, exists=True) or _answer(stream.root(log, host), offer, headers)


@router.get("/ldes/{number}", response_class=Response)
async def page(request: Request, house: InHouse, number: Number) -> Response:
    """Return a page of the stream: versions in the order in which they came about, each with all it says."""
    release, log = house.releases.longest_log()
    if number > len(log.pages):
        raise not_found(f"The stream has {len(log.pages)} pages. /ldes leads to all of them.")
    asked = log.pages[number - 1]
    offer, host = _chosen(request), host_of(request)
    if offer is HTML:
        triples = stream.page(release.folder, log, number, host)
        return await _page_of_versions(request, house, log, asked, triples)
    tag = tag_of("ldes", number, _content(release, log, asked), host, offer)
    headers = _headers(tag, asked, is_closed=asked.closed)
    if response := unchanged(request, headers, exists=True):
        return response
    return _answer(stream.page(release.folder, log, number, host), offer, headers)


@router.get("/event/{number}", response_class=Response)
async def member(request: Request, house: InHouse, number: Number) -> Response:
    """Return one version of a goal, a decision or a dataset, which never changes."""
    release, log = house.releases.longest_log()
    asked = log.page_with(number)
    if asked is None:
        raise not_found(f"The stream has {log.members} members.")
    offer = _chosen(request)
    if offer is HTML:
        triples = stream.member(release.folder, log, number)
        return await _page_of_member(request, house, log, asked, number, triples)
    headers = _headers(tag_of("event", number, log.base, offer), asked, is_closed=True)
    if response := unchanged(request, headers, exists=True):
        return response
    return _answer(stream.member(release.folder, log, number), offer, headers)


def _chosen(request: Request) -> Offer:
    offer = choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in OFFERS))
    return offer


def _page_of_stream(request: Request, house: House, log: Log) -> Response:
    """Return for people what the stream is."""
    return house.pages.render(
        request,
        "stream.html",
        headers={"Vary": VARY},
        log=log,
        pages=log.pages[: -SHOWN - 1 : -1],
        formats=DATA,
        host=host_of(request),
    )


async def _page_of_versions(
    request: Request, house: House, log: Log, page: Page, triples: list[ox.Triple]
) -> Response:
    """Return for people which versions a page of the stream has, the newest first."""
    iris = Iris(log.base)
    numbers = range(page.last, page.first - 1, -1)
    return house.pages.render(
        request,
        "versions.html",
        headers={"Vary": VARY},
        facts=await _facts(request, house, stream.stream_iri(log), triples),
        base=log.base,
        page=page,
        pages=len(log.pages),
        members=[(number, iris.event(number)) for number in numbers],
    )


async def _page_of_member(
    request: Request, house: House, log: Log, page: Page, number: int, triples: list[ox.Triple]
) -> Response:
    """Return for people what a thing said in one version."""
    return house.pages.render(
        request,
        "version.html",
        headers={"Vary": VARY},
        facts=await _facts(request, house, Iris(log.base).event(number), triples),
        base=log.base,
        page=page,
        number=number,
        host=host_of(request),
    )


async def _facts(request: Request, house: House, thing: str, triples: list[ox.Triple]) -> Facts:
    """Return what some triples say for a page, in which what they speak of has the names of today."""
    labels = await Describer(house.own, house.releases.current()).labels(triples)
    description = Description(thing, thing, (*triples, *sorted(labels, key=str)), ())
    return Facts(description, house.pages.language(request))


def _headers(tag: str, page: Page | None, *, is_closed: bool) -> dict[str, str]:
    at = page.until if page else None
    return {"Vary": "Accept"} | caching_of_log(tag, at, is_closed=is_closed)


def _content(release: Release, log: Log, page: Page) -> str:
    """Return what tells the content of a page from any other."""
    output = release.output(page.path)
    return output.sha256 if output else f"{log.base} {page.last}"


def _answer(triples: list[ox.Triple], offer: Offer, headers: dict[str, str]) -> Response:
    body = serialise(triples, written_as(offer))
    return Response(body, media_type=offer.content_type, headers=headers)
