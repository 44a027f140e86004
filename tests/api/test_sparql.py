import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest

from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import BASE

pytestmark = pytest.mark.anyio

COUNT = "PREFIX sz: <https://w3id.org/stadtziele/ns#> SELECT (COUNT(*) AS ?n) { ?g a sz:Goal }"
COUNT_ALL = "SELECT (COUNT(*) AS ?n)"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s <https://w3id.org/stadtziele/ns#carriedOverFrom> ?o ; ?p ?o }"
DESCRIBE = f"DESCRIBE <{BASE}id/goal/2014-kulturamt-02>"
STATUS = f"{BASE}id/status/2014"


def assert_problem(response: httpx.Response, status: int, kind: str | None = None) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= problem.keys()
    assert problem["status"] == status
    assert "Traceback" not in response.text
    if kind:
        assert problem["type"].endswith(f"#{kind}")


async def ask(client: httpx.AsyncClient, query: str, accept: str | None = None) -> httpx.Response:
    headers = {"accept": accept} if accept else {}
    return await client.get("/sparql", params={"query": query}, headers=headers)


async def test_select_in_every_format(client: httpx.AsyncClient) -> None:
    as_json = await ask(client, COUNT)
    assert as_json.headers["content-type"] == "application/sparql-results+json"
    assert as_json.json()["results"]["bindings"][0]["n"]["value"] == "5"
    as_csv = await ask(client, COUNT, "text/csv")
    assert list(csv.reader(io.StringIO(as_csv.text))) == [["n"], ["5"]]
    as_tsv = await ask(client, COUNT, "text/tab-separated-values")
    assert as_tsv.text.splitlines() == ["?n", "5"]
    as_xml = await ask(client, COUNT, "application/sparql-results+xml")
    assert ET.fromstring(as_xml.text).tag.endswith("sparql")  # noqa: S314 -- our own answer
    as_html = await ask(client, COUNT, "text/html")
    assert "<td><span>5</span></td>" in as_html.text


