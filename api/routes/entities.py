"""Things and the documents about them: `/id/…` leads to `/doc/…` (303, as a thing is no document)."""

from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse, Response

from api import examples, problems
from api.caching import caching, tag_of, unchanged
from api.entities.description import Describer, Description
from api.entities.facts import Facts
from api.entities.gone import last_release_of
from api.negotiation import Offer, by_suffix, choose
from api.pages import VARY, language_of, within
from api.problems import ProblemError, not_acceptable, not_found
from api.query.formats import GRAPHS, HTML
from api.releases import Release
from api.routes.landing import landing_page
from api.state import Counted, House, InHouse, InRelease
from ontology.errors import ReleaseError
from ontology.rdf import serialise

router = APIRouter(tags=["things"], dependencies=[Counted])
documents = APIRouter(tags=["things"], dependencies=[Counted])

OFFERS: Final = (*GRAPHS, HTML)
_MEDIA_TYPES: Final = tuple(offer.media_type for offer in OFFERS)
_NOT_ACCEPTABLE: Final = {"description": "None of the accepted formats can be given"}
_DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The description", "content": examples.graphs() | examples.page()},
    404: {"description": "Never known"},
    406: _NOT_ACCEPTABLE,
    410: {
        "description": "Withdrawn, or known to an earlier release only: as it last stood",
        "content": examples.graphs() | examples.page() | {problems.MEDIA_TYPE: {}},
    },
    429: {"description": "Too many requests of this client; `Retry-After` says when to go on"},
}
_Path = Annotated[
    str,
    Path(
        description="What comes after `/id/` in the IRI of a thing (of a dataset: all of its path); a suffix "
        "names the format",
        examples=[examples.THING, f"{examples.THING}.ttl", "dataset/all"],
    ),
]


@router.get("/id/{path:path}", status_code=303, response_class=Response, responses={406: _NOT_ACCEPTABLE})
async def thing(request: Request, path: str) -> Response:
    """Lead from a thing to the document about it, in the format that Accept asks for."""
    return _to_document(request, path)


@router.get(
    "/dataset/{path:path}", status_code=303, response_class=Response, responses={406: _NOT_ACCEPTABLE}
)
async def dataset(request: Request, path: str) -> Response:
    """Lead from a dataset to the document about it."""
    return _to_document(request, f"dataset/{path}")


@documents.get("/doc/{path:path}", response_class=Response, responses=_DESCRIBED)
async def document(request: Request, house: InHouse, release: InRelease, path: _Path) -> Response:
    """Describe a thing: its triples, what leads to it, and what all of it is called.

    A suffix (`.html`, `.ttl`, `.jsonld`, `.nt`, `.rdf`) wins over Accept. A withdrawn goal is
    described with the status 410; so is what only an earlier release knew, as it last stood.
    """
    name, offer = _split(path)
    offer = offer or choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(_MEDIA_TYPES)
    kind = "" if name.startswith("dataset/") else "id/"
    headers = {"Vary": VARY if offer is HTML else "Accept", "Link": _alternates(request, name, offer)}
    headers |= caching(request, release, tag_of(release.id, name, offer, language_of(request)))
    if response := unchanged(request, headers):
        return response
    if offer is HTML and (page := await landing_page(request, house, release, name, headers)):
        return page
    description, former = await _described(house, release, f"{kind}{name}", name)
    if former:
        headers["Link"] += f', </releases/{former}/doc/{quote(name)}>; rel="predecessor-version"'
    status = 200
    if description.is_withdrawn or former:
        status = 410
        del headers["ETag"], headers["Last-Modified"]  # nothing to have, so nobody asks whether it changed
    if offer is HTML:
        return _page(request, house, description, name, headers, status, former)
    body = serialise(description.triples, offer.suffix)
    return Response(body, status, media_type=offer.content_type, headers=headers)


async def _described(house: House, release: Release, path: str, name: str) -> tuple[Description, str | None]:
    """Return the description of a thing, and the id of the release it comes from if it is gone since then.

    Raises `ProblemError`: 404 for what was never known, 410 if the release that knew it is gone too.
    """
    thing, document = f"{release.base}{path}", f"{release.base}doc/{name}"
    former = last_release_of(release, path)
    if former is None:  # a dataset may be gone though the graph still speaks of it, as of a cube
        try:
            found = await Describer(house.own, release).describe(thing, document)
        except ValueError as error:
            raise not_found("There is nothing at this address.") from error
        if found is None:
            raise not_found(f"This release knows nothing called {name!r}.")
        return found, None
    try:
        known = await Describer(house.own, house.releases.by_id(former)).describe(thing, document)
    except ReleaseError:
        known = None
    if known is None:
        raise ProblemError(410, f"{name!r} was published until release {former} and is no more.", "gone")
    return known, former


def _to_document(request: Request, path: str) -> Response:
    offer = choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(_MEDIA_TYPES)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/doc/{quote(path)}.{offer.suffix}{query}", 303, headers={"Vary": "Accept"})


def _split(path: str) -> tuple[str, Offer | None]:
    """Return a path without its suffix, and the format that the suffix names."""
    name, _, suffix = path.rpartition(".")
    offer = by_suffix(suffix, OFFERS)
    return (name, offer) if name and offer else (path, None)


def _alternates(request: Request, name: str, chosen: Offer) -> str:
    """Return the value of Link: every other format of a document (RFC 8288)."""
    return ", ".join(
        f'<{within(request)}/doc/{quote(name)}.{offer.suffix}>; rel="alternate"; type="{offer.media_type}"'
        for offer in OFFERS
        if offer is not chosen
    )


def _page(
    request: Request,
    house: House,
    description: Description,
    name: str,
    headers: dict[str, str],
    status: int,
    gone_since: str | None,
) -> Response:
    facts = Facts(description, language_of(request))
    template = "goal.html" if facts.is_a(facts.thing, "sz:Goal") else "thing.html"
    return house.pages.render(
        request,
        template,
        status=status,
        headers=headers,
        facts=facts,
        name=name,
        formats=GRAPHS,
        gone_since=gone_since,
    )
