"""The catalogue in the formats that portals ask for; how they harvest it is in `tests/journeys`."""

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from api.negotiation import Offer
from api.routes.catalog import DATA
from ontology.catalogue import CATALOG, read_catalogue
from ontology.settings import Settings
from tests.api.conftest import serve
from tests.api.releases import switch, write_release

pytestmark = pytest.mark.anyio

HOST = "http://testserver/"


def triples(response: httpx.Response, offer: Offer) -> set[str]:
    """Return what an answer says but for the addresses of its pages, which name the format."""
    form = ox.RdfFormat.from_media_type(offer.media_type)
    assert form is not None
    assert response.status_code == 200
    assert response.headers["content-type"] == offer.content_type
    return {str(quad.triple) for quad in ox.parse(response.content, form) if HOST not in str(quad)}


@pytest.mark.parametrize("offer", DATA, ids=lambda offer: offer.suffix)
async def test_every_format_says_the_same(client: httpx.AsyncClient, offer: Offer) -> None:
    (expected,) = (item for item in DATA if item.suffix == "nt")
    known = triples(await client.get("/catalog.nt"), expected)
    assert known
    asked = await client.get("/catalog", headers={"Accept": offer.media_type})
    named = await client.get(f"/catalog.{offer.suffix}")
    assert triples(asked, offer) == triples(named, offer) == known
    assert asked.headers["etag"] != named.headers["etag"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("text/rdf+n3", "text/n3"),
        ("application/x-trig", "application/trig"),
        ("text/n3;q=0.9, application/rdf+xml;q=0.8", "text/n3"),
    ],
)
async def test_turtle_is_first_among_equals(client: httpx.AsyncClient, accept: str, media_type: str) -> None:
    response = await client.get("/catalog", headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type


async def test_what_is_no_format_of_graphs_is_refused(client: httpx.AsyncClient) -> None:
    refused = await client.get("/catalog", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert {"text/n3", "application/trig", "application/n-quads"} <= set(refused.json()["available"])
    assert (await client.get("/catalog.csv")).status_code == 404


async def test_a_list_of_datasets_that_is_not_as_it_was_published_is_no_catalogue(tmp_path: Path) -> None:
    """A dataset that is left out of it would be deleted by portals."""
    folder = write_release(tmp_path)
    switch(tmp_path)
    catalogue = read_catalogue(folder)
    assert catalogue is not None
    for datasets in (catalogue.datasets[1:], catalogue.datasets):
        text = catalogue.model_copy(update={"datasets": datasets}).model_dump_json()
        (folder / CATALOG).write_text(text)
        is_whole = datasets == catalogue.datasets
        async with serve(Settings(published=tmp_path)) as client:
            for path in ("/catalog", "/catalog.rdf", "/doc/dataset/all.html", "/sitemap.xml"):
                response = await client.get(path)
                assert response.status_code == (200 if is_whole else 503), path
                assert ("retry-after" in response.headers) is not is_whole
