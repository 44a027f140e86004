"""The catalogue for data portals: `/catalog` in every RDF format, page by page with Hydra.

A page is put together from whole datasets, each with everything that belongs to it, since harvesters read
every page as a graph of its own. Whoever begins at the current release is led through the pages of that
very release, whatever is published meanwhile. There is no empty page: where no catalogue can be read the
answer is 503, for a harvester deletes what it does not see.

Things keep their IRIs on whatever host they are read; the links between pages lead to the host that was
asked, since that is where the harvester is.
"""

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.caching import caching, tag_of, unchanged
from api.catalogue import find_catalogue
from api.hosts import host_of
from api.negotiation import Offer, by_suffix, choose
from api.pages import within
from api.parameters import LANGUAGE, refuse_unknown
from api.problems import ProblemError, not_acceptable, not_found
from api.query.formats import GRAPHS, HTML, SAME_GRAPHS, written_as
from api.releases import Release
from api.routes.landing import catalogue_page
from api.state import Counted, InHouse, InRelease
from ontology.catalogue import SHARED_FILE, Catalogue, entry_file
from ontology.errors import NoReleaseError
from ontology.namespaces import XSD, expand
from ontology.rdf import german_first, serialise, triple_of

router = APIRouter(tags=["catalogue"], dependencies=[Counted, Depends(refuse_unknown("page", LANGUAGE))])

DATA: Final = (*GRAPHS, *SAME_GRAPHS)
OFFERS: Final = (*DATA, HTML)
_PAGE: Final = Query(description="Number of the page, from 1", ge=1, le=1_000_000)
PageNumber = Annotated[int, _PAGE]


@dataclass(frozen=True)
class Place:
    """Where a page is: the address it was asked for under, that of all pages, and which of how many it is."""

    asked: str
    address: str
    number: int
    last: int

    def url(self, number: int) -> str:
        """Return the address of a page."""
        return f"{self.address}?page={number}"


@router.get("/catalog", response_class=Response)
async def negotiated(request: Request, house: InHouse, release: InRelease, page: PageNumber = 1) -> Response:
    """Describe all datasets in DCAT-AP.de: RDF by Accept, Turtle by default, a page of it at a time."""
    offer = choose(request.headers.get("accept"), OFFERS)
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in OFFERS))
    catalogue = catalogue_of(release)
    if offer is HTML:
        links = [*_alternates(request, offer), *_whole(request, release, GRAPHS[0])]
        return catalogue_page(request, house, release, catalogue, links)
    return _answer(request, release, offer, "catalog", page, house.settings.catalog_page)


@router.get("/catalog.{suffix}", response_class=Response)
async def by_name(
    request: Request, house: InHouse, release: InRelease, suffix: str, page: PageNumber = 1
) -> Response:
    """Return the same in the format that the suffix names: ttl, jsonld, nt, rdf, n3, trig or nq.

    Whatever Accept says.
    """
    offer = by_suffix(suffix, DATA)
    if offer is None:
        raise not_found(f"There is no catalogue in the format {suffix!r}.")
    return _answer(request, release, offer, f"catalog.{suffix}", page, house.settings.catalog_page)


def catalogue_of(release: Release) -> Catalogue:
    """Return the catalogue of a release, which is read once. Raises `NoReleaseError` if it has none."""
    found = find_catalogue(release)
    if found is None or not found.datasets:
        raise NoReleaseError(f"The release {release.id} has no catalogue. Publish again.")
    return found


def _answer(request: Request, release: Release, offer: Offer, path: str, number: int, size: int) -> Response:
    catalogue = catalogue_of(release)
    total = len(catalogue.datasets)
    place = _place(request, release, path, number, -(-total // size))
    headers = {
        "Vary": "Accept",
        "Link": ", ".join([*_alternates(request, offer), *_whole(request, release, offer), *_paging(place)]),
        **caching(request, release, tag_of(release.id, offer, place, size)),
    }
    if response := unchanged(request, headers, exists=True):
        return response
    keys = [dataset.key for dataset in catalogue.datasets[(number - 1) * size : number * size]]
    triples = _triples(release, keys) | _hydra(f"{release.base}catalog", place, total)
    body = serialise(sorted(triples, key=german_first), written_as(offer))
    return Response(body, media_type=offer.content_type, headers=headers)


def _place(request: Request, release: Release, path: str, number: int, last: int) -> Place:
    """Return where a page is. Raises `ProblemError` for one that is not there."""
    if number > last:
        raise ProblemError(404, f"The catalogue has {last} pages.", "no-page", members={"pages": last})
    root = host_of(request)
    asked = f"{root}{request.url.path.lstrip('/')}"
    if "page" in request.query_params:
        asked += f"?page={number}"
    return Place(asked, f"{root}releases/{quote(release.id)}/{path}", number, last)


def _triples(release: Release, keys: list[str]) -> set[ox.Triple]:
    """Return what is said of the catalogue itself and of some datasets.

    Raises `ReleaseError` (answered with 503) if a file is not as it was published: half a page would be taken
    for whole.
    """
    paths = (SHARED_FILE, *(entry_file(key) for key in keys))
    return {
        quad.triple for path in paths for quad in ox.parse(release.read(path), format=ox.RdfFormat.N_TRIPLES)
    }


def _hydra(collection: str, place: Place, total: int) -> set[ox.Triple]:
    """Return the paging: how many datasets there are in all, and where the other pages are.

    The view is the page under the very address that was asked for; CKAN and piveau go by its links.
    """
    links = {"hydra:first": place.url(1), "hydra:last": place.url(place.last)}
    if place.number > 1:
        links["hydra:previous"] = place.url(place.number - 1)
    if place.number < place.last:
        links["hydra:next"] = place.url(place.number + 1)
    count = ox.Literal(str(total), datatype=ox.NamedNode(f"{XSD}integer"))
    return {
        triple_of(collection, "rdf:type", ox.NamedNode(expand("hydra:Collection"))),
        triple_of(collection, "hydra:totalItems", count),
        triple_of(collection, "hydra:view", ox.NamedNode(place.asked)),
        triple_of(place.asked, "rdf:type", ox.NamedNode(expand("hydra:PartialCollectionView"))),
        *(triple_of(place.asked, predicate, ox.NamedNode(url)) for predicate, url in links.items()),
    }


def _alternates(request: Request, chosen: Offer) -> list[str]:
    folder = within(request)
    return [
        f'<{folder}/catalog.{offer.suffix}>; rel="alternate"; type="{offer.media_type}"'
        for offer in GRAPHS
        if offer is not chosen
    ]


def _whole(request: Request, release: Release, offer: Offer) -> list[str]:
    """Return the link to all pages together, a file of the release that was asked, if it has one."""
    written = by_suffix(written_as(offer), GRAPHS) or GRAPHS[0]
    path = f"catalog/catalog.{written.suffix}"
    if release.output(path) is None:
        return []
    address, kind = f"{within(request)}/datasets/{path}", written.media_type
    return [f'<{address}>; rel="alternate"; type="{kind}"; title="the whole catalogue, one file"']


def _paging(place: Place) -> list[str]:
    near = (("prev", place.number - 1), ("next", place.number + 1))
    return [f'<{place.url(at)}>; rel="{name}"' for name, at in near if 1 <= at <= place.last]