@pytest.mark.parametrize("accept", [None, "text/csv", "application/xml", "text/tab-separated-values"])
async def test_ask(client: httpx.AsyncClient, accept: str | None) -> None:
    response = await ask(client, ASK, accept)
    assert response.status_code == 200
    assert "true" in response.text


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    ("accept", "given", "parser"),
    [
        (None, "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
async def test_graphs_in_every_format(
    client: httpx.AsyncClient, query: str, accept: str | None, given: str, parser: ox.RdfFormat
) -> None:
    response = await ask(client, query, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == given
    assert len(list(ox.parse(response.content, parser))) == (1 if query is CONSTRUCT else 8)
    assert "Accept" in response.headers["vary"]


async def test_a_format_parameter_wins_over_accept(client: httpx.AsyncClient) -> None:
    response = await client.get(
        "/sparql", params={"query": COUNT, "format": "csv"}, headers={"accept": "text/html"}
    )
    assert response.headers["content-type"].startswith("text/csv")
    assert_problem(await client.get("/sparql", params={"query": COUNT, "format": "ttl"}), 406)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("turtle", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("xml", "application/rdf+xml"),
        ("application/rdf xml", "application/rdf+xml"),
        ("JSON-LD", "application/ld+json"),
        ("json", "application/ld+json"),
        ("n-triples", "application/n-triples"),
    ],
)
async def test_formats_by_the_names_that_clients_give_them(
    client: httpx.AsyncClient, name: str, given: str
) -> None:
    response = await client.get("/sparql", params={"query": CONSTRUCT, "format": name})
    assert response.headers["content-type"] == given


async def test_both_sorts_of_post(client: httpx.AsyncClient) -> None:
    form = await client.post("/sparql", data={"query": COUNT})
    direct = await client.post("/sparql", content=COUNT, headers={"content-type": "application/sparql-query"})
    assert form.json() == direct.json()


async def test_what_cannot_be_accepted(client: httpx.AsyncClient) -> None:
    assert_problem(await ask(client, COUNT, "image/png"), 406, "not-acceptable")
    assert_problem(await ask(client, CONSTRUCT, "text/csv"), 406, "not-acceptable")


@pytest.mark.parametrize("address", ["/sparql?foo=1", "/sparql?query=", "/sparql?query=%20"])
async def test_a_missing_query(client: httpx.AsyncClient, address: str) -> None:
    assert_problem(await client.get(address), 400, "query-missing")


async def test_a_post_without_query(client: httpx.AsyncClient) -> None:
    assert_problem(await client.post("/sparql", data={"x": "y"}), 400, "query-missing")


async def test_a_repeated_query(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/sparql", params={"query": [ASK, ASK]}), 400, "query-repeated")
    headers = {"content-type": "application/sparql-query"}
    twice = await client.post("/sparql", params={"query": ASK}, content=ASK, headers=headers)
    assert_problem(twice, 400, "query-repeated")


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "query", "update"])
async def test_parameters_in_the_address_of_a_form(client: httpx.AsyncClient, name: str) -> None:
    misplaced = await client.post("/sparql", params={name: STATUS}, data={"query": ASK})
    assert_problem(misplaced, 400, "parameter-misplaced")
    assert misplaced.json()["parameter"] == name


async def test_a_format_in_the_address_or_in_the_form_but_once(client: httpx.AsyncClient) -> None:
    for place in (
        {"params": {"format": "csv"}, "data": {"query": COUNT}},
        {"data": {"query": COUNT, "format": "csv"}},
    ):
        response = await client.post("/sparql", **place)  # type: ignore[arg-type]
        assert response.headers["content-type"].startswith("text/csv")
    twice = await client.get("/sparql", params={"query": COUNT, "format": ["csv", "json"]})
    assert_problem(twice, 400, "parameter-repeated")
    both = await client.post("/sparql", params={"format": "csv"}, data={"query": COUNT, "format": "csv"})
    assert_problem(both, 400, "parameter-repeated")


async def test_types_of_bodies(client: httpx.AsyncClient) -> None:
    assert_problem(await client.post("/sparql", content=ASK), 400, "content-type-missing")
    as_text = await client.post("/sparql", content=ASK, headers={"content-type": "text/plain"})
    assert_problem(as_text, 415)
    for charset in ("utf-16", "iso-8859-1", '"latin1"', "no-such"):
        headers = {"content-type": f"application/sparql-query; charset={charset}"}
        other = await client.post("/sparql", content=ASK, headers=headers)
        assert_problem(other, 415, "charset-unsupported")
    for charset in ("utf-8", '"UTF-8"', "us-ascii"):
        headers = {"content-type": f"application/sparql-query;charset={charset}"}
        assert (await client.post("/sparql", content=ASK, headers=headers)).status_code == 200
    broken = {"content": b"\xff", "headers": {"content-type": "application/sparql-query"}}
    assert_problem(await client.request("POST", "/sparql", **broken), 400, "not-utf-8")  # type: ignore[arg-type]
    assert_problem(await client.get("/sparql?query=%FF"), 400, "not-utf-8")


async def test_updates_in_every_disguise(client: httpx.AsyncClient) -> None:
    update = "INSERT DATA { <http://a> <http://b> <http://c> }"
    assert_problem(await ask(client, update), 403, "query-refused")
    assert_problem(await client.post("/sparql", data={"update": update}), 403, "query-refused")
    headers = {"content-type": "application/sparql-update"}
    assert_problem(await client.post("/sparql", content=update, headers=headers), 403, "query-refused")


async def test_service_is_refused(client: httpx.AsyncClient) -> None:
    response = await ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert_problem(response, 403, "query-refused")
    assert "nothing is fetched" in response.json()["detail"]


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
async def test_foreign_graphs_are_refused(client: httpx.AsyncClient, clause: str) -> None:
    assert_problem(await ask(client, f"SELECT * {clause} <http://127.0.0.1:9/x> {{ ?s ?p ?o }}"), 400)


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
async def test_foreign_graphs_of_the_protocol_are_refused(client: httpx.AsyncClient, parameter: str) -> None:
    assert_problem(await client.get("/sparql", params={"query": ASK, parameter: "http://127.0.0.1:9/"}), 400)


async def test_a_character_that_is_none_is_no_error_of_ours(client: httpx.AsyncClient) -> None:
    for escape in ("\\uD800", "\\U0000DFFF", "\\U00110000"):
        response = await ask(client, f"ASK FROM <http://x/{escape}> {{}}")
        assert_problem(response, 400, "query-malformed")


async def test_words_that_run_into_each_other_are_refused(client: httpx.AsyncClient) -> None:
    for query in ("SELECTDISTINCT ?s {?s a ?o}", "ASKFROM <https://nope.example/> {?s ?p ?o}"):
        response = await ask(client, query)
        assert_problem(response, 400, "query-malformed")
        assert (response.json()["line"], response.json()["column"]) == (1, 1)


async def count(client: httpx.AsyncClient, query: str, **parameters: str) -> int:
    given = {name.replace("_", "-"): value for name, value in parameters.items()}
    response = await client.get("/sparql", params={"query": query, **given})
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


async def test_datasets_of_query_and_protocol(client: httpx.AsyncClient) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert await count(client, everything) > 100
    assert await count(client, f"{COUNT_ALL} FROM <{STATUS}> {{ ?s ?p ?o }}") == 4
    assert await count(client, f"{COUNT_ALL} FROM NAMED <{STATUS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == 4
    assert await count(client, everything, default_graph_uri=STATUS) == 4
    assert await count(client, named, default_graph_uri=STATUS) == 0
    assert await count(client, named, named_graph_uri=STATUS) == 4
    from_other = f"{COUNT_ALL} FROM <{BASE}id/status/2015> {{ ?s ?p ?o }}"
    assert await count(client, from_other, default_graph_uri=STATUS) == 4  # the protocol's dataset wins


async def test_syntax_errors_say_where(client: httpx.AsyncClient) -> None:
    response = await ask(client, "SELECT *\n{ ?s ?p }")
    assert_problem(response, 400, "query-malformed")
    assert (response.json()["line"], response.json()["column"]) == (2, 10)


async def test_a_browser_reads_errors_as_a_page(client: httpx.AsyncClient) -> None:
    response = await ask(client, "SELECT <script>", "text/html")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/html")
    assert "<script" not in response.text


async def test_too_long_a_query(published: Path, serving: Serving) -> None:
    async with serving(Settings(published=published, query_bytes=100)) as client:
        assert_problem(await ask(client, ASK + " " * 100), 413, "query-too-long")
        long = await client.post("/sparql", data={"query": "x" * 50_000})
        assert_problem(long, 413, "query-too-long")
        assert (await ask(client, ASK)).status_code == 200


async def test_other_methods(client: httpx.AsyncClient) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = await client.request(method, "/sparql")
        assert_problem(response, 405)
        assert response.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    options = await client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, POST, HEAD, OPTIONS")
    head = await client.head("/sparql", params={"query": COUNT})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0


async def test_every_origin_may_ask_but_without_credentials(client: httpx.AsyncClient) -> None:
    headers = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    preflight = await client.options("/sparql", headers=headers)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in preflight.headers
    error = await client.get("/sparql?foo=1", headers=headers)
    assert error.headers["access-control-allow-origin"] == "*"


async def test_without_query_there_is_a_form_or_a_description(client: httpx.AsyncClient) -> None:
    form = await client.get("/sparql", headers={"accept": "text/html"})
    assert "<textarea" in form.text
    description = await client.get("/sparql")
    told = [quad.object for quad in ox.parse(description.content, ox.RdfFormat.TURTLE)]
    assert any(str(value).endswith("UnionDefaultGraph>") for value in told)
    assert "@prefix sd: <" in description.text
    assert "a sd:Service" in description.text
    wants_results = await client.get("/sparql", headers={"accept": "application/sparql-results+json"})
    assert_problem(wants_results, 400, "query-missing")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ttl", "text/turtle; charset=utf-8"),
        ("json", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("html", "text/html; charset=utf-8"),
    ],
)
async def test_the_description_in_a_format_by_name(client: httpx.AsyncClient, name: str, given: str) -> None:
    response = await client.get("/sparql", params={"format": name}, headers={"accept": "text/csv"})
    assert response.headers["content-type"] == given


async def test_what_there_is_not_without_a_query(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/sparql", params={"format": "csv"}), 400, "query-missing")
    assert_problem(await client.get("/sparql", params={"format": "png"}), 406, "not-acceptable")
    assert_problem(await client.get("/sparql", headers={"accept": "image/png"}), 406, "not-acceptable")
