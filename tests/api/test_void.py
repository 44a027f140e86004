"""The description of the whole dataset, and the ways that lead to it."""

import httpx
import pyoxigraph as ox
import pytest

from api.negotiation import Offer
from api.query.formats import GRAPHS
from ontology.namespaces import expand
from tests.api.releases import BASE, RELEASE
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

PATH = "/.well-known/void"
WHOLE = ox.NamedNode(f"{BASE}dataset/all")


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.suffix)
async def test_the_same_in_every_format(client: httpx.AsyncClient, offer: Offer) -> None:
    response = await client.get(PATH, headers={"Accept": offer.media_type})
    assert response.headers["Content-Type"] == offer.content_type
    form = ox.RdfFormat.from_media_type(offer.media_type)
    triples = {quad.triple for quad in ox.parse(response.content, form)}
    kind = ox.Triple(WHOLE, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("void:Dataset")))
    assert kind in triples
    turtle = await client.get(PATH)
    assert triples == {quad.triple for quad in ox.parse(turtle.content, ox.RdfFormat.TURTLE)}


async def test_browsers_are_led_to_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get(PATH, headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (303, "/doc/dataset/all")
    page = await client.get(response.headers["Location"], headers={"Accept": "text/html"})
    assert "Kommunale Ziele" in page.text
    assert "<dt>Tripel</dt><dd>" in page.text
    assert 'href="/dataset/all/class/sz-Goal"' in page.text


async def test_a_part_has_a_document(client: httpx.AsyncClient) -> None:
    response = await client.get("/dataset/all/class/sz-Goal", follow_redirects=True)
    assert response.status_code == 200
    assert "sz:Goal" in response.text


async def test_it_is_linked_from_everywhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers={"Accept": "text/html"})
    assert f'rel="describedby" type="text/turtle" href="{PATH}"' in page.text
    document = await client.get("/doc/goal/2014-kulturamt-01.ttl")
    assert document.links["describedby"]["url"] == PATH
    assert "void:inDataset <https://stadt.example/dataset/all>" in document.text
    service = await client.get("/sparql", headers={"Accept": "text/turtle"})
    assert f"<{BASE}.well-known/void>" in service.text


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/sparql",
        "/sparql?query=ASK%20{}",
        "/api/goals",
        "/api/goals?format=csv",
        "/api/statistics",
        "/queries",
        "/queries/goals-by-year",
        "/queries/goals-by-year.rq",
        "/doc/goal/2014-kulturamt-01",
        "/datasets/",
        "/datasets/manifest.json",
    ],
)
async def test_its_address_is_in_the_header_of_everything(client: httpx.AsyncClient, address: str) -> None:
    for folder in ("", f"/releases/{RELEASE}"):
        for accept in ("*/*", "text/html, */*;q=0.1"):
            response = await client.get(folder + address, headers={"Accept": accept})
            assert response.status_code == 200
            assert response.links["describedby"]["url"] == folder + PATH


@pytest.mark.parametrize("address", ["/ns", "/ns.ttl", "/ns/shapes", "/ns/context.jsonld"])
async def test_its_address_is_in_the_header_of_the_vocabulary(
    client: httpx.AsyncClient, address: str
) -> None:
    for accept in ("*/*", "text/html"):
        response = await client.get(address, headers={"Accept": accept})
        assert response.links["describedby"]["url"] == PATH


async def test_a_fixed_release_has_its_own(client: httpx.AsyncClient) -> None:
    response = await client.get(f"/releases/{RELEASE}{PATH}")
    assert "immutable" in response.headers["Cache-Control"]
    again = {"If-None-Match": response.headers["ETag"]}
    assert (await client.get(PATH, headers=again)).status_code == 304


async def test_what_cannot_be_given(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get(PATH, headers={"Accept": "image/png"}), 406, "not-acceptable")
