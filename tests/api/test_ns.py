import httpx
import pyoxigraph as ox
import pytest

from ontology.namespaces import SZ
from ontology.vocabulary import context
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("address", ["/ns", "/ns/shapes"])
@pytest.mark.parametrize("suffix", FORMATS)
async def test_every_format(client: httpx.AsyncClient, address: str, suffix: str) -> None:
    media_type, format_ = FORMATS[suffix]
    by_suffix = await client.get(f"{address}.{suffix}")
    by_accept = await client.get(address, headers={"accept": media_type})
    assert by_suffix.content == by_accept.content
    assert by_suffix.headers["content-type"].startswith(media_type)
    as_turtle = await client.get(f"{address}.ttl")
    count = len(set(ox.parse(as_turtle.content, ox.RdfFormat.TURTLE)))
    assert len(set(ox.parse(by_suffix.content, format_))) == count > 100


async def test_the_page_has_a_place_for_every_term(client: httpx.AsyncClient) -> None:
    page = (await client.get("/ns", headers={"accept": "text/html"})).text
    turtle = (await client.get("/ns.ttl")).content
    for quad in ox.parse(turtle, ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SZ):
            assert f'id="{quad.subject.value.removeprefix(SZ)}"' in page


async def test_the_context(client: httpx.AsyncClient) -> None:
    response = await client.get("/ns/context.jsonld")
    assert response.json() == {"@context": context()}
    assert response.headers["content-type"] == "application/ld+json"


async def test_unknown_formats(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/ns.png"), 404)
    assert_problem(await client.get("/ns", headers={"accept": "image/png"}), 406)
