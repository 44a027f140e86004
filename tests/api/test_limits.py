"""Limits as clients meet them: told beforehand, and told when they are reached."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest

from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import RELEASE

pytestmark = pytest.mark.anyio

ALL = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
async def test_a_table_that_ends_at_the_limit_says_so(
    serving: Serving,
    published: Path,
    format: str,  # noqa: A002
) -> None:
    async with serving(Settings(published=published, result_rows=7)) as client:
        response = await client.get("/sparql", params={"query": ALL, "format": format})
        whole = await client.get("/sparql", params={"query": f"{ALL} LIMIT 6", "format": format})
        truth = await client.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "format": format})
    assert response.headers["x-result-limit"] == "rows=7; reached"
    assert '</datasets/>; rel="related"' in response.headers["link"]
    assert "x-result-limit" not in whole.headers
    assert "x-result-limit" not in truth.headers
    match format:
        case "json":
            assert len(response.json()["results"]["bindings"]) == 7
            assert response.json()["limit"]["rows"] == 7
            assert "limit" not in whole.json()
        case "xml":
            assert len(ET.fromstring(response.text)[1]) == 7  # noqa: S314 -- our own answer
            assert "limit of 7 rows" in response.text
            assert "limit" not in whole.text
        case "csv":
            assert len(list(csv.reader(io.StringIO(response.text)))) == 8
        case _:
            assert len(response.text.splitlines()) == 8


@pytest.mark.parametrize("format", ["csv", "html"])
async def test_saved_questions_and_pages_end_at_the_limit_too(
    serving: Serving,
    published: Path,
    format: str,  # noqa: A002
) -> None:
    async with serving(Settings(published=published, result_rows=1)) as client:
        for address in ("/queries/goals-by-year?", f"/sparql?query={ALL}&"):
            response = await client.get(f"{address}format={format}")
            assert response.headers["x-result-limit"] == "rows=1; reached"
            rows = response.text.partition("<tbody>")[2].count("<tr>") or len(response.text.splitlines()) - 1
            assert rows == 1


async def test_a_limit_that_no_number_can_hold_is_one_of_many(client: httpx.AsyncClient) -> None:
    response = await client.get("/sparql", params={"query": f"SELECT * {{ ?s ?p ?o }} LIMIT {'9' * 5_000}"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("format", "parser"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
async def test_a_graph_that_ends_at_the_limit_says_so(
    serving: Serving,
    published: Path,
    format: str,  # noqa: A002
    parser: ox.RdfFormat,
) -> None:
    async with serving(Settings(published=published, result_rows=7)) as client:
        response = await client.get("/sparql", params={"query": GRAPH, "format": format})
        whole = await client.get("/sparql", params={"query": f"{GRAPH} LIMIT 7", "format": format})
    assert response.headers["x-result-limit"] == "rows=7; reached"
    assert "x-result-limit" not in whole.headers
    assert len(set(ox.parse(response.content, parser))) == len(set(ox.parse(whole.content, parser))) == 7
    assert ("limit" in response.text) > ("limit" in whole.text)


async def test_large_results_are_sent_whole(client: httpx.AsyncClient) -> None:
    query = "SELECT * { ?s ?p ?o . ?a ?b ?o } LIMIT 5000"
    plain = {"accept-encoding": "identity"}
    response = await client.get("/sparql", params={"query": query}, headers=plain)
    assert len(response.json()["results"]["bindings"]) == 5_000
    assert int(response.headers["content-length"]) == len(response.content) > 1 << 18
    head = await client.head("/sparql", params={"query": query}, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == response.headers["content-length"]


async def test_a_client_that_asks_too_often_is_told_when_to_come_back(
    serving: Serving, published: Path
) -> None:
    async with serving(Settings(published=published, client_requests=3)) as client:
        for address in ("/sparql?query=ASK {}", "/doc/goal/2014-kulturamt-01", "/queries/rule-of-five"):
            assert (await client.get(address)).status_code == 200
        for address in ("/sparql?query=ASK {}", "/doc/goal/2014-kulturamt-01", "/queries"):
            refused = await client.get(address)
            assert refused.status_code == 429
            assert refused.json()["type"].endswith("#too-many-requests")
            assert 0 < int(refused.headers["retry-after"]) <= 20  # less what the requests before took
        for address in ("/health/ready", "/metrics", "/static/style.css"):
            assert (await client.get(address)).status_code == 200


RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REFUSALS = {
    "query_bytes": (10, 413, ALL),
    "result_bytes": (1_000, 422, ALL),
    "client_requests": (1, 429, "ASK {}"),
    "query_seconds": (0.5, 503, RUNAWAY),
}


@pytest.mark.parametrize("field", REFUSALS)
@pytest.mark.parametrize("folder", ["", f"/releases/{RELEASE}"])
async def test_a_refusal_names_its_limit_and_the_way_out(
    serving: Serving, published: Path, field: str, folder: str
) -> None:
    value, status, query = REFUSALS[field]
    settings = Settings.model_validate({"published": published, field: value})
    async with serving(settings) as client:
        for _ in range(2):
            response = await client.get(f"{folder}/sparql", params={"query": query})
        page = await client.get(f"{folder}/sparql", params={"query": query}, headers={"accept": "text/html"})
    assert response.status_code == status
    assert response.json()["limit"] == {"setting": f"STADTZIELE_{field.upper()}", "value": value}
    assert response.headers["link"].startswith(f'<{folder}/datasets/>; rel="related"')
    assert ("retry-after" in response.headers) == (status in {429, 503})
    assert f'href="{folder}/datasets/' in page.text


async def test_a_cut_answer_of_a_fixed_release_leads_to_its_files(serving: Serving, published: Path) -> None:
    async with serving(Settings(published=published, result_rows=7)) as client:
        for format_ in ("csv", "html"):
            response = await client.get(
                f"/releases/{RELEASE}/sparql", params={"query": ALL, "format": format_}
            )
            assert f'</releases/{RELEASE}/datasets/>; rel="related"' in response.headers["link"]


async def test_limits_stand_in_the_description(client: httpx.AsyncClient) -> None:
    response = await client.get("/sparql", headers={"accept": "application/n-triples"})
    store = ox.Store()
    store.load(response.content, ox.RdfFormat.N_TRIPLES)
    query = """PREFIX schema: <https://schema.org/> PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
    SELECT ?name ?value ?unit { ?service a sd:Service ; schema:additionalProperty
      [ schema:name ?name ; schema:maxValue ?value ; schema:unitCode ?unit ] }"""
    found = {row["name"].value: (row["value"].value, row["unit"].value) for row in store.query(query)}  # type: ignore[union-attr]
    assert found["Longest time of a query"] == ("10", "SEC")
    assert found["Most rows (or triples) of the result of a query"] == ("500000", "C62")
    assert found["Most memory (address space) of a process that runs queries"] == ("2000000000", "AD")
    assert len(found) == 9  # this client may ask without end


async def test_a_limit_that_is_none_does_not_stand_in_the_description(
    serving: Serving, published: Path
) -> None:
    name = '"Requests for data by one client in a minute; 0 sets no limit"'
    for requests in (0, 600):
        async with serving(Settings(published=published, client_requests=requests)) as client:
            assert (name in (await client.get("/sparql")).text) == bool(requests)


LONG = "CONCAT(?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x)"
WIDE = f"""SELECT (CONCAT(STR(?n), ?c) AS ?long) {{
  BIND ("0123456789" AS ?a) BIND ({LONG.replace("?x", "?a")} AS ?b) BIND ({LONG.replace("?x", "?b")} AS ?c)
  VALUES ?n {{ {" ".join(map(str, range(2_000)))} }}
}}"""
"""Two thousand rows with a value of a little over a thousand characters each."""


async def test_a_page_shows_the_beginning_of_long_values(client: httpx.AsyncClient) -> None:
    page = await client.post("/sparql", data={"query": f"{WIDE} LIMIT 3", "format": "html"})
    assert page.text.count("0123456789" * 99) == 3
    assert "0123456789" * 100 not in page.text
    assert "von langen Werten nur der Anfang" in page.text


async def test_a_result_too_large_for_a_page_is_given_as_a_file(client: httpx.AsyncClient) -> None:
    for query in (WIDE, f"CONSTRUCT {{ <urn:a> <urn:b> ?long }} {{ {{ {WIDE} }} }}"):
        page = await client.post("/sparql", data={"query": query, "format": "html"})
        assert page.status_code == 200
        assert len(page.content) < 200_000
        assert "für eine Seite zu groß" in page.text
        assert 'download="sparql.' in page.text


async def test_a_page_shows_no_more_cells_than_it_can(client: httpx.AsyncClient) -> None:
    columns = " ".join(f"?x{number}" for number in range(500))
    page = await client.get(
        "/sparql", params={"query": f"SELECT ?s {columns} {{ ?s ?p ?o }}", "format": "html"}
    )
    assert page.text.count("<tr>") == 1 + 20_000 // 501
    assert page.headers["x-result-limit"] == f"rows={20_000 // 501}; reached"
    assert "es kann mehr geben" in page.text
