"""The description of the interface: its examples are true, and it tells of what goes wrong."""

import json
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from api import examples
from api.query.formats import GRAPHS, RESULTS
from api.saved_queries import saved_queries

pytestmark = pytest.mark.anyio

DECLARED = {
    "/sparql": {"400", "403", "405", "406", "413", "415", "422", "429", "503"},
    "/queries/{name}": {"400", "404", "406", "429", "503"},
    "/doc/{path}": {"404", "406", "410", "429"},
    "/id/{path}": {"406"},
}


async def operation(client: httpx.AsyncClient, path: str, method: str = "get") -> dict[str, Any]:
    described: dict[str, Any] = (await client.get("/openapi.json")).json()["paths"][path][method]
    return described


@pytest.mark.parametrize("path", DECLARED)
async def test_what_goes_wrong_is_declared(client: httpx.AsyncClient, path: str) -> None:
    assert DECLARED[path] <= (await operation(client, path))["responses"].keys()


@pytest.mark.parametrize(
    ("path", "offers"),
    [("/sparql", (*RESULTS, *GRAPHS)), ("/queries/{name}", RESULTS), ("/doc/{path}", GRAPHS)],
)
async def test_every_format_has_an_example_that_can_be_read(
    client: httpx.AsyncClient, path: str, offers: tuple[Any, ...]
) -> None:
    content = (await operation(client, path))["responses"]["200"]["content"]
    assert content.keys() == {*(offer.media_type for offer in offers), "text/html"}
    for offer in offers:
        example = content[offer.media_type]["example"]
        body = example if isinstance(example, str) else json.dumps(example)
        if offer in GRAPHS:
            graph = {quad.triple for quad in ox.parse(body, ox.RdfFormat.from_media_type(offer.media_type))}
            assert len(graph) == 2
        elif offer.suffix in {"json", "xml", "tsv"}:
            form = ox.QueryResultsFormat.from_media_type(offer.media_type)
            found = ox.parse_query_results(body, form)
            assert isinstance(found, ox.QuerySolutions)
            assert len(list(found)) == 2
        else:
            assert body.splitlines()[0] == "year,goals"


@pytest.mark.parametrize("query", [examples.SELECT, examples.CONSTRUCT])
async def test_queries_can_be_run_as_they_stand(client: httpx.AsyncClient, query: str) -> None:
    (parameter,) = [p for p in (await operation(client, "/sparql"))["parameters"] if p["name"] == "query"]
    assert query in [example["value"] for example in parameter["examples"].values()]
    body = (await operation(client, "/sparql", "post"))["requestBody"]["content"]
    assert all("example" in described or "examples" in described for described in body.values())
    response = await client.get("/sparql", params={"query": query})
    assert response.status_code == 200
    assert len(response.content) > 100


async def test_parameters_of_questions_are_described(client: httpx.AsyncClient) -> None:
    described = {p["name"]: p for p in (await operation(client, "/queries/{name}"))["parameters"]}
    asked = {name for query in saved_queries().values() for name in query.parameters}
    assert described.keys() == {"name", "format", *asked}
    (question,) = described["name"]["schema"]["examples"]
    for name in saved_queries()[question].parameters:
        values = {name: described[name]["example"], "format": described["format"]["example"]}
        assert (await client.get(f"/queries/{question}", params=values)).status_code == 200


async def test_things_have_examples(client: httpx.AsyncClient) -> None:
    (parameter,) = (await operation(client, "/doc/{path}"))["parameters"]
    for path in parameter["schema"]["examples"]:
        assert (await client.get(f"/doc/{path}")).status_code == 200
